//! Entries of the outbox in desk.db: all SQL on its table. What takes a `Connection` runs on one that sees `desk.db`: a
//! reading one of `cases.db` has it attached.
//!
//! The columns `kind`, `subject`, `severity`, `body`, `requested_at`, `done_at` and the view `outbox_file` are
//! generated from `request` and `state`, for queries that join the outbox with something else.

use super::{OutboxId, OutboxState, ReportRequest, Request, State};
use desk_model::{AccountId, CaseKey, Millis, Problem, Reference};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use serde::Serialize;
use std::collections::HashSet;

/// An entry that is not delivered yet.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its place in the order of sending within its case; grows with each entry of this database.
    pub(super) position: i64,
    pub(super) id: OutboxId,
    pub(super) account: AccountId,
    pub(super) case_key: CaseKey,
    pub(super) created_at: Millis,
    pub(super) request: Request,
    pub(super) state: State,
}

impl Entry {
    /// The reference in its text.
    pub(super) fn reference(&self) -> Reference {
        Reference::of(&self.id.0)
    }

    /// Its state as the UI shows it.
    pub(super) fn shown_state(&self) -> OutboxState {
        self.state.shown(!self.request.files().is_empty())
    }
}

/// Puts a request for a case into the outbox, under a name of its own that its reference is made of.
pub(crate) fn insert(
    desk: &Transaction<'_>,
    id: &OutboxId,
    account: &AccountId,
    case_key: &CaseKey,
    request: &Request,
    now: Millis,
) -> Result<(), StoreError> {
    let reference = request.text().map(|_| Reference::of(&id.0).to_string());
    desk.execute(
        "INSERT INTO outbox (id, account, case_key, reference, created_at, request, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id.0,
            account.0,
            case_key.0,
            reference,
            now,
            serde_json::to_string(request)?,
            serde_json::to_string(&State::new())?
        ],
    )?;
    Ok(())
}

const COLUMNS: &str = "position, id, account, case_key, created_at, request, state";

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        position: row.get(0)?,
        id: OutboxId(row.get(1)?),
        account: AccountId(row.get(2)?),
        case_key: CaseKey(row.get(3)?),
        created_at: row.get(4)?,
        request: serde_json::from_str(&row.get::<_, String>(5)?)?,
        state: serde_json::from_str(&row.get::<_, String>(6)?)?,
    })
}

/// All undelivered entries in the order of sending: reports first, because everything else of their case waits for
/// them and because they are what is most urgent; then as they came.
pub(super) fn open(desk: &Connection) -> Result<Vec<Entry>, StoreError> {
    let mut statement = desk.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE done_at IS NULL ORDER BY kind <> 'report', position"
    ))?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

/// Of [`open`], the entries that wait for no other: the next of each case. What an entry depends on is everything of
/// its case that comes before it; another kind of dependency (a message's on its uploads, say) would be judged here
/// too.
pub(super) fn next_per_case(open: Vec<Entry>) -> Vec<Entry> {
    let mut seen = HashSet::new();
    open.into_iter().filter(|entry| seen.insert((entry.account.clone(), entry.case_key.clone()))).collect()
}

/// An undelivered entry.
pub(super) fn get(desk: &Connection, id: &OutboxId) -> Result<Option<Entry>, StoreError> {
    let mut statement =
        desk.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1 AND done_at IS NULL"))?;
    let mut rows = statement.query([&id.0])?;
    rows.next()?.map(entry).transpose()
}

/// Writes what changes while an entry is being sent.
pub(super) fn update(desk: &Transaction<'_>, entry: &Entry) -> Result<(), StoreError> {
    desk.prepare_cached("UPDATE outbox SET request = ?2, state = ?3 WHERE id = ?1 AND done_at IS NULL")?
        .execute(params![
            entry.id.0,
            serde_json::to_string(&entry.request)?,
            serde_json::to_string(&entry.state)?
        ])?;
    Ok(())
}

/// Lets what was sent from here in a case follow the case to another key.
pub(crate) fn rekey(desk: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    desk.execute("UPDATE outbox SET case_key = ?2 WHERE case_key = ?1", [&from.0, &to.0])?;
    Ok(())
}

/// Takes an entry out, as if it had never been put in.
pub(super) fn delete(desk: &Transaction<'_>, id: &OutboxId) -> Result<(), StoreError> {
    desk.execute("DELETE FROM outbox WHERE id = ?1", [&id.0])?;
    Ok(())
}

/// The position of the newest entry that is not delivered; 0 where there is none.
pub(super) fn newest_position(desk: &Connection) -> Result<i64, StoreError> {
    let select = "SELECT coalesce(max(position), 0) FROM outbox WHERE done_at IS NULL";
    Ok(desk.query_row(select, [], |row| row.get(0))?)
}

