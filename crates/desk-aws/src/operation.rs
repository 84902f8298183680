//! The operations of the Support API that this program uses, and a dry run of each to check permissions.
//!
//! `dryRun` is a parameter of every operation: a request that would have been done is answered with
//! DryRunOperationException (service model, 2013-04-15). As with every AWS API, permission is looked at before the
//! request itself: an answer that a case does not exist means that the call is allowed. So nothing real is named in a
//! try, and a case would be created with codes that no AWS has. Some emulators (moto) overlook `dryRun` and check
//! nothing at all: the operations that only read are tried first, and where one of them is done in earnest, none that
//! changes anything is tried ([`DryRun::Ignored`]).

use super::{
    AwsError, Support,
    call::Call,
    endpoint_pool::Idempotency,
    support::{ISSUE_TYPE, LANGUAGE},
};
use aws_sdk_support::{Client, error::ProvideErrorMetadata as _, primitives::Blob, types::Attachment};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The id of a case that does not exist, in the form of real ids.
const NO_CASE: &str = "case-000000000000-muen-2013-0000000000000000";
/// The id of an attachment that does not exist.
const NO_ATTACHMENT: &str = "attachment-000000000000-2013-0000000000000000";
const DRY_RUN: &str = "DryRunOperationException";
/// Codes of a service, a category and a severity that no AWS has.
const NO_SERVICE: &str = "eco-desk-connection-check-no-service";
const NO_CATEGORY: &str = "eco-desk-connection-check-no-category";
const NO_SEVERITY: &str = "eco-desk-connection-check-no-severity";
/// The subject of the dry run of CreateCase. Should a case be created, ECO's engineers do not act on this subject.
const SUBJECT: &str = "AMSTestNoOpsActionRequired: connection check";
const BODY: &str = "ECO Desk checks whether it may do this. Nothing is created or sent.";

/// An operation of the Support API. Its name is also that of the permission, with `support:` before it (Service
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
    /// All operations, in the order in which users need them.
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

    /// Returns AWS's name of the operation.
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

    /// Whether the operation changes something at AWS.
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

    /// Whether the program works without the operation: opening hours and languages are only displayed.
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

/// The result of a dry run of a permitted operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DryRun {
    /// AWS did nothing.
    Honoured,
    /// `dryRun` was ignored and the operation was executed.
    Ignored,
}

impl Support {
    /// Checks by a dry run whether `operation` is permitted.
    ///
    /// # Errors
    /// [`AwsErrorKind::AccessDenied`] where it is not; anything else where it could not be found out.
    pub async fn try_dry(&self, operation: Operation) -> Result<DryRun, AwsError> {
        // A dry run may be repeated.
        macro_rules! dry_run {
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
                self.send_call(operation.name(), Idempotency::Idempotent, ask).await
            }};
        }
        let answer = match operation {
            Operation::DescribeCases => {
                dry_run!(|client| client.describe_cases().include_communications(false))
            }
            Operation::DescribeCommunications => {
                dry_run!(|client| client.describe_communications().case_id(NO_CASE))
            }
            Operation::DescribeServices => dry_run!(|client| client.describe_services().language(LANGUAGE)),
            Operation::DescribeSeverityLevels => {
                dry_run!(|client| client.describe_severity_levels().language(LANGUAGE))
            }
            Operation::DescribeCreateCaseOptions => dry_run!(|client| client
                .describe_create_case_options()
                .issue_type(ISSUE_TYPE)
                .service_code(NO_SERVICE)
                .category_code(NO_CATEGORY)
                .language(LANGUAGE)),
            Operation::DescribeSupportedLanguages => dry_run!(|client| client
                .describe_supported_languages()
                .issue_type(ISSUE_TYPE)
                .service_code(NO_SERVICE)
                .category_code(NO_CATEGORY)),
            Operation::CreateCase => dry_run!(|client| client
                .create_case()
                .subject(SUBJECT)
                .communication_body(BODY)
                .service_code(NO_SERVICE)
                .category_code(NO_CATEGORY)
                .severity_code(NO_SEVERITY)
                .language(LANGUAGE)
                .issue_type(ISSUE_TYPE)),
            Operation::AddCommunicationToCase => {
                dry_run!(|client| client
                    .add_communication_to_case()
                    .case_id(NO_CASE)
                    .communication_body(BODY))
            }
            Operation::ResolveCase => dry_run!(|client| client.resolve_case().case_id(NO_CASE)),
            Operation::AddAttachmentsToSet => {
                let file = Attachment::builder().file_name("check.txt").data(Blob::new(BODY)).build();
                dry_run!(|client| client.add_attachments_to_set().attachments(file.clone()))
            }
            Operation::DescribeAttachment => {
                dry_run!(|client| client.describe_attachment().attachment_id(NO_ATTACHMENT))
            }
        };
        match answer {
            Err(error) if error.kind.properties().is_permitted => Ok(DryRun::Honoured),
            Ok(_) | Err(_) => answer,
        }
    }
}
