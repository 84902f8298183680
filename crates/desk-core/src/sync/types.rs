//! The plain types of a sync.

use desk_model::{AccountId, Millis, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far the mirror of one account is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// The account.
    pub account: AccountId,
    /// Whether a sync is under way.
    pub running: bool,
    /// When one last came to its end; `None` before the first.
    pub synced_at: Option<Millis>,
    /// Why the last one did not.
    pub problem: Option<Problem>,
    /// What the last one had to leave out; everything else is up to date.
    pub gap: Option<Problem>,
}
