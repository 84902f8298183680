//! The context of an operation of the API: the [`CallContext`] of the request, and the [`OperationContext`] with the
//! state.

use std::ops::Deref;

use jiff::Timestamp;

use crate::customer::Customer;
use crate::error::WireError;
use crate::options::Options;
use crate::plan::Plan;
use crate::quota::Quotas;
use crate::state::{Entry, State};

/// What applies to a call besides its body: the caller, the time, the account's plan and quotas.
pub(crate) struct CallContext<'a> {
    pub(crate) options: &'a Options,
    pub(crate) plan: Plan,
    pub(crate) quotas: Quotas,
    pub(crate) now: Timestamp,
    pub(crate) caller: &'a Customer,
    /// The origin (scheme and host) of presigned links, if known.
    pub(crate) origin: Option<&'a str>,
    /// Whether the upload of this call must fail, by a fault.
    pub(crate) fails_upload: bool,
}

/// A call's context with the state, which is borrowed mutably or shared.
pub(crate) struct OperationContext<'a, S = &'a mut State> {
    pub(crate) state: S,
    pub(crate) call_context: &'a CallContext<'a>,
    /// The time before which cases and communications are no longer available.
    pub(crate) oldest: Timestamp,
    /// Selects the infix of the case ids in the response.
    pub(crate) turn: usize,
}

/// The context of an operation that only reads.
pub(crate) type ReadContext<'a> = OperationContext<'a, &'a State>;

impl<'a, S> Deref for OperationContext<'a, S> {
    type Target = CallContext<'a>;

    fn deref(&self) -> &CallContext<'a> {
        self.call_context
    }
}

impl<S: Deref<Target = State>> OperationContext<'_, S> {
    /// Finds the case of a `caseId`, if it is still available.
    pub(crate) fn case(&self, id: &str) -> Result<&Entry, WireError> {
        self.state
            .by_case_id(id)
            .filter(|entry| entry.case.created >= self.oldest)
            .ok_or_else(|| WireError::case_not_found(id))
    }

    /// Formats a case's id; the infix varies from call to call.
    pub(crate) fn spell(&self, entry: &Entry) -> String {
        entry.case.key.spell(&self.options.account, self.turn)
    }
}
