//! From a failed call to what keeps everything from working; `None` where only this one call is concerned.

use super::{Obstacle, ObstacleKind};
use crate::account::{Account, CredentialSource, types};
use desk_aws::{AwsError, AwsErrorKind};
use desk_model::Field;
use desk_model::{Partition, Problem, ProblemCode};

/// What a failed call says of the account as a whole.
pub(super) fn of_error(error: AwsError) -> Option<Obstacle> {
    let kind = match error.kind {
        AwsErrorKind::PlanMissing => ObstacleKind::Plan,
        AwsErrorKind::ClockSkew => ObstacleKind::Clock,
        AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::WrongCredentials => ObstacleKind::Credentials,
        AwsErrorKind::Expired | AwsErrorKind::CodeNeeded => ObstacleKind::SignInEnded,
        AwsErrorKind::Unreachable => ObstacleKind::Unreachable,
        AwsErrorKind::TlsRefused => ObstacleKind::Tls,
        AwsErrorKind::ProxyRefused => ObstacleKind::Proxy,
        AwsErrorKind::NotAws => ObstacleKind::NotAws,
        AwsErrorKind::AnswerLost | AwsErrorKind::Service => ObstacleKind::Service,
        AwsErrorKind::AccessDenied
        | AwsErrorKind::Throttled
        | AwsErrorKind::CaseQuota
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetGone
        | AwsErrorKind::SetFull
        | AwsErrorKind::Invalid => return None,
    };
    Some(Obstacle { kind, problem: error.into() })
}

/// Whether asking another service can do no better.
pub(super) fn is_final(kind: ObstacleKind) -> bool {
    match kind {
        ObstacleKind::Plan
        | ObstacleKind::Clock
        | ObstacleKind::Partition
        | ObstacleKind::OtherAccount
        | ObstacleKind::Credentials
        | ObstacleKind::SignInEnded => true,
        // A firewall may let AWS Support through and not STS.
        ObstacleKind::Unreachable
        | ObstacleKind::Tls
        | ObstacleKind::Proxy
        | ObstacleKind::NotAws
        | ObstacleKind::Service => false,
    }
}

/// Nobody tells to which AWS account the credentials belong, or it is another one.
pub(super) fn unverified(problem: Problem) -> Obstacle {
    let kind = if problem.retryable { ObstacleKind::Unreachable } else { ObstacleKind::OtherAccount };
    Obstacle { kind, problem }
}

/// The credentials work in another part of AWS.
pub(super) fn wrong_partition(account: &Account, actual: Partition) -> Obstacle {
    let what_to_do = match &account.source {
        CredentialSource::Profile { name } => format!(
            "Add “region = {}” to the profile “{name}” in your AWS config file, then connect it again.",
            home_region(actual)
        ),
        CredentialSource::Demo | CredentialSource::AccessKey { .. } | CredentialSource::Portal { .. } => {
            "Connect it again and choose that part of AWS.".to_owned()
        }
    };
    let message = format!(
        "These credentials belong to {}, and {} was asked. {what_to_do}",
        name_of(actual),
        name_of(account.partition)
    );
    Obstacle {
        kind: ObstacleKind::Partition,
        problem: Problem { field: Some(Field::Partition), ..Problem::new(ProblemCode::Credentials, message) },
    }
}

/// The credentials have come to belong to another AWS account.
pub(super) fn other_account(known: &str, now: &str) -> Obstacle {
    Obstacle { kind: ObstacleKind::OtherAccount, problem: types::other_account(known, now) }
}

fn name_of(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "commercial AWS",
        Partition::AwsCn => "AWS in China",
        Partition::AwsUsGov => "AWS GovCloud (US)",
    }
}

fn home_region(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "us-east-1",
        Partition::AwsCn => "cn-north-1",
        Partition::AwsUsGov => "us-gov-west-1",
    }
}
