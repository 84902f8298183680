//! The cases of a sim, as seen from outside the API.

use super::Sim;
use crate::view::{CaseView, find, view};

impl Sim {
    /// All cases, resolved ones too, in the order in which they were made. Reads every attached file.
    #[must_use]
    pub fn cases(&self) -> Vec<CaseView> {
        let state = self.read();
        state.entries().iter().map(|entry| view(entry, &state, self.account())).collect()
    }

    /// One case, by its display id or its case id with any infix. Reads its files.
    #[must_use]
    pub fn case(&self, id: impl AsRef<str>) -> Option<CaseView> {
        let state = self.read();
        let entry = find(&state, id.as_ref())?;
        Some(view(entry, &state, self.account()))
    }

    /// How many cases there are.
    #[must_use]
    pub fn case_count(&self) -> usize {
        self.read().entries().len()
    }
}
