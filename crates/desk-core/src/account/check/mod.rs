//! The connection check: who one is, what one may do, and what is in the way.
//!
//! It creates and sends nothing: every operation is tried dry, but for two reads whose answers are wanted, and those that
//! change something only where dry runs are honoured. It asks with fresh credentials, so that what was mended outside
//! counts.

mod identity;
mod obstacle;
mod policy;
mod purposes;
mod types;

use super::{Account, AccountId, Accounts, Connection, Partition};
use crate::{
    aws::{AwsError, AwsErrorKind, DryRun, NamedCode, Operation, Provider, ServiceRecord, Support, caller},
    problem::{Problem, ProblemCode},
    time::Millis,
};
use futures_util::future::join_all;
pub use purposes::{PURPOSES, Purpose};
pub use types::*;

/// What the check found, and what AWS answered beside.
#[derive(Debug)]
pub(crate) struct Examined {
    /// The findings. Whether EDI's category is there is for who knows the catalogue.
    pub(crate) check: ConnectionCheck,
    /// What DescribeServices gave, where it is allowed.
    pub(crate) services: Option<Vec<ServiceRecord>>,
}

/// What AWS Support answers.
#[derive(Default)]
struct Answers {
    severities: Vec<NamedCode>,
    services: Option<Vec<ServiceRecord>>,
    operations: Vec<OperationCheck>,
    obstacle: Option<Obstacle>,
    /// Whether a dry run was done in earnest.
    dry_runs_are_ignored: bool,
}

impl Accounts {
    /// Examines an account's connection, and notes in it whether it works.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the findings.
    pub(crate) async fn examine(&self, id: &AccountId) -> Result<Examined, Problem> {
        let account = self.get(id).await?;
        self.clients().remove(id);
        let examined = self.look(&account).await;
        let at = examined.check.at;
        let connection = match verdict(&examined.check) {
            None => Connection::Connected { at },
            Some(problem) => Connection::Failed { at, problem },
        };
        self.set_connection(id, connection).await?;
        if let (Some(identity), None) = (&examined.check.identity, &account.account_number) {
            self.note_number(id, &identity.account_number).await?;
        }
        Ok(examined)
    }

    async fn look(&self, account: &Account) -> Examined {
        let mut check = ConnectionCheck {
            account: account.id.clone(),
            at: self.0.clock.now(),
            partition: account.partition,
            standby: None,
            identity: None,
            clock_ahead_seconds: None,
            severities: Vec::new(),
            obstacle: None,
            operations: Vec::new(),
            edi: EdiCategory::Unknown,
            policy: None,
        };
        let provider = match self.provider(account).await {
            Ok(provider) => provider,
            Err(problem) => {
                check.obstacle = Some(Obstacle { kind: ObstacleKind::Credentials, problem });
                return unasked(check);
            }
        };
        self.fetch_credentials(account, &provider).await;
        match caller(provider.clone(), account.partition, &self.0.reach).await {
            Ok(Some((caller, date))) => {
                check.clock_ahead_seconds = date.map(|date| self.ahead_of(date));
                let identity = identity::identity_of(caller);
                check.obstacle = account
                    .account_number
                    .as_ref()
                    .filter(|known| **known != identity.account_number)
                    .map(|known| obstacle::other_account(known, &identity.account_number));
                check.identity = Some(identity);
            }
            Ok(None) => {}
            Err(error) => {
                let wrong = error.kind == AwsErrorKind::WrongCredentials;
                check.obstacle = obstacle::of_error(error).filter(|found| obstacle::is_final(found.kind));
                if wrong && let Some(actual) = self.elsewhere(&provider, account.partition).await {
                    check.obstacle = Some(obstacle::wrong_partition(account, actual));
                }
            }
        }
        // Where STS did not say whose they are: the client that is made below serves more than the check.
        if check.obstacle.is_none()
            && check.identity.is_none()
            && let Err(problem) = self.verify_owner(account, &provider).await
        {
            check.obstacle = Some(obstacle::unverified(problem));
        }
        if check.obstacle.is_some() {
            return unasked(check);
        }
        let number = check.identity.as_ref().map(|identity| identity.account_number.as_str());
        let number = number.or(account.aws_number());
        let support = Support::of_account(provider, account.partition, &self.0.reach, number);
        // Whoever follows the account meanwhile shares its limit of calls.
        self.clients().insert(account.id.clone(), support.clone());
        let answers = ask_support(&support).await;
        if check.clock_ahead_seconds.is_none() {
            check.clock_ahead_seconds = support.server_time().await.ok().map(|date| self.ahead_of(date));
        }
        check.standby = support.standby().map(str::to_owned);
        check.severities = answers.severities.into_iter().map(|severity| severity.name).collect();
        check.obstacle = answers.obstacle;
        check.policy = policy::of_missing(&answers.operations);
        check.operations = answers.operations;
        Examined { check, services: answers.services }
    }

