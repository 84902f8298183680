//! The accounts of this computer: connected, checked, renamed, removed, and their clients of AWS Support.
//!
//! An account is kept only once AWS has answered with its credentials. In the demo there is one account and no
//! other can be connected: nobody in trouble may report to a pretended ECO.

use super::{
    Account, AccountId, ConfigFiles, Connection, CredentialSource, FoundProfile, Partition, RoleToAssume,
    Secret, Vault,
    connecting::{ask, checked_name},
    following::{self, Marks},
    key_file::HeldKeys,
    names::COLOURS,
    portal::{PortalSession, SignIns},
    profiles, rows,
};
use crate::{
    aws::{
        Endpoint, MfaSession, Profiles, Provider, Reach, Support, provider_of_door, provider_of_keys,
        provider_of_profile, provider_of_role, provider_of_session,
    },
    change::{Change, Changes},
    network::Target,
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
/// How old the time of the last answer may become before it is written again.
const STALE: Millis = 10 * MINUTE;

/// The accounts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) desk: Database,
    pub(super) changes: Changes,
    pub(super) clock: Clock,
    pub(super) reach: Reach,
    pub(super) config: ConfigFiles,
    pub(super) vault: Vault,
    clients: Mutex<HashMap<AccountId, Support>>,
    /// What codes of multi-factor devices have opened.
    sessions: Mutex<HashMap<AccountId, MfaSession>>,
    /// The sign-ins of portals, by their entries in the vault.
    portals: Mutex<HashMap<String, Arc<PortalSession>>>,
    sign_ins: SignIns,
    /// How the config files were found when the program started.
    pub(super) first_marks: Marks,
    /// The key that was read from a file and waits to be connected.
    pub(super) held_key: HeldKeys,
    /// Tells this data folder from another one of the same user.
    pub(super) desk_id: String,
}

