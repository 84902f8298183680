//! The error type that crosses to the UI and is stored in the outbox.
//!
//! Each room has its own error enum and converts it into a [`Problem`] at its boundary. The `code` is a small closed
//! set that callers switch on; the `message` can be shown as it is: what happened, and what to do.

use crate::{
    field::{self, Field},
    text::multi_line,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of a [`Problem`]. The UI switches on it, so a new kind is a change of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// Something entered is missing, too long or malformed; `field` says where.
    InvalidInput,
    /// The requested object does not exist (any more).
    NotFound,
    /// AWS could not be reached.
    Network,
    /// A proxy is in the way: it cannot be reached, asks for a sign-in, or refuses.
    Proxy,
    /// A certificate is not trusted, or there is no encryption at all.
    Certificate,
    /// AWS does not accept the credentials.
    Credentials,
    /// There are no credentials to ask with: the keyring or a profile does not give them.
    CredentialsMissing,
    /// The credentials lead to another AWS account than the one whose incidents are here.
    OtherAccount,
    /// The credentials were right and have run out.
    CredentialsExpired,
    /// The keyring of this computer, which holds the account's secret, is missing, locked or broken.
    Keyring,
    /// The user has to see and agree to the command that gives the account's credentials.
    ApprovalNeeded,
    /// A code of a multi-factor device is needed.
    CodeNeeded,
    /// The identity may not do this.
    AccessDenied,
    /// The AWS account has no support plan that includes the Support API.
    PlanMissing,
    /// This computer's clock is too far off for AWS to accept its signatures.
    ClockSkew,
    /// AWS asks to slow down.
    Throttled,
    /// AWS takes no more new cases within this hour.
    QuotaReached,
    /// What was to be changed has changed meanwhile.
    Conflict,
    /// This computer's disk is full, read-only or damaged.
    Storage,
    /// AWS failed, or answered in a way that this program does not understand.
    Service,
    /// A bug in this program.
    Internal,
}

/// An error with a message that can be shown to a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct Problem {
    /// The kind of error, for callers to switch on.
    pub code: ProblemCode,
    /// The message, in whole sentences: what happened, and what to do.
    pub message: String,
    /// The field of the form that it belongs to.
    #[serde(default, deserialize_with = "field::known", skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<Field>")]
    pub field: Option<Field>,
    /// Whether the same request may succeed later without anything being changed.
    pub retryable: bool,
    /// AWS's request id, for a conversation with AWS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub request_id: Option<String>,
}

impl Problem {
    /// Creates a problem that a retry does not solve. The message may quote AWS or a proxy, so control characters are
    /// removed.
    pub fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self { code, message: multi_line(&message.into()), field: None, retryable: false, request_id: None }
    }

    /// Creates a problem with the input in a field of a form.
    pub fn field(field: Field, message: impl Into<String>) -> Self {
        Self { field: Some(field), ..Self::new(ProblemCode::InvalidInput, message) }
    }

    /// Marks the problem as transient: the same request may succeed later.
    #[must_use]
    pub fn retryable(self) -> Self {
        Self { retryable: true, ..self }
    }

    /// Adds AWS's request id.
    #[must_use]
    pub fn with_request_id(self, request_id: Option<String>) -> Self {
        Self { request_id, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_crosses_as_exactly_this_json() {
        let problem = Problem::field(Field::Subject, "Enter a subject.");
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"code":"invalid-input","message":"Enter a subject.","field":"subject","retryable":false}"#
        );
        let problem = Problem::new(ProblemCode::Throttled, "AWS asks to slow down.")
            .retryable()
            .with_request_id(Some("11aa".to_owned()));
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"code":"throttled","message":"AWS asks to slow down.","retryable":true,"requestId":"11aa"}"#
        );
    }

    #[test]
    fn what_a_problem_quotes_from_outside_is_cleaned() {
        let problem = Problem::new(ProblemCode::Service, "AWS says: \u{202E}gpj.exe\0.");
        assert_eq!(problem.message, "AWS says: gpj.exe.");
    }

    #[test]
    fn a_problem_kept_in_the_outbox_reads_back_as_it_was() {
        let problem = Problem::new(ProblemCode::PlanMissing, "No plan.");
        let json = serde_json::to_string(&problem).unwrap();
        assert_eq!(serde_json::from_str::<Problem>(&json).unwrap(), problem);
    }

    #[test]
    fn a_problem_kept_by_another_version_is_read_without_the_field_that_is_not_known_here() {
        let kept = r#"{"code":"invalid-input","message":"No.","field":"files.0","retryable":false}"#;
        assert_eq!(
            serde_json::from_str::<Problem>(kept).unwrap(),
            Problem::new(ProblemCode::InvalidInput, "No.")
        );
        let kept = r#"{"code":"invalid-input","message":"No.","field":"phone.region","retryable":false}"#;
        let problem = serde_json::from_str::<Problem>(kept).unwrap();
        assert_eq!(problem, Problem::field(Field::PhoneRegion, "No."));
        assert_eq!(serde_json::to_string(&problem).unwrap(), kept);
    }
}
