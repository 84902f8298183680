//! The plain types of what AWS has of a case.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a case stands, as the Support API says; an open set, so an unknown one is shown as it came.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct CaseStatus(pub String);

impl CaseStatus {
    /// Nobody at ECO has taken it yet.
    pub const UNASSIGNED: &str = "unassigned";
    /// ECO waits for the customer.
    pub const PENDING_CUSTOMER: &str = "pending-customer-action";
    /// Done.
    pub const RESOLVED: &str = "resolved";

    /// Whether the case is resolved.
    #[must_use]
    pub fn is_resolved(&self) -> bool {
        self.0 == Self::RESOLVED
    }
}

/// Who has to act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Waiting {
    /// ECO waits for the customer.
    You,
    /// The customer waits for ECO.
    Eco,
    /// Nobody: resolved.
    Nobody,
}

/// What has happened in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind", rename_all_fields = "camelCase")]
pub enum EventKind {
    /// ECO or a colleague opened a case that this computer did not know.
    CaseOpened {
        /// Whether ECO did.
        by_eco: bool,
    },
    /// Somebody wrote.
    Message {
        /// Whether ECO did.
        by_eco: bool,
        /// The beginning of the text, at most 200 characters.
        excerpt: String,
    },
    /// The status changed.
    Status {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
    /// ECO moved it to another service (an incident became a service request, say).
    Reclassified {
        /// The service code before.
        from: String,
        /// Now.
        to: String,
    },
}