/// How an access key is used.
#[derive(Debug, Clone, Copy)]
pub(super) enum KeyUse<'a> {
    /// As it is.
    Alone,
    /// A session that a code of this multi-factor device opens.
    Session(&'a str),
    /// A role is assumed with it.
    Role(&'a RoleToAssume),
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
        reach: impl Into<Reach>,
        config: ConfigFiles,
    ) -> Result<Self, StoreError> {
        let reach: Reach = reach.into();
        let vault = Vault::new(desk.clone(), reach.endpoint.backend().keyring_service());
        let desk_id = desk.write(rows::desk_id).await?;
        let first_marks = following::marks(&config);
        let inner = Inner {
            desk,
            changes,
            clock,
            reach,
            config,
            vault,
            clients: Mutex::default(),
            sessions: Mutex::default(),
            portals: Mutex::default(),
            sign_ins: SignIns::default(),
            first_marks,
            held_key: HeldKeys::default(),
            desk_id,
        };
        let accounts = Self(Arc::new(inner));
        if matches!(accounts.0.reach.endpoint, Endpoint::InProcess(_)) {
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
            .write(
                move |tx| {
                    if rows::one(tx, &demo.id)?.is_none() { rows::insert(tx, &demo, now) } else { Ok(()) }
                },
            )
            .await
    }

    /// Where secrets are kept that belong to no account.
    pub(crate) fn vault(&self) -> Vault {
        self.0.vault.clone()
    }

    /// The name of such a secret's entry, which tells data folders apart: `name (folder)`.
    pub(crate) fn entry_named(&self, name: &str) -> String {
        format!("{name} ({})", self.0.desk_id)
    }

    /// What has to be reached for the accounts that there are, or for a first one.
    pub(crate) async fn targets(&self) -> Result<Vec<Target>, StoreError> {
        let accounts = self.list().await?;
        let mut partitions: Vec<Partition> = Vec::new();
        let mut portals: Vec<String> = Vec::new();
        for account in &accounts {
            if !partitions.contains(&account.partition) {
                partitions.push(account.partition);
            }
            match &account.source {
                CredentialSource::Portal { region, .. } if !portals.contains(region) => {
                    portals.push(region.clone());
                }
                CredentialSource::Portal { .. }
                | CredentialSource::Demo
                | CredentialSource::Profile { .. }
                | CredentialSource::AccessKey { .. } => {}
            }
        }
        if partitions.is_empty() {
            partitions.push(Partition::Aws);
        }
        Ok(self.0.reach.targets(&partitions, &portals))
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

    /// The profiles of the AWS config files of this computer; none in the demo, and none where their credentials would go
    /// to somebody else than AWS.
    pub async fn profiles(&self) -> Vec<FoundProfile> {
        match &self.0.reach.endpoint {
            Endpoint::InProcess(_) => Vec::new(),
            endpoint if endpoint.takes_sign_ins().is_err() => Vec::new(),
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => {
                profiles::find(&self.0.config).await
            }
        }
    }

    /// Asks AWS Support with fresh credentials and notes how that went in the account's connection.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the account.
    pub async fn check(&self, id: &AccountId) -> Result<Account, Problem> {
        let mut account = self.get(id).await?;
        self.clients().remove(id);
        let asked = match self.support(id).await {
            Ok(support) => ask(&support).await.map_err(Problem::from),
            Err(problem) if is_about_the_account(problem.code) => Err(problem),
            Err(problem) => return Err(problem),
        };
        if asked.is_err() {
            // What is mended outside counts from the next call on.
            self.clients().remove(id);
        }
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

    /// The client of an account; the same one until its credentials fail.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], where demo and real AWS would meet, or where the credentials have come to belong to
    /// another AWS account.
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
            tracing::warn!(cause = error.cause(), "the state of an account could not be noted");
        }
    }

    /// Notes the twelve digits of an account.
    pub(crate) async fn note_number(&self, id: &AccountId, number: &str) -> Result<(), StoreError> {
        let (wanted, digits) = (id.clone(), number.to_owned());
        if self.0.desk.write(move |tx| rows::set_number(tx, &wanted, &digits)).await? {
            // The next client shares the limit of calls with the others of this AWS account.
            self.clients().remove(id);
            self.0.changes.tell(Change::Accounts);
        }
        Ok(())
    }

    pub(super) async fn set_connection(
        &self,
        id: &AccountId,
        connection: Connection,
    ) -> Result<(), StoreError> {
        let wanted = id.clone();
        self.0.desk.write(move |tx| rows::set_connection(tx, &wanted, &connection)).await?;
        self.0.changes.tell(Change::Accounts);
        Ok(())
    }

    pub(super) async fn make_client(&self, account: &Account) -> Result<Support, Problem> {
        let provider = self.provider(account).await?;
        self.fetch_credentials(account, &provider).await;
        self.verify_owner(account, &provider).await?;
        // That may just have told its number, by which clients share the limit of calls.
        let verified = self.get(&account.id).await?;
        Ok(Support::of_account(provider, account.partition, &self.0.reach, verified.aws_number()))
    }

    /// What gives an account's credentials.
    pub(super) async fn provider(&self, account: &Account) -> Result<Provider, Problem> {
        let demo = match &self.0.reach.endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => None,
            Endpoint::InProcess(door) => Some(door),
        };
        match (&account.source, demo) {
            (CredentialSource::Demo, Some(door)) => Ok(provider_of_door(door)),
            (CredentialSource::Profile { name }, None) => {
                self.0.reach.endpoint.takes_sign_ins()?;
                let profiles = self.read_profiles().await;
                if let Some(why) = profiles.missing(name) {
                    return Err(Problem::new(ProblemCode::CredentialsMissing, why));
                }
                self.require_approval(account, &profiles, name).await?;
                let session = self.session(&account.id);
                Ok(provider_of_profile(&profiles, name, account.partition, &self.0.reach, &session))
            }
            (CredentialSource::AccessKey { access_key_id, role, mfa_serial, .. }, None) => {
                let secret = self.secret(&account.id).await?;
                let session = self.session(&account.id);
                let with = match (role, mfa_serial) {
                    (Some(role), _) => KeyUse::Role(role),
                    (None, Some(serial)) => KeyUse::Session(serial),
                    (None, None) => KeyUse::Alone,
                };
                Ok(self.keys_provider(access_key_id, &secret, with, account.partition, &session))
            }
            (CredentialSource::Portal { start_url, region, account_number, role, .. }, None) => {
                self.0.reach.endpoint.takes_sign_ins()?;
                Ok(self.portal_provider(start_url, region, account_number, role))
            }
            (CredentialSource::Demo, None)
            | (
                CredentialSource::Profile { .. }
                | CredentialSource::AccessKey { .. }
                | CredentialSource::Portal { .. },
                Some(_),
            ) => Err(kept_apart()),
        }
    }

    /// What an access key gives, used like this.
    pub(super) fn keys_provider(
        &self,
        access_key_id: &str,
        secret: &Secret,
        with: KeyUse<'_>,
        partition: Partition,
        session: &MfaSession,
    ) -> Provider {
        let keys = provider_of_keys(access_key_id, secret.reveal());
        let reach = &self.0.reach;
        match with {
            KeyUse::Alone => keys,
            KeyUse::Session(serial) => provider_of_session(keys, serial, partition, reach, session),
            KeyUse::Role(role) => provider_of_role(keys, role, partition, reach, session),
        }
    }

    /// The sign-ins of portals.
    pub(super) fn portals(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<PortalSession>>> {
        // The map is whole whatever panicked while it was held.
        self.0.portals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sign-ins under way.
    pub(super) fn sign_ins(&self) -> &SignIns {
        &self.0.sign_ins
    }

    /// The AWS config files as they are now.
    pub(super) async fn read_profiles(&self) -> Profiles {
        Profiles::read(&self.0.config.config, &self.0.config.credentials).await
    }

    /// What a code has opened for an account; new and closed where none has.
    fn session(&self, id: &AccountId) -> MfaSession {
        self.sessions().entry(id.clone()).or_default().clone()
    }

    pub(super) fn sessions(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, MfaSession>> {
        // The map is whole whatever panicked while it was held.
        self.0.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn secret(&self, id: &AccountId) -> Result<Secret, Problem> {
        let again = "Enter the access key again: in the settings, connect an account with the same key.";
        match self.0.vault.get(&id.0).await {
            Ok(Some(secret)) => Ok(secret),
            Ok(None) => {
                let message = format!("The secret of this access key is no longer on this computer. {again}");
                Err(Problem::new(ProblemCode::CredentialsMissing, message))
            }
            Err(error) => {
                let message = format!("{} {again}", error.told("The secret of this access key"));
                Err(Problem::new(ProblemCode::Keyring, message))
            }
        }
    }

    pub(super) fn clients(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Support>> {
        // The map is whole whatever panicked while it was held.
        self.0.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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

pub(super) fn kept_apart() -> Problem {
    Problem::new(ProblemCode::Conflict, "The demo and real accounts are kept apart.")
}

pub(super) fn not_found() -> Problem {
    Problem::new(ProblemCode::NotFound, "This account is no longer connected.")
}
