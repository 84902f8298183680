//! Faults on demand: what should go wrong, with which operation, how many times. Queued faults are used up in the
//! order in which they were queued.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use crate::error::WireError;
use crate::ops::Operation;

/// Something that goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Signature checked, then refused with this error; nothing is done.
    Refuse(WireError),
    /// Everything is done, and then the connection drops instead of answering.
    LoseAnswer,
    /// The connection drops before anything is done.
    Unreachable,
    /// An HTTP status with an empty body, as a load balancer in front of the service sends it. Nothing is done.
    Status(StatusCode),
    /// The call is done as usual after this much real time.
    Delay(Duration),
}

impl Fault {
    /// [`Fault::Refuse`] by code, with AWS's usual text where it is known.
    #[must_use]
    pub fn refuse(code: &str) -> Self {
        Self::Refuse(WireError::of_code(code))
    }
}

/// Which calls a fault meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Every call.
    Any,
    /// Calls of one operation.
    Operation(Operation),
}

impl From<Operation> for On {
    fn from(operation: Operation) -> Self {
        Self::Operation(operation)
    }
}

impl On {
    fn meets(self, operation: Option<Operation>) -> bool {
        match self {
            Self::Any => true,
            Self::Operation(wanted) => operation == Some(wanted),
        }
    }
}

#[derive(Debug)]
struct Queued {
    on: On,
    left: Option<u32>,
    fault: Fault,
}

/// The faults of one sim. Clones share the same queue.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<VecDeque<Queued>>>);

impl Faults {
    /// The next call that `on` meets gets `fault`.
    pub fn once(&self, on: impl Into<On>, fault: Fault) {
        self.times(on, 1, fault);
    }

    /// The next `count` calls that `on` meets get `fault`.
    pub fn times(&self, on: impl Into<On>, count: u32, fault: Fault) {
        if count > 0 {
            self.push(Queued { on: on.into(), left: Some(count), fault });
        }
    }

    /// Every call that `on` meets gets `fault`, until [`Faults::clear`].
    pub fn always(&self, on: impl Into<On>, fault: Fault) {
        self.push(Queued { on: on.into(), left: None, fault });
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// How many queued faults are not used up; one that holds for ever counts as one.
    #[must_use]
    pub fn pending(&self) -> u32 {
        let queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.iter().map(|queued| queued.left.unwrap_or(1)).sum()
    }

    fn push(&self, queued: Queued) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(queued);
    }

    pub(crate) fn take(&self, operation: Option<Operation>) -> Option<Fault> {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = queue.iter().position(|queued| queued.on.meets(operation))?;
        let queued = &mut queue[place];
        let fault = queued.fault.clone();
        if let Some(left) = &mut queued.left {
            *left -= 1;
            if *left == 0 {
                queue.remove(place);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_used_up_in_order_and_by_operation() {
        let faults = Faults::default();
        faults.times(Operation::CreateCase, 2, Fault::LoseAnswer);
        faults.once(On::Any, Fault::Unreachable);
        assert_eq!(faults.pending(), 3);
        assert_eq!(faults.take(Some(Operation::CreateCase)), Some(Fault::LoseAnswer));
        assert_eq!(faults.take(Some(Operation::ResolveCase)), Some(Fault::Unreachable));
        assert_eq!(faults.take(Some(Operation::ResolveCase)), None);
        assert_eq!(faults.take(Some(Operation::CreateCase)), Some(Fault::LoseAnswer));
        assert_eq!(faults.take(Some(Operation::CreateCase)), None);
    }

    #[test]
    fn a_standing_fault_ends_when_cleared() {
        let faults = Faults::default();
        faults.always(Operation::DescribeCases, Fault::refuse("ThrottlingException"));
        for _ in 0..5 {
            assert!(faults.take(Some(Operation::DescribeCases)).is_some());
        }
        faults.clear();
        assert_eq!(faults.take(Some(Operation::DescribeCases)), None);
    }
}
