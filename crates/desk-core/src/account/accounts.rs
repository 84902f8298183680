//! The accounts of this computer: connected, checked, renamed, removed, and their clients of AWS Support.
//!
//! An account is kept only once AWS has answered with its credentials. In the demo there is one account and no
//! other can be connected: nobody in trouble may report to a pretended ECO.

use super::{
    Account, AccountId, ConfigFiles, Connection, CredentialSource, FoundProfile, Partition, profiles, rows,
};
use crate::{
    aws::{Endpoint, Profiles, Support, provider_of_door, provider_of_profile},
    change::{Change, Changes},
    problem::{Problem, ProblemCode},
    store::{Database, StoreError},
    time::{Clock, MINUTE, Millis},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The id of the demo's only account.
const DEMO: &str = "demo";
/// How many colours the UI has for accounts.
const COLOURS: u8 = 8;
/// Longest name, in characters.
const MAX_NAME: usize = 60;
/// How old the time of the last answer may become before it is written again.
const STALE: Millis = 10 * MINUTE;

/// The accounts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    desk: Database,
    changes: Changes,
    clock: Clock,
    endpoint: Endpoint,
    config: ConfigFiles,
    clients: Mutex<HashMap<AccountId, Support>>,
}

impl Accounts {
    /// Opens the room; with an in-process endpoint it makes the demo's account where there is none.
    ///
    /// # Errors
    /// Where the database cannot be read or written.
    pub async fn open(
        desk: Database,
        changes: Changes,
        clock: Clock,
        endpoint: Endpoint,
        config: ConfigFiles,
    ) -> Result<Self, StoreError> {
        let inner = Inner { desk, changes, clock, endpoint, config, clients: Mutex::default() };
        let accounts = Self(Arc::new(inner));
        if matches!(accounts.0.endpoint, Endpoint::InProcess(_)) {
            accounts.make_demo().await?;
        }
        Ok(accounts)
    }

    async fn make_demo(&self) -> Result<(), StoreError> {
        let now = self.0.clock.now();
        let demo = Account {
            id: AccountId(DEMO.to_owned()),
            name: "Demo".to_owned(),
            colour: 0,
            source: CredentialSource::Demo,
            partition: Partition::Aws,
            account_number: None,
            connection: Connection::Unchecked,
        };
        self.0
            .desk
            .write(move |tx| if rows::one(tx, &demo.id)?.is_none() { rows::insert(tx, &demo, now) } else { Ok(()) })
            .await
    }

