//! Everything a sim knows, and the one way to change it: [`State::commit_from`] first makes a change last, then applies
//! it; a start replays the same changes through the same code.

mod attaching;
mod forgetting;
mod waiting;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::{mpsc, watch};

use crate::case_event::{CaseEvent, CaseEventKind, Origin};
use crate::clock::ClockState;
use crate::disk::Store;
use crate::error::SimError;
use crate::files::Files;
use crate::ids::{CaseKey, DisplayId};
use crate::model::{AttachmentSet, Case, CaseStatus, Communication, EcoRecord, EcoState, Record, Upload};
use crate::options::Options;
use crate::rendered::Rendered;

/// A case with its correspondence, oldest first.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its place in the order in which cases were made.
    number: u32,
    pub(crate) case: Case,
    pub(crate) said: Vec<Communication>,
    /// As it was last answered with, until it changes.
    pub(crate) rendered: OnceLock<Rendered>,
}

impl Entry {
    /// Its place in the order of ages.
    pub(crate) fn age_key(&self) -> AgeKey {
        (self.case.created.as_millisecond(), self.number)
    }
}

/// Creation time in milliseconds, then number.
pub(crate) type AgeKey = (i64, u32);

/// Where an attachment is: case, communication, file.
type Place = (u32, u32, u32);

#[derive(Debug)]
pub(crate) struct State {
    account: String,
    entries: Vec<Entry>,
    by_display: HashMap<DisplayId, u32>,
    by_hex: HashMap<String, u32>,
    /// The order of DescribeCases, backwards.
    by_age: BTreeSet<AgeKey>,
    /// What ECO has to do, earliest first.
    due: BTreeSet<(Timestamp, u32)>,
    /// Cases that wait for the customer, longest first.
    waiting: BTreeSet<(Timestamp, u32)>,
    sets: HashMap<String, AttachmentSet>,
    uploads: HashMap<String, Upload>,
    attached: HashMap<String, Place>,
    pub(crate) eco: EcoState,
    seed: u64,
    /// Counts the changes, for those who watch.
    pub(crate) changed: watch::Sender<u64>,
    /// Where the clock was last set, if it was.
    pub(crate) clock: Option<ClockState>,
    store: Store,
    files: Arc<Files>,
    pub(crate) rng: StdRng,
    /// Counts answered case ids: it makes the infix wander.
    turn: AtomicUsize,
    listeners: Vec<mpsc::UnboundedSender<CaseEvent>>,
}

impl State {
    pub(crate) fn open(options: &Options) -> Result<Self, SimError> {
        let mut state = Self {
            account: options.account.clone(),
            entries: Vec::new(),
            by_display: HashMap::new(),
            by_hex: HashMap::new(),
            by_age: BTreeSet::new(),
            due: BTreeSet::new(),
            waiting: BTreeSet::new(),
            sets: HashMap::new(),
            uploads: HashMap::new(),
            attached: HashMap::new(),
            eco: EcoState::default(),
            seed: options.seed,
            changed: watch::Sender::new(0),
            clock: None,
            store: Store::Nowhere,
            files: Arc::new(Files::temporary()),
            rng: StdRng::seed_from_u64(options.seed),
            turn: AtomicUsize::new(0),
            listeners: Vec::new(),
        };
        if let Some(folder) = &options.data_dir {
            let mut records = 0_u64;
            let (store, files) = Store::open(folder, &options.account, |record| {
                records += 1;
                state.apply(record);
            })?;
            (state.store, state.files) = (store, Arc::new(files));
            if let Some(hands) = state.clock.filter(|_| options.clock.is_system()) {
                options.clock.restore(hands);
            }
            let now = options.clock.now();
            state.tidy(records, now)?;
            // Ids drawn before must not be drawn again.
            let started = now.as_millisecond().cast_unsigned();
            let drawn = (records ^ started).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            state.rng = StdRng::seed_from_u64(options.seed ^ drawn);
        }
        Ok(state)
    }

