//! The room of sync: one poll of an account at a time, and what is told of it.

use super::{SyncStatus, poll::Poll};
use crate::{
    account::Accounts,
    case::unlisted_messages,
    mirror::{
        incident::{self, Wanted},
        sync_state::{self, SyncState},
    },
    settings::SettingsRoom,
};
use desk_model::{AccountId, CaseKey, Change, Changes, Clock, HOUR, Millis, Problem, ProblemCode};
use desk_store::{Store, StoreError};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

/// After this long without a poll all cases are read.
const UNWATCHED: Millis = HOUR;

/// How often AWS is asked.
#[derive(Debug, Clone)]
pub struct SyncPace {
    /// Between two polls; `None` for the settings' seconds.
    pub poll: Option<Duration>,
    /// Between two reads of all cases, resolved ones too.
    pub sweep: Duration,
}

impl Default for SyncPace {
    fn default() -> Self {
        Self { poll: None, sweep: Duration::from_secs(6 * 3600) }
    }
}

/// Keeps the mirror equal to AWS. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sync(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) store: Store,
    pub(super) accounts: Accounts,
    pub(super) settings: SettingsRoom,
    pub(super) changes: Changes,
    clock: Clock,
    pub(super) pace: SyncPace,
    followed: Mutex<HashMap<AccountId, Arc<Followed>>>,
    /// The messages that the views know AWS not to list.
    unlisted: Mutex<HashSet<String>>,
}

/// One account's loop, as the others see it.
#[derive(Debug, Default)]
pub(super) struct Followed {
    /// Wakes the loop.
    pub(super) wake: Notify,
    /// Held by a poll: two at once would only ask twice.
    pub(super) polling: tokio::sync::Mutex<()>,
    running: AtomicBool,
}

/// Guard: the poll of an account that is under way.
struct Running<'a>(&'a Followed);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.store(false, Ordering::SeqCst);
    }
}

