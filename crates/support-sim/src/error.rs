//! The two kinds of failure: what is answered on the wire ([`WireError`]), and what keeps a sim from running
//! ([`SimError`]).

use std::path::{Path, PathBuf};

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::operation::Action;

/// An error as AWS sends it: a code that clients match on, a text for people, an HTTP status. As JSON
/// `{"code": ..., "message": ..., "status": ...}`, of which the code alone is needed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{code}: {message}")]
#[serde(into = "Form", try_from = "Form")]
pub struct WireError {
    /// The shape's name, in `__type` and in the `x-amzn-ErrorType` header.
    pub code: String,
    /// The text in `message`.
    pub message: String,
    /// 400 for the caller's faults, 500 and above for the service's.
    pub status: StatusCode,
}

#[derive(Serialize, Deserialize)]
struct Form {
    code: String,
    message: Option<String>,
    status: Option<u16>,
}

impl From<WireError> for Form {
    fn from(error: WireError) -> Self {
        Self { code: error.code, message: Some(error.message), status: Some(error.status.as_u16()) }
    }
}

impl TryFrom<Form> for WireError {
    type Error = http::status::InvalidStatusCode;

    fn try_from(form: Form) -> Result<Self, Self::Error> {
        let usual = Self::of_code(&form.code);
        Ok(Self {
            message: form.message.unwrap_or(usual.message),
            status: form.status.map_or(Ok(usual.status), StatusCode::from_u16)?,
            code: form.code,
        })
    }
}

impl WireError {
    /// An error with HTTP status 400.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: StatusCode::BAD_REQUEST }
    }

    /// A known code with the text that AWS uses for it (of the modelled ones the service model's own description);
    /// another code gets a text of its own.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        let text = match code {
            "InternalServerError" => return Self::internal(),
            "SubscriptionRequiredException" => {
                "Amazon Web Services Premium Support Subscription is required to use this service."
            }
            "ThrottlingException" => "Rate exceeded",
            "AccessDeniedException" => {
                "User is not authorized to perform this action because no identity-based policy allows it"
            }
            "ExpiredTokenException" => "The security token included in the request is expired",
            "UnrecognizedClientException" => "The security token included in the request is invalid.",
            "MissingAuthenticationTokenException" => "Missing Authentication Token",
            "InvalidSignatureException" => {
                "The request signature we calculated does not match the signature you provided. Check your AWS \
                 Secret Access Key and signing method. Consult the service documentation for details."
            }
            "DryRunOperationException" => "Request would have succeeded, but the dryRun flag is set.",
            "CaseCreationLimitExceeded" => "The case creation limit for the account has been exceeded.",
            "AttachmentLimitExceeded" => {
                "The limit for the number of attachment sets created in a short period of time has been exceeded."
            }
            "AttachmentSetExpired" => {
                "The expiration time of the attachment set has passed. The set expires 1 hour after it is created."
            }
            "AttachmentSetSizeLimitExceeded" => {
                "A limit for the size of an attachment set has been exceeded. The limits are three attachments and \
                 5 MB per attachment."
            }
            "DescribeAttachmentLimitExceeded" => {
                "The limit for the number of DescribeAttachment requests in a short period of time has been exceeded."
            }
            other => return Self::new(other, format!("The request was refused with {other}.")),
        };
        Self::new(code, text)
    }

    pub(crate) fn internal() -> Self {
        Self {
            code: "InternalServerError".into(),
            message: "An internal server error occurred.".into(),
            status: StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A caller that `arn` names has been denied `action`.
    pub(crate) fn access_denied(arn: &str, action: Action) -> Self {
        Self::new(
            "AccessDeniedException",
            format!(
                "User: {arn} is not authorized to perform: {action} because no identity-based policy allows the \
                 {action} action"
            ),
        )
    }

    /// A link is asked for, and there is no address that it could lead to.
    pub(crate) fn no_origin() -> Self {
        Self {
            message: "support-sim has no address that a link could lead to: serve it on a socket or set \
                      SimBuilder::link_origin."
                .into(),
            ..Self::internal()
        }
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

    pub(crate) fn upload_not_found(id: &str) -> Self {
        Self::new("UploadIdNotFound", format!("The specified uploadId couldn't be located: {id}"))
    }

    pub(crate) fn attachment_not_found(id: &str) -> Self {
        Self::new("AttachmentIdNotFound", format!("An attachment with the ID {id} could not be found."))
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
    /// Links begin with a scheme and a host.
    #[error("{0:?} is no origin for links: something like http://localhost:4567 is needed")]
    BadOrigin(String),
}

/// Names the file or folder in an error.
pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> SimError {
    let path = path.to_owned();
    move |source| SimError::Disk { path, source }
}
