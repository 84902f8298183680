//! The operations of the Support API that this program uses, each of which can be tried without doing anything.
//!
//! `dryRun` is a parameter of every operation: a request that would have been done is answered with
//! DryRunOperationException (service model, 2013-04-15). As with every AWS API, permission is looked at before the
//! request itself: an answer that a case does not exist means that the call is allowed. So nothing real is named in a try, and
//! a case would be created with codes that no AWS has. Some emulators (moto) overlook `dryRun` and check nothing at all:
//! the operations that only read are tried first, and where one of them is done in earnest, none that changes anything is
//! tried ([`DryRun::Ignored`]).

use super::{
    AwsError, Support,
    call::Call,
    endpoint_pool::Idempotency,
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
/// Codes of a service, a category and a severity that no AWS has.
const NO_SERVICE: &str = "eco-desk-connection-check-no-service";
const NO_CATEGORY: &str = "eco-desk-connection-check-no-category";
const NO_SEVERITY: &str = "eco-desk-connection-check-no-severity";
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

    /// Whether it changes anything at AWS.
    #[must_use]
    pub fn changes_something(self) -> bool {
        match self {
            Self::CreateCase
            | Self::AddCommunicationToCase
            | Self::ResolveCase
            | Self::AddAttachmentsToSet => true,
            Self::DescribeCases
            | Self::DescribeCommunications
            | Self::DescribeServices
            | Self::DescribeSeverityLevels
            | Self::DescribeCreateCaseOptions
            | Self::DescribeSupportedLanguages
            | Self::DescribeAttachment => false,
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

/// What a dry run of an allowed operation has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DryRun {
    /// AWS did nothing.
    Honoured,
    /// It was done as if it had been asked for in earnest.
    Ignored,
}

impl Support {
    /// Asks whether `operation` is allowed, and does nothing else, unless `dryRun` is overlooked there.
    ///
    /// # Errors
    /// [`AwsErrorKind::AccessDenied`] where it is not; anything else where it could not be found out.
    pub async fn try_dry(&self, operation: Operation) -> Result<DryRun, AwsError> {
        // A try may be made twice.
        macro_rules! tried {
            (|$client:ident| $request:expr) => {{
                let ask = |$client: Client, call: Call| {
                    let asked = $request.dry_run(true).customize().interceptor(call);
                    async move {
                        match asked.send().await {
                            Ok(_) => Ok(DryRun::Ignored),
                            Err(error) if error.code() == Some(DRY_RUN) => Ok(DryRun::Honoured),
                            Err(error) => Err(error),
                        }
                    }
                };
                self.ask(operation.name(), Idempotency::Idempotent, ask).await
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
                .service_code(NO_SERVICE)
                .category_code(NO_CATEGORY)
                .language(LANGUAGE)),
            Operation::DescribeSupportedLanguages => tried!(|client| client
                .describe_supported_languages()
                .issue_type(ISSUE_TYPE)
                .service_code(NO_SERVICE)
                .category_code(NO_CATEGORY)),
            Operation::CreateCase => tried!(|client| client
                .create_case()
                .subject(SUBJECT)
                .communication_body(BODY)
                .service_code(NO_SERVICE)
                .category_code(NO_CATEGORY)
                .severity_code(NO_SEVERITY)
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
            Err(error) if error.kind.properties().is_permitted => Ok(DryRun::Honoured),
            Ok(_) | Err(_) => answer,
        }
    }
}
