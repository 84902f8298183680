//! ECO's state besides the cases: monitoring schedules and events, contacts. Like the cases it is changed by records
//! only, so that replaying the journal restores it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Contact, MonitoringEvent};

/// How many events and ended contacts are kept.
const KEPT: usize = 500;

/// A change of ECO's state.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EcoRecord {
    /// The next time of a schedule, and how often it has run.
    Schedule { name: String, next: Timestamp, count: u64 },
    /// A new or changed event.
    Event(MonitoringEvent),
    /// A new or changed contact.
    Contact(Contact),
}

/// The state of a monitoring schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scheduled {
    pub(crate) next: Timestamp,
    pub(crate) count: u64,
}

/// ECO's state besides the cases.
#[derive(Debug, Default)]
pub(crate) struct EcoState {
    schedules: BTreeMap<String, Scheduled>,
    events: BTreeMap<u64, MonitoringEvent>,
    contacts: BTreeMap<u64, Contact>,
}

impl EcoState {
    pub(crate) fn apply(&mut self, record: EcoRecord) {
        match record {
            EcoRecord::Schedule { name, next, count } => {
                self.schedules.insert(name, Scheduled { next, count });
            }
            EcoRecord::Event(event) => {
                self.events.insert(event.id, event);
                // Those that wait for a finding are the newest, so they stay.
                while self.events.len() > KEPT {
                    self.events.pop_first();
                }
            }
            EcoRecord::Contact(contact) => {
                self.contacts.insert(contact.id, contact);
                while self.contacts.len() > KEPT {
                    self.contacts.pop_first();
                }
            }
        }
    }

    /// Returns records that recreate the current state.
    pub(crate) fn records(&self) -> Vec<EcoRecord> {
        let schedules = self.schedules.iter().map(|(name, scheduled)| EcoRecord::Schedule {
            name: name.clone(),
            next: scheduled.next,
            count: scheduled.count,
        });
        schedules
            .chain(self.events.values().cloned().map(EcoRecord::Event))
            .chain(self.contacts.values().cloned().map(EcoRecord::Contact))
            .collect()
    }

    pub(crate) fn schedule(&self, name: &str) -> Option<Scheduled> {
        self.schedules.get(name).copied()
    }

    /// Iterates over the events, oldest first.
    pub(crate) fn events(&self) -> impl DoubleEndedIterator<Item = &MonitoringEvent> {
        self.events.values()
    }

    pub(crate) fn event(&self, id: u64) -> Option<&MonitoringEvent> {
        self.events.get(&id)
    }

    pub(crate) fn next_event(&self) -> u64 {
        self.events.last_key_value().map_or(1, |(id, _)| id + 1)
    }

    /// Iterates over the contacts, oldest first.
    pub(crate) fn contacts(&self) -> impl DoubleEndedIterator<Item = &Contact> {
        self.contacts.values()
    }

    pub(crate) fn contact(&self, id: u64) -> Option<&Contact> {
        self.contacts.get(&id)
    }

    pub(crate) fn next_contact(&self) -> u64 {
        self.contacts.last_key_value().map_or(1, |(id, _)| id + 1)
    }
}
