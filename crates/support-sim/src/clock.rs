//! The sim's clock: it follows the computer's clock, runs faster, or is stepped manually, and can be changed while the
//! sim runs. Everything in the crate takes the time from it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The rate of a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockRate {
    /// Real time.
    #[default]
    Running,
    /// So many seconds per real second. Anything but a number above 0 counts as 1.
    Faster(f64),
    /// Stopped; it is stepped manually.
    Standing,
}

impl ClockRate {
    fn factor(self) -> f64 {
        match self {
            Self::Running => 1.0,
            Self::Faster(factor) if factor.is_finite() && factor > 0.0 => factor,
            Self::Faster(_) => 1.0,
            Self::Standing => 0.0,
        }
    }
}

/// A clock. Clones share their state. It shows whole milliseconds, the precision of the API.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<ClockState>>);

/// The state of a clock, from which, with the computer's clock, the shown time follows. Stored in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ClockState {
    /// When it was last set, by the computer's clock.
    set_at: Timestamp,
    /// The time that it was set to.
    showed: Timestamp,
    rate: ClockRate,
}

impl Default for ClockState {
    fn default() -> Self {
        Self { set_at: Timestamp::UNIX_EPOCH, showed: Timestamp::UNIX_EPOCH, rate: ClockRate::Running }
    }
}

impl ClockState {
    fn show(self, computer: Timestamp) -> Timestamp {
        let passed = computer.duration_since(self.set_at);
        let passed = match self.rate {
            ClockRate::Running => passed,
            ClockRate::Standing => SignedDuration::ZERO,
            ClockRate::Faster(_) => passed_faster(passed, self.rate.factor()),
        };
        whole_milliseconds(self.showed.saturating_add(passed).unwrap_or(Timestamp::MAX))
    }
}

fn passed_faster(passed: SignedDuration, factor: f64) -> SignedDuration {
    let seconds = passed.as_secs_f64() * factor;
    SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::MAX)
}

impl Clock {
    /// The computer's own clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `time`.
    #[must_use]
    pub fn standing_at(time: Timestamp) -> Self {
        Self::showing(time, ClockRate::Standing)
    }

    /// A clock that shows `time` now and from there runs at `factor` seconds a second.
    #[must_use]
    pub fn faster(time: Timestamp, factor: f64) -> Self {
        Self::showing(time, ClockRate::Faster(factor))
    }

    fn showing(time: Timestamp, rate: ClockRate) -> Self {
        Self(Arc::new(Mutex::new(ClockState {
            set_at: Timestamp::now(),
            showed: whole_milliseconds(time),
            rate,
        })))
    }

    /// The present moment, cut to milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.hands().show(Timestamp::now())
    }

    /// The rate of a clock.
    #[must_use]
    pub fn rate(&self) -> ClockRate {
        self.hands().rate
    }

    /// Changes the rate; the shown time does not jump.
    pub fn set_rate(&self, rate: ClockRate) {
        self.change(|hands, _| hands.rate = rate);
    }

    /// Advances it by `step`.
    pub fn step(&self, step: Duration) {
        let step = SignedDuration::try_from(step).unwrap_or(SignedDuration::MAX);
        self.change(|hands, now| {
            hands.showed = whole_milliseconds(now.saturating_add(step).unwrap_or(Timestamp::MAX));
        });
    }

    /// Sets it, forwards or backwards.
    pub fn set(&self, to: Timestamp) {
        self.change(|hands, _| hands.showed = whole_milliseconds(to));
    }

    /// Whether it is the computer's own clock, never set.
    pub(crate) fn is_system(&self) -> bool {
        *self.hands() == ClockState::default()
    }

    pub(crate) fn position(&self) -> ClockState {
        *self.hands()
    }

    pub(crate) fn restore(&self, hands: ClockState) {
        *self.hands() = hands;
    }

    fn change(&self, change: impl FnOnce(&mut ClockState, Timestamp)) {
        let computer = Timestamp::now();
        let mut hands = self.hands();
        let now = hands.show(computer);
        (hands.set_at, hands.showed) = (computer, now);
        change(&mut hands, now);
    }

    fn hands(&self) -> MutexGuard<'_, ClockState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stopped clock that a test steps. Clones share their state.
#[derive(Clone, Debug)]
pub struct ManualClock(Clock);

impl ManualClock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        Self(Clock::standing_at(start))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// Advances it by `step`.
    pub fn advance(&self, step: Duration) {
        self.0.step(step);
    }

    /// Sets it, forwards or backwards.
    pub fn set(&self, to: Timestamp) {
        self.0.set(to);
    }
}

impl From<ManualClock> for Clock {
    fn from(clock: ManualClock) -> Self {
        clock.0
    }
}

pub(crate) fn whole_milliseconds(time: Timestamp) -> Timestamp {
    // The last milliseconds of time itself are no whole ones to jiff.
    Timestamp::from_millisecond(time.as_millisecond())
        .or_else(|_| Timestamp::from_second(time.as_second()))
        .expect("a valid time cut to seconds is valid")
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

    const START: Timestamp = Timestamp::constant(1_000, 123_456_789);

    #[test]
    fn clones_of_a_manual_clock_move_together() {
        let clock = ManualClock::at(START);
        let shared = Clock::from(clock.clone());
        clock.advance(Duration::from_millis(1_500));
        assert_eq!(shared.now(), Timestamp::constant(1_001, 623_000_000));
    }

    #[test]
    fn what_it_shows_follows_from_the_computers_clock() {
        let set_at = Timestamp::constant(50_000, 0);
        let later = Timestamp::constant(50_010, 500_000_000);
        let show = |rate| ClockState { set_at, showed: Timestamp::constant(1_000, 0), rate }.show(later);
        assert_eq!(show(ClockRate::Running), Timestamp::constant(1_010, 500_000_000));
        assert_eq!(show(ClockRate::Faster(60.0)), Timestamp::constant(1_630, 0));
        assert_eq!(show(ClockRate::Standing), Timestamp::constant(1_000, 0));
        for senseless in [0.0, -2.0, f64::NAN, f64::INFINITY] {
            assert_eq!(show(ClockRate::Faster(senseless)), show(ClockRate::Running));
        }
        let far = ClockState { set_at, showed: Timestamp::MAX, rate: ClockRate::Faster(1e300) };
        assert_eq!(far.show(later), whole_milliseconds(Timestamp::MAX));
        assert_eq!(ClockState::default().show(later), later, "the computer's own clock");
    }

    #[test]
    fn a_change_of_rate_or_a_step_never_turns_it_back() {
        let clock = Clock::faster(START, 1_000_000.0);
        let mut last = clock.now();
        for rate in [ClockRate::Standing, ClockRate::Running, ClockRate::Faster(1e6), ClockRate::Standing] {
            clock.set_rate(rate);
            assert!(clock.now() >= last, "{rate:?}");
            clock.step(Duration::from_secs(1));
            assert!(clock.now() >= after(last, Duration::from_secs(1)), "{rate:?}");
            last = clock.now();
        }
        assert_eq!(clock.now(), last, "it stands");
        assert!(!clock.is_system() && Clock::system().is_system());
    }

    #[test]
    fn a_rate_has_a_plain_form() {
        for (rate, text) in [
            (ClockRate::Running, "\"running\""),
            (ClockRate::Faster(60.0), "{\"faster\":60.0}"),
            (ClockRate::Standing, "\"standing\""),
        ] {
            assert_eq!(serde_json::to_string(&rate).unwrap(), text);
            assert_eq!(serde_json::from_str::<ClockRate>(text).unwrap(), rate);
        }
    }
}
