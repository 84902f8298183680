//! How long ECO takes for each of its steps, as a library's user sets it: the built-in scenario's own times replaced
//! by others. A scenario's file has more of them and may have ranges.

use std::time::Duration;

use crate::scenario::{Delay, Pace, Scenario, Time};

/// A time for each of ECO's three priorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByPriority {
    /// Severities `urgent` and `critical`.
    pub high: Duration,
    /// Severity `high`.
    pub medium: Duration,
    /// Severities `low` and `normal`.
    pub low: Duration,
}

impl ByPriority {
    /// Uses the same time for all priorities.
    #[must_use]
    pub fn all(time: Duration) -> Self {
        Self { high: time, medium: time, low: time }
    }
}

/// ECO's pace. Each time counts from what ECO reacts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EcoPace {
    /// From a new or reopened case to the first response.
    pub acknowledge: ByPriority,
    /// From the first response to the question.
    pub ask: Duration,
    /// From the customer's reply to ECO's.
    pub answer: Duration,
    /// From there until it is fixed.
    pub fix: Duration,
    /// From the start of an empty sim until ECO opens an incident of its own.
    pub own_incident_first: Option<Duration>,
    /// From there to each further one.
    pub own_incident_every: Option<Duration>,
}

impl EcoPace {
    /// For trying things out: a few seconds a step, an own incident after a minute and then every half an hour.
    #[must_use]
    pub fn demo() -> Self {
        Self::of_standard("demo")
    }

    /// As promised: within 15 minutes, 4 hours and 12 hours by priority.
    #[must_use]
    pub fn targets() -> Self {
        Self::of_standard("targets")
    }

    /// No pace: ECO keeps silent. For [`crate::SimBuilder::pace`].
    #[must_use]
    pub fn off() -> Option<Self> {
        None
    }

    fn of_standard(name: &str) -> Self {
        let scenario = Scenario::standard().at_pace(name).expect("a test reads both paces");
        let delay = |name: &str| scenario.pace[name];
        let each = |name: &str| {
            let Delay { high, medium, low } = delay(name);
            let time = |time: Time| time.least().unwrap_or(Duration::MAX);
            ByPriority { high: time(high), medium: time(medium), low: time(low) }
        };
        Self {
            acknowledge: each("acknowledge"),
            ask: each("ask").low,
            answer: each("answer").low,
            fix: each("fix").low,
            own_incident_first: delay("own_incident_first").low.least(),
            own_incident_every: delay("own_incident_every").low.least(),
        }
    }

    /// A pace with these times in the place of those of the same names.
    pub(crate) fn put_into(&self, pace: &Pace) -> Pace {
        let all = |time: Option<Duration>| Delay::all(time.map_or(Time::Never, Time::Fixed));
        let ByPriority { high, medium, low } = self.acknowledge;
        let acknowledge =
            Delay { high: Time::Fixed(high), medium: Time::Fixed(medium), low: Time::Fixed(low) };
        let mut pace = pace.clone();
        for (name, delay) in [
            ("acknowledge", acknowledge),
            ("ask", all(Some(self.ask))),
            ("answer", all(Some(self.answer))),
            ("fix", all(Some(self.fix))),
            ("own_incident_first", all(self.own_incident_first)),
            ("own_incident_every", all(self.own_incident_every)),
        ] {
            pace.insert(name.to_owned(), delay);
        }
        pace
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_paces_come_from_the_file() {
        let demo = EcoPace::demo();
        assert_eq!((demo.acknowledge.high, demo.ask), (Duration::from_secs(3), Duration::from_secs(8)));
        assert_eq!(demo.own_incident_first, Some(Duration::from_secs(60)));
        let targets = EcoPace::targets();
        for (time, target) in [
            (targets.acknowledge.high, 15),
            (targets.acknowledge.medium, 4 * 60),
            (targets.acknowledge.low, 12 * 60),
        ] {
            assert!(time <= Duration::from_secs(target * 60), "{time:?} is over the target");
        }
    }
}
