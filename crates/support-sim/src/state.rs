//! Everything a sim knows, and the one way to change it: [`State::commit`] first makes a change last, then applies
//! it; a start replays the same changes through the same code.

use std::collections::{BTreeSet, HashMap, HashSet};

use bytes::Bytes;
use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::builder::Options;
use crate::disk::{Record, Store};
use crate::error::SimError;
use crate::ids::{self, CaseKey, DisplayId};
use crate::model::{AttachedFile, AttachmentSet, Case, Communication, WaitingFile};

/// A case with its correspondence, oldest first.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its place in the order in which cases were made.
    number: u32,
    pub(crate) case: Case,
    pub(crate) said: Vec<Communication>,
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
    entries: Vec<Entry>,
    by_display: HashMap<DisplayId, u32>,
    by_hex: HashMap<String, u32>,
    /// The order of DescribeCases, backwards.
    by_age: BTreeSet<AgeKey>,
    /// What ECO has to do, earliest first.
    due: BTreeSet<(Timestamp, u32)>,
    sets: HashMap<String, AttachmentSet>,
    files: HashMap<String, Place>,
    pub(crate) next_own_incident: Option<Timestamp>,
    store: Store,
    pub(crate) rng: StdRng,
    /// Counts answered case ids: it makes the infix wander.
    pub(crate) turn: usize,
}

impl State {
    pub(crate) fn open(options: &Options, now: Timestamp) -> Result<Self, SimError> {
        let mut state = Self {
            entries: Vec::new(),
            by_display: HashMap::new(),
            by_hex: HashMap::new(),
            by_age: BTreeSet::new(),
            due: BTreeSet::new(),
            sets: HashMap::new(),
            files: HashMap::new(),
            next_own_incident: None,
            store: Store::memory(),
            rng: StdRng::seed_from_u64(options.seed),
            turn: 0,
        };
        if let Some(folder) = &options.data_dir {
            let mut records = 0_u64;
            state.store = Store::open(folder, &options.account, |record| {
                records += 1;
                state.apply(record);
            })?;
            state.tidy(records, now)?;
            // Ids drawn before must not be drawn again.
            let started = now.as_millisecond().cast_unsigned();
            let drawn = (records ^ started).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            state.rng = StdRng::seed_from_u64(options.seed ^ drawn);
        }
        Ok(state)
    }

    /// Forgets expired sets, rewrites a journal that is mostly history, throws away files that nothing names.
    fn tidy(&mut self, records: u64, now: Timestamp) -> Result<(), SimError> {
        self.sets.retain(|_, set| set.expires > now);
        let live = self.entries.iter().map(|entry| 1 + entry.said.len() as u64).sum::<u64>()
            + self.sets.len() as u64
            + u64::from(self.next_own_incident.is_some());
        if records.saturating_sub(live) * 4 > live {
            let cases = self.entries.iter().map(|entry| {
                let said = entry.said.iter().map(|communication| Record::Said {
                    case: entry.case.display_id.clone(),
                    communication: communication.clone(),
                });
                std::iter::once(Record::Case(Box::new(entry.case.clone()))).chain(said).collect()
            });
            let sets = self.sets.values().map(|set| vec![Record::Set(set.clone())]);
            let own = self.next_own_incident.map(|at| vec![Record::NextOwnIncident(at)]);
            self.store.rewrite(cases.chain(sets).chain(own))?;
        }
        let attached = self.entries.iter().flat_map(|entry| &entry.said).flat_map(|said| &said.files);
        let waiting = self.sets.values().flat_map(|set| &set.files);
        let named: HashSet<&str> =
            attached.map(|file| file.blob.as_str()).chain(waiting.map(|file| file.blob.as_str())).collect();
        self.store.sweep(&named)
    }

    /// Makes a change last and applies it. On an error nothing has changed.
    pub(crate) fn commit(&mut self, records: Vec<Record>) -> Result<(), SimError> {
        self.store.write(&records)?;
        records.into_iter().for_each(|record| self.apply(record));
        Ok(())
    }

    fn apply(&mut self, record: Record) {
        match record {
            Record::Case(case) => self.apply_case(*case),
            Record::Said { case, communication } => self.apply_said(&case, communication),
            Record::Set(set) => {
                self.sets.insert(set.id.clone(), set);
            }
            Record::NextOwnIncident(at) => self.next_own_incident = Some(at),
        }
    }

    fn apply_case(&mut self, case: Case) {
        let due = case.eco.due();
        let number = match self.by_display.get(&case.display_id) {
            Some(&number) => {
                let known = &mut self.entries[number as usize].case;
                if let Some(at) = known.eco.due() {
                    self.due.remove(&(at, number));
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
                self.entries.push(Entry { number, case, said: Vec::new() });
                number
            }
        };
        if let Some(at) = due {
            self.due.insert((at, number));
        }
    }

    fn apply_said(&mut self, case: &DisplayId, communication: Communication) {
        let Some(&number) = self.by_display.get(case) else {
            tracing::warn!(%case, "the journal has a communication of a case that it does not know");
            return;
        };
        let entry = &mut self.entries[number as usize];
        let place = u32::try_from(entry.said.len()).expect("fewer than four thousand million communications");
        for (index, file) in (0_u32..).zip(&communication.files) {
            self.files.insert(file.id.clone(), (number, place, index));
        }
        entry.said.push(communication);
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
        let number = *self.by_display.get(&DisplayId(id.to_owned()))?;
        self.entries.get(number as usize)
    }

    /// Finds a case by its `caseId`, whatever its infix.
    pub(crate) fn by_case_id(&self, id: &str, account: &str) -> Option<&Entry> {
        let key = CaseKey::parse(id, account)?;
        let entry = self.entries.get(*self.by_hex.get(&key.hex)? as usize)?;
        (entry.case.key == key).then_some(entry)
    }

    /// The case for which ECO has something to do by `now`, the most overdue first.
    pub(crate) fn first_due(&self, now: Timestamp) -> Option<&Entry> {
        let &(at, number) = self.due.first()?;
        (at <= now).then(|| &self.entries[number as usize])
    }

    pub(crate) fn set(&self, id: &str) -> Option<&AttachmentSet> {
        self.sets.get(id)
    }

    pub(crate) fn sets_made_since(&self, since: Timestamp) -> usize {
        self.sets.values().filter(|set| set.made > since).count()
    }

    pub(crate) fn file(&self, id: &str) -> Option<&AttachedFile> {
        let &(case, communication, file) = self.files.get(id)?;
        self.entries.get(case as usize)?.said.get(communication as usize)?.files.get(file as usize)
    }

    pub(crate) fn bytes_of(&self, blob: &str) -> Result<Bytes, SimError> {
        self.store.get(blob)
    }

    /// Keeps a file's bytes under a new name.
    pub(crate) fn keep(&mut self, file_name: &str, data: Bytes) -> Result<WaitingFile, SimError> {
        let blob = ids::attachment(&mut self.rng);
        let size = data.len() as u64;
        self.store.put(&blob, data)?;
        Ok(WaitingFile { file_name: file_name.to_owned(), size, blob })
    }

    /// Files of a set as they are attached to one communication, each with an id of its own.
    pub(crate) fn attach(&mut self, files: &[WaitingFile]) -> Vec<AttachedFile> {
        files
            .iter()
            .map(|file| AttachedFile {
                id: ids::attachment(&mut self.rng),
                file_name: file.file_name.clone(),
                size: file.size,
                blob: file.blob.clone(),
            })
            .collect()
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
}
