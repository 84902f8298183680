//! The plain types of events and notifications.

use crate::mirror::EventKind;
use desk_model::{
    AccountId, CaseKey, Millis,
    text::{multi_line, single_line},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest title, in characters: a subject may have thousands, and no system shows more of it.
const TITLE: usize = 120;

/// News of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Grows with each event on this computer.
    pub id: i64,
    /// When this computer learned of it.
    pub at: Millis,
    /// In which account.
    pub account: AccountId,
    /// In which case.
    pub case: CaseKey,
    /// The case's subject at that time.
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
    /// A notification. Title and body may hold text from outside, so both are cleaned, and the title is shortened.
    #[must_use]
    pub fn new(case: Option<CaseKey>, title: &str, body: &str) -> Self {
        Self { case, title: shortened(&single_line(title), TITLE), body: multi_line(body) }
    }
}

impl Notification {
    /// Adds a line with the account's name and the priority.
    pub(super) fn say_where(&mut self, account: Option<&str>, priority: &str) {
        let line: Vec<String> =
            account.map(single_line).into_iter().chain([format!("{priority} priority")]).collect();
        let line = line.join(" · ");
        self.body = if self.body.is_empty() { line } else { format!("{}\n{line}", self.body) };
    }
}

/// The beginning of `text`, with an ellipsis where it has more than `most` characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
