//! Cases that wait too long for the customer are resolved, as of the moment at which they had waited enough.

use std::time::Duration;

use jiff::Timestamp;

use super::State;
use crate::case_event::Origin;
use crate::clock::after;
use crate::error::SimError;
use crate::model::{CaseStatus, Record};

impl State {
    /// Whether a case has waited for `patience` by now.
    pub(crate) fn has_waited(&self, patience: Option<Duration>, now: Timestamp) -> bool {
        let first = self.waiting.first();
        patience.zip(first).is_some_and(|(patience, &(since, _))| after(since, patience) <= now)
    }

    /// Resolves the cases that have waited for `patience` by now; gives their number.
    pub(crate) fn settle(&mut self, patience: Option<Duration>, now: Timestamp) -> Result<usize, SimError> {
        let mut settled = 0;
        while let Some(patience) = patience
            && let Some(&(since, number)) = self.waiting.first()
        {
            let enough = after(since, patience);
            if enough > now {
                break;
            }
            let mut case = self.entries[number as usize].case.clone();
            case.enter(CaseStatus::Resolved, enough);
            case.eco.end();
            self.commit_from(Origin::Aws, enough, vec![Record::Case(Box::new(case))])?;
            settled += 1;
        }
        Ok(settled)
    }
}