impl Sync {
    /// A room that does nothing yet.
    #[must_use]
    pub fn new(
        store: Store,
        accounts: Accounts,
        settings: SettingsRoom,
        changes: Changes,
        clock: Clock,
        pace: SyncPace,
    ) -> Self {
        let (followed, unlisted) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Inner { store, accounts, settings, changes, clock, pace, followed, unlisted }))
    }

    /// Lets the loop of an account poll at once.
    pub fn wake(&self, account: &AccountId) {
        self.followed(account).wake.notify_one();
    }

    /// Lets every account's loop poll at once.
    pub fn wake_all(&self) {
        for followed in self.lock().values() {
            followed.wake.notify_one();
        }
    }

    /// How far the mirror of each account is.
    ///
    /// # Errors
    /// Where a database cannot be read.
    pub async fn status(&self) -> Result<Vec<SyncStatus>, StoreError> {
        let mut statuses = Vec::new();
        for account in self.0.accounts.list().await? {
            let state = self.state(&account.id).await?;
            let running = self.followed(&account.id).running.load(Ordering::SeqCst);
            let SyncState { synced_at, problem, gap, swept_at: _, derivation: _ } = state;
            statuses.push(SyncStatus { account: account.id, running, synced_at, problem, gap });
        }
        Ok(statuses)
    }

    /// One poll of an account, now; waits for one that is under way.
    ///
    /// # Errors
    /// Why the poll did not come to its end; the account's status says so too.
    pub async fn sync_account(&self, account: &AccountId) -> Result<(), Problem> {
        let followed = self.followed(account);
        let _alone = followed.polling.lock().await;
        followed.running.store(true, Ordering::SeqCst);
        let running = Running(&followed);
        self.0.changes.tell(Change::Sync { account: account.clone() });
        let outcome = Box::pin(self.poll(account)).await;
        let noted = match &outcome {
            Ok(()) => Ok(()),
            Err(problem) => {
                let (account, problem) = (account.clone(), problem.clone());
                self.0.store.cases.write(move |tx| sync_state::put_problem(tx, &account, &problem)).await
            }
        };
        drop(running);
        self.0.accounts.note_outcome(account, outcome.as_ref().map(|&()| ())).await;
        self.0.changes.tell(Change::Sync { account: account.clone() });
        outcome.and(noted.map_err(Problem::from))
    }

    /// Fetches all older correspondence of a case.
    ///
    /// # Errors
    /// What AWS says, or [`ProblemCode::NotFound`].
    pub async fn fetch_all_communications(&self, case: &CaseKey) -> Result<(), Problem> {
        let (account, wanted) = self.wanted(case).await?;
        let support = self.0.accounts.support(&account).await?;
        let outcome = self.with_poll(&account, &support).await?.complete(wanted).await;
        self.0.accounts.note_outcome(&account, outcome.as_ref().map(|&()| ())).await;
        outcome
    }

    async fn poll(&self, account: &AccountId) -> Result<(), Problem> {
        let Inner { store, accounts, clock, pace, .. } = &*self.0;
        let known = accounts.get(account).await?;
        let support = accounts.support(account).await?;
        let state = self.state(account).await?;
        let sweep_every = Millis::try_from(pace.sweep.as_millis()).unwrap_or(Millis::MAX);
        // A clock that was set back must not keep a sweep waiting.
        let within =
            |since: Millis, length: Millis| (since..since.saturating_add(length)).contains(&clock.now());
        // After a long time without a poll, cases may have come and been resolved unseen.
        let sweep = !(state.swept_at.is_some_and(|swept| within(swept, sweep_every))
            && state.synced_at.is_some_and(|synced| within(synced, UNWATCHED)));
        let found = self.with_poll(account, &support).await?.run(&known, sweep).await?;
        if let Some(number) = found.number {
            accounts.note_number(account, &number).await?;
        }
        let (account, now, gap) = (account.clone(), clock.now(), found.gap);
        store.cases.write(move |tx| sync_state::put_done(tx, &account, now, sweep, gap.as_ref())).await?;
        self.tell_unlisted().await?;
        Ok(())
    }

    /// Tells the views of cases in which AWS does not list a message that it took: nothing else changes when that comes to
    /// be known.
    async fn tell_unlisted(&self) -> Result<(), StoreError> {
        let now = self.0.clock.now();
        let messages = self.0.store.cases.read(move |sqlite| unlisted_messages(sqlite, now)).await?;
        let known: HashSet<String> = messages.iter().map(|message| message.id.clone()).collect();
        // The set is whole whatever panicked while it was held.
        let mut unlisted = self.0.unlisted.lock().unwrap_or_else(PoisonError::into_inner);
        let news: Vec<CaseKey> = messages
            .into_iter()
            .filter(|message| !unlisted.contains(&message.id))
            .map(|message| message.case)
            .collect();
        *unlisted = known;
        drop(unlisted);
        for key in &news {
            self.0.changes.tell(Change::Case { key: key.clone() });
        }
        if !news.is_empty() {
            self.0.changes.tell(Change::Cases);
        }
        Ok(())
    }

    async fn with_poll<'a>(
        &'a self,
        account: &'a AccountId,
        support: &'a desk_aws::Support,
    ) -> Result<Poll<'a>, StoreError> {
        let Inner { store, changes, clock, .. } = &*self.0;
        let baseline = self.state(account).await?.swept_at.is_none();
        Ok(Poll { store, support, changes, clock, account, baseline })
    }

    async fn wanted(&self, case: &CaseKey) -> Result<(AccountId, Wanted), Problem> {
        let key = case.clone();
        let found = self.0.store.cases.read(move |sqlite| incident::wanted(sqlite, &key)).await?;
        found.ok_or_else(|| Problem::new(ProblemCode::NotFound, "This incident is not at AWS yet."))
    }

    async fn state(&self, account: &AccountId) -> Result<SyncState, StoreError> {
        let account = account.clone();
        self.0.store.cases.read(move |sqlite| sync_state::get(sqlite, &account)).await
    }

    /// Ends what is kept of the loop of an account that is gone.
    pub(super) fn unfollow(&self, account: &AccountId) {
        self.lock().remove(account);
    }

    pub(super) fn followed(&self, account: &AccountId) -> Arc<Followed> {
        self.lock().entry(account.clone()).or_default().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Arc<Followed>>> {
        // The map is whole whatever panicked while it was held.
        self.0.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
