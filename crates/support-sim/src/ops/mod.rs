//! The operations of the API, one file each, and what they share. Each is done at a [`OperationContext`].
//!
//! An operation reads its input, checks it against the service model's constraints, checks what it refers to, ends
//! there with DryRunOperationException if only that was asked for, and only then changes anything. Reading operations
//! share the state, so that they do not wait for each other.

mod add_attachments_to_set;
mod add_communication_to_case;
mod attaching;
mod check;
mod complete_attachment_upload;
mod create_case;
mod describe_attachment;
mod describe_attachment_upload_status;
mod describe_cases;
mod describe_communications;
mod describe_create_case_options;
mod describe_services;
mod describe_severity_levels;
mod describe_supported_languages;
mod get_attachment_download_link;
mod get_attachment_upload_links;
mod model;
mod resolve_case;
mod shapes;

use std::sync::{PoisonError, RwLock};

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::context::{CallContext, OperationContext, ReadContext};
use crate::error::WireError;
use crate::operation::Operation;
use crate::state::State;

/// Does one operation and gives the body of its answer.
pub(crate) fn perform(
    operation: Operation,
    body: &Bytes,
    state: &RwLock<State>,
    call_context: &CallContext<'_>,
) -> Result<Bytes, WireError> {
    let (patience, now) = (call_context.options.patience, call_context.now);
    let waits = state.read().unwrap_or_else(PoisonError::into_inner).has_waited(patience, now);
    if waits {
        state.write().unwrap_or_else(PoisonError::into_inner).settle(patience, now)?;
    }
    match operation {
        Operation::AddAttachmentsToSet => {
            with_state_mut(body, state, call_context, add_attachments_to_set::call)
        }
        Operation::AddCommunicationToCase => {
            with_state_mut(body, state, call_context, add_communication_to_case::call)
        }
        Operation::CompleteAttachmentUpload => {
            with_state_mut(body, state, call_context, complete_attachment_upload::call)
        }
        Operation::CreateCase => with_state_mut(body, state, call_context, create_case::call),
        Operation::GetAttachmentUploadLinks => {
            with_state_mut(body, state, call_context, get_attachment_upload_links::call)
        }
        Operation::ResolveCase => with_state_mut(body, state, call_context, resolve_case::call),
        Operation::DescribeAttachment => with_state(body, state, call_context, describe_attachment::call),
        Operation::DescribeAttachmentUploadStatus => {
            with_state(body, state, call_context, describe_attachment_upload_status::call)
        }
        Operation::DescribeCases => with_state(body, state, call_context, describe_cases::call),
        Operation::DescribeCommunications => {
            with_state(body, state, call_context, describe_communications::call)
        }
        Operation::DescribeCreateCaseOptions => {
            with_state(body, state, call_context, describe_create_case_options::call)
        }
        Operation::GetAttachmentDownloadLink => {
            with_state(body, state, call_context, get_attachment_download_link::call)
        }
        Operation::DescribeServices => describe_services::call(&read(body)?),
        Operation::DescribeSeverityLevels => describe_severity_levels::call(call_context, &read(body)?),
        Operation::DescribeSupportedLanguages => describe_supported_languages::call(&read(body)?),
    }
}

fn with_state_mut<I: DeserializeOwned>(
    body: &Bytes,
    state: &RwLock<State>,
    call_context: &CallContext<'_>,
    call: fn(&mut OperationContext<'_>, &I) -> Result<Bytes, WireError>,
) -> Result<Bytes, WireError> {
    let input = read(body)?;
    let mut state = state.write().unwrap_or_else(PoisonError::into_inner);
    let (turn, oldest) = (state.next_turn(), check::oldest_available(call_context.now));
    call(&mut OperationContext { state: &mut state, call_context, oldest, turn }, &input)
}

fn with_state<I: DeserializeOwned>(
    body: &Bytes,
    state: &RwLock<State>,
    call_context: &CallContext<'_>,
    call: fn(&ReadContext<'_>, &I) -> Result<Bytes, WireError>,
) -> Result<Bytes, WireError> {
    let input = read(body)?;
    let state = state.read().unwrap_or_else(PoisonError::into_inner);
    let (turn, oldest) = (state.next_turn(), check::oldest_available(call_context.now));
    call(&OperationContext { state: &state, call_context, oldest, turn }, &input)
}

/// Reads an input; members that the model does not know are ignored, as AWS does.
fn read<I: DeserializeOwned>(body: &Bytes) -> Result<I, WireError> {
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| {
        tracing::debug!(%error, "an input that is not of the operation's shape");
        WireError::new("SerializationException", "")
    })
}

/// Whether an input, of whichever operation, asks for a dry run.
pub(crate) fn asks_for_dry_run(body: &Bytes) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct DryRun {
        dry_run: Option<bool>,
    }
    read::<DryRun>(body).is_ok_and(|input| input.dry_run == Some(true))
}

/// Ends a dry run, once everything is checked.
fn end_dry_run(dry_run: Option<bool>) -> Result<(), WireError> {
    if dry_run == Some(true) { Err(WireError::of_code("DryRunOperationException")) } else { Ok(()) }
}
