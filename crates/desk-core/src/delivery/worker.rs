//! Who delivers: one task for each case that has something due, so that the trouble or the slow upload of one stops no
//! other. High priority goes first and never waits for others; of the rest only a few are delivered at the same time.

use super::{
    Outbox, OutboxId,
    entries::{self, Entry, OpenRow},
    lanes::{Lane, Load, may_begin},
    machine::{AccountStanding, Effect, Event, due_at, step},
};
use crate::{
    account::{Connection as AccountConnection, store::connections},
    catalogue::priority_of,
    mirror::{incident, sync_state},
    settings::Settings,
    supervise::supervised,
};
use desk_model::{AccountId, Change, Millis, Priority, Problem};
use desk_store::StoreError;
use futures_util::FutureExt as _;
use rusqlite::Connection;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::PoisonError,
    time::Duration,
};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The longest sleep: after the computer slept, or its clock was set, what is due is found within this.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The pause after this computer's own database failed.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// Guard: one delivery task per case.
struct Running<'a> {
    outbox: &'a Outbox,
    lane: Lane,
    load: Load,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.outbox.0.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.lane);
        self.outbox.wake();
    }
}

impl Outbox {
    /// Delivers from now on, until `stop`; then each case comes to its next safe point.
    pub fn spawn(&self, tracker: &TaskTracker, stop: CancellationToken) {
        let outbox = self.clone();
        let tasks = tracker.clone();
        tracker.spawn(async move { supervised("delivery", || outbox.dispatch(&tasks, &stop)).await });
    }

    /// Delivers everything that is due now, and answers whether anything was.
    ///
    /// # Errors
    /// Where the database cannot be used.
    pub async fn deliver_due(&self) -> Result<bool, Problem> {
        let stop = CancellationToken::new();
        let mut any = false;
        loop {
            let (due, _) = self.due().await?;
            let begun: Vec<Running<'_>> =
                due.into_iter().filter_map(|(lane, load)| self.begin(lane, load)).collect();
            if begun.is_empty() {
                return Ok(any);
            }
            let rounds = begun.iter().map(|running| self.work_for(running, &stop));
            let mut worked = false;
            for outcome in futures_util::future::join_all(rounds).await {
                worked |= outcome?;
            }
            any |= worked;
            if !worked {
                return Ok(any);
            }
        }
    }

