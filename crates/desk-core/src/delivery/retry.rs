//! What follows from a failed attempt: wait and try again, or stop until somebody changes something.

use super::machine::{Failure, Remedy};
use desk_aws::{AwsError, AwsErrorKind};
use desk_model::{Millis, Problem, ProblemCode};
use desk_store::StoreError;

/// Why a step of sending failed.
#[derive(Debug)]
pub(super) enum SendError {
    /// AWS refused or could not be reached: it certainly has nothing of it.
    Refused(AwsError),
    /// AWS may have it: the request went out and its answer did not come.
    AnswerLost(AwsError),
    /// Something on this computer: nothing went out.
    Local(Problem),
    /// The database failed. What it holds stands.
    Store(StoreError),
}

impl From<AwsError> for SendError {
    fn from(error: AwsError) -> Self {
        Self::Refused(error)
    }
}

impl From<Problem> for SendError {
    fn from(problem: Problem) -> Self {
        Self::Local(problem)
    }
}

impl From<StoreError> for SendError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    /// The failure that AWS's refusal is.
    pub(super) fn of_aws(error: AwsError) -> Self {
        let (decision, concerns_account) = (decision(error.kind), concerns_account(error.kind));
        Self { problem: Problem::from(error), decision, concerns_account }
    }

    /// The failure that a problem on this computer is.
    pub(super) fn local(problem: Problem) -> Self {
        let passes = problem.retryable || passes_with_account(problem.code);
        let decision = if passes { RetryDecision::Backoff } else { RetryDecision::Stop };
        Self { problem, decision, concerns_account: false }
    }
}

/// Whether and when a failed attempt is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetryDecision {
    /// After a pause that grows.
    Backoff,
    /// After the longest pause.
    LongestBackoff,
    /// After this pause: AWS's limit is known to be over then.
    After(Millis),
    /// Not until the user changes something or asks for it.
    Stop,
}

/// What follows from AWS's refusal.
fn decision(kind: AwsErrorKind) -> RetryDecision {
    match kind {
        // Passing trouble; and credentials, which somebody has to mend, after which it goes on by itself.
        AwsErrorKind::Unreachable
        | AwsErrorKind::TlsRefused
        | AwsErrorKind::ProxyRefused
        | AwsErrorKind::NotAws
        | AwsErrorKind::AnswerLost
        | AwsErrorKind::Service
        | AwsErrorKind::Throttled
        | AwsErrorKind::ClockSkew
        | AwsErrorKind::SetGone
        | AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::CodeNeeded
        | AwsErrorKind::WrongCredentials
        | AwsErrorKind::Expired => RetryDecision::Backoff,
        AwsErrorKind::CaseQuota => RetryDecision::LongestBackoff,
        AwsErrorKind::AccessDenied
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetFull
        | AwsErrorKind::Invalid => RetryDecision::Stop,
    }
}

/// What makes a request that AWS refused for this a good one when it is made again at once.
pub(super) fn remedy(kind: AwsErrorKind) -> Option<Remedy> {
    match kind {
        AwsErrorKind::SetGone => Some(Remedy::UploadAgain),
        // The time at AWS was learned a moment ago with the same credentials: a second signature is a right one.
        AwsErrorKind::ClockSkew | AwsErrorKind::WrongCredentials => Some(Remedy::SignAgain),
        AwsErrorKind::Unreachable
        | AwsErrorKind::TlsRefused
        | AwsErrorKind::ProxyRefused
        | AwsErrorKind::NotAws
        | AwsErrorKind::AnswerLost
        | AwsErrorKind::Service
        | AwsErrorKind::Throttled
        | AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::CodeNeeded
        | AwsErrorKind::Expired
        | AwsErrorKind::CaseQuota
        | AwsErrorKind::AccessDenied
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetFull
        | AwsErrorKind::Invalid => None,
    }
}

/// Whether trouble of this kind is over once the account works again.
pub(super) fn passes_with_account(code: ProblemCode) -> bool {
    match code {
        ProblemCode::Network
        | ProblemCode::Proxy
        | ProblemCode::Certificate
        | ProblemCode::Credentials
        | ProblemCode::CredentialsMissing
        | ProblemCode::OtherAccount
        | ProblemCode::CredentialsExpired
        | ProblemCode::Keyring
        | ProblemCode::ApprovalNeeded
        | ProblemCode::CodeNeeded
        | ProblemCode::ClockSkew => true,
        ProblemCode::InvalidInput
        | ProblemCode::NotFound
        | ProblemCode::AccessDenied
        | ProblemCode::PlanMissing
        | ProblemCode::Throttled
        | ProblemCode::QuotaReached
        | ProblemCode::Conflict
        | ProblemCode::Storage
        | ProblemCode::Service
        | ProblemCode::Internal => false,
    }
}

/// Whether a failure says something of the account as a whole.
fn concerns_account(kind: AwsErrorKind) -> bool {
    match kind {
        AwsErrorKind::Unreachable
        | AwsErrorKind::TlsRefused
        | AwsErrorKind::ProxyRefused
        | AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::CodeNeeded
        | AwsErrorKind::WrongCredentials
        | AwsErrorKind::Expired
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::ClockSkew => true,
        AwsErrorKind::AnswerLost
        | AwsErrorKind::NotAws
        | AwsErrorKind::AccessDenied
        | AwsErrorKind::Throttled
        | AwsErrorKind::CaseQuota
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetGone
        | AwsErrorKind::SetFull
        | AwsErrorKind::Invalid
        | AwsErrorKind::Service => false,
    }
}
