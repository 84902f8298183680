//! `Desk`: opens everything, hands out the rooms, shuts down in order.

mod backend;
mod care;
mod rescue;

pub use rescue::{BackupContents, BackupEntry, RescueNotice, RescueReason, RescuedKind, RescuedRows};

use crate::{
    account::{Accounts, ConfigFiles, ConnectionCheck, Examined},
    attachment::Attachments,
    case::Cases,
    catalogue::Catalogue,
    delivery::{Backoff, Outbox},
    notify::Notifier,
    report::Reports,
    settings::SettingsRoom,
    suggest::Suggest,
    supervise::supervised,
    sync::{Sync, SyncPace, forget},
};
use desk_aws::{AwsTransport, Endpoint};
use desk_model::{AccountId, Change, Changes, Clock, Problem, ProblemCode, Secret};
use desk_network::{Connector, Network, NetworkParts, NetworkSettings, NetworkTest, ProxySettings};
use desk_store::{DataFolder, OpenedStore, Store};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long the workers may take to come to a safe point when the program ends. What is cut off then is taken up
/// again at the next start.
const SHUT_DOWN: Duration = Duration::from_secs(5);

/// What a desk is opened with: everything that differs between the real thing, the demo and a test.
#[derive(Debug, Clone)]
pub struct DeskOptions {
    /// The folder of both databases and the staged files.
    pub data_dir: PathBuf,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where AWS Support is.
    pub endpoint: Endpoint,
    /// Where the profiles of the AWS CLI are.
    pub config: ConfigFiles,
    /// How often AWS is asked.
    pub sync: SyncPace,
    /// How long is waited between two tries, and for a lost answer.
    pub delivery: Backoff,
}

/// The product without a window.
#[derive(Debug)]
pub struct Desk {
    /// The AWS accounts.
    pub accounts: Accounts,
    /// Drafts and what is made of them.
    pub reports: Reports,
    /// Files of drafts and cases.
    pub attachments: Attachments,
    /// What is to be sent.
    pub outbox: Outbox,
    /// The mirror of cases.
    pub cases: Cases,
    /// What keeps the mirror equal to AWS.
    pub sync: Sync,
    /// What is worth a person's attention.
    pub notifier: Notifier,
    /// What may solve a problem.
    pub suggest: Suggest,
    /// The settings.
    pub settings: SettingsRoom,
    /// How AWS is reached from here.
    pub network: Network,
    /// Tells what has changed.
    pub changes: Changes,
    /// Sentences about what was mended at opening, or found to be damaged since.
    notices: Arc<Mutex<Vec<String>>>,
    clock: Clock,
    store: Store,
    tasks: TaskTracker,
    cancel: CancellationToken,
}

impl Desk {
    /// Opens the databases and every room. Nothing is sent or asked before [`Desk::start`].
    ///
    /// # Errors
    /// Where the data folder or `desk.db` cannot be used.
    pub async fn open(options: DeskOptions) -> Result<Self, Problem> {
        Self::open_over(Connector::default(), options).await
    }

    /// As [`Desk::open`], over a connector that knows more of this computer's proxies than the environment names.
    ///
    /// # Errors
    /// Where the data folder or `desk.db` cannot be used.
    pub async fn open_over(connector: Connector, options: DeskOptions) -> Result<Self, Problem> {
        let folder = DataFolder::open(&options.data_dir)?;
        Self::open_in(folder, connector, options).await
    }

