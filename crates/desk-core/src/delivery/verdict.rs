//! What follows from a failed try: wait and try again, or stop until somebody changes something.

use desk_aws::{AwsError, AwsErrorKind};
use desk_model::{Problem, ProblemCode};
use desk_store::StoreError;

/// Why a try failed.
#[derive(Debug)]
pub(super) enum Trouble {
    /// AWS certainly has nothing of the report, reply or resolution.
    Aws(AwsError),
    /// AWS may have it: the request went out and its answer did not come.
    Lost(AwsError),
    /// Something on this computer: nothing went out.
    Told(Problem),
    /// The database failed. What it holds stands.
    Store(StoreError),
}

impl From<AwsError> for Trouble {
    fn from(error: AwsError) -> Self {
        Self::Aws(error)
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Told(problem)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Try again after a pause that grows.
    Wait,
    /// Try again after the longest pause.
    WaitLong,
    /// Try no more until the user changes something or asks for it.
    Stop,
}

/// What follows from AWS's refusal.
pub(super) fn after(kind: AwsErrorKind) -> Next {
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
        | AwsErrorKind::Expired => Next::Wait,
        AwsErrorKind::CaseQuota => Next::WaitLong,
        AwsErrorKind::AccessDenied
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetFull
        | AwsErrorKind::Invalid => Next::Stop,
    }
}

/// Whether a creating request that AWS refused for this may well be taken when it is made again at once.
pub(super) fn is_mended_at_once(kind: AwsErrorKind) -> bool {
    match kind {
        // The files are put into a new set.
        AwsErrorKind::SetGone
        // The time at AWS was learned a moment ago with the same credentials: a second signature is a right one.
        | AwsErrorKind::ClockSkew
        | AwsErrorKind::WrongCredentials => true,
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
        | AwsErrorKind::Invalid => false,
    }
}

/// What follows from trouble on this computer.
pub(super) fn after_problem(problem: &Problem) -> Next {
    if problem.retryable || passes_with_account(problem.code) { Next::Wait } else { Next::Stop }
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
pub(super) fn concerns_account(kind: AwsErrorKind) -> bool {
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
