//! How long things take in a scenario: fixed, drawn from a range, or never; the same for all or by priority.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{Span, SpanRelativeTo};
use rand::RngExt;
use rand::rngs::StdRng;

use crate::catalog::Severity;

/// One length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    Never,
    Fixed(Duration),
    /// Both bounds may be drawn.
    Between(Duration, Duration),
}

impl Time {
    pub(crate) fn draw(self, rng: &mut StdRng) -> Option<Duration> {
        match self {
            Self::Never => None,
            Self::Fixed(time) => Some(time),
            Self::Between(from, to) => {
                let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
                Some(Duration::from_millis(rng.random_range(milliseconds(from)..=milliseconds(to))))
            }
        }
    }

    /// The shortest that can be drawn.
    pub(crate) fn least(self) -> Option<Duration> {
        match self {
            Self::Never => None,
            Self::Fixed(time) | Self::Between(time, _) => Some(time),
        }
    }

    /// Reads `15m`, `5m..15m` or `never`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.trim() == "never" {
            return Ok(Self::Never);
        }
        let Some((from, to)) = text.split_once("..") else { return duration(text).map(Self::Fixed) };
        let (from, to) = (duration(from)?, duration(to)?);
        if from > to {
            return Err(format!("the range {text:?} ends before it begins"));
        }
        Ok(Self::Between(from, to))
    }
}

/// Reads a duration as people write it: `90s`, `2h 30m`, `3d`. A day has 24 hours.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let refused = || format!("{text:?} is no time; write it like \"90s\", \"15m\", \"2h 30m\" or \"3d\"");
    let span: Span = text.trim().parse().map_err(|_| refused())?;
    let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| refused())?;
    Duration::try_from(length).map_err(|_| refused())
}

/// A time for each of ECO's three priorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delay {
    pub(crate) high: Time,
    pub(crate) medium: Time,
    pub(crate) low: Time,
}

impl Delay {
    pub(crate) fn all(time: Time) -> Self {
        Self { high: time, medium: time, low: time }
    }

    pub(crate) fn of(&self, severity: Severity) -> Time {
        match severity {
            Severity::Urgent | Severity::Critical => self.high,
            Severity::High => self.medium,
            Severity::Low | Severity::Normal => self.low,
        }
    }
}

/// The times of one pace, by name.
pub(crate) type Pace = BTreeMap<String, Delay>;

/// When a step comes: a time of its own, or one that the pace names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum After {
    Given(Delay),
    Named(String),
}

impl After {
    pub(crate) fn delay(&self, pace: &Pace) -> Delay {
        match self {
            Self::Given(delay) => *delay,
            // Each name was checked against each pace when the file was read.
            Self::Named(name) => pace.get(name).copied().unwrap_or(Delay::all(Time::Never)),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let seconds = |text| duration(text).map(|time| time.as_secs());
        assert_eq!(seconds("90s"), Ok(90));
        assert_eq!(seconds("2h 30m"), Ok(9000));
        assert_eq!(seconds("3d"), Ok(3 * 86_400));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        for wrong in ["", "soon", "-5m", "5", "5 parsecs", "1 month"] {
            assert!(duration(wrong).is_err(), "{wrong:?} was taken");
        }
        assert_eq!(Time::parse("never"), Ok(Time::Never));
        assert!(Time::parse("9m..3m").unwrap_err().contains("ends before"));
    }

    #[test]
    fn a_range_is_drawn_within_its_bounds_and_repeatably() {
        let time = Time::parse("5m..15m").unwrap();
        let draw = |seed| time.draw(&mut StdRng::seed_from_u64(seed)).unwrap();
        let drawn: Vec<_> = (0..50).map(draw).collect();
        assert!(drawn.iter().all(|time| (300..=900).contains(&time.as_secs())), "{drawn:?}");
        assert!(drawn.iter().any(|time| *time != drawn[0]));
        assert_eq!(drawn[7], draw(7));
    }
}
