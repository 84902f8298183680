//! What monitoring has seen, and what ECO has found it to be.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::DisplayId;

/// Something that monitoring has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonitoringEvent {
    /// Counted from 1.
    pub id: u64,
    /// Which of the scenario's alarms.
    pub alarm: String,
    /// What is measured.
    pub metric: String,
    /// What was measured.
    pub value: u64,
    /// From where on it is an alarm.
    pub threshold: u64,
    /// When.
    pub at: Timestamp,
    /// What has become of it.
    pub state: EventState,
}

/// What has become of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum EventState {
    /// Nothing: it is below the threshold.
    BelowThreshold,
    /// An alarm, which ECO looks into until then.
    Alarm {
        /// When ECO will have found out; nothing when an operator has to say.
        until: Option<Timestamp>,
    },
    /// ECO knows what it is.
    Found {
        /// What it is.
        found: Found,
        /// When ECO knew.
        at: Timestamp,
        /// The case that was opened for it.
        case: Option<DisplayId>,
    },
}

/// What ECO finds an alarm to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// Nothing that the customer is touched by; no case.
    NonImpacting,
    /// An incident; ECO opens a case.
    Incident,
    /// The cause of incidents; ECO opens a case.
    Problem,
}

impl Found {
    /// All of them.
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
