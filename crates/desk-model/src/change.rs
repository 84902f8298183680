//! Broadcast of what has changed, so that open views of it are read again.
//!
//! A change is only a hint to invalidate what is on screen. It may be lost without harm: the databases are the source
//! of truth, and what users are notified of are rows of `news` in `desk.db`.

use crate::{AccountId, CaseKey};
use serde::Serialize;
use tokio::sync::broadcast;
use ts_rs::TS;

/// Names the data whose views are out of date.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Change {
    /// The list of accounts or the state of one.
    Accounts,
    /// Any list or count of cases.
    Cases,
    /// One case and its correspondence.
    Case {
        /// The key of the case.
        key: CaseKey,
    },
    /// Drafts of reports and replies.
    Drafts,
    /// The outbox.
    Outbox,
    /// The settings.
    Settings,
    /// Whether the disk can be written.
    Disk,
    /// The progress of an account's sync.
    Sync {
        /// The account that is synchronised.
        account: AccountId,
    },
}

/// Broadcast channel of [`Change`]s. Cheap to clone; clones share the channel.
#[derive(Debug, Clone)]
pub struct Changes(broadcast::Sender<Change>);

impl Default for Changes {
    fn default() -> Self {
        // A receiver that lags by more than this gets `Lagged` and reads everything again.
        Self(broadcast::channel(256).0)
    }
}

impl Changes {
    /// Sends `change` to all receivers; no receiver is not an error.
    pub fn tell(&self, change: Change) {
        let _ = self.0.send(change);
    }

    /// Subscribes to the changes that are sent from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
