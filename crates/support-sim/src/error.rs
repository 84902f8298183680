//! The two kinds of failure: what is answered on the wire ([`WireError`]), and what keeps a sim from running
//! ([`SimError`]).

use std::path::PathBuf;

use http::StatusCode;

/// An error as AWS sends it: a code that clients match on, a text for people, an HTTP status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct WireError {
    /// The shape's name, in `__type` and in the `x-amzn-ErrorType` header.
    pub code: String,
    /// The text in `message`.
    pub message: String,
    /// 400 for the caller's faults, 500 and above for the service's.
    pub status: StatusCode,
}

impl WireError {
    /// An error with HTTP status 400.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: StatusCode::BAD_REQUEST }
    }

    /// A known code with the text that AWS uses for it; another code gets a text of its own.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        match code {
            "InternalServerError" => Self::internal(),
            "SubscriptionRequiredException" => Self::subscription_required(),
            "ThrottlingException" => Self::new(code, "Rate exceeded"),
            "AccessDeniedException" => Self::new(
                code,
                "User is not authorized to perform this action because no identity-based policy allows it",
            ),
            "ExpiredTokenException" => {
                Self::new(code, "The security token included in the request is expired")
            }
            "UnrecognizedClientException" => {
                Self::new(code, "The security token included in the request is invalid.")
            }
            "CaseCreationLimitExceeded" => {
                Self::new(code, "The case creation limit for the account has been exceeded.")
            }
            "AttachmentLimitExceeded" => Self::new(
                code,
                "The limit for the number of attachment sets created in a short period of time has been exceeded.",
            ),
            "DescribeAttachmentLimitExceeded" => Self::new(
                code,
                "The limit for the number of DescribeAttachment requests in a short period of time has been exceeded.",
            ),
            other => Self::new(other, format!("The request was refused with {other}.")),
        }
    }

    pub(crate) fn subscription_required() -> Self {
        Self::new(
            "SubscriptionRequiredException",
            "Amazon Web Services Premium Support Subscription is required to use this service.",
        )
    }

    pub(crate) fn internal() -> Self {
        Self {
            code: "InternalServerError".into(),
            message: "An internal server error occurred.".into(),
            status: StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(crate) fn dry_run() -> Self {
        Self::new("DryRunOperationException", "Request would have succeeded, but the dryRun flag is set.")
    }

    /// What the service model's own constraints answer when they are broken.
    pub(crate) fn validation(value: &str, member: &str, constraint: &str) -> Self {
        Self::new(
            "ValidationException",
            format!(
                "1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: {constraint}"
            ),
        )
    }

    pub(crate) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterValueException", message)
    }

    pub(crate) fn case_not_found(id: &str) -> Self {
        Self::new("CaseIdNotFound", format!("The requested caseId couldn't be located: {id}"))
    }

    pub(crate) fn set_not_found(id: &str) -> Self {
        Self::new(
            "AttachmentSetIdNotFound",
            format!("An attachment set with the ID {id} could not be found."),
        )
    }
}

impl From<SimError> for WireError {
    fn from(error: SimError) -> Self {
        tracing::error!(error = %error, "a call could not be kept on disk");
        Self::internal()
    }
}

/// Why a sim cannot be opened, or cannot keep what it was told.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// A file or folder of the data folder cannot be read or written.
    #[error("cannot use {path}: {source}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Another sim has the data folder open.
    #[error("{0} is in use by another support-sim")]
    InUse(PathBuf),
    /// The journal is damaged before its last line, where no interrupted write can explain it.
    #[error("{path}, line {line}, is damaged: {reason}")]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// Its line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The data folder belongs to a sim of another account.
    #[error("{path} belongs to account {found}, not {wanted}")]
    OtherAccount {
        /// The data folder.
        path: PathBuf,
        /// The account it was made for.
        found: String,
        /// The account this sim was to have.
        wanted: String,
    },
    /// An account is twelve digits.
    #[error("{0:?} is no AWS account id: twelve digits are needed")]
    BadAccount(String),
}