    /// As [`Desk::open_over`], in a data folder that this process has locked already.
    ///
    /// # Errors
    /// Where `desk.db` cannot be used, or belongs to something else than `options.endpoint`.
    pub async fn open_in(
        folder: DataFolder,
        connector: Connector,
        options: DeskOptions,
    ) -> Result<Self, Problem> {
        let DeskOptions { clock, endpoint, config, sync, delivery, .. } = options;
        let data_dir = folder.path().to_owned();
        // On the heap: everything that opens a desk would otherwise be as large as a rescue.
        let OpenedStore { store, notices } = Box::pin(Store::open_in(folder)).await?;
        if let Err(error) = backend::claim(&store.desk, &data_dir, &endpoint.backend()).await {
            store.close().await;
            return Err(error.into());
        }
        rescue::settle(&store.desk).await?;
        let changes = Changes::default();
        let settings = SettingsRoom::new(store.desk.clone(), changes.clone());
        let transport = AwsTransport::new(endpoint, connector.clone());
        let in_use = transport.leaves();
        let accounts =
            Box::pin(Accounts::open(store.desk.clone(), changes.clone(), clock.clone(), transport, config))
                .await?;
        let network = Network::open(NetworkParts {
            connector,
            desk: store.desk.clone(),
            vault: accounts.vault(),
            entry: accounts.entry_named("proxy"),
            data_dir,
            changes: changes.clone(),
            clock: clock.clone(),
            in_use,
        })
        .await?;
        let cases =
            Cases::new(store.clone(), accounts.clone(), settings.clone(), changes.clone(), clock.clone());
        let sync = Sync::new(
            store.clone(),
            accounts.clone(),
            settings.clone(),
            changes.clone(),
            clock.clone(),
            sync,
        );
        let attachments = Attachments::new(store.clone(), changes.clone(), clock.clone());
        let reports = Reports::new(
            store.clone(),
            accounts.clone(),
            settings.clone(),
            attachments.clone(),
            changes.clone(),
            clock.clone(),
        );
        let woken = sync.clone();
        let outbox = Outbox::open(
            store.clone(),
            accounts.clone(),
            settings.clone(),
            attachments.clone(),
            changes.clone(),
            clock.clone(),
            delivery,
            Arc::new(move |account| woken.wake(account)),
        )
        .await?;
        let notifier = Notifier::new(store.clone(), settings.clone(), clock.clone());
        let notices = Arc::new(Mutex::new(notices));
        let suggest = Suggest::new(store.clone(), cases.clone(), reports.clone());
        Ok(Self {
            accounts,
            reports,
            attachments,
            outbox,
            cases,
            sync,
            notifier,
            suggest,
            settings,
            network,
            changes,
            notices,
            clock,
            store,
            tasks: TaskTracker::new(),
            cancel: CancellationToken::new(),
        })
    }

    /// Why nothing can be saved at the moment; `None` where the disk takes what is written.
    #[must_use]
    pub fn disk_problem(&self) -> Option<Problem> {
        self.store.disk().borrow().clone()
    }

    /// Starts sending what waits and following AWS.
    pub fn start(&self) {
        self.outbox.spawn(&self.tasks, self.cancel.clone());
        self.sync.spawn(&self.tasks, self.cancel.clone());
        let (accounts, reports, changes) =
            (self.accounts.clone(), self.reports.clone(), self.changes.clone());
        self.tasks.spawn(async move {
            for account in accounts.list().await.unwrap_or_default() {
                learn_names(&reports, &changes, &account.id).await;
            }
        });
        let (accounts, outbox, sync) = (self.accounts.clone(), self.outbox.clone(), self.sync.clone());
        self.watch("config files", move |cancel| {
            let (accounts, outbox, sync) = (accounts.clone(), outbox.clone(), sync.clone());
            async move {
                let mended = |id: &AccountId| {
                    outbox.wake();
                    sync.wake(id);
                };
                accounts.watch_config_files(cancel, mended).await;
            }
        });
        let (store, changes) = (self.store.clone(), self.changes.clone());
        self.watch("disk", move |_| {
            let (mut disk, changes) = (store.disk(), changes.clone());
            async move {
                while disk.changed().await.is_ok() {
                    changes.tell(Change::Disk);
                }
            }
        });
        let (store, clock) = (self.store.clone(), self.clock.clone());
        self.watch("backups", move |_| {
            let (store, clock) = (store.clone(), clock.clone());
            async move { care::back_up(&store, &clock).await }
        });
        let (store, notices, changes) = (self.store.clone(), self.notices.clone(), self.changes.clone());
        self.watch("checks", move |_| {
            let (store, notices, changes) = (store.clone(), notices.clone(), changes.clone());
            async move {
                let tell = |notice: String| {
                    notices.lock().unwrap_or_else(PoisonError::into_inner).push(notice);
                    changes.tell(Change::Disk);
                };
                care::check(&store, &tell).await;
            }
        });
        let attachments = self.attachments.clone();
        self.tasks.spawn(async move {
            if let Err(problem) = attachments.sweep_unreferenced().await {
                tracing::warn!(code = ?problem.code, "unreferenced staged files stay");
            }
        });
    }

    /// Runs a task that lasts as long as the program, and is started again where it panics.
    fn watch<F>(
        &self,
        task: &'static str,
        begin: impl Fn(CancellationToken) -> F + Send + std::marker::Sync + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let cancel = self.cancel.clone();
        self.tasks.spawn(async move {
            cancel.run_until_cancelled(supervised(task, || begin(cancel.clone()))).await;
        });
    }

