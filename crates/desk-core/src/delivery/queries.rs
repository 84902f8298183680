//! What other rooms read of the outbox and of the links to cases that began here.
//!
//! All of it runs on a connection that sees `desk.db`: a reading one of `cases.db` has it attached.

use super::{OutboxId, OutboxState, Payload, Request, entries};
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};
use serde::Serialize;

/// A message that has a text: a report or a reply, delivered or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SentMessage {
    pub(crate) id: OutboxId,
    pub(crate) account: AccountId,
    pub(crate) case: CaseKey,
    /// Whether it is the report that begins its case.
    pub(crate) is_report: bool,
    pub(crate) subject: String,
    /// The whole text with its reference line.
    pub(crate) body: String,
    pub(crate) reference: Option<String>,
    pub(crate) created_at: Millis,
    /// When AWS is known to have it.
    pub(crate) done_at: Option<Millis>,
    /// AWS's time of the last request.
    pub(crate) requested_at: Option<Millis>,
}

const MESSAGES: &str =
    "SELECT id, account, case_key, kind = 'report', subject, body, reference, created_at, done_at,
        json_extract(payload, '$.progress.requestedAt')
    FROM outbox WHERE body IS NOT NULL AND kind IN ('report', 'reply')";

fn message(row: &Row<'_>) -> rusqlite::Result<SentMessage> {
    Ok(SentMessage {
        id: OutboxId(row.get(0)?),
        account: AccountId(row.get(1)?),
        case: CaseKey(row.get(2)?),
        is_report: row.get(3)?,
        subject: row.get(4)?,
        body: row.get(5)?,
        reference: row.get(6)?,
        created_at: row.get(7)?,
        done_at: row.get(8)?,
        requested_at: row.get(9)?,
    })
}

/// The message with this reference.
pub(crate) fn message_with(desk: &Connection, reference: &str) -> Result<Option<SentMessage>, StoreError> {
    let mut select = desk.prepare_cached(&format!("{MESSAGES} AND reference = ?1"))?;
    Ok(select.query_row([reference], message).optional()?)
}

/// The messages of a case, in the order of sending.
pub(crate) fn messages_of(desk: &Connection, case: &CaseKey) -> Result<Vec<SentMessage>, StoreError> {
    let mut select = desk.prepare_cached(&format!("{MESSAGES} AND case_key = ?1 ORDER BY position"))?;
    let messages = select.query_map([&case.0], message)?;
    Ok(messages.collect::<Result<_, _>>()?)
}

/// The messages that AWS has taken since `since`, in the order of sending.
pub(crate) fn delivered_since(desk: &Connection, since: Millis) -> Result<Vec<SentMessage>, StoreError> {
    let mut select = desk.prepare_cached(&format!("{MESSAGES} AND done_at > ?1 ORDER BY position"))?;
    let messages = select.query_map([since], message)?;
    Ok(messages.collect::<Result<_, _>>()?)
}

/// Names and sizes of the files of an entry, in their order.
pub(crate) fn files_of(desk: &Connection, id: &OutboxId) -> Result<Vec<(String, u64)>, StoreError> {
    Ok(entries::files(desk, id)?.into_iter().map(|file| (file.name, file.size)).collect())
}

/// A report as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SentReport {
    case: CaseKey,
    account: AccountId,
    subject: String,
    severity: Option<String>,
    created_at: Millis,
    done_at: Option<Millis>,
    files: u32,
}

const REPORTS: &str = "SELECT case_key, account, subject, severity, created_at, done_at,
        (SELECT count(*) FROM outbox_file f WHERE f.outbox = o.id)
    FROM outbox o WHERE kind = 'report'";

fn report(row: &Row<'_>) -> rusqlite::Result<SentReport> {
    Ok(SentReport {
        case: CaseKey(row.get(0)?),
        account: AccountId(row.get(1)?),
        subject: row.get(2)?,
        severity: row.get(3)?,
        created_at: row.get(4)?,
        done_at: row.get(5)?,
        files: row.get(6)?,
    })
}