    /// Why these credentials do not work, where AWS says that they are wrong: they may be another partition's.
    pub(super) async fn explained(&self, account: &Account, provider: &Provider, error: AwsError) -> Problem {
        if error.kind == AwsErrorKind::WrongCredentials
            && let Some(actual) = self.elsewhere(provider, account.partition).await
        {
            return obstacle::wrong_partition(account, actual).problem;
        }
        error.into()
    }

    /// The partition where these credentials work, other than `asked`.
    async fn elsewhere(&self, provider: &Provider, asked: Partition) -> Option<Partition> {
        for other in Partition::ALL.into_iter().filter(|other| *other != asked) {
            if let Ok(Some(_)) = caller(provider.clone(), other, &self.0.reach).await {
                return Some(other);
            }
        }
        None
    }

    /// Whole seconds that this computer's clock is ahead of AWS's, which gives the time to the second.
    fn ahead_of(&self, date: Millis) -> i64 {
        let ahead = self.0.clock.now() - date;
        // Within the second that AWS's date leaves open the clock is right.
        if (0..1000).contains(&ahead) { 0 } else { ahead.div_euclid(1000) }
    }
}

/// Whether an account whose connection was checked works: its cases can be read.
fn verdict(check: &ConnectionCheck) -> Option<Problem> {
    if let Some(obstacle) = &check.obstacle {
        return Some(obstacle.problem.clone());
    }
    let cases = check.operations.iter().find(|one| one.operation == Operation::DescribeCases)?;
    match &cases.permission {
        Permission::Allowed | Permission::NotNeeded | Permission::Unknown { .. } => None,
        Permission::Denied => Some(Problem::new(
            ProblemCode::AccessDenied,
            "You are not allowed to see the incidents of this account. The connection check in the settings has the policy that your AWS administrator needs.",
        )),
    }
}

/// The findings where AWS Support was not asked.
fn unasked(mut check: ConnectionCheck) -> Examined {
    if let Some(obstacle) = &check.obstacle {
        check.operations = Operation::ALL
            .map(|operation| OperationCheck {
                operation,
                permission: Permission::Unknown { problem: obstacle.problem.clone() },
            })
            .into();
    }
    Examined { check, services: None }
}

async fn ask_support(support: &Support) -> Answers {
    let mut answers = Answers::default();
    // These two are read in earnest: their answers say which plan there is, and which services.
    let (severities, services) = (support.severity_levels().await, support.services().await);
    let mut done = Vec::new();
    match severities {
        Ok(severities) => {
            answers.severities = severities;
            done.push(answers.noted(Operation::DescribeSeverityLevels, Ok(())));
        }
        Err(error) => done.push(answers.noted(Operation::DescribeSeverityLevels, Err(error))),
    }
    match services {
        Ok(services) => {
            answers.services = Some(services);
            done.push(answers.noted(Operation::DescribeServices, Ok(())));
        }
        Err(error) => done.push(answers.noted(Operation::DescribeServices, Err(error))),
    }
    let rest =
        Operation::ALL.into_iter().filter(|operation| done.iter().all(|one| one.operation != *operation));
    let (writes, reads): (Vec<_>, Vec<_>) = rest.partition(|operation| operation.changes_something());
    // What only reads goes first: whether dry runs are honoured must be known before anything that changes something is
    // tried.
    for operations in [reads, writes] {
        done.extend(answers.tried(support, operations).await);
    }
    done.sort_by_key(|check| check.operation);
    answers.operations = done;
    answers
}

impl Answers {
    /// Tries these operations dry, at the same time.
    async fn tried(&mut self, support: &Support, operations: Vec<Operation>) -> Vec<OperationCheck> {
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
            done.push(self.noted(operation, outcome.map(drop)));
        }
        done
    }

    fn noted(&mut self, operation: Operation, outcome: Result<(), AwsError>) -> OperationCheck {
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