    /// Sentences about what was mended at opening, or found to be damaged since.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on with what waited for an account that has just been connected or mended.
    pub fn account_works(&self, id: &AccountId) {
        self.outbox.wake();
        self.sync.wake(id);
        let (reports, changes, id) = (self.reports.clone(), self.changes.clone(), id.clone());
        self.tasks.spawn(async move { learn_names(&reports, &changes, &id).await });
    }

    /// Checks an account's connection: who one is, what one may do, and what is in the way. Creates and sends nothing.
    ///
    /// # Errors
    /// Where there is no such account or the database fails; what AWS says is in the findings.
    pub async fn check_connection(&self, id: &AccountId) -> Result<ConnectionCheck, Problem> {
        let Examined { mut check, services } = self.accounts.checker.examine(id).await?;
        if let Some(services) = services {
            let catalogue = Catalogue { services, fetched_at: Some(check.at), ..Catalogue::default() };
            check.edi = catalogue.edi(&self.settings.get().await?);
        }
        if check.obstacle.is_none() {
            self.account_works(id);
        }
        Ok(check)
    }

    /// Saves how AWS is reached (see [`Network::save`]) and goes on with what waited.
    ///
    /// # Errors
    /// A [`Problem`] with the field that is wrong, or where it cannot be saved.
    pub async fn save_network(
        &self,
        proxy: ProxySettings,
        password: Option<Secret>,
    ) -> Result<NetworkSettings, Problem> {
        let saved = self.network.save(proxy, password).await;
        self.network_changed().await;
        saved
    }

    /// Trusts the certificates in these files from now on, answers everything that is trusted, and goes on with what
    /// waited.
    ///
    /// # Errors
    /// Which file has no usable certificate.
    pub async fn add_certificates(&self, files: Vec<PathBuf>) -> Result<NetworkSettings, Problem> {
        let added = self.network.add_certificates(files).await;
        self.network_changed().await;
        added.map(drop)?;
        Ok(self.network.settings().await)
    }

    /// Tests the way to every service that the accounts use with these settings, saved or not. Changes nothing there.
    ///
    /// # Errors
    /// What is wrong with the settings; what is wrong with the network is in the findings.
    pub async fn test_network(
        &self,
        proxy: ProxySettings,
        password: Option<Secret>,
    ) -> Result<NetworkTest, Problem> {
        self.network.test(self.accounts.targets().await?, proxy, password).await
    }

    async fn network_changed(&self) {
        self.outbox.wake();
        for account in self.accounts.list().await.unwrap_or_default() {
            self.sync.wake(&account.id);
        }
    }

    /// Removes an account with what this computer knows of its cases and what was sent with it, on the disk too. Reports
    /// that were begun stay as drafts without an account.
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::Conflict`] while something in the outbox still has to be sent with it;
    /// [`desk_model::ProblemCode::Storage`] where it is removed, but something of it stays, which the message names.
    pub async fn remove_account(&self, id: &AccountId) -> Result<(), Problem> {
        let account = self.accounts.remove(id, forget::delete_dependents).await?;
        // A keyring that stays locked keeps no cases here, nor the other way round.
        let forgotten = self.sync.forget(id).await;
        let swept = self.attachments.sweep_unreferenced().await.map(drop);
        let wiped = self.store.wipe_deleted().await.map_err(|error| {
            let message = format!(
                "The account is removed, but what was deleted may still be readable in ECO Desk's data folder ({error})."
            );
            Problem::new(ProblemCode::Storage, message)
        });
        self.changes.tell(Change::Drafts);
        self.changes.tell(Change::Outbox);
        self.accounts.forget_secret(&account).await.and(forgotten).and(swept).and(wiped)
    }

    /// Brings the workers to a safe point, then closes the databases.
    pub async fn shut_down(&self) {
        if tokio::time::timeout(SHUT_DOWN, self.stop_work()).await.is_err() {
            tracing::warn!("some work was cut off; it is taken up again at the next start");
        }
        self.close().await;
    }

    /// Brings the workers to a safe point, however long that takes. What is saved meanwhile is still taken.
    pub async fn stop_work(&self) {
        self.cancel.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Closes the databases. What works then is cut off and taken up again at the next start.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

/// Learns the names of services and categories before the first form is opened: cases show them too.
async fn learn_names(reports: &Reports, changes: &Changes, account: &AccountId) {
    match reports.form(account).await {
        Ok(form) => {
            if let Some(problem) = form.problem {
                tracing::info!(code = ?problem.code, "the names of services are from the last time");
            }
            // Cases that are on screen show names in place of codes.
            changes.tell(Change::Cases);
        }
        Err(problem) => tracing::warn!(code = ?problem.code, "the names of services are not known"),
    }
}
