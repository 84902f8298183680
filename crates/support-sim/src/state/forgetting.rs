//! Back to a sim in which nothing has happened, in memory and on disk. The clock stays as it is.

use std::collections::HashSet;

use super::State;
use crate::error::SimError;
use crate::model::{EcoState, Record};

impl State {
    /// Forgets all cases, files and everything of ECO's. Ids that were given are not given again by chance alone.
    pub(crate) fn forget(&mut self) -> Result<(), SimError> {
        let clock = self.clock.map(|hands| vec![Record::Clock(hands)]);
        self.store.rewrite(clock.into_iter())?;
        self.entries.clear();
        self.by_display.clear();
        self.by_hex.clear();
        self.by_age.clear();
        self.due.clear();
        self.waiting.clear();
        self.sets.clear();
        self.uploads.clear();
        self.attached.clear();
        self.eco = EcoState::default();
        self.changed.send_modify(|count| *count += 1);
        self.files.sweep(&HashSet::new())
    }
}
