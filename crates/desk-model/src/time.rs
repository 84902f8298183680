//! Time, passed in: nothing in this crate asks the operating system what time it is but through a [`Clock`].

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Milliseconds since 1970-01-01T00:00:00Z: how instants are kept in the databases and cross to the UI.
pub type Millis = i64;

/// One minute in [`Millis`].
pub const MINUTE: Millis = 60_000;
/// One hour in [`Millis`].
pub const HOUR: Millis = 60 * MINUTE;
/// One day in [`Millis`].
pub const DAY: Millis = 24 * HOUR;

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The computer's own clock.
    #[default]
    System,
    /// A clock that stands until it is stepped: for tests.
    Stepped(Arc<AtomicI64>),
}

impl Clock {
    /// A standing clock that shows `now`.
    #[must_use]
    pub fn stepped(now: Millis) -> Self {
        Self::Stepped(Arc::new(AtomicI64::new(now)))
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> Millis {
        match self {
            Self::System => jiff::Timestamp::now().as_millisecond(),
            Self::Stepped(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Moves a standing clock; a running one stays as it is.
    pub fn step(&self, by: Millis) {
        match self {
            Self::System => {}
            Self::Stepped(now) => {
                now.fetch_add(by, Ordering::SeqCst);
            }
        }
    }
}
