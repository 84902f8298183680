//! The operations of the API, one file each, and what they share: the [`Desk`] that a call is done at.
//!
//! An operation reads its input, checks it against the service model's constraints, checks what it refers to, ends
//! there with DryRunOperationException if only that was asked for, and only then changes anything.

mod add_attachments_to_set;
mod add_communication_to_case;
mod check;
mod create_case;
mod describe_attachment;
mod describe_cases;
mod describe_communications;
mod describe_create_case_options;
mod describe_services;
mod describe_severity_levels;
mod describe_supported_languages;
mod resolve_case;
mod shapes;

use std::str::FromStr;

use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::builder::{Customer, Options, Plan};
use crate::error::WireError;
use crate::state::{Entry, State};

/// The operations that the sim answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are AWS's own
pub enum Operation {
    AddAttachmentsToSet,
    AddCommunicationToCase,
    CreateCase,
    DescribeAttachment,
    DescribeCases,
    DescribeCommunications,
    DescribeCreateCaseOptions,
    DescribeServices,
    DescribeSeverityLevels,
    DescribeSupportedLanguages,
    ResolveCase,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::AddAttachmentsToSet,
        Self::AddCommunicationToCase,
        Self::CreateCase,
        Self::DescribeAttachment,
        Self::DescribeCases,
        Self::DescribeCommunications,
        Self::DescribeCreateCaseOptions,
        Self::DescribeServices,
        Self::DescribeSeverityLevels,
        Self::DescribeSupportedLanguages,
        Self::ResolveCase,
    ];

    /// The name in `X-Amz-Target`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddAttachmentsToSet => "AddAttachmentsToSet",
            Self::AddCommunicationToCase => "AddCommunicationToCase",
            Self::CreateCase => "CreateCase",
            Self::DescribeAttachment => "DescribeAttachment",
            Self::DescribeCases => "DescribeCases",
            Self::DescribeCommunications => "DescribeCommunications",
            Self::DescribeCreateCaseOptions => "DescribeCreateCaseOptions",
            Self::DescribeServices => "DescribeServices",
            Self::DescribeSeverityLevels => "DescribeSeverityLevels",
            Self::DescribeSupportedLanguages => "DescribeSupportedLanguages",
            Self::ResolveCase => "ResolveCase",
        }
    }
}

impl FromStr for Operation {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|operation| operation.name() == name).ok_or(())
    }
}

/// Where a call is done: the state, and who asks when under which plan.
pub(crate) struct Desk<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) options: &'a Options,
    pub(crate) plan: Plan,
    pub(crate) now: Timestamp,
    pub(crate) caller: &'a Customer,
}

impl Desk<'_> {
    /// The case of a `caseId`, if it still is available.
    fn case(&self, id: &str) -> Result<&Entry, WireError> {
        self.state
            .by_case_id(id, &self.options.account)
            .filter(|entry| entry.case.created >= check::oldest_available(self.now))
            .ok_or_else(|| WireError::case_not_found(id))
    }

    /// A spelling of a case's id; the infix differs from call to call.
    fn spell(&self, entry: &Entry) -> String {
        entry.case.key.spell(&self.options.account, self.state.turn)
    }
}

/// Does one operation and gives the body of its answer.
pub(crate) fn perform(
    operation: Operation,
    body: &Bytes,
    desk: &mut Desk<'_>,
    dry_run: &mut bool,
) -> Result<Bytes, WireError> {
    desk.state.turn = desk.state.turn.wrapping_add(1);
    let result = match operation {
        Operation::AddAttachmentsToSet => add_attachments_to_set::call(desk, &read(body)?),
        Operation::AddCommunicationToCase => add_communication_to_case::call(desk, &read(body)?),
        Operation::CreateCase => create_case::call(desk, &read(body)?),
        Operation::DescribeAttachment => describe_attachment::call(desk, &read(body)?),
        Operation::DescribeCases => describe_cases::call(desk, &read(body)?),
        Operation::DescribeCommunications => describe_communications::call(desk, &read(body)?),
        Operation::DescribeCreateCaseOptions => describe_create_case_options::call(desk, &read(body)?),
        Operation::DescribeServices => describe_services::call(&read(body)?),
        Operation::DescribeSeverityLevels => describe_severity_levels::call(desk, &read(body)?),
        Operation::DescribeSupportedLanguages => describe_supported_languages::call(&read(body)?),
        Operation::ResolveCase => resolve_case::call(desk, &read(body)?),
    };
    *dry_run = matches!(&result, Err(error) if error.code == "DryRunOperationException");
    result
}

/// Reads an input; members that the model does not know are ignored, as AWS does.
fn read<I: DeserializeOwned>(body: &Bytes) -> Result<I, WireError> {
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| {
        tracing::debug!(%error, "an input that is not of the operation's shape");
        WireError::new("SerializationException", "")
    })
}

/// Ends a dry run, once everything is checked.
fn end_dry_run(dry_run: Option<bool>) -> Result<(), WireError> {
    if dry_run == Some(true) { Err(WireError::dry_run()) } else { Ok(()) }
}
