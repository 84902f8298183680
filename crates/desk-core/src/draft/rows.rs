//! Drafts in desk.db: the table `draft`.

use super::{DraftContent, DraftFile, DraftId, ReportContent, files, unreadable};
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::{StoreError, lossy_text};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

/// A draft as it is kept, with its files.
#[derive(Debug, Clone)]
pub(crate) struct DraftRow {
    pub(crate) id: DraftId,
    pub(crate) case: Option<CaseKey>,
    /// What was entered; where the row cannot be read, as much of its text as can be seen.
    pub(crate) content: DraftContent,
    /// Whether the row cannot be read: it is damaged, or of another version. It is kept as it is.
    pub(crate) is_unreadable: bool,
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
        content && self.files.is_empty() && !self.is_unreadable
    }
}

const COLUMNS: &str = "id, case_key, content, created_at, saved_at";

type Raw = (String, Option<String>, String, Millis, Millis);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, lossy_text(row, 2)?, row.get(3)?, row.get(4)?))
}

fn with_files(
    desk: &Connection,
    (id, case, content, created_at, saved_at): Raw,
) -> Result<DraftRow, StoreError> {
    let id = DraftId(id);
    let read = serde_json::from_str(&content).ok();
    Ok(DraftRow {
        files: files::of(desk, &id)?,
        id,
        is_unreadable: read.is_none(),
        content: read.unwrap_or_else(|| unreadable::content(&content, case.is_some())),
        case: case.map(CaseKey),
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
pub(crate) fn all(desk: &Connection) -> Result<Vec<DraftRow>, StoreError> {
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
    let staged = files::staged(desk, id)?.into_iter().map(|file| file.sha256).collect();
    desk.execute("DELETE FROM draft WHERE id = ?1", [&id.0])?;
    Ok(staged)
}

/// Takes the reply of a case out of it, so that another can be begun there: this one cannot be read.
pub(crate) fn detach(desk: &Transaction<'_>, id: &DraftId) -> Result<(), StoreError> {
    desk.execute("UPDATE draft SET case_key = NULL WHERE id = ?1", [&id.0])?;
    Ok(())
}

/// Saves what was entered in a draft that is there.
pub(crate) fn update(
    desk: &Transaction<'_>,
    id: &DraftId,
    content: &DraftContent,
    now: Millis,
) -> Result<(), StoreError> {
    desk.prepare_cached("UPDATE draft SET content = ?2, saved_at = ?3 WHERE id = ?1")?
        .execute(rusqlite::params![id.0, serde_json::to_string(content)?, now])?;
    Ok(())
}

/// Notes that a draft was changed just now; answers whether it is there.
pub(crate) fn touch(desk: &Transaction<'_>, id: &DraftId, now: Millis) -> Result<bool, StoreError> {
    Ok(desk.execute("UPDATE draft SET saved_at = ?2 WHERE id = ?1", rusqlite::params![id.0, now])? > 0)
}

/// The accounts that drafts of reports are for, the one of the draft saved last first.
pub(crate) fn accounts_chosen(desk: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut select = desk.prepare_cached(
        "SELECT iif(json_valid(content), content ->> '$.content.account', NULL) AS chosen FROM draft WHERE chosen IS NOT NULL
         GROUP BY chosen ORDER BY max(saved_at) DESC",
    )?;
    let accounts = select.query_map([], |row| Ok(AccountId(row.get(0)?)))?;
    Ok(accounts.collect::<Result<_, _>>()?)
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
         WHERE case_key IS NULL AND iif(json_valid(content), content ->> '$.content.account', NULL) = ?1",
        [&account.0],
    )?;
    Ok(())
}

/// Lets the reply that was begun in a case follow to its new key, unless that has its own.
pub(crate) fn rekey_reply(desk: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    desk.execute("UPDATE OR IGNORE draft SET case_key = ?2 WHERE case_key = ?1", [&from.0, &to.0])?;
    Ok(())
}