    /// Forgets what has expired, rewrites a journal that is mostly history, throws away files that nothing names.
    fn tidy(&mut self, records: u64, now: Timestamp) -> Result<(), SimError> {
        self.sets.retain(|_, set| set.expires > now);
        self.uploads.retain(|_, upload| upload.is_known(now));
        let live = self.entries.iter().map(|entry| 1 + entry.said.len() as u64).sum::<u64>()
            + (self.sets.len() + self.uploads.len()) as u64
            + self.eco.records().len() as u64
            + u64::from(self.clock.is_some());
        if records.saturating_sub(live) * 4 > live {
            let cases = self.entries.iter().map(|entry| {
                let said = entry.said.iter().map(|communication| Record::Said {
                    case: entry.case.display_id.clone(),
                    communication: communication.clone(),
                });
                std::iter::once(Record::Case(Box::new(entry.case.clone()))).chain(said).collect()
            });
            let sets = self.sets.values().map(|set| vec![Record::Set(set.clone())]);
            let uploads = self.uploads.values().map(|upload| vec![Record::Upload(Box::new(upload.clone()))]);
            let eco = self.eco.records().into_iter().map(|record| vec![Record::Eco(record)]);
            let clock = self.clock.map(|hands| vec![Record::Clock(hands)]);
            self.store.rewrite(cases.chain(sets).chain(uploads).chain(eco).chain(clock))?;
        }
        let attached = self.entries.iter().flat_map(|entry| &entry.said).flat_map(|said| &said.files);
        let waiting = self.sets.values().flat_map(|set| &set.files);
        let named: HashSet<&str> = attached
            .map(|file| &file.content)
            .chain(waiting.map(|file| &file.content))
            .chain(self.uploads.values().map(|upload| &upload.content))
            .map(|content| content.blob.as_str())
            .collect();
        self.files.sweep(&named)
    }

    /// Makes a change last and applies it, and tells nobody: for what was there before, and for book-keeping. On an
    /// error nothing has changed.
    pub(crate) fn commit(&mut self, records: Vec<Record>) -> Result<(), SimError> {
        self.store.write(&records)?;
        records.into_iter().for_each(|record| self.apply(record));
        self.changed.send_modify(|count| *count += 1);
        Ok(())
    }

    /// Makes a change last, applies it and tells the listeners what happened. On an error nothing has changed.
    pub(crate) fn commit_from(
        &mut self,
        origin: Origin,
        now: Timestamp,
        records: Vec<Record>,
    ) -> Result<(), SimError> {
        self.listeners.retain(|listener| !listener.is_closed());
        let told = if self.listeners.is_empty() { Vec::new() } else { self.told_by(origin, now, &records) };
        self.commit(records)?;
        for case_event in told {
            for listener in &self.listeners {
                if listener.send(case_event.clone()).is_err() {
                    tracing::debug!("a listener has gone");
                }
            }
        }
        Ok(())
    }

