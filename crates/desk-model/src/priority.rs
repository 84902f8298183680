//! ECO's incident priorities.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The priority of an incident (ECO user guide, "Incident priority").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Non-critical functions are impacted.
    Low,
    /// Available, but not performing as described.
    Medium,
    /// Critical functions are unavailable.
    High,
}
