//! The plain types of events and notifications.

use desk_model::{
    AccountId, CaseKey, Millis,
    text::{multi_line, single_line},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What has happened in a case: the rows of the mirror's `event` table.
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

/// A row of the event table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Grows with each event of a mirror file.
    pub id: i64,
    /// When this computer learned of it.
    pub at: Millis,
    /// In which account.
    pub account: AccountId,
    /// In which case.
    pub case: CaseKey,
    /// The case's subject.
    pub subject: String,
    /// What happened.
    pub event: EventKind,
}

/// What is shown to a person. A click opens the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// The case that a click opens; `None` where several are summed up.
    pub case: Option<CaseKey>,
    /// The first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

impl Notification {
    /// A notification. Title and body may hold text from outside, so both are cleaned.
    #[must_use]
    pub fn new(case: Option<CaseKey>, title: &str, body: &str) -> Self {
        Self { case, title: single_line(title), body: multi_line(body) }
    }
}
