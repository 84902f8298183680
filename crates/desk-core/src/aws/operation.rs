//! The operations of the Support API that this program uses, each of which can be tried without doing anything.
//!
//! `dryRun` is a parameter of every operation: a request that would have been done is answered with
//! DryRunOperationException (service model, 2013-04-15). As with every AWS API, permission is looked at before the
//! request itself: whoever is told that a case does not exist was allowed to ask. So nothing real is named in a try:
//! even an emulator that overlooks `dryRun` finds nothing to reply to or to resolve.

use super::{
    AwsError, AwsErrorKind, Support,
    call::Call,
    standby::Manner,
    support::{ISSUE_TYPE, LANGUAGE},
};
use aws_sdk_support::{Client, error::ProvideErrorMetadata as _, primitives::Blob, types::Attachment};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A case that nobody has: the form of a real id, of the year the API began.
const NO_CASE: &str = "case-000000000000-muen-2013-0000000000000000";
/// A file that nobody has.
const NO_ATTACHMENT: &str = "attachment-000000000000-2013-0000000000000000";
const DRY_RUN: &str = "DryRunOperationException";
/// ECO's engineers do not act on a case with this in its subject, should one ever come of a try.
const SUBJECT: &str = "AMSTestNoOpsActionRequired: connection check";
const BODY: &str = "ECO Desk checks whether it may do this. Nothing is created or sent.";

/// An operation of the Support API; its name is also that of the permission, with `support:` before it (Service
/// Authorization Reference, "AWS Support").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[allow(missing_docs)] // The names are AWS's own.
pub enum Operation {
    DescribeCases,
    DescribeCommunications,
    DescribeServices,
    DescribeSeverityLevels,
    DescribeCreateCaseOptions,
    DescribeSupportedLanguages,
    CreateCase,
    AddCommunicationToCase,
    ResolveCase,
    AddAttachmentsToSet,
    DescribeAttachment,
}

impl Operation {
    /// All that this program uses, in the order in which people need them.
    pub const ALL: [Self; 11] = [
        Self::DescribeCases,
        Self::DescribeCommunications,
        Self::DescribeServices,
        Self::DescribeSeverityLevels,
        Self::DescribeCreateCaseOptions,
        Self::DescribeSupportedLanguages,
        Self::CreateCase,
        Self::AddCommunicationToCase,
        Self::ResolveCase,
        Self::AddAttachmentsToSet,
        Self::DescribeAttachment,
    ];

    /// AWS's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DescribeCases => "DescribeCases",
            Self::DescribeCommunications => "DescribeCommunications",
            Self::DescribeServices => "DescribeServices",
            Self::DescribeSeverityLevels => "DescribeSeverityLevels",
            Self::DescribeCreateCaseOptions => "DescribeCreateCaseOptions",
            Self::DescribeSupportedLanguages => "DescribeSupportedLanguages",
            Self::CreateCase => "CreateCase",
            Self::AddCommunicationToCase => "AddCommunicationToCase",
            Self::ResolveCase => "ResolveCase",
            Self::AddAttachmentsToSet => "AddAttachmentsToSet",
            Self::DescribeAttachment => "DescribeAttachment",
        }
    }

    /// Whether this program does all that it is for without it: opening hours and languages are only shown.
    #[must_use]
    pub fn is_optional(self) -> bool {
        match self {
            Self::DescribeCreateCaseOptions | Self::DescribeSupportedLanguages => true,
            Self::DescribeCases
            | Self::DescribeCommunications
            | Self::DescribeServices
            | Self::DescribeSeverityLevels
            | Self::CreateCase
            | Self::AddCommunicationToCase
            | Self::ResolveCase
            | Self::AddAttachmentsToSet
            | Self::DescribeAttachment => false,
        }
    }
}

/// What a case would be created with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Specimen {
    pub(crate) service_code: String,
    pub(crate) category_code: String,
    pub(crate) severity_code: String,
}

impl Support {
    /// Asks whether `operation` is allowed, and does nothing else.
    ///
    /// # Errors
    /// [`AwsErrorKind::AccessDenied`] where it is not; anything else where it could not be found out.
    pub(crate) async fn try_dry(&self, operation: Operation, specimen: &Specimen) -> Result<(), AwsError> {
        let Specimen { service_code, category_code, severity_code } = specimen;
        // A try may be made twice.
        macro_rules! tried {
            (|$client:ident| $request:expr) => {{
                let ask = |$client: Client, call: Call| {
                    let asked = $request.dry_run(true).customize().interceptor(call);
                    async move {
                        match asked.send().await {
                            Ok(_) => Ok(()),
                            Err(error) if error.code() == Some(DRY_RUN) => Ok(()),
                            Err(error) => Err(error),
                        }
                    }
                };
                self.ask(operation.name(), Manner::Repeated, ask).await
            }};
        }
        let answer = match operation {
            Operation::DescribeCases => {
                tried!(|client| client.describe_cases().include_communications(false))
            }
            Operation::DescribeCommunications => {
                tried!(|client| client.describe_communications().case_id(NO_CASE))
            }
            Operation::DescribeServices => tried!(|client| client.describe_services().language(LANGUAGE)),
            Operation::DescribeSeverityLevels => {
                tried!(|client| client.describe_severity_levels().language(LANGUAGE))
            }
            Operation::DescribeCreateCaseOptions => tried!(|client| client
                .describe_create_case_options()
                .issue_type(ISSUE_TYPE)
                .service_code(service_code)
                .category_code(category_code)
                .language(LANGUAGE)),
            Operation::DescribeSupportedLanguages => tried!(|client| client
                .describe_supported_languages()
                .issue_type(ISSUE_TYPE)
                .service_code(service_code)
                .category_code(category_code)),
            Operation::CreateCase => tried!(|client| client
                .create_case()
                .subject(SUBJECT)
                .communication_body(BODY)
                .service_code(service_code)
                .category_code(category_code)
                .severity_code(severity_code)
                .language(LANGUAGE)
                .issue_type(ISSUE_TYPE)),
            Operation::AddCommunicationToCase => {
                tried!(|client| client.add_communication_to_case().case_id(NO_CASE).communication_body(BODY))
            }
            Operation::ResolveCase => tried!(|client| client.resolve_case().case_id(NO_CASE)),
            Operation::AddAttachmentsToSet => {
                let file = Attachment::builder().file_name("check.txt").data(Blob::new(BODY)).build();
                tried!(|client| client.add_attachments_to_set().attachments(file.clone()))
            }
            Operation::DescribeAttachment => {
                tried!(|client| client.describe_attachment().attachment_id(NO_ATTACHMENT))
            }
        };
        match answer {
            Err(error) if found_fault_with_request(error.kind) => Ok(()),
            Ok(()) | Err(_) => answer,
        }
    }
}

/// Whether AWS went as far as looking at what was asked for, which it does only for those who may ask.
fn found_fault_with_request(kind: AwsErrorKind) -> bool {
    match kind {
        AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetGone
        | AwsErrorKind::SetFull
        | AwsErrorKind::CaseQuota
        | AwsErrorKind::Invalid => true,
        AwsErrorKind::Unreachable
        | AwsErrorKind::TlsRefused
        | AwsErrorKind::ProxyRefused
        | AwsErrorKind::NotAws
        | AwsErrorKind::AnswerLost
        | AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::CodeNeeded
        | AwsErrorKind::WrongCredentials
        | AwsErrorKind::Expired
        | AwsErrorKind::AccessDenied
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::ClockSkew
        | AwsErrorKind::Throttled
        | AwsErrorKind::Service => false,
    }
}
