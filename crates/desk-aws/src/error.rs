//! [`AwsError`]: a failed call to AWS, and its message for the user.

use crate::AwsErrorKind;
use desk_model::Field;
use desk_model::{Problem, ProblemCode};

/// Prefix of STS's message for a wrong MFA code, which comes with the code AccessDenied.
pub(super) const WRONG_CODE: &str = "MultiFactorAuthentication failed";
/// Part of that message if STS does not know the MFA device.
const WRONG_DEVICE: &str = "MFA serial number";

/// A failed call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: {kind:?}: {message}")]
pub struct AwsError {
    /// The operation's name, such as `CreateCase`.
    pub operation: &'static str,
    /// The kind of failure.
    pub kind: AwsErrorKind,
    /// AWS's message, or the system's. Of what keeps a connection from being made ([`AwsErrorKind::Unreachable`],
    /// [`AwsErrorKind::TlsRefused`], [`AwsErrorKind::ProxyRefused`]), of [`AwsErrorKind::NoKeyring`] and of
    /// [`AwsErrorKind::NotAssigned`] it is whole sentences, fit to be shown.
    pub message: String,
    /// AWS's request id, where it answered.
    pub request_id: Option<String>,
}

impl From<AwsError> for Problem {
    fn from(error: AwsError) -> Self {
        use AwsErrorKind as Kind;
        let AwsError { operation, kind, message, request_id } = error;
        let (code, text, retryable) = match kind {
            Kind::Unreachable => (ProblemCode::Network, message, true),
            Kind::TlsRefused => (ProblemCode::Certificate, message, true),
            Kind::ProxyRefused => (ProblemCode::Proxy, message, true),
            Kind::NotAws => (
                ProblemCode::Network,
                "Something else answered in the place of AWS, such as the sign-in page of a network or a proxy. Open any web page in your browser, sign in to the network if it asks, then try again.".to_owned(),
                true,
            ),
            Kind::AnswerLost => (
                ProblemCode::Network,
                "The connection to AWS Support broke before its answer came.".to_owned(),
                true,
            ),
            Kind::NoCredentials => (
                ProblemCode::CredentialsMissing,
                format!("There are no credentials for this account ({message}). Sign in again or check the profile."),
                false,
            ),
            Kind::NotAssigned => (ProblemCode::Credentials, message, false),
            Kind::NoKeyring => (ProblemCode::Keyring, message, false),
            Kind::CodeNeeded if message.contains(WRONG_DEVICE) => {
                let text = "AWS does not know this MFA device as one of the owner of this key. Check its ARN or serial number: in the console it stands under Security credentials.";
                let problem = Self { field: Some(Field::MfaSerial), ..Self::new(ProblemCode::CodeNeeded, text) };
                return problem.with_request_id(request_id);
            }
            Kind::CodeNeeded if message.contains(WRONG_CODE) => {
                let text = "AWS does not accept this code. Wait until your device shows the next one, then enter that.";
                let problem = Self { field: Some(Field::Code), ..Self::new(ProblemCode::CodeNeeded, text) };
                return problem.with_request_id(request_id);
            }
            Kind::CodeNeeded => (
                ProblemCode::CodeNeeded,
                "This account asks for the code of your multi-factor (MFA) device. Sign in again to go on.".to_owned(),
                false,
            ),
            Kind::WrongCredentials => (
                ProblemCode::Credentials,
                "AWS does not accept the credentials of this account. Check the access key or ask whoever gave it to you.".to_owned(),
                false,
            ),
            Kind::Expired => (
                ProblemCode::CredentialsExpired,
                "The session with AWS has ended. Sign in again to go on.".to_owned(),
                false,
            ),
            Kind::AccessDenied => (
                ProblemCode::AccessDenied,
                format!("You are not allowed to do this: ask your AWS administrator for the permission support:{operation}."),
                false,
            ),
            Kind::PlanMissing => (
                ProblemCode::PlanMissing,
                "This AWS account has no support plan that includes the Support API (Business Support+, Enterprise or Unified Operations). Ask your AWS administrator.".to_owned(),
                false,
            ),
            Kind::ClockSkew => (
                ProblemCode::ClockSkew,
                "AWS refuses because the clock of this computer is wrong. Set the date and time, then try again.".to_owned(),
                true,
            ),
            Kind::Throttled => {
                (ProblemCode::Throttled, "AWS asks to slow down: too many requests came from this account. That passes within minutes.".to_owned(), true)
            }
            Kind::CaseQuota => (
                ProblemCode::QuotaReached,
                "AWS takes no more new cases from this account within this hour.".to_owned(),
                true,
            ),
            Kind::CaseNotFound => (
                ProblemCode::NotFound,
                "AWS does not know this case (any more). Cases are kept for 24 months.".to_owned(),
                false,
            ),
            Kind::AttachmentNotFound => {
                (ProblemCode::NotFound, "AWS does not have this file (any more).".to_owned(), false)
            }
            Kind::SetGone => (ProblemCode::Service, "AWS no longer has the files that were sent before the message. They are sent again.".to_owned(), true),
            Kind::SetFull => (
                ProblemCode::InvalidInput,
                "AWS takes at most 3 files of 5 MB each with a message. Remove some, or send them with a second message.".to_owned(),
                false,
            ),
            Kind::Invalid => (ProblemCode::InvalidInput, format!("AWS does not accept this: {message}"), false),
            Kind::Service => {
                (ProblemCode::Service, "AWS Support has a problem of its own. That usually passes within minutes.".to_owned(), true)
            }
        };
        let problem = Self::new(code, text).with_request_id(request_id);
        if retryable { problem.retryable() } else { problem }
    }
}
