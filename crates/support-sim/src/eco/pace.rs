//! How long ECO takes for each of its steps.

use std::time::Duration;

use crate::catalog::Severity;

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
    /// The same for all.
    #[must_use]
    pub fn all(time: Duration) -> Self {
        Self { high: time, medium: time, low: time }
    }

    pub(crate) fn of(&self, severity: Severity) -> Duration {
        match severity {
            Severity::Urgent | Severity::Critical => self.high,
            Severity::High => self.medium,
            Severity::Low | Severity::Normal => self.low,
        }
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
        Self {
            acknowledge: ByPriority {
                high: Duration::from_secs(3),
                medium: Duration::from_secs(4),
                low: Duration::from_secs(5),
            },
            ask: Duration::from_secs(8),
            answer: Duration::from_secs(6),
            fix: Duration::from_secs(12),
            own_incident_first: Some(Duration::from_secs(60)),
            own_incident_every: Some(Duration::from_secs(1800)),
        }
    }

    /// As promised: within 15 minutes, 4 hours and 12 hours by priority.
    #[must_use]
    pub fn targets() -> Self {
        const MINUTE: u64 = 60;
        Self {
            acknowledge: ByPriority {
                high: Duration::from_secs(8 * MINUTE),
                medium: Duration::from_secs(95 * MINUTE),
                low: Duration::from_secs(5 * 60 * MINUTE),
            },
            ask: Duration::from_secs(25 * MINUTE),
            answer: Duration::from_secs(30 * MINUTE),
            fix: Duration::from_secs(150 * MINUTE),
            own_incident_first: Some(Duration::from_secs(6 * 60 * MINUTE)),
            own_incident_every: Some(Duration::from_secs(3 * 24 * 60 * MINUTE)),
        }
    }

    /// No pace: ECO keeps silent. For [`crate::SimBuilder::pace`].
    #[must_use]
    pub fn off() -> Option<Self> {
        None
    }
}
