//! The connection check: who one is, what one may do, and what is in the way.
//!
//! It creates and sends nothing: every operation is tried dry, but for two reads whose answers are wanted, and those that
//! change something only where dry runs are honoured. It asks with fresh credentials, so that what was mended outside
//! counts.

mod identity;
mod obstacle;
mod permissions;
mod policy;
mod purposes;
mod types;

use super::{
    Account, Connection, clients::Clients, credentials::Credentials, ownership::Ownership,
    store::AccountStore,
};
pub use crate::catalogue::EdiCategory;
use desk_aws::{AwsError, AwsErrorKind, AwsTransport, Operation, Provider, ServiceRecord, Support, caller};
use desk_model::{AccountId, Clock, MINUTE, Millis, Partition, Problem, ProblemCode};
pub use purposes::{PURPOSES, Purpose};
use std::sync::Arc;
pub use types::*;

/// How old the time of the last answer may become before it is written again.
const CONNECTED_MAX_AGE: Millis = 10 * MINUTE;

/// What the check found, and what AWS answered beside.
#[derive(Debug)]
pub(crate) struct Examined {
    /// The findings. Whether EDI's category is there is for who knows the catalogue.
    pub(crate) check: ConnectionCheck,
    /// What DescribeServices gave, where it is allowed.
    pub(crate) services: Option<Vec<ServiceRecord>>,
}

/// Checks whether an account's connection works, and notes it in the account.
#[derive(Debug)]
pub struct ConnectionChecker {
    store: AccountStore,
    credentials: Arc<Credentials>,
    clients: Clients,
    ownership: Ownership,
    transport: AwsTransport,
    clock: Clock,
}

impl ConnectionChecker {
    pub(super) fn new(
        store: AccountStore,
        credentials: Arc<Credentials>,
        clients: Clients,
        ownership: Ownership,
        transport: AwsTransport,
        clock: Clock,
    ) -> Self {
        Self { store, credentials, clients, ownership, transport, clock }
    }

    /// Asks AWS Support with fresh credentials and notes how that went in the account's connection.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the account.
    pub async fn check(&self, id: &AccountId) -> Result<Account, Problem> {
        let mut account = self.store.get(id).await?;
        self.clients.discard(id);
        let asked = match self.clients.get(id).await {
            Ok(support) => read_basics(&support).await.map_err(Problem::from),
            Err(problem) if is_about_the_account(problem.code) => Err(problem),
            Err(problem) => return Err(problem),
        };
        if asked.is_err() {
            // What is mended outside counts from the next call on.
            self.clients.discard(id);
        }
        let at = self.clock.now();
        account.connection = match asked {
            Ok(()) => Connection::Connected { at },
            Err(problem) => Connection::Failed { at, problem },
        };
        self.store.set_connection(id, account.connection.clone()).await?;
        Ok(account)
    }

    /// Notes how a call with an account's credentials went. Only what says something about the account changes its
    /// connection; a network that is down or an AWS that is busy does not.
    pub(super) async fn note_outcome(&self, id: &AccountId, outcome: Result<(), &Problem>) {
        let Ok(account) = self.store.get(id).await else { return };
        let at = self.clock.now();
        let connection = match outcome {
            Ok(()) => match account.connection {
                Connection::Connected { at: last } if at < last + CONNECTED_MAX_AGE => return,
                Connection::Connected { .. } | Connection::Unchecked | Connection::Failed { .. } => {
                    Connection::Connected { at }
                }
            },
            Err(problem) => {
                if !is_about_the_account(problem.code) {
                    return;
                }
                // The next client reads the profile anew, which may have been mended meanwhile.
                self.clients.discard(id);
                match account.connection {
                    Connection::Failed { problem: known, .. } if known == *problem => return,
                    Connection::Failed { .. } | Connection::Connected { .. } | Connection::Unchecked => {
                        Connection::Failed { at, problem: problem.clone() }
                    }
                }
            }
        };
        if let Err(error) = self.store.set_connection(id, connection).await {
            tracing::warn!(cause = error.cause(), "the state of an account could not be noted");
        }
    }