/// Whether anything else undelivered belongs to the case of `entry`.
pub(super) fn others_wait(desk: &Connection, entry: &Entry) -> Result<bool, StoreError> {
    let select = "SELECT 1 FROM outbox WHERE case_key = ?1 AND id <> ?2 AND done_at IS NULL LIMIT 1";
    Ok(desk.prepare_cached(select)?.exists([&entry.case_key.0, &entry.id.0])?)
}

/// Whether what is undelivered of a case ends with its resolution: a reply behind that would reopen it.
pub(super) fn ends_resolved(desk: &Connection, case: &CaseKey) -> Result<bool, StoreError> {
    let select = "SELECT kind = 'resolve' FROM outbox WHERE case_key = ?1 AND done_at IS NULL
                  ORDER BY position DESC LIMIT 1";
    let last: Option<bool> = desk.query_row(select, [&case.0], |row| row.get(0)).optional()?;
    Ok(last == Some(true))
}

/// The case of an entry, delivered or not.
pub(crate) fn case_of(desk: &Connection, id: &OutboxId) -> Result<Option<CaseKey>, StoreError> {
    let select = "SELECT case_key FROM outbox WHERE id = ?1";
    Ok(desk.query_row(select, [&id.0], |row| row.get(0).map(CaseKey)).optional()?)
}

/// The report that a case began with here, delivered or not, and the account it is for. Runs on any connection that
/// sees `desk.db`.
pub(crate) fn report_request_of(
    desk: &Connection,
    case: &CaseKey,
) -> Result<Option<(AccountId, Box<ReportRequest>)>, StoreError> {
    let select = "SELECT account, request FROM outbox WHERE case_key = ?1 AND kind = 'report'";
    let found: Option<(String, String)> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((account, request)) = found else { return Ok(None) };
    Ok(match serde_json::from_str(&request)? {
        Request::Report(report) => Some((AccountId(account), report)),
        Request::Reply(_) | Request::Resolve(_) => None,
    })
}

/// Why the first undelivered entry of a case does not get through.
pub(crate) fn problem_of(desk: &Connection, case: &CaseKey) -> Result<Option<Problem>, StoreError> {
    let select = "SELECT state FROM outbox WHERE case_key = ?1 AND done_at IS NULL ORDER BY position LIMIT 1";
    let state: Option<String> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?;
    Ok(match state.map(|state| serde_json::from_str(&state)).transpose()? {
        Some(State::Waiting { problem, .. } | State::Stopped { problem, .. }) => Some(problem),
        Some(
            State::Queued { .. }
            | State::Preparing { .. }
            | State::Requested { .. }
            | State::Reconciling { .. }
            | State::Done { .. },
        )
        | None => None,
    })
}

/// Why the entry `id` is stopped, where it is.
pub(crate) fn stopped_for(desk: &Connection, id: &OutboxId) -> Result<Option<Problem>, StoreError> {
    let select = "SELECT state FROM outbox WHERE id = ?1 AND done_at IS NULL";
    let state: Option<String> =
        desk.prepare_cached(select)?.query_row([&id.0], |row| row.get(0)).optional()?;
    Ok(match state.map(|state| serde_json::from_str(&state)).transpose()? {
        Some(State::Stopped { problem, .. }) => Some(problem),
        Some(
            State::Queued { .. }
            | State::Preparing { .. }
            | State::Requested { .. }
            | State::Reconciling { .. }
            | State::Waiting { .. }
            | State::Done { .. },
        )
        | None => None,
    })
}

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
        requested_at
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
    let select = "SELECT name, size FROM outbox_file WHERE outbox = ?1 ORDER BY position";
    let mut select = desk.prepare_cached(select)?;
    let files = select.query_map([&id.0], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(files.collect::<Result<_, _>>()?)
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

/// The cases of an account that something was sent to.
pub(crate) fn cases_of(desk: &Connection, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let mut select = desk.prepare("SELECT DISTINCT case_key FROM outbox WHERE account = ?1")?;
    let keys = select.query_map([&account.0], |row| Ok(CaseKey(row.get(0)?)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The accounts that something was sent with, the one that was used last first.
pub(crate) fn accounts_used(desk: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut select =
        desk.prepare_cached("SELECT account FROM outbox GROUP BY account ORDER BY max(position) DESC")?;
    let accounts = select.query_map([], |row| Ok(AccountId(row.get(0)?)))?;
    Ok(accounts.collect::<Result<_, _>>()?)
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
