//! Rows of the outbox that this program cannot read: of another version, or damaged on the disk. They are shown as stopped
//! and never sent or written; what is known of them is in the columns that were generated when they were sound.

use super::{OutboxEntry, OutboxId, OutboxKind, OutboxState};
use crate::{attachment::digests_in, catalogue::priority_of, settings::Settings};
use desk_model::{AccountId, CaseKey, Millis, Problem, ProblemCode, text::single_line};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

/// A row whose request or state cannot be read.
#[derive(Debug, Clone)]
pub(super) struct UnreadableEntry {
    pub(super) id: OutboxId,
    pub(super) account: AccountId,
    pub(super) case_key: CaseKey,
    pub(super) created_at: Millis,
    pub(super) kind: OutboxKind,
    /// The case's subject.
    pub(super) subject: String,
    pub(super) severity_code: Option<String>,
    /// Whether it may have been requested.
    pub(super) may_be_at_aws: bool,
    /// The request as it stands in the row.
    pub(super) request: String,
}

impl UnreadableEntry {
    /// Why it is not sent, and what to do.
    pub(super) fn problem(&self) -> Problem {
        let what = "ECO Desk cannot read this entry of the outbox: it is damaged, or of another version. It is not sent.";
        let next = if self.may_be_at_aws {
            "ECO may have it already. Look for it in AWS Support Center before you send its text anew and discard this entry."
        } else {
            "Copy its text from the incident, send that anew, and discard this entry."
        };
        Problem::new(ProblemCode::Internal, format!("{what} {next}"))
    }

    /// The names of the staged copies of its files, as far as they can be seen.
    pub(super) fn staged(&self) -> Vec<String> {
        digests_in(&self.request).map(str::to_owned).collect()
    }

    /// As the UI shows it.
    pub(super) fn shown(self, settings: &Settings) -> OutboxEntry {
        OutboxEntry {
            state: OutboxState::Stopped { problem: self.problem() },
            files: u32::try_from(self.staged().len()).unwrap_or(u32::MAX),
            bytes: 0,
            kind: self.kind,
            subject: single_line(&self.subject),
            priority: self.severity_code.map(|code| priority_of(&code, settings)),
            tries: 0,
            editable: true,
            discardable: true,
            may_be_with_eco: self.may_be_at_aws,
            sent_again: None,
            not_yet_with_eco: self.kind == OutboxKind::Report,
            id: self.id,
            account: self.account,
            case: self.case_key,
            created_at: self.created_at,
        }
    }
}

impl FromSql for OutboxKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "report" => Ok(Self::Report),
            "reply" => Ok(Self::Reply),
            "resolve" => Ok(Self::Resolve),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}
