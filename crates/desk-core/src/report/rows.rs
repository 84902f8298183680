//! Drafts in desk.db.

use super::{Draft, DraftContent, DraftId, ReportContent};
use crate::{
    attachment::{DraftFile, FileId, FileState, Staged},
    delivery::entries,
    mirror::incident,
};
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::{Database, StoreError};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

/// A draft as it is kept, with its files.
#[derive(Debug, Clone)]
pub(crate) struct DraftRow {
    pub(crate) id: DraftId,
    pub(crate) case: Option<CaseKey>,
    pub(crate) content: DraftContent,
    pub(crate) files: Vec<DraftFile>,
    pub(crate) created_at: Millis,
    pub(crate) saved_at: Millis,
}

impl DraftRow {
    /// Whether nothing has been entered that would be a pity to lose. The one rule for it: such a draft is not listed,
    /// is used for the next report, and goes when its form is closed.
    pub(crate) fn is_blank(&self) -> bool {
        let entered = |text: &String| if text.trim().is_empty() { String::new() } else { text.clone() };
        let content = match &self.content {
            DraftContent::Report(report) => {
                let untouched = ReportContent {
                    // What is filled in beforehand, and where the user only looked, are no entries.
                    account: report.account.clone(),
                    step: report.step,
                    ..ReportContent::default()
                };
                let given = ReportContent {
                    subject: entered(&report.subject),
                    body: entered(&report.body),
                    ..report.clone()
                };
                given == untouched
            }
            DraftContent::Reply(reply) => reply.cc.is_empty() && reply.body.trim().is_empty(),
        };
        content && self.files.is_empty()
    }

    /// As the UI shows it.
    pub(super) fn shown(self, case: Option<&CaseHead>, problems: Vec<desk_model::Problem>) -> Draft {
        let (subject, account) = match &self.content {
            DraftContent::Report(report) => (report.subject.clone(), report.account.clone()),
            DraftContent::Reply(_) => (
                case.map(|case| case.subject.clone()).unwrap_or_default(),
                case.map(|case| case.account.clone()),
            ),
        };
        Draft {
            id: self.id,
            case: self.case,
            subject,
            account,
            content: self.content,
            files: self.files,
            problems,
            created_at: self.created_at,
            saved_at: self.saved_at,
        }
    }
}

/// What a reply has to know of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaseHead {
    pub(crate) account: AccountId,
    pub(crate) subject: String,
}

/// The case `key`, whether AWS knows it or it still waits in the outbox.
pub(crate) async fn case_head(cases: &Database, key: &CaseKey) -> Result<Option<CaseHead>, StoreError> {
    let key = key.clone();
    cases
        .read(move |sqlite| {
            if let Some(known) = incident::head(sqlite, &key)? {
                return Ok(Some(CaseHead { account: known.account, subject: known.subject }));
            }
            let reported = entries::report_request_of(sqlite, &key)?;
            Ok(reported.map(|(account, report)| CaseHead { account, subject: report.subject }))
        })
        .await
}

const COLUMNS: &str = "id, case_key, content, created_at, saved_at";

type Raw = (String, Option<String>, String, Millis, Millis);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn with_files(
    desk: &Connection,
    (id, case, content, created_at, saved_at): Raw,
) -> Result<DraftRow, StoreError> {
    Ok(DraftRow {
        files: files(desk, &id)?,
        id: DraftId(id),
        case: case.map(CaseKey),
        content: serde_json::from_str(&content)?,
        created_at,
        saved_at,
    })
}

pub(crate) fn get(desk: &Connection, id: &DraftId) -> Result<Option<DraftRow>, StoreError> {
    let row =
        desk.query_row(&format!("SELECT {COLUMNS} FROM draft WHERE id = ?1"), [&id.0], raw).optional()?;
    row.map(|row| with_files(desk, row)).transpose()
}

pub(crate) fn of_case(desk: &Connection, case: &CaseKey) -> Result<Option<DraftRow>, StoreError> {
    let row = desk
        .query_row(&format!("SELECT {COLUMNS} FROM draft WHERE case_key = ?1"), [&case.0], raw)
        .optional()?;
    row.map(|row| with_files(desk, row)).transpose()
}

/// The names of all drafts.
pub(crate) fn ids(desk: &Connection) -> Result<Vec<DraftId>, StoreError> {
    let mut statement = desk.prepare("SELECT id FROM draft")?;
    Ok(statement.query_map([], |row| row.get(0).map(DraftId))?.collect::<rusqlite::Result<_>>()?)
}

