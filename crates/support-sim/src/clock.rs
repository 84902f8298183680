//! The time a [`crate::Sim`] lives in. Nothing in the crate asks the computer for the time but this.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Where a sim gets the time from. Always whole milliseconds, the precision of the API.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The computer's own clock.
    #[default]
    System,
    /// A clock that stands until it is stepped.
    Manual(ManualClock),
}

impl Clock {
    /// The present moment, cut to milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => whole_milliseconds(Timestamp::now()),
            Self::Manual(clock) => clock.now(),
        }
    }
}

impl From<ManualClock> for Clock {
    fn from(clock: ManualClock) -> Self {
        Self::Manual(clock)
    }
}

/// A standing clock. Clones share the same hands, so a test keeps one and steps it.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

impl ManualClock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(whole_milliseconds(start))))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts it on by `step`.
    pub fn advance(&self, step: Duration) {
        let mut hands = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let step = SignedDuration::try_from(step).unwrap_or(SignedDuration::MAX);
        *hands = whole_milliseconds(hands.saturating_add(step).unwrap_or(Timestamp::MAX));
    }

    /// Sets it, forwards or backwards.
    pub fn set(&self, to: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = whole_milliseconds(to);
    }
}

fn whole_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).expect("a valid time cut to milliseconds is valid")
}

/// `time` later by `step`; the end of time where that is past it.
pub(crate) fn after(time: Timestamp, step: Duration) -> Timestamp {
    SignedDuration::try_from(step).ok().and_then(|step| time.checked_add(step).ok()).unwrap_or(Timestamp::MAX)
}

/// `time` earlier by `step`; the beginning of time where that is before it.
pub(crate) fn before(time: Timestamp, step: Duration) -> Timestamp {
    SignedDuration::try_from(step).ok().and_then(|step| time.checked_sub(step).ok()).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_manual_clock_move_together() {
        let clock = ManualClock::at(Timestamp::constant(1_000, 123_456_789));
        let shared = Clock::from(clock.clone());
        clock.advance(Duration::from_millis(1_500));
        assert_eq!(shared.now(), Timestamp::constant(1_001, 623_000_000));
    }
}
