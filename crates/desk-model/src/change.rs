//! What has changed, so that views of it are read again.
//!
//! A change is a hint for whoever is looking right now. It carries no news and may be lost without harm: the
//! databases are the truth, and news for people are rows of `news` in `desk.db`.

use crate::{AccountId, CaseKey};
use serde::Serialize;
use tokio::sync::broadcast;
use ts_rs::TS;

/// A thing whose views are out of date.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Change {
    /// The list of accounts or the state of one.
    Accounts,
    /// Any list or count of cases.
    Cases,
    /// One case and its correspondence.
    Case {
        /// Which one.
        key: CaseKey,
    },
    /// Drafts of reports and replies.
    Drafts,
    /// What is waiting to be sent.
    Outbox,
    /// The settings.
    Settings,
    /// Whether the disk takes what is saved.
    Disk,
    /// How far the mirror of an account is.
    Sync {
        /// Whose.
        account: AccountId,
    },
}

/// Tells everyone who listens. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Changes(broadcast::Sender<Change>);

impl Default for Changes {
    fn default() -> Self {
        // A listener that falls behind by this many is told so and reads everything again.
        Self(broadcast::channel(256).0)
    }
}

impl Changes {
    /// Tells that `change` has happened; nobody listening is fine.
    pub fn tell(&self, change: Change) {
        let _ = self.0.send(change);
    }

    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