/// All drafts, last saved first.
pub(super) fn all(desk: &Connection) -> Result<Vec<DraftRow>, StoreError> {
    let mut statement = desk.prepare(&format!("SELECT {COLUMNS} FROM draft ORDER BY saved_at DESC, id"))?;
    let rows = statement.query_map([], raw)?.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter().map(|row| with_files(desk, row)).collect()
}

pub(crate) fn insert(desk: &Transaction<'_>, draft: &DraftRow) -> Result<(), StoreError> {
    desk.execute(
        "INSERT INTO draft (id, case_key, content, created_at, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        rusqlite::params![
            draft.id.0,
            draft.case.as_ref().map(|key| &key.0),
            serde_json::to_string(&draft.content)?,
            draft.created_at,
            draft.saved_at
        ],
    )?;
    Ok(())
}

/// Deletes a draft and answers the names of the staged copies that its files had.
pub(crate) fn delete(desk: &Transaction<'_>, id: &DraftId) -> Result<Vec<String>, StoreError> {
    let mut statement =
        desk.prepare("SELECT sha256 FROM draft_file WHERE draft = ?1 AND sha256 IS NOT NULL")?;
    let staged = statement.query_map([&id.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    desk.execute("DELETE FROM draft WHERE id = ?1", [&id.0])?;
    Ok(staged)
}

/// The staged copies of a draft's files, in the order they were added.
pub(super) fn staged(desk: &Connection, id: &DraftId) -> Result<Vec<Staged>, StoreError> {
    let mut statement = desk.prepare_cached(
        "SELECT name, size, sha256 FROM draft_file WHERE draft = ?1 AND sha256 IS NOT NULL ORDER BY position",
    )?;
    let staged = |row: &Row<'_>| {
        Ok(Staged { name: row.get(0)?, size: row.get::<_, i64>(1)?.unsigned_abs(), sha256: row.get(2)? })
    };
    Ok(statement.query_map([&id.0], staged)?.collect::<rusqlite::Result<_>>()?)
}

/// Adds files of which there are staged copies to a draft.
pub(crate) fn insert_files(desk: &Transaction<'_>, id: &DraftId, files: &[Staged]) -> Result<(), StoreError> {
    let mut statement = desk.prepare_cached(
        "INSERT INTO draft_file (id, draft, position, name, size, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (file, position) in files.iter().zip(1_i64..) {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        let name = uuid::Uuid::new_v4().to_string();
        statement.execute(rusqlite::params![name, id.0, position, file.name, size, file.sha256])?;
    }
    Ok(())
}

/// The files of a draft, in the order they were added.
pub(crate) fn files(desk: &Connection, draft: &str) -> Result<Vec<DraftFile>, StoreError> {
    let mut statement = desk.prepare_cached(
        "SELECT id, name, size, problem FROM draft_file WHERE draft = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([draft])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let problem: Option<String> = row.get(3)?;
        files.push(DraftFile {
            id: FileId(row.get(0)?),
            name: row.get(1)?,
            size: row.get::<_, i64>(2)?.unsigned_abs(),
            state: match problem {
                None => FileState::Ready,
                Some(json) => FileState::Refused { problem: serde_json::from_str(&json)? },
            },
        });
    }
    Ok(files)
}

/// Deletes the reply that was begun in a case.
pub(crate) fn forget_reply(desk: &Transaction<'_>, case: &CaseKey) -> Result<(), StoreError> {
    desk.prepare_cached("DELETE FROM draft WHERE case_key = ?1")?.execute([&case.0])?;
    Ok(())
}

/// Takes an account that goes out of the reports that were begun for it: they wait for another one.
pub(crate) fn without_account(desk: &Transaction<'_>, account: &AccountId) -> Result<(), StoreError> {
    desk.execute(
        "UPDATE draft SET content = json_set(content, '$.content.account', NULL)
         WHERE case_key IS NULL AND json_extract(content, '$.content.account') = ?1",
        [&account.0],
    )?;
    Ok(())
}

/// Lets the reply that was begun in a case follow to its new key, unless that has its own.
pub(crate) fn rekey_reply(desk: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    desk.execute("UPDATE OR IGNORE draft SET case_key = ?2 WHERE case_key = ?1", [&from.0, &to.0])?;
    Ok(())
}