/// Every report, delivered or not.
pub(crate) fn reports(desk: &Connection) -> Result<Vec<SentReport>, StoreError> {
    let mut select = desk.prepare_cached(REPORTS)?;
    let reports = select.query_map([], report)?;
    Ok(reports.collect::<Result<_, _>>()?)
}

/// The report of a case that began here.
pub(crate) fn report_of(desk: &Connection, case: &CaseKey) -> Result<Option<SentReport>, StoreError> {
    let mut select = desk.prepare_cached(&format!("{REPORTS} AND case_key = ?1"))?;
    Ok(select.query_row([&case.0], report).optional()?)
}

/// The cases in which a subject or a text that is not delivered yet, or was since `since`, has `word` in it.
pub(crate) fn cases_saying(desk: &Connection, word: &str, since: Millis) -> Result<Vec<CaseKey>, StoreError> {
    let mut select = desk.prepare_cached(
        "SELECT DISTINCT case_key FROM outbox
         WHERE (done_at IS NULL OR done_at > ?2) AND (subject LIKE ?1 ESCAPE '\\' OR body LIKE ?1 ESCAPE '\\')",
    )?;
    let cases =
        select.query_map(rusqlite::params![containing(word), since], |row| Ok(CaseKey(row.get(0)?)))?;
    Ok(cases.collect::<Result<_, _>>()?)
}

/// What the report of a case asks AWS for.
pub(crate) fn request_of(desk: &Connection, case: &CaseKey) -> Result<Option<Request>, StoreError> {
    let select = "SELECT payload FROM outbox WHERE case_key = ?1 AND kind = 'report'";
    let payload: Option<String> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?;
    let payload: Option<Payload> = payload.map(|json| serde_json::from_str(&json)).transpose()?;
    Ok(payload.map(|payload| payload.request))
}

/// The state of the first entry of a case that is not delivered.
pub(crate) fn next_state_of(desk: &Connection, case: &CaseKey) -> Result<Option<OutboxState>, StoreError> {
    let select = "SELECT state FROM outbox WHERE case_key = ?1 AND done_at IS NULL ORDER BY position LIMIT 1";
    let state: Option<String> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?;
    Ok(state.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// The key of a case that began here, by AWS's id of it without its varying infix.
pub(crate) fn linked(
    desk: &Connection,
    account: &AccountId,
    canonical_id: &str,
) -> Result<Option<CaseKey>, StoreError> {
    let select = "SELECT case_key FROM case_link WHERE account = ?1 AND canonical_id = ?2";
    let key = desk.prepare_cached(select)?.query_row([&account.0, canonical_id], |row| row.get(0));
    Ok(key.optional()?.map(CaseKey))
}

/// The cases of an account that something was sent to, or that began here.
pub(crate) fn cases_of(desk: &Connection, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let mut select = desk.prepare(
        "SELECT case_key FROM outbox WHERE account = ?1 UNION SELECT case_key FROM case_link WHERE account = ?1",
    )?;
    let keys = select.query_map([&account.0], |row| Ok(CaseKey(row.get(0)?)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// Whether anything still has to be delivered with an account.
pub(crate) fn has_undelivered(desk: &Connection, account: &AccountId) -> Result<bool, StoreError> {
    let select = "SELECT 1 FROM outbox WHERE account = ?1 AND done_at IS NULL";
    Ok(desk.prepare(select)?.exists([&account.0])?)
}

/// Deletes what was sent with an account.
pub(crate) fn forget_account(desk: &Transaction<'_>, account: &AccountId) -> Result<(), StoreError> {
    desk.execute("DELETE FROM outbox WHERE account = ?1", [&account.0])?;
    Ok(())
}

/// A LIKE pattern for texts that contain `word`.
fn containing(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_no_pattern() {
        assert_eq!(containing("100%_\\"), "%100\\%\\_\\\\%");
    }
}
