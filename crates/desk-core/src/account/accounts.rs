//! `Accounts`: opens what accounts are made of, and joins it for the other rooms.
//!
//! An account is kept only once AWS has answered with its credentials. In the demo there is one account and no
//! other can be connected: nobody in trouble may report to a pretended ECO.

use super::{
    Account, AccountSetup, ConfigFiles, Connection, ConnectionChecker, CredentialSource, Credentials,
    KeyFiles, SignIns, clients::Clients, config_watch::ConfigWatch, ownership::Ownership,
    setup::checked_name, store::AccountStore,
};
use crate::settings;
use desk_aws::{AwsTransport, Endpoint, Support};
use desk_model::{AccountId, Changes, Clock, Partition, Problem};
use desk_network::Target;
use desk_store::{Database, StoreError};
use desk_vault::Vault;
use rusqlite::Transaction;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The id of the demo's only account.
const DEMO: &str = "demo";

/// The accounts, and what is done with them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Where credentials come from.
    pub credentials: Arc<Credentials>,
    /// Access keys that were read from files and wait to be connected.
    pub key_files: Arc<KeyFiles>,
    /// Sign-ins with IAM Identity Center that are under way.
    pub sign_ins: Arc<SignIns>,
    /// Checks connections.
    pub checker: Arc<ConnectionChecker>,
    /// Connects accounts and renews their credentials.
    pub setup: Arc<AccountSetup>,
    store: AccountStore,
    clients: Clients,
    watch: Arc<ConfigWatch>,
    transport: AwsTransport,
    vault: Vault,
    desk_id: String,
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
        transport: impl Into<AwsTransport>,
        files: ConfigFiles,
    ) -> Result<Self, StoreError> {
        let transport: AwsTransport = transport.into();
        let endpoint = transport.endpoint.clone();
        let vault = Vault::new(desk.clone(), endpoint.backend().keyring_service());
        let desk_id = settings::desk_id(&desk).await?;
        let store = AccountStore::new(desk.clone(), changes.clone(), clock.clone());
        let credentials = Arc::new(Credentials::new(
            desk,
            store.clone(),
            &transport,
            files.clone(),
            vault.clone(),
            desk_id.clone(),
            clock.clone(),
        ));
        let ownership = Ownership::new(transport.clone());
        let clients = Clients::new(store.clone(), credentials.clone(), ownership.clone(), transport.clone());
        let checker = Arc::new(ConnectionChecker::new(
            store.clone(),
            credentials.clone(),
            clients.clone(),
            ownership.clone(),
            transport.clone(),
            clock.clone(),
        ));
        let sign_ins = Arc::new(SignIns::new(transport.clone(), clock.clone()));
        let key_files = Arc::<KeyFiles>::default();
        let setup = Arc::new(AccountSetup {
            store: store.clone(),
            credentials: credentials.clone(),
            clients: clients.clone(),
            ownership,
            checker: checker.clone(),
            sign_ins: sign_ins.clone(),
            key_files: key_files.clone(),
            endpoint,
            clock,
        });
        let watch =
            Arc::new(ConfigWatch::new(files, store.clone(), clients.clone(), checker.clone(), changes));
        if matches!(transport.endpoint, Endpoint::InProcess(_)) {
            store.add_if_absent(demo()).await?;
        }
        Ok(Self {
            credentials,
            key_files,
            sign_ins,
            checker,
            setup,
            store,
            clients,
            watch,
            transport,
            vault,
            desk_id,
        })
    }

    /// All accounts, in the order they were connected.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn list(&self) -> Result<Vec<Account>, StoreError> {
        self.store.list().await
    }

    /// One account.
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::NotFound`] where there is no such account.
    pub async fn get(&self, id: &AccountId) -> Result<Account, Problem> {
        self.store.get(id).await
    }

    /// Sets what the user calls an account, and its colour.
    ///
    /// # Errors
    /// A problem with the name, or [`desk_model::ProblemCode::NotFound`].
    pub async fn rename(&self, id: &AccountId, name: &str, colour: u8) -> Result<Account, Problem> {
        self.store.rename(id, checked_name(name)?, colour).await?;
        self.store.get(id).await
    }

    /// Removes an account and answers what it was. `delete_dependents` deletes in the same transaction what hangs on the
    /// account without a foreign key, and answers whether the account may go. Its secret is forgotten by
    /// [`Accounts::forget_secret`].
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::Conflict`] while something in the outbox still has to be sent with it, and for the
    /// demo's.
    pub(crate) async fn remove(
        &self,
        id: &AccountId,
        delete_dependents: impl FnOnce(&Transaction<'_>, &AccountId) -> Result<bool, StoreError> + Send + 'static,
    ) -> Result<Account, Problem> {
        let account = self.store.remove(id, delete_dependents).await?;
        self.clients.discard(id);
        self.credentials.mfa.forget(id);
        Ok(account)
    }

    /// Forgets the secret of an account that was removed.
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::Storage`] where it may still be in the keyring.
    pub(crate) async fn forget_secret(&self, account: &Account) -> Result<(), Problem> {
        self.credentials.forget(account).await
    }

    /// The client of an account; the same one until its credentials fail.
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::NotFound`], where demo and real AWS would meet, or where the credentials have come to
    /// belong to another AWS account.
    pub async fn support(&self, id: &AccountId) -> Result<Support, Problem> {
        self.clients.get(id).await
    }

    /// Asks AWS Support with fresh credentials and notes how that went in the account's connection.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the account.
    pub async fn check(&self, id: &AccountId) -> Result<Account, Problem> {
        self.checker.check(id).await
    }

    /// Notes how a call with an account's credentials went. Only what says something about the account changes its
    /// connection; a network that is down or an AWS that is busy does not.
    pub async fn note_outcome(&self, id: &AccountId, outcome: Result<(), &Problem>) {
        self.checker.note_outcome(id, outcome).await;
    }

    /// Notes the twelve digits of an account.
    pub(crate) async fn note_number(&self, id: &AccountId, number: &str) -> Result<(), StoreError> {
        self.clients.note_number(id, number).await
    }

    /// The accounts that share the sign-in of `id`, itself among them; only itself where it shares none.
    ///
    /// # Errors
    /// Where there is no such account.
    pub async fn of_same_sign_in(&self, id: &AccountId) -> Result<Vec<AccountId>, Problem> {
        let account = self.store.get(id).await?;
        let CredentialSource::Portal { start_url, region, .. } = &account.source else {
            return Ok(vec![account.id]);
        };
        let sharing = self.store.of_portal(start_url, region).await?;
        Ok(sharing.into_iter().map(|account| account.id).collect())
    }

    /// Watches the AWS config files until `cancel`; calls `mended` with each account that works again because of a
    /// change.
    pub(crate) async fn watch_config_files(&self, cancel: CancellationToken, mended: impl Fn(&AccountId)) {
        self.watch.run(cancel, mended).await;
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
        Ok(self.transport.targets(&partitions, &portals))
    }

    /// Where secrets are kept that belong to no account.
    pub(crate) fn vault(&self) -> Vault {
        self.vault.clone()
    }

    /// The name of such a secret's entry, which tells data folders apart: `name (folder)`.
    pub(crate) fn entry_named(&self, name: &str) -> String {
        format!("{name} ({})", self.desk_id)
    }
}

/// The demo's account.
fn demo() -> Account {
    Account {
        id: AccountId(DEMO.to_owned()),
        name: "Demo".to_owned(),
        colour: 0,
        source: CredentialSource::Demo,
        partition: Partition::Aws,
        account_number: None,
        connection: Connection::Unchecked,
    }
}
