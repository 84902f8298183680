//! The operations of the API, one file each, and what they share: the [`Errand`] that a call brings along, and the
//! [`Desk`] that it is done at.
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

use std::ops::Deref;

use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::builder::{Options, Plan};
use crate::customer::Customer;
use crate::error::WireError;
use crate::operation::Operation;
use crate::quota::Quotas;
use crate::sim::Sim;
use crate::state::{Entry, State};

/// What a call brings along beside its body: who asks, when, under which terms.
pub(crate) struct Errand<'a> {
    pub(crate) options: &'a Options,
    pub(crate) plan: Plan,
    pub(crate) quotas: Quotas,
    pub(crate) now: Timestamp,
    pub(crate) caller: &'a Customer,
    /// What links begin with, where that is known.
    pub(crate) origin: Option<&'a str>,
    /// Whether the upload that is reported on is to fail.
    pub(crate) fails_upload: bool,
}

/// Where a call is done: its errand, and the state, to be changed or only read.
pub(crate) struct Desk<'a, S = &'a mut State> {
    pub(crate) state: S,
    errand: &'a Errand<'a>,
    /// From when cases and communications are available.
    oldest: Timestamp,
    /// Chooses the infix of the case ids in the answer.
    turn: usize,
}

/// A desk at which nothing is changed.
type ReadingDesk<'a> = Desk<'a, &'a State>;

impl<'a, S> Deref for Desk<'a, S> {
    type Target = Errand<'a>;

    fn deref(&self) -> &Errand<'a> {
        self.errand
    }
}

impl<S: Deref<Target = State>> Desk<'_, S> {
    /// The case of a `caseId`, if it still is available.
    fn case(&self, id: &str) -> Result<&Entry, WireError> {
        self.state
            .by_case_id(id)
            .filter(|entry| entry.case.created >= self.oldest)
            .ok_or_else(|| WireError::case_not_found(id))
    }

    /// A spelling of a case's id; the infix differs from call to call.
    fn spell(&self, entry: &Entry) -> String {
        entry.case.key.spell(&self.options.account, self.turn)
    }
}

/// Does one operation and gives the body of its answer.
pub(crate) fn perform(
    operation: Operation,
    body: &Bytes,
    sim: &Sim,
    errand: &Errand<'_>,
) -> Result<Bytes, WireError> {
    let (patience, now) = (errand.options.patience, errand.now);
    if sim.read().has_waited(patience, now) {
        sim.state().settle(patience, now)?;
    }
    match operation {
        Operation::AddAttachmentsToSet => change(body, sim, errand, add_attachments_to_set::call),
        Operation::AddCommunicationToCase => change(body, sim, errand, add_communication_to_case::call),
        Operation::CompleteAttachmentUpload => change(body, sim, errand, complete_attachment_upload::call),
        Operation::CreateCase => change(body, sim, errand, create_case::call),
        Operation::GetAttachmentUploadLinks => change(body, sim, errand, get_attachment_upload_links::call),
        Operation::ResolveCase => change(body, sim, errand, resolve_case::call),
        Operation::DescribeAttachment => look(body, sim, errand, describe_attachment::call),
        Operation::DescribeAttachmentUploadStatus => {
            look(body, sim, errand, describe_attachment_upload_status::call)
        }
        Operation::DescribeCases => look(body, sim, errand, describe_cases::call),
        Operation::DescribeCommunications => look(body, sim, errand, describe_communications::call),
        Operation::DescribeCreateCaseOptions => look(body, sim, errand, describe_create_case_options::call),
        Operation::GetAttachmentDownloadLink => look(body, sim, errand, get_attachment_download_link::call),
        Operation::DescribeServices => describe_services::call(&read(body)?),
        Operation::DescribeSeverityLevels => describe_severity_levels::call(errand, &read(body)?),
        Operation::DescribeSupportedLanguages => describe_supported_languages::call(&read(body)?),
    }
}

fn change<I: DeserializeOwned>(
    body: &Bytes,
    sim: &Sim,
    errand: &Errand<'_>,
    call: fn(&mut Desk<'_>, &I) -> Result<Bytes, WireError>,
) -> Result<Bytes, WireError> {
    let input = read(body)?;
    let mut state = sim.state();
    let (turn, oldest) = (state.next_turn(), check::oldest_available(errand.now));
    call(&mut Desk { state: &mut state, errand, oldest, turn }, &input)
}

fn look<I: DeserializeOwned>(
    body: &Bytes,
    sim: &Sim,
    errand: &Errand<'_>,
    call: fn(&ReadingDesk<'_>, &I) -> Result<Bytes, WireError>,
) -> Result<Bytes, WireError> {
    let input = read(body)?;
    let state = sim.read();
    let (turn, oldest) = (state.next_turn(), check::oldest_available(errand.now));
    call(&Desk { state: &state, errand, oldest, turn }, &input)
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