    pub(crate) fn listen(&mut self) -> mpsc::UnboundedReceiver<CaseEvent> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.listeners.push(sender);
        receiver
    }

    /// What these records, not applied yet, mean to others.
    fn told_by(&self, origin: Origin, now: Timestamp, records: &[Record]) -> Vec<CaseEvent> {
        let mut told: Vec<CaseEvent> = Vec::new();
        for record in records {
            let (display_id, kind) = match record {
                Record::Case(case) => {
                    let was = self.by_display(case.display_id.as_str()).map(|entry| entry.case.status);
                    let is_resolved = case.status == CaseStatus::Resolved;
                    let kind = match was {
                        None => CaseEventKind::CaseCreated,
                        Some(CaseStatus::Resolved) if !is_resolved => CaseEventKind::CaseReopened,
                        Some(was) if was != CaseStatus::Resolved && is_resolved => {
                            CaseEventKind::CaseResolved
                        }
                        Some(_) => continue,
                    };
                    (&case.display_id, kind)
                }
                Record::Said { case, .. } if self.by_display.contains_key(case) => {
                    (case, CaseEventKind::CommunicationAdded)
                }
                Record::Said { .. }
                | Record::Set(_)
                | Record::NextOwnIncident(_)
                | Record::Upload(_)
                | Record::Clock(_)
                | Record::Eco(_) => continue,
            };
            let key = records.iter().find_map(|record| match record {
                Record::Case(case) if case.display_id == *display_id => Some(&case.key),
                _ => None,
            });
            let key = key.or_else(|| Some(&self.by_display(display_id.as_str())?.case.key));
            let Some(key) = key else { continue };
            let case_id = key.spell(&self.account, self.next_turn());
            told.push(CaseEvent { at: now, case_id, display_id: display_id.clone(), kind, origin });
        }
        told
    }

    fn apply(&mut self, record: Record) {
        match record {
            Record::Case(case) => self.apply_case(*case),
            Record::Said { case, communication } => self.apply_said(&case, communication),
            Record::Set(set) => {
                self.sets.insert(set.id.clone(), set);
            }
            Record::NextOwnIncident(next) => {
                let name = "own-incidents".to_owned();
                self.eco.apply(EcoRecord::Schedule { name, next, count: 0 });
            }
            Record::Eco(record) => self.eco.apply(record),
            Record::Upload(upload) => {
                self.uploads.insert(upload.id.clone(), *upload);
            }
            Record::Clock(hands) => self.clock = Some(hands),
        }
    }

    fn apply_case(&mut self, case: Case) {
        let (due, waits) = (case.eco.due(), waits_since(&case));
        let number = match self.by_display.get(&case.display_id) {
            Some(&number) => {
                let Entry { case: known, rendered, .. } = &mut self.entries[number as usize];
                *rendered = OnceLock::new();
                if let Some(at) = known.eco.due() {
                    self.due.remove(&(at, number));
                }
                if let Some(since) = waits_since(known) {
                    self.waiting.remove(&(since, number));
                }
                *known = case;
                number
            }
            None => {
                let number =
                    u32::try_from(self.entries.len()).expect("fewer than four thousand million cases");
                self.by_display.insert(case.display_id.clone(), number);
                self.by_hex.insert(case.key.hex.clone(), number);
                self.by_age.insert((case.created.as_millisecond(), number));
                self.entries.push(Entry { number, case, said: Vec::new(), rendered: OnceLock::new() });
                number
            }
        };
        self.due.extend(due.map(|at| (at, number)));
        self.waiting.extend(waits.map(|since| (since, number)));
    }

    fn apply_said(&mut self, case: &DisplayId, communication: Communication) {
        let Some(&number) = self.by_display.get(case) else {
            tracing::warn!(%case, "the journal has a communication of a case that it does not know");
            return;
        };
        let entry = &mut self.entries[number as usize];
        let place = u32::try_from(entry.said.len()).expect("fewer than four thousand million communications");
        for (index, file) in (0_u32..).zip(&communication.files) {
            self.attached.insert(file.id.clone(), (number, place, index));
        }
        entry.said.push(communication);
        entry.rendered = OnceLock::new();
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Cases newest first, beginning after `last` where there is one.
    pub(crate) fn newest_first(&self, last: Option<AgeKey>) -> impl Iterator<Item = &Entry> {
        let upto = last.unwrap_or((i64::MAX, u32::MAX));
        self.by_age.range(..upto).rev().map(|&(_, number)| &self.entries[number as usize])
    }

    pub(crate) fn by_display(&self, id: &str) -> Option<&Entry> {
        let number = *self.by_display.get(id)?;
        self.entries.get(number as usize)
    }

    /// Finds a case by its `caseId`, whatever its infix.
    pub(crate) fn by_case_id(&self, id: &str) -> Option<&Entry> {
        let key = CaseKey::parse(id, &self.account)?;
        let entry = self.entries.get(*self.by_hex.get(&key.hex)? as usize)?;
        (entry.case.key == key).then_some(entry)
    }

    /// The cases for which something is planned by `now`, the most overdue first.
    pub(crate) fn due_cases(&self, now: Timestamp) -> impl Iterator<Item = &Entry> {
        self.due.range(..=(now, u32::MAX)).map(|&(_, number)| &self.entries[number as usize])
    }

    /// Chooses between wordings and stories of the next new case: the same for the same seed and number of cases,
    /// whatever else was asked in between.
    pub(crate) fn variety(&self) -> u32 {
        let mixed = (self.seed ^ (self.entries.len() as u64 + 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        u32::try_from(mixed >> 32).expect("half of 64 bits")
    }

    /// Ids that no case has yet.
    pub(crate) fn new_ids(&mut self, created: Timestamp) -> (DisplayId, CaseKey) {
        let year = created.to_zoned(jiff::tz::TimeZone::UTC).year();
        loop {
            let (display, key) = (DisplayId::random(&mut self.rng), CaseKey::random(&mut self.rng, year));
            if !self.by_display.contains_key(&display) && !self.by_hex.contains_key(&key.hex) {
                return (display, key);
            }
        }
    }

    /// Chooses the infix of the ids of one answer.
    pub(crate) fn next_turn(&self) -> usize {
        self.turn.fetch_add(1, Ordering::Relaxed)
    }
}

fn waits_since(case: &Case) -> Option<Timestamp> {
    (case.status == CaseStatus::PendingCustomerAction).then_some(case.since)?
}