    /// All accounts, in the order they were connected.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn list(&self) -> Result<Vec<Account>, StoreError> {
        self.0.desk.read(rows::all).await
    }

    /// One account.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where there is no such account.
    pub async fn get(&self, id: &AccountId) -> Result<Account, Problem> {
        let wanted = id.clone();
        self.0.desk.read(move |sqlite| rows::one(sqlite, &wanted)).await?.ok_or_else(not_found)
    }

    /// The profiles of the AWS config files of this computer; none in the demo.
    pub async fn profiles(&self) -> Vec<FoundProfile> {
        match self.0.endpoint {
            Endpoint::InProcess(_) => Vec::new(),
            Endpoint::ByPartition | Endpoint::Override(_) => profiles::find(&self.0.config).await,
        }
    }

    /// Connects the account of a profile, once AWS Support has answered with its credentials. An empty `name`
    /// means the profile's.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept.
    pub async fn connect_profile(&self, profile: &str, name: &str) -> Result<Account, Problem> {
        let found = self.profiles().await.into_iter().find(|found| found.name == profile);
        let Some(found) = found else {
            return Err(Problem::field("profile", format!("There is no profile \"{profile}\" to connect.")));
        };
        if let Some(reason) = found.unusable {
            return Err(Problem::field("profile", reason));
        }
        let name = checked_name(if name.trim().is_empty() { profile } else { name })?;
        let source = CredentialSource::Profile { name: profile.to_owned() };
        let accounts = self.list().await?;
        if accounts.iter().any(|account| account.source == source) {
            return Err(Problem::new(ProblemCode::Conflict, "This profile is already connected."));
        }
        let profiles = Profiles::load(&self.0.config.config, &self.0.config.credentials)
            .await
            .map_err(|reason| Problem::field("profile", reason))?;
        let mut account = Account {
            id: AccountId(uuid::Uuid::new_v4().to_string()),
            name,
            colour: free_colour(&accounts),
            source,
            partition: profiles.partition(profile),
            account_number: None,
            connection: Connection::Unchecked,
        };
        let support = self.make_client(&account).await?;
        ask(&support).await?;
        let now = self.0.clock.now();
        account.connection = Connection::Connected { at: now };
        let kept = account.clone();
        self.0.desk.write(move |tx| rows::insert(tx, &kept, now)).await?;
        self.clients().insert(account.id.clone(), support);
        self.0.changes.tell(Change::Accounts);
        Ok(account)
    }

    /// Asks AWS Support with fresh credentials and notes how that went in the account's connection.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the account.
    pub async fn check(&self, id: &AccountId) -> Result<Account, Problem> {
        let mut account = self.get(id).await?;
        self.clients().remove(id);
        let support = self.support(id).await?;
        let asked = ask(&support).await;
        let at = self.0.clock.now();
        account.connection = match asked {
            Ok(()) => Connection::Connected { at },
            Err(problem) => Connection::Failed { at, problem },
        };
        self.set_connection(id, account.connection.clone()).await?;
        Ok(account)
    }

    /// Sets what the user calls an account, and its colour.
    ///
    /// # Errors
    /// A problem with the name, or [`ProblemCode::NotFound`].
    pub async fn rename(&self, id: &AccountId, name: &str, colour: u8) -> Result<Account, Problem> {
        let name = checked_name(name)?;
        let wanted = id.clone();
        if !self.0.desk.write(move |tx| rows::rename(tx, &wanted, &name, colour % COLOURS)).await? {
            return Err(not_found());
        }
        self.0.changes.tell(Change::Accounts);
        self.get(id).await
    }

    /// Removes an account. Its cases in the mirror are forgotten by [`crate::sync::Sync::forget`].
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] while something in the outbox still has to be sent with it, and for the demo's.
    pub async fn remove(&self, id: &AccountId) -> Result<(), Problem> {
        if self.get(id).await?.source == CredentialSource::Demo {
            return Err(Problem::new(ProblemCode::Conflict, "The demo's account cannot be removed."));
        }
        let wanted = id.clone();
        let waiting = self
            .0
            .desk
            .write(move |tx| {
                let waiting = rows::undelivered(tx, &wanted)?;
                if waiting == 0 {
                    rows::delete(tx, &wanted)?;
                }
                Ok(waiting)
            })
            .await?;
        if waiting > 0 {
            return Err(Problem::new(
                ProblemCode::Conflict,
                "Something in the outbox still has to be sent with this account. Send or discard it first.",
            ));
        }
        self.clients().remove(id);
        self.0.changes.tell(Change::Accounts);
        Ok(())
    }

    /// The client of an account; the same one until its credentials fail.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], or where demo and real AWS would meet.
    pub async fn support(&self, id: &AccountId) -> Result<Support, Problem> {
        if let Some(support) = self.clients().get(id) {
            return Ok(support.clone());
        }
        let account = self.get(id).await?;
        let support = self.make_client(&account).await?;
        Ok(self.clients().entry(id.clone()).or_insert(support).clone())
    }

    /// Notes how a call with an account's credentials went. Only what says something about the account changes its
    /// connection; a network that is down or an AWS that is busy does not.
    pub async fn note_outcome(&self, id: &AccountId, outcome: Result<(), &Problem>) {
        let Ok(account) = self.get(id).await else { return };
        let at = self.0.clock.now();
        let connection = match outcome {
            Ok(()) => match account.connection {
                Connection::Connected { at: last } if at < last + STALE => return,
                Connection::Connected { .. } | Connection::Unchecked | Connection::Failed { .. } => {
                    Connection::Connected { at }
                }
            },
            Err(problem) => {
                if !is_about_the_account(problem.code) {
                    return;
                }
                // The next client reads the profile anew, which may have been mended meanwhile.
                self.clients().remove(id);
                match account.connection {
                    Connection::Failed { problem: known, .. } if known == *problem => return,
                    Connection::Failed { .. } | Connection::Connected { .. } | Connection::Unchecked => {
                        Connection::Failed { at, problem: problem.clone() }
                    }
                }
            }
        };
        if let Err(error) = self.set_connection(id, connection).await {
            tracing::warn!("the state of an account could not be noted: {error}");
        }
    }

    /// Notes the twelve digits of an account.
    pub(crate) async fn note_number(&self, id: &AccountId, number: &str) -> Result<(), StoreError> {
        let (wanted, digits) = (id.clone(), number.to_owned());
        if self.0.desk.write(move |tx| rows::set_number(tx, &wanted, &digits)).await? {
            self.0.changes.tell(Change::Accounts);
        }
        Ok(())
    }

    async fn set_connection(&self, id: &AccountId, connection: Connection) -> Result<(), StoreError> {
        let wanted = id.clone();
        self.0.desk.write(move |tx| rows::set_connection(tx, &wanted, &connection)).await?;
        self.0.changes.tell(Change::Accounts);
        Ok(())
    }

    async fn make_client(&self, account: &Account) -> Result<Support, Problem> {
        let provider = match (&account.source, &self.0.endpoint) {
            (CredentialSource::Demo, Endpoint::InProcess(door)) => provider_of_door(door),
            (CredentialSource::Profile { name }, Endpoint::ByPartition | Endpoint::Override(_)) => {
                let ConfigFiles { config, credentials } = &self.0.config;
                provider_of_profile(config, credentials, name, account.partition).await
            }
            (CredentialSource::Demo, Endpoint::ByPartition | Endpoint::Override(_))
            | (CredentialSource::Profile { .. }, Endpoint::InProcess(_)) => {
                return Err(Problem::new(ProblemCode::Conflict, "The demo and real accounts are kept apart."));
            }
        };
        Ok(Support::new(provider, account.partition, &self.0.endpoint))
    }

    fn clients(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Support>> {
        // The map is whole whatever panicked while it was held.
        self.0.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The two reads that everything else needs: they tell wrong keys, a missing plan and missing permissions.
async fn ask(support: &Support) -> Result<(), Problem> {
    support.severity_levels().await?;
    support.services().await?;
    Ok(())
}

fn is_about_the_account(code: ProblemCode) -> bool {
    match code {
        ProblemCode::Credentials
        | ProblemCode::CredentialsExpired
        | ProblemCode::AccessDenied
        | ProblemCode::PlanMissing
        | ProblemCode::ClockSkew => true,
        ProblemCode::InvalidInput
        | ProblemCode::NotFound
        | ProblemCode::Network
        | ProblemCode::Throttled
        | ProblemCode::QuotaReached
        | ProblemCode::Conflict
        | ProblemCode::Storage
        | ProblemCode::Service
        | ProblemCode::Internal => false,
    }
}

fn checked_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Problem::field("name", "Enter a name.")),
        1..=MAX_NAME => Ok(name.to_owned()),
        _ => Err(Problem::field("name", format!("Enter at most {MAX_NAME} characters."))),
    }
}

/// The first colour that no account has; with more accounts than colours they are given again.
fn free_colour(accounts: &[Account]) -> u8 {
    let taken = |colour: &u8| accounts.iter().any(|account| account.colour == *colour);
    (0..COLOURS)
        .find(|colour| !taken(colour))
        .unwrap_or_else(|| u8::try_from(accounts.len() % usize::from(COLOURS)).unwrap_or(0))
}

fn not_found() -> Problem {
    Problem::new(ProblemCode::NotFound, "This account is no longer connected.")
}
