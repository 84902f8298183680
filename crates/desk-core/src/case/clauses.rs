//! From a [`CaseQuery`] to the condition and order of a query. What a user typed is only ever a bound value.

use super::{
    CaseQuery, CaseSort, CaseView, Reporter,
    rows::{GROUP, OPEN, RANK, RECENTLY_RESOLVED, WAITS_FOR_YOU, due, late},
};
use crate::{delivery::entries, mirror::search};
use desk_model::{CaseKey, DAY, Millis, Priority};
use desk_store::StoreError;
use rusqlite::{Connection, types::Value};

/// The condition that holds for every case.
const EVERYTHING: &str = "true";

/// The condition of a query with its values.
#[derive(Debug)]
pub(super) struct Clauses {
    clauses: Vec<String>,
    values: Vec<Value>,
    order: String,
}

impl Clauses {
    /// What `query` asks for; `base` are the values that come first. Runs on a connection that sees `desk`.
    pub(super) fn of(
        sqlite: &Connection,
        query: &CaseQuery,
        base: Vec<Value>,
        now: Millis,
    ) -> Result<Self, StoreError> {
        let mut made = Self { clauses: vec![view(query.view)], values: base, order: order(query) };
        if !query.accounts.is_empty() {
            made.any_of("account", &query.accounts)?;
        }
        if !query.statuses.is_empty() {
            made.any_of("status", &query.statuses)?;
        }
        if !query.reporters.is_empty() {
            let names: Vec<&str> = query.reporters.iter().copied().map(reporter).collect();
            made.any_of("reporter", &names)?;
        }
        if !query.priorities.is_empty() {
            let ranks: Vec<u8> = query.priorities.iter().copied().map(rank).collect();
            made.any_of(RANK, &ranks)?;
        }
        if query.with_attachment {
            made.clauses.push("attachments > 0".to_owned());
        }
        if let Some(after) = query.updated_after {
            let place = made.bind(Value::Integer(after));
            made.clauses.push(format!("updated_at >= {place}"));
        }
        for word in words(&query.text) {
            let unlisted = entries::cases_saying(sqlite, word, now - DAY)?;
            made.has_word(word, &unlisted)?;
        }
        Ok(made)
    }

    pub(super) fn condition(&self) -> String {
        self.clauses.join(" AND ")
    }

    /// Whether anything is left out of the whole list.
    pub(super) fn narrows(&self) -> bool {
        self.clauses.iter().any(|clause| clause != EVERYTHING)
    }

    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    pub(super) fn order(&self) -> &str {
        &self.order
    }

    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    fn any_of(&mut self, expression: &str, values: &[impl serde::Serialize]) -> Result<(), StoreError> {
        let place = self.bind(Value::Text(serde_json::to_string(values)?));
        self.clauses.push(format!("{expression} IN (SELECT value FROM json_each({place}))"));
        Ok(())
    }

    /// The word occurs somewhere in the case: in the mirror by its index, or in what only the outbox has.
    fn has_word(&mut self, word: &str, in_outbox: &[CaseKey]) -> Result<(), StoreError> {
        let indexed = self.bind(Value::Text(prefix_match(word)));
        let rows = search::rows_matching(&indexed);
        let keys = self.bind(Value::Text(serde_json::to_string(in_outbox)?));
        self.clauses.push(format!("(row IN ({rows}) OR key IN (SELECT value FROM json_each({keys})))"));
        Ok(())
    }
}

fn view(view: CaseView) -> String {
    match view {
        CaseView::All => EVERYTHING.to_owned(),
        CaseView::NeedsMyReply => WAITS_FOR_YOU.to_owned(),
        CaseView::Open => OPEN.to_owned(),
        CaseView::HighPriority => format!("({OPEN} AND {RANK} = 2)"),
        CaseView::ResponseLate => late(),
        CaseView::Unread => "unread".to_owned(),
        CaseView::ReportedByEco => "reporter = 'eco'".to_owned(),
        CaseView::RecentlyResolved => RECENTLY_RESOLVED.clone(),
    }
}

fn order(query: &CaseQuery) -> String {
    // Since when somebody has had to act: the earliest time is the longest wait.
    let descending = query.descending != (query.sort == CaseSort::Waiting);
    let direction = if descending { "DESC" } else { "ASC" };
    let by = match query.sort {
        CaseSort::Number => "CAST(display_id AS INTEGER)".to_owned(),
        CaseSort::Subject => "subject COLLATE NOCASE".to_owned(),
        CaseSort::Priority => RANK.to_owned(),
        CaseSort::Status => "CASE status WHEN 'unassigned' THEN 0 WHEN 'opened' THEN 1 WHEN 'reopened' THEN 2
                 WHEN 'work-in-progress' THEN 3 WHEN 'customer-action-completed' THEN 4
                 WHEN 'pending-customer-action' THEN 5 WHEN 'resolved' THEN 7 ELSE 6 END"
            .to_owned(),
        CaseSort::Created => "created_at".to_owned(),
        CaseSort::Updated => "updated_at".to_owned(),
        CaseSort::Waiting => "waiting_since".to_owned(),
        CaseSort::ResponseDue => due(),
    };
    // Of one priority, who has waited longest comes first; of the resolved ones, the latest.
    let then = if query.sort == CaseSort::Priority {
        format!("CASE {GROUP} WHEN 3 THEN -waiting_since ELSE waiting_since END")
    } else {
        "updated_at DESC".to_owned()
    };
    let group = if query.grouped { format!("{GROUP}, ") } else { String::new() };
    // A case without a number yet comes last either way; the key makes pages that do not overlap.
    format!("{group}{by} {direction} NULLS LAST, {then}, key")
}

fn reporter(reporter: Reporter) -> &'static str {
    match reporter {
        Reporter::Me => "me",
        Reporter::Colleague => "colleague",
        Reporter::Eco => "eco",
    }
}

fn rank(priority: Priority) -> u8 {
    match priority {
        Priority::Low => 0,
        Priority::Medium => 1,
        Priority::High => 2,
    }
}

/// The words of what a user typed that the index can know: those with a letter or a digit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| symbol.is_whitespace() || symbol.is_control())
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// An FTS5 query for words that begin like `word`. Quoted, so that no operator in it is one.
fn prefix_match(word: &str) -> String {
    format!("\"{}\"*", word.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_the_index() {
        assert_eq!(words(" a  *** b-c\t\u{0}d ").collect::<Vec<_>>(), ["a", "b-c", "d"]);
        assert_eq!(prefix_match("say\"AND\"x"), "\"say\"\"AND\"\"x\"*");
    }
}
