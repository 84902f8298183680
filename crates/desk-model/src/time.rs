//! The clock that is passed in: the product asks for the time only through a [`Clock`], so that tests can set it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// An instant in milliseconds since 1970-01-01T00:00:00Z, as the databases and the UI have it; also a duration.
pub type Millis = i64;

/// One minute in [`Millis`].
pub const MINUTE: Millis = 60_000;
/// One hour in [`Millis`].
pub const HOUR: Millis = 60 * MINUTE;
/// One day in [`Millis`].
pub const DAY: Millis = 24 * HOUR;

/// Source of the current time.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The operating system's clock.
    #[default]
    System,
    /// A manual clock for tests: it stands until [`Clock::step`] advances it.
    Stepped(Arc<AtomicI64>),
}

impl Clock {
    /// Creates a manual clock that shows `now`.
    #[must_use]
    pub fn stepped(now: Millis) -> Self {
        Self::Stepped(Arc::new(AtomicI64::new(now)))
    }

    /// Returns the current time.
    #[must_use]
    pub fn now(&self) -> Millis {
        match self {
            Self::System => jiff::Timestamp::now().as_millisecond(),
            Self::Stepped(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Advances a manual clock; does nothing to the system's clock.
    pub fn step(&self, by: Millis) {
        match self {
            Self::System => {}
            Self::Stepped(now) => {
                now.fetch_add(by, Ordering::SeqCst);
            }
        }
    }
}
