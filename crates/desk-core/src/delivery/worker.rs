//! Who delivers: one task for each account that has something due, so that the trouble of one stops no other.

use super::{
    Outbox, OutboxId, OutboxState, SendingStep,
    entries::{self, Entry},
    verdict::passes_with_account,
};
use crate::{
    account::{AccountId, Connection},
    change::Change,
    problem::Problem,
    store::StoreError,
    time::Millis,
};
use futures_util::FutureExt as _;
use std::{collections::HashMap, panic::AssertUnwindSafe, sync::PoisonError, time::Duration};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The longest sleep: after the computer slept, or its clock was set, what is due is found within this.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The pause after this computer's own database failed.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// Says that an account is being worked for, until dropped.
struct Running<'a> {
    outbox: &'a Outbox,
    account: AccountId,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.outbox.0.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account);
        self.outbox.wake();
    }
}

impl Outbox {
    /// Delivers from now on, until `stop`; then each account comes to its next safe point.
    pub fn spawn(&self, tracker: &TaskTracker, stop: CancellationToken) {
        let outbox = self.clone();
        let tasks = tracker.clone();
        tracker.spawn(async move { outbox.dispatch(&tasks, &stop).await });
    }

    /// Delivers everything that is due now, and answers whether anything was.
    ///
    /// # Errors
    /// Where the database cannot be used.
    pub async fn deliver_due(&self) -> Result<bool, Problem> {
        let (due, _) = self.due().await?;
        let stop = CancellationToken::new();
        let rounds = due.iter().map(|account| async {
            match self.begin(account) {
                Some(_running) => self.work_for(account, &stop).await,
                None => Ok(false),
            }
        });
        let worked = futures_util::future::join_all(rounds).await;
        let mut any = false;
        for worked in worked {
            any |= worked?;
        }
        Ok(any)
    }

