//! Where an operation of the API is done: the [`Errand`] that a call brings along, and the [`Desk`] with the state.

use std::ops::Deref;

use jiff::Timestamp;

use crate::customer::Customer;
use crate::error::WireError;
use crate::options::Options;
use crate::plan::Plan;
use crate::quota::Quotas;
use crate::state::{Entry, State};

/// What a call brings along beside its body: who asks, when, under which terms.
pub(crate) struct Errand<'a> {
    pub(crate) options: &'a Options,
    pub(crate) plan: Plan,
    pub(crate) quotas: Quotas,
    pub(crate) now: Timestamp,
    pub(crate) caller: &'a Customer,
    /// What links begin with, where that is known.
    pub(crate) origin: Option<&'a str>,
    /// Whether the upload that is reported on is to fail.
    pub(crate) fails_upload: bool,
}

/// Where a call is done: its errand, and the state, to be changed or only read.
pub(crate) struct Desk<'a, S = &'a mut State> {
    pub(crate) state: S,
    pub(crate) errand: &'a Errand<'a>,
    /// From when cases and communications are available.
    pub(crate) oldest: Timestamp,
    /// Chooses the infix of the case ids in the answer.
    pub(crate) turn: usize,
}

/// A desk at which nothing is changed.
pub(crate) type ReadingDesk<'a> = Desk<'a, &'a State>;

impl<'a, S> Deref for Desk<'a, S> {
    type Target = Errand<'a>;

    fn deref(&self) -> &Errand<'a> {
        self.errand
    }
}

impl<S: Deref<Target = State>> Desk<'_, S> {
    /// The case of a `caseId`, if it still is available.
    pub(crate) fn case(&self, id: &str) -> Result<&Entry, WireError> {
        self.state
            .by_case_id(id)
            .filter(|entry| entry.case.created >= self.oldest)
            .ok_or_else(|| WireError::case_not_found(id))
    }

    /// A spelling of a case's id; the infix differs from call to call.
    pub(crate) fn spell(&self, entry: &Entry) -> String {
        entry.case.key.spell(&self.options.account, self.turn)
    }
}
