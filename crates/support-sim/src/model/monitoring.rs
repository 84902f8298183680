//! Monitoring events, and ECO's findings on them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::DisplayId;

/// An event: a value of a metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonitoringEvent {
    /// The id, counted from 1.
    pub id: u64,
    /// The name of the scenario's alarm.
    pub alarm: String,
    /// The metric.
    pub metric: String,
    /// The measured value.
    pub value: u64,
    /// The threshold from which on it is an alarm.
    pub threshold: u64,
    /// When it was measured.
    pub at: Timestamp,
    /// The state.
    pub state: EventState,
}

/// The state of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum EventState {
    /// Below the threshold: not an alarm.
    BelowThreshold,
    /// An alarm that ECO investigates.
    Alarm {
        /// When ECO will have a finding; `None` if an operator has to enter it.
        until: Option<Timestamp>,
    },
    /// ECO has a finding.
    Found {
        /// The finding.
        found: Finding,
        /// When ECO had the finding.
        at: Timestamp,
        /// The case that was opened for it.
        case: Option<DisplayId>,
    },
}

/// ECO's finding on an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// The customer is not affected; no case is opened.
    NonImpacting,
    /// An incident; ECO opens a case.
    Incident,
    /// The cause of incidents; ECO opens a case.
    Problem,
}

impl Finding {
    /// All findings.
    pub const ALL: [Self; 3] = [Self::NonImpacting, Self::Incident, Self::Problem];

    /// The word in files and in the control API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NonImpacting => "non-impacting",
            Self::Incident => "incident",
            Self::Problem => "problem",
        }
    }
}