    /// A client with these credentials, once AWS has taken them.
    ///
    /// # Errors
    /// Why it has not.
    pub(super) async fn try_credentials(
        &self,
        account: &Account,
        provider: &Provider,
    ) -> Result<Support, Problem> {
        self.credentials.prefetch(account, provider).await;
        let support = self.clients.of(account, provider);
        match read_basics(&support).await {
            Ok(()) => Ok(support),
            Err(error) => Err(self.explained(account, provider, error).await),
        }
    }

    /// Examines an account's connection, and notes in it whether it works.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the findings.
    pub(crate) async fn examine(&self, id: &AccountId) -> Result<Examined, Problem> {
        let account = self.store.get(id).await?;
        self.clients.discard(id);
        let examined = self.find_out(&account).await;
        let at = examined.check.at;
        let connection = match verdict(&examined.check) {
            None => Connection::Connected { at },
            Some(problem) => Connection::Failed { at, problem },
        };
        self.store.set_connection(id, connection).await?;
        if let (Some(identity), None) = (&examined.check.identity, &account.account_number) {
            self.clients.note_number(id, &identity.account_number).await?;
        }
        Ok(examined)
    }

    async fn find_out(&self, account: &Account) -> Examined {
        let mut check = ConnectionCheck {
            account: account.id.clone(),
            at: self.clock.now(),
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
        let provider = match self.credentials.provider(account).await {
            Ok(provider) => provider,
            Err(problem) => {
                check.obstacle = Some(Obstacle { kind: ObstacleKind::Credentials, problem });
                return unasked(check);
            }
        };
        self.credentials.prefetch(account, &provider).await;
        match caller(provider.clone(), account.partition, &self.transport).await {
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
            && let Err(problem) = self.ownership.verify(account, &provider).await
        {
            check.obstacle = Some(obstacle::unverified(problem));
        }
        if check.obstacle.is_some() {
            return unasked(check);
        }
        let number = check.identity.as_ref().map(|identity| identity.account_number.as_str());
        let number = number.or(account.aws_number());
        let support = Support::of_account(provider.clone(), account.partition, &self.transport, number);
        // Whoever follows the account meanwhile shares its limit of calls.
        self.clients.put(account, provider, support.clone());
        let answers = permissions::try_operations(&support).await;
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
    async fn explained(&self, account: &Account, provider: &Provider, error: AwsError) -> Problem {
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
            if let Ok(Some(_)) = caller(provider.clone(), other, &self.transport).await {
                return Some(other);
            }
        }
        None
    }

    /// Whole seconds that this computer's clock is ahead of AWS's, which gives the time to the second.
    fn ahead_of(&self, date: Millis) -> i64 {
        let ahead = self.clock.now() - date;
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

/// Makes the two reads that everything else needs: they tell wrong keys and a missing plan. Missing permissions are no
/// reason to keep an account out: the connection check names them, and whom to ask.
async fn read_basics(support: &Support) -> Result<(), AwsError> {
    for answer in [support.severity_levels().await.err(), support.services().await.err()] {
        match answer {
            Some(error) if error.kind != AwsErrorKind::AccessDenied => return Err(error),
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// Whether a problem says something about the account, and not about the network or AWS.
fn is_about_the_account(code: ProblemCode) -> bool {
    match code {
        ProblemCode::Credentials
        | ProblemCode::CredentialsMissing
        | ProblemCode::OtherAccount
        | ProblemCode::CredentialsExpired
        | ProblemCode::Keyring
        | ProblemCode::ApprovalNeeded
        | ProblemCode::CodeNeeded
        | ProblemCode::AccessDenied
        | ProblemCode::PlanMissing
        | ProblemCode::ClockSkew => true,
        ProblemCode::InvalidInput
        | ProblemCode::NotFound
        | ProblemCode::Network
        | ProblemCode::Proxy
        | ProblemCode::Certificate
        | ProblemCode::Throttled
        | ProblemCode::QuotaReached
        | ProblemCode::Conflict
        | ProblemCode::Storage
        | ProblemCode::Service
        | ProblemCode::Internal => false,
    }
}