    async fn dispatch(&self, tasks: &TaskTracker, stop: &CancellationToken) {
        let mut changes = self.0.changes.listen();
        while !stop.is_cancelled() {
            let due = match self.tell_held_up().await {
                Ok(held_up_at) => self.due().await.map(|(due, next)| (due, earlier(next, held_up_at))),
                Err(error) => Err(error),
            };
            let sleep = match due {
                Ok((due, next)) => {
                    for (lane, load) in due {
                        let (outbox, stop) = (self.clone(), stop.clone());
                        tasks.spawn(async move { outbox.run(lane, load, &stop).await });
                    }
                    let until = next.map_or(Millis::MAX, |next| next - self.0.clock.now()).max(1);
                    u64::try_from(until).map_or(LONGEST_SLEEP, Duration::from_millis).min(LONGEST_SLEEP)
                }
                Err(error) => {
                    tracing::error!(cause = error.cause(), "the outbox cannot be read");
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

    /// Works for one case as a task of its own.
    async fn run(&self, lane: Lane, load: Load, stop: &CancellationToken) {
        let Some(running) = self.begin(lane, load) else { return };
        let worked = AssertUnwindSafe(self.work_for(&running, stop)).catch_unwind().await;
        let account = &running.lane.account;
        match worked {
            Ok(Ok(_)) => return,
            Ok(Err(error)) => tracing::error!(%account, cause = error.cause(), "delivery was interrupted"),
            Err(_) => tracing::error!(%account, "delivery panicked"),
        }
        // What was under way is taken up again from what is on disk, but not in a tight loop.
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(STORE_PAUSE) => {}
        }
    }

    /// Claims a case; `None` where somebody works for it already, or for as many others as may be.
    fn begin(&self, lane: Lane, load: Load) -> Option<Running<'_>> {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        let beside: Vec<Load> = running
            .iter()
            .filter(|(other, _)| other.account == lane.account)
            .map(|(_, load)| *load)
            .collect();
        if running.contains_key(&lane) || !may_begin(load, &beside) {
            return None;
        }
        running.insert(lane.clone(), load);
        Some(Running { outbox: self, lane, load })
    }

    async fn work_for(&self, running: &Running<'_>, stop: &CancellationToken) -> Result<bool, StoreError> {
        let (lane, is_high) = (&running.lane, running.load == Load::High);
        let mut worked = false;
        while !stop.is_cancelled()
            && let Some((entry, effects)) = self.claim(lane, is_high).await?
        {
            worked = true;
            self.tell(&lane.case);
            let delivered = Box::pin(self.deliver(entry, effects, is_high, stop)).await;
            self.tell(&lane.case);
            delivered?;
        }
        Ok(worked)
    }

    /// The cases that have something due and are not worked for, the most urgent first, and when the next thing is due.
    async fn due(&self) -> Result<(Vec<(Lane, Load)>, Option<Millis>), StoreError> {
        let now = self.0.clock.now();
        let standings = self.standings().await?;
        let longest = self.0.backoff.longest();
        let (due, next) = self
            .0
            .store
            .desk
            .read(move |desk| {
                let mut due = Vec::new();
                let mut next: Option<Millis> = None;
                for entry in entries::next_per_case(entries::open(desk)?) {
                    match due_at(&entry.state, standings.of(&entry.account), now, longest) {
                        Some(at) if at <= now => due.push(entry),
                        Some(at) => next = earlier(next, Some(at)),
                        None => {}
                    }
                }
                Ok((due, next))
            })
            .await?;
        let mut urgent = self.with_priorities(due).await?;
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        urgent.retain(|(_, lane, _)| !running.contains_key(lane));
        drop(running);
        // Stable: within a priority reports go first, then what was there first.
        urgent.sort_by_key(|(priority, _, _)| Reverse(*priority));
        Ok((urgent.into_iter().map(|(_, lane, load)| (lane, load)).collect(), next))
    }

    /// The priorities of the cases of these entries; that of a reply is its case's.
    async fn with_priorities(&self, entries: Vec<Entry>) -> Result<Vec<(Priority, Lane, Load)>, StoreError> {
        let settings = self.0.settings.get().await.unwrap_or_default();
        self.0
            .store
            .cases
            .read(move |cases| {
                let mut ranked = Vec::with_capacity(entries.len());
                for entry in entries {
                    let priority = priority_in(cases, &entry, &settings)?;
                    let load = match priority {
                        Priority::High => Load::High,
                        Priority::Medium | Priority::Low if entry.request.files().is_empty() => Load::Text,
                        Priority::Medium | Priority::Low => Load::Files,
                    };
                    ranked.push((priority, Lane::of(&entry), load));
                }
                Ok(ranked)
            })
            .await
    }

    /// Those of these rows whose incident is of High priority.
    pub(super) async fn high_cases(&self, rows: &[OpenRow]) -> Result<HashSet<OutboxId>, StoreError> {
        let entries: Vec<Entry> = rows
            .iter()
            .filter_map(|row| match row {
                OpenRow::Entry(entry) => Some(Entry::clone(entry)),
                OpenRow::Unreadable(_) => None,
            })
            .collect();
        if entries.is_empty() {
            return Ok(HashSet::new());
        }
        let settings = self.0.settings.get().await.unwrap_or_default();
        self.0
            .store
            .cases
            .read(move |cases| {
                let mut high = HashSet::new();
                for entry in entries {
                    if priority_in(cases, &entry, &settings)? == Priority::High {
                        high.insert(entry.id);
                    }
                }
                Ok(high)
            })
            .await
    }

    /// Takes the next thing that is due in a case, and what is to be done for it. Only who has claimed the case calls
    /// this, so what is found as under way here was cut off.
    async fn claim(&self, lane: &Lane, is_high: bool) -> Result<Option<(Entry, Vec<Effect>)>, StoreError> {
        let now = self.0.clock.now();
        let standing = self.standings().await?.of(&lane.account);
        let outbox = self.clone();
        let lane = lane.clone();
        self.0
            .store
            .desk
            .write(move |desk| {
                let mut next = entries::next_per_case(entries::open(desk)?).into_iter();
                let Some(mut entry) = next.find(|entry| Lane::of(entry) == lane) else { return Ok(None) };
                let longest = outbox.0.backoff.longest();
                if due_at(&entry.state, standing, now, longest).is_none_or(|at| at > now) {
                    return Ok(None);
                }
                let given = entry.given(&outbox, now, is_high);
                let Some(begun) = step(entry.state.clone(), Event::Due, &given) else { return Ok(None) };
                entry.state = begun.state;
                entries::update(desk, &entry)?;
                Ok(Some((entry, begun.effects)))
            })
            .await
    }

    /// When each account that works now was last known to: by its connection, or by a sync that came to its end.
    async fn standings(&self) -> Result<Standings, StoreError> {
        let worked_at = self
            .0
            .store
            .cases
            .read(|cases| {
                let synced = sync_state::synced_without_problem(cases)?;
                let mut worked = HashMap::new();
                for (account, connection) in connections(cases)? {
                    let connected_at = match connection {
                        AccountConnection::Connected { at } => Some(at),
                        AccountConnection::Unchecked => None,
                        AccountConnection::Failed { .. } => continue,
                    };
                    if let Some(at) = connected_at.max(synced.get(&account).copied()) {
                        worked.insert(account, at);
                    }
                }
                Ok(worked)
            })
            .await?;
        Ok(Standings { worked_at, started_at: self.0.started_at })
    }
}

/// The priority of the incident of an entry; that of a reply is its case's.
fn priority_in(cases: &Connection, entry: &Entry, settings: &Settings) -> Result<Priority, StoreError> {
    let severity = match entry.request.severity_code() {
        Some(own) => Some(own.to_owned()),
        None => incident::place_of(cases, &entry.case_key)?.map(|(_, severity)| severity),
    };
    Ok(severity.map_or(Priority::Medium, |code| priority_of(&code, settings)))
}

/// What is known of all accounts.
struct Standings {
    worked_at: HashMap<AccountId, Millis>,
    started_at: Millis,
}

impl Standings {
    fn of(&self, account: &AccountId) -> AccountStanding {
        AccountStanding { worked_at: self.worked_at.get(account).copied(), started_at: self.started_at }
    }
}

fn earlier(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
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