    async fn dispatch(&self, tasks: &TaskTracker, stop: &CancellationToken) {
        let mut changes = self.0.changes.listen();
        while !stop.is_cancelled() {
            let sleep = match self.due().await {
                Ok((due, next)) => {
                    for account in due {
                        let (outbox, stop) = (self.clone(), stop.clone());
                        tasks.spawn(async move { outbox.run(&account, &stop).await });
                    }
                    let until = next.map_or(Millis::MAX, |next| next - self.0.clock.now()).max(1);
                    u64::try_from(until).map_or(LONGEST_SLEEP, Duration::from_millis).min(LONGEST_SLEEP)
                }
                Err(error) => {
                    tracing::error!("the outbox cannot be read: {error}");
                    STORE_PAUSE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.0.woken.notified() => {}
                () = may_matter(&mut changes) => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    /// Works for one account as a task of its own.
    async fn run(&self, account: &AccountId, stop: &CancellationToken) {
        let Some(_running) = self.begin(account) else { return };
        let worked = AssertUnwindSafe(self.work_for(account, stop)).catch_unwind().await;
        match worked {
            Ok(Ok(_)) => return,
            Ok(Err(error)) => tracing::error!(%account, "delivery was interrupted: {error}"),
            Err(_) => tracing::error!(%account, "delivery panicked"),
        }
        // What was under way is taken up again from what is on disk, but not in a tight loop.
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(STORE_PAUSE) => {}
        }
    }

    /// Claims an account; `None` where somebody works for it already.
    fn begin(&self, account: &AccountId) -> Option<Running<'_>> {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(account.clone()).then(|| Running { outbox: self, account: account.clone() })
    }

    async fn work_for(&self, account: &AccountId, stop: &CancellationToken) -> Result<bool, StoreError> {
        let mut worked = false;
        while !stop.is_cancelled()
            && let Some(entry) = self.claim(account).await?
        {
            worked = true;
            let key = entry.case_key.clone();
            self.tell(&key);
            let delivered = Box::pin(self.deliver(entry, stop)).await;
            self.tell(&key);
            delivered?;
        }
        Ok(worked)
    }

    /// The accounts that have something due and are not worked for, and when the next thing is due.
    async fn due(&self) -> Result<(Vec<AccountId>, Option<Millis>), StoreError> {
        let now = self.0.clock.now();
        let (failed_at, worked_at) = (self.failed_at(), self.worked_at().await?);
        let longest = self.0.pace.longest();
        let (mut due, next) = self
            .0
            .store
            .desk
            .read(move |desk| {
                let mut due = Vec::new();
                let mut next: Option<Millis> = None;
                for entry in entries::heads(entries::open(desk)?) {
                    let worked_at = worked_at.get(&entry.account).copied();
                    match due_at(&entry, worked_at, failed_at.get(&entry.id).copied(), now, longest) {
                        Some(at) if at <= now => due.push(entry.account),
                        Some(at) => next = Some(next.map_or(at, |next| next.min(at))),
                        None => {}
                    }
                }
                Ok((due, next))
            })
            .await?;
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        due.retain(|account| !running.contains(account));
        due.sort();
        due.dedup();
        Ok((due, next))
    }

    /// Takes the next thing that is due in an account. Only who has claimed the account calls this, so what is
    /// found as under way here was cut off.
    async fn claim(&self, account: &AccountId) -> Result<Option<Entry>, StoreError> {
        let now = self.0.clock.now();
        let (failed_at, worked_at) = (self.failed_at(), self.worked_at().await?.get(account).copied());
        let longest = self.0.pace.longest();
        let account = account.clone();
        self.0
            .store
            .desk
            .write(move |desk| {
                let heads =
                    entries::heads(entries::open(desk)?).into_iter().filter(|entry| entry.account == account);
                let mut due = heads.filter(|entry| {
                    let failed_at = failed_at.get(&entry.id).copied();
                    due_at(entry, worked_at, failed_at, now, longest).is_some_and(|at| at <= now)
                });
                let Some(mut entry) = due.next() else { return Ok(None) };
                let cut_off = matches!(entry.state, OutboxState::Sending { .. });
                if let (true, Some(_)) = (cut_off, entry.attempted_at) {
                    // A request may have gone out: look before anything is sent again.
                    let since = entry.payload.progress.requested_at.map_or(now, |at| at.min(now));
                    entry.state = OutboxState::Checking { since, next_check_at: now };
                } else if !matches!(entry.state, OutboxState::Checking { .. }) {
                    let has_files = !entries::files(desk, &entry.id)?.is_empty();
                    let step = if has_files { SendingStep::Files } else { SendingStep::Message };
                    entry.state = OutboxState::Sending { step };
                    entry.tries = entry.tries.saturating_add(1);
                }
                entries::update(desk, &entry)?;
                Ok(Some(entry))
            })
            .await
    }

    fn failed_at(&self) -> HashMap<OutboxId, Millis> {
        self.0.failed_at.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// When each account that works now was last known to: by its connection, or by a sync that came to its end.
    async fn worked_at(&self) -> Result<HashMap<AccountId, Millis>, StoreError> {
        self.0
            .store
            .cases
            .read(|cases| {
                let mut statement = cases.prepare_cached(
                    "SELECT account.id, account.connection, sync_state.synced_at FROM desk.account
                     LEFT JOIN sync_state ON sync_state.account = account.id AND sync_state.problem IS NULL",
                )?;
                let mut rows = statement.query([])?;
                let mut worked = HashMap::new();
                while let Some(row) = rows.next()? {
                    let connected_at = match serde_json::from_str(&row.get::<_, String>(1)?)? {
                        Connection::Connected { at } => Some(at),
                        Connection::Unchecked => None,
                        Connection::Failed { .. } => continue,
                    };
                    if let Some(at) = connected_at.max(row.get(2)?) {
                        worked.insert(AccountId(row.get(0)?), at);
                    }
                }
                Ok(worked)
            })
            .await
    }
}

/// When an entry may be taken up; `None` for one that stays until the user does something.
fn due_at(
    entry: &Entry,
    worked_at: Option<Millis>,
    failed_at: Option<Millis>,
    now: Millis,
    longest: Millis,
) -> Option<Millis> {
    // A clock that was set back must not make a pause of minutes one of months.
    let bounded = |at: Millis| if at > now + longest { now } else { at };
    match &entry.state {
        OutboxState::Queued | OutboxState::Sending { .. } => Some(now),
        OutboxState::Checking { next_check_at, .. } => Some(bounded(*next_check_at)),
        OutboxState::Waiting { next_try_at, problem } => {
            let works_again = worked_at.is_some_and(|worked| failed_at.is_none_or(|failed| worked > failed));
            if works_again && passes_with_account(problem.code) {
                Some(now)
            } else {
                Some(bounded(*next_try_at))
            }
        }
        OutboxState::Stopped { .. } => None,
    }
}

/// Returns after a change that may let something be sent.
async fn may_matter(changes: &mut broadcast::Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Outbox | Change::Accounts | Change::Disk | Change::Sync { .. })
            | Err(RecvError::Lagged(_)) => return,
            Ok(Change::Cases | Change::Case { .. } | Change::Drafts | Change::Settings) => {}
            // Nobody tells any more: the program ends.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
