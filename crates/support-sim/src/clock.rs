//! The time a [`crate::Sim`] lives in: it runs with the computer's clock, runs faster, or stands and is stepped, and
//! can be changed while the sim runs. Nothing in the crate asks the computer for the time but this.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How the time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockRate {
    /// A second a second.
    #[default]
    Running,
    /// So many seconds a second. What is not a number above 0 counts as 1.
    Faster(f64),
    /// Not at all, until it is stepped.
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

/// Where a sim gets the time from. Clones share the same hands. Always whole milliseconds, the precision of the API.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<Hands>>);

/// What a clock shows follows from this and the computer's clock alone, so that it can be kept on disk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hands {
    /// When it was last set, by the computer's clock.
    set_at: Timestamp,
    /// What it then showed.
    showed: Timestamp,
    rate: ClockRate,
}

impl Default for Hands {
    fn default() -> Self {
        Self { set_at: Timestamp::UNIX_EPOCH, showed: Timestamp::UNIX_EPOCH, rate: ClockRate::Running }
    }
}

impl Hands {
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
        Self(Arc::new(Mutex::new(Hands { set_at: Timestamp::now(), showed: whole_milliseconds(time), rate })))
    }

    /// The present moment, cut to milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.hands().show(Timestamp::now())
    }

    /// How the time passes.
    #[must_use]
    pub fn rate(&self) -> ClockRate {
        self.hands().rate
    }

    /// Lets the time pass in another way from now on; what it shows does not jump.
    pub fn set_rate(&self, rate: ClockRate) {
        self.change(|hands, _| hands.rate = rate);
    }

    /// Puts it on by `step`.
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
        *self.hands() == Hands::default()
    }

    pub(crate) fn position(&self) -> Hands {
        *self.hands()
    }

    pub(crate) fn restore(&self, hands: Hands) {
        *self.hands() = hands;
    }

    fn change(&self, change: impl FnOnce(&mut Hands, Timestamp)) {
        let computer = Timestamp::now();
        let mut hands = self.hands();
        let now = hands.show(computer);
        (hands.set_at, hands.showed) = (computer, now);
        change(&mut hands, now);
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A standing clock. Clones share the same hands, so a test keeps one and steps it.
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

    /// Puts it on by `step`.
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
        let show = |rate| Hands { set_at, showed: Timestamp::constant(1_000, 0), rate }.show(later);
        assert_eq!(show(ClockRate::Running), Timestamp::constant(1_010, 500_000_000));
        assert_eq!(show(ClockRate::Faster(60.0)), Timestamp::constant(1_630, 0));
        assert_eq!(show(ClockRate::Standing), Timestamp::constant(1_000, 0));
        for senseless in [0.0, -2.0, f64::NAN, f64::INFINITY] {
            assert_eq!(show(ClockRate::Faster(senseless)), show(ClockRate::Running));
        }
        let far = Hands { set_at, showed: Timestamp::MAX, rate: ClockRate::Faster(1e300) };
        assert_eq!(far.show(later), whole_milliseconds(Timestamp::MAX));
        assert_eq!(Hands::default().show(later), later, "the computer's own clock");
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
