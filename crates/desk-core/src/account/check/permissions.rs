//! Which operations an account may use: each is tried, and nothing is created or sent.

use super::{Obstacle, OperationCheck, Permission, obstacle};
use desk_aws::{AwsError, AwsErrorKind, DryRun, NamedCode, Operation, ServiceRecord, Support};
use desk_model::{Problem, ProblemCode};
use futures_util::future::join_all;

/// What AWS Support answers.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) severities: Vec<NamedCode>,
    pub(super) services: Option<Vec<ServiceRecord>>,
    pub(super) operations: Vec<OperationCheck>,
    pub(super) obstacle: Option<Obstacle>,
    /// Whether a dry run was done in earnest.
    dry_runs_are_ignored: bool,
}

/// Tries every operation that the program uses.
pub(super) async fn try_operations(support: &Support) -> Answers {
    let mut answers = Answers::default();
    // These two are read in earnest: their answers say which plan there is, and which services.
    let (severities, services) = (support.severity_levels().await, support.services().await);
    let mut done = Vec::new();
    match severities {
        Ok(severities) => {
            answers.severities = severities;
            done.push(answers.note(Operation::DescribeSeverityLevels, Ok(())));
        }
        Err(error) => done.push(answers.note(Operation::DescribeSeverityLevels, Err(error))),
    }
    match services {
        Ok(services) => {
            answers.services = Some(services);
            done.push(answers.note(Operation::DescribeServices, Ok(())));
        }
        Err(error) => done.push(answers.note(Operation::DescribeServices, Err(error))),
    }
    let rest =
        Operation::ALL.into_iter().filter(|operation| done.iter().all(|one| one.operation != *operation));
    let (writes, reads): (Vec<_>, Vec<_>) = rest.partition(|operation| operation.changes_something());
    // What only reads goes first: whether dry runs are honoured must be known before anything that changes something is
    // tried.
    for operations in [reads, writes] {
        done.extend(answers.try_dry(support, operations).await);
    }
    done.sort_by_key(|check| check.operation);
    answers.operations = done;
    answers
}

impl Answers {
    /// Tries these operations dry, at the same time.
    async fn try_dry(&mut self, support: &Support, operations: Vec<Operation>) -> Vec<OperationCheck> {
        // Where nothing works, one answer is as good as eleven, and a network that is down is not waited for eleven times.
        let why_not = self.obstacle.as_ref().map(|obstacle| obstacle.problem.clone());
        let (spared, tried): (Vec<_>, Vec<_>) = operations.into_iter().partition(|operation| {
            why_not.is_some() || (self.dry_runs_are_ignored && operation.changes_something())
        });
        let problem = why_not.unwrap_or_else(not_tried);
        let unknown = |operation| OperationCheck {
            operation,
            permission: Permission::Unknown { problem: problem.clone() },
        };
        let mut done: Vec<OperationCheck> = spared.into_iter().map(unknown).collect();
        let tries =
            tried.into_iter().map(|operation| async move { (operation, support.try_dry(operation).await) });
        for (operation, outcome) in join_all(tries.collect::<Vec<_>>()).await {
            self.dry_runs_are_ignored |= matches!(outcome, Ok(DryRun::Ignored));
            done.push(self.note(operation, outcome.map(drop)));
        }
        done
    }

    /// Notes what a call says of its operation, and of the account as a whole.
    fn note(&mut self, operation: Operation, outcome: Result<(), AwsError>) -> OperationCheck {
        let permission = match outcome {
            Ok(()) => Permission::Allowed,
            Err(error) if error.kind == AwsErrorKind::AccessDenied && operation.is_optional() => {
                Permission::NotNeeded
            }
            Err(error) if error.kind == AwsErrorKind::AccessDenied => Permission::Denied,
            Err(error) => {
                if self.obstacle.is_none() {
                    self.obstacle = obstacle::of_error(error.clone());
                }
                Permission::Unknown { problem: error.into() }
            }
        };
        OperationCheck { operation, permission }
    }
}

/// Why an operation was left out.
fn not_tried() -> Problem {
    Problem::new(
        ProblemCode::Service,
        "What answers here does things that it is asked to do as a dry run only, so this was not tried. AWS Support does not do that: check the address of AWS Support.",
    )
}
