//! The support plan of an account.

use serde::{Deserialize, Serialize};

/// The account's support plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// None that has the API: every call is refused with SubscriptionRequiredException.
    None,
    /// Business Support+: severities up to `urgent`.
    Business,
    /// Enterprise or Unified Operations: all severities.
    #[default]
    Enterprise,
}
