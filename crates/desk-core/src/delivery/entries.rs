//! Entries of the outbox in desk.db: all SQL on its table. What takes a `Connection` runs on one that sees `desk.db`: a
//! reading one of `cases.db` has it attached.
//!
//! The columns `kind`, `subject`, `severity`, `body`, `requested_at` and `done_at` are generated from `request` and
//! `state`, for queries that join the outbox with something else, and for rows that cannot be read.

use super::{
    OutboxId, ReportRequest, Request, SentAgain, State, state::Withdrawal, unreadable::UnreadableEntry,
};
use desk_model::{AccountId, CaseKey, Millis, Problem, ProblemCode, Reference};
use desk_store::{StoreError, lossy_text};
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

    /// What it would mean to take it out of the outbox.
    pub(super) fn withdrawal(&self) -> Withdrawal {
        self.state.withdrawal(self.request.is_repeatable())
    }
}

/// A row that is not delivered yet: an entry, or one that this program cannot read.
#[derive(Debug, Clone)]
pub(super) enum OpenRow {
    Entry(Box<Entry>),
    Unreadable(UnreadableEntry),
}

impl OpenRow {
    fn account(&self) -> &AccountId {
        match self {
            Self::Entry(entry) => &entry.account,
            Self::Unreadable(unreadable) => &unreadable.account,
        }
    }

    pub(super) fn id(&self) -> &OutboxId {
        match self {
            Self::Entry(entry) => &entry.id,
            Self::Unreadable(unreadable) => &unreadable.id,
        }
    }

    pub(super) fn case_key(&self) -> &CaseKey {
        match self {
            Self::Entry(entry) => &entry.case_key,
            Self::Unreadable(unreadable) => &unreadable.case_key,
        }
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

const COLUMNS: &str =
    "position, id, account, case_key, created_at, request, state, kind, subject, severity, requested_at";

fn open_row(row: &Row<'_>) -> Result<OpenRow, StoreError> {
    let (id, account, case_key) = (OutboxId(row.get(1)?), AccountId(row.get(2)?), CaseKey(row.get(3)?));
    let (request, state) = (lossy_text(row, 5)?, lossy_text(row, 6)?);
    match (serde_json::from_str(&request), serde_json::from_str(&state)) {
        (Ok(request), Ok(state)) => Ok(OpenRow::Entry(Box::new(Entry {
            position: row.get(0)?,
            id,
            account,
            case_key,
            created_at: row.get(4)?,
            request,
            state,
        }))),
        (_, state) => Ok(OpenRow::Unreadable(UnreadableEntry {
            id,
            account,
            case_key,
            created_at: row.get(4)?,
            kind: row.get(7)?,
            subject: lossy_text(row, 8)?,
            severity_code: row.get(9)?,
            may_be_at_aws: state.is_err() || row.get::<_, Option<Millis>>(10)?.is_some(),
            request,
        })),
    }
}

/// All undelivered rows in the order of sending: reports first, because everything else of their case waits for
/// them and because they are what is most urgent; then as they came.
pub(super) fn open(desk: &Connection) -> Result<Vec<OpenRow>, StoreError> {
    let mut statement = desk.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE done_at IS NULL ORDER BY kind <> 'report', position"
    ))?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(open_row(row)?);
    }
    Ok(entries)
}

/// Of [`open`], the entries that wait for no other: the next of each case. What an entry depends on is everything of
/// its case that comes before it, readable or not; another kind of dependency (a message's on its uploads, say) would
/// be judged here too.
pub(super) fn next_per_case(open: Vec<OpenRow>) -> Vec<Entry> {
    let mut seen = HashSet::new();
    let next = open.into_iter().filter(|row| seen.insert((row.account().clone(), row.case_key().clone())));
    next.filter_map(|row| match row {
        OpenRow::Entry(entry) => Some(*entry),
        OpenRow::Unreadable(_) => None,
    })
    .collect()
}

/// An undelivered row.
pub(super) fn get(desk: &Connection, id: &OutboxId) -> Result<Option<OpenRow>, StoreError> {
    let mut statement =
        desk.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1 AND done_at IS NULL"))?;
    let mut rows = statement.query([&id.0])?;
    rows.next()?.map(open_row).transpose()
}

/// Stops an entry that only a backup had: it may have been sent, changed or discarded since, which its user may know. One
/// that may be at AWS is looked for there as ever.
pub(crate) fn stop_from_backup(desk: &Transaction<'_>, position: i64) -> Result<(), StoreError> {
    let mut statement = desk
        .prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE position = ?1 AND done_at IS NULL"))?;
    let mut rows = statement.query([position])?;
    let Some(OpenRow::Entry(mut entry)) = rows.next()?.map(open_row).transpose()? else { return Ok(()) };
    match &entry.state {
        State::Queued { attempts }
        | State::Preparing { attempts, .. }
        | State::Waiting { attempts, .. }
        | State::Stopped { attempts, .. } => {
            let message = "ECO Desk's data was damaged, and this comes from a backup of it. It may have been sent, changed or discarded since. Try it now if ECO shall have it: AWS is asked for it first. Discard it if not.";
            let problem = Problem::new(ProblemCode::Storage, message);
            entry.state = State::Stopped { attempts: attempts.clone(), problem };
            update(desk, &entry)
        }
        State::Requested { .. } | State::Reconciling { .. } | State::Done { .. } => Ok(()),
    }
}

/// How many entries are not delivered.
pub(crate) fn undelivered(desk: &Connection) -> Result<u64, StoreError> {
    let count: i64 =
        desk.query_row("SELECT count(*) FROM outbox WHERE done_at IS NULL", [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
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

/// As [`update`], where the entry is still the one whose state was `before`. Answers whether it was.
pub(super) fn advance(desk: &Transaction<'_>, entry: &Entry, before: &State) -> Result<bool, StoreError> {
    let update = "UPDATE outbox SET request = ?2, state = ?3 WHERE id = ?1 AND position = ?4 AND state = ?5 AND done_at IS NULL";
    let (request, state) = (serde_json::to_string(&entry.request)?, serde_json::to_string(&entry.state)?);
    let before = serde_json::to_string(before)?;
    let values = params![entry.id.0, request, state, entry.position, before];
    Ok(desk.prepare_cached(update)?.execute(values)? == 1)
}

/// Lets what was sent from here in a case follow the case to another key. Rows that are no JSON any more stay: SQLite
/// cannot make their generated columns anew.
pub(crate) fn rekey(desk: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    desk.execute(
        "UPDATE outbox SET case_key = ?2 WHERE case_key = ?1 AND json_valid(request) AND json_valid(state)",
        [&from.0, &to.0],
    )?;
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

/// Whether anything undelivered belongs to a case beside the entry `id`.
pub(super) fn others_wait(desk: &Connection, case: &CaseKey, id: &OutboxId) -> Result<bool, StoreError> {
    let select = "SELECT 1 FROM outbox WHERE case_key = ?1 AND id <> ?2 AND done_at IS NULL LIMIT 1";
    Ok(desk.prepare_cached(select)?.exists([&case.0, &id.0])?)
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

/// The report that a case began with here, delivered or not; `None` also where it cannot be read. Runs on any
/// connection that sees `desk.db`.
pub(crate) fn report_request_of(
    desk: &Connection,
    case: &CaseKey,
) -> Result<Option<Box<ReportRequest>>, StoreError> {
    let select = "SELECT request FROM outbox WHERE case_key = ?1 AND kind = 'report'";
    let found: Option<String> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?;
    let Some(request) = found else { return Ok(None) };
    Ok(match serde_json::from_str(&request) {
        Ok(Request::Report(report)) => Some(report),
        Ok(Request::Reply(_) | Request::Resolve(_)) | Err(_) => None,
    })
}

/// The account and the subject of the report that a case began with here, delivered or not.
pub(crate) fn report_head(
    desk: &Connection,
    case: &CaseKey,
) -> Result<Option<(AccountId, String)>, StoreError> {
    let select = "SELECT account, subject FROM outbox WHERE case_key = ?1 AND kind = 'report'";
    let mut select = desk.prepare_cached(select)?;
    let head = select.query_row([&case.0], |row| Ok((AccountId(row.get(0)?), row.get(1)?)));
    Ok(head.optional()?)
}

/// Why the first undelivered entry of a case does not get through.
pub(crate) fn problem_of(desk: &Connection, case: &CaseKey) -> Result<Option<Problem>, StoreError> {
    let mut statement = desk.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE case_key = ?1 AND done_at IS NULL ORDER BY position LIMIT 1"
    ))?;
    let mut rows = statement.query([&case.0])?;
    Ok(match rows.next()?.map(open_row).transpose()? {
        Some(OpenRow::Entry(entry)) => match entry.state {
            State::Waiting { problem, .. } | State::Stopped { problem, .. } => Some(problem),
            State::Queued { .. }
            | State::Preparing { .. }
            | State::Requested { .. }
            | State::Reconciling { .. }
            | State::Done { .. } => None,
        },
        Some(OpenRow::Unreadable(unreadable)) => Some(unreadable.problem()),
        None => None,
    })
}

/// Why the entry `id` is stopped, where it is.
pub(crate) fn stopped_for(desk: &Connection, id: &OutboxId) -> Result<Option<Problem>, StoreError> {
    Ok(match get(desk, id)? {
        Some(OpenRow::Entry(entry)) => match entry.state {
            State::Stopped { problem, .. } => Some(problem),
            State::Queued { .. }
            | State::Preparing { .. }
            | State::Requested { .. }
            | State::Reconciling { .. }
            | State::Waiting { .. }
            | State::Done { .. } => None,
        },
        Some(OpenRow::Unreadable(unreadable)) => Some(unreadable.problem()),
        None => None,
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
    /// The request that was made although the one before may have arrived.
    pub(crate) sent_again: Option<SentAgain>,
}

const MESSAGES: &str =
    "SELECT id, account, case_key, kind = 'report', subject, body, reference, created_at, done_at,
        requested_at, iif(json_valid(state), coalesce(state -> '$.sentAgain', state -> '$.attempts.sentAgain'), NULL)
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
        sent_again: row.get::<_, Option<String>>(10)?.and_then(|json| serde_json::from_str(&json).ok()),
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

/// The files of the row that is read, as a table; none of one that is no JSON any more.
const FILES: &str = "json_each(iif(json_valid(request), request, '{}'), '$.files')";

/// Names and sizes of the files of an entry, in their order.
pub(crate) fn files_of(desk: &Connection, id: &OutboxId) -> Result<Vec<(String, u64)>, StoreError> {
    let mut select = desk.prepare_cached(&format!(
        "SELECT file.value ->> '$.name', file.value ->> '$.size' FROM outbox, {FILES} file
         WHERE outbox.id = ?1 ORDER BY file.key"
    ))?;
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

fn reports_where(condition: &str) -> String {
    format!(
        "SELECT case_key, account, subject, severity, created_at, done_at, (SELECT count(*) FROM {FILES})
         FROM outbox WHERE kind = 'report'{condition}"
    )
}

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
    let mut select = desk.prepare_cached(&reports_where(""))?;
    let reports = select.query_map([], report)?;
    Ok(reports.collect::<Result<_, _>>()?)
}

/// The report of a case that began here.
pub(crate) fn report_of(desk: &Connection, case: &CaseKey) -> Result<Option<SentReport>, StoreError> {
    let mut select = desk.prepare_cached(&reports_where(" AND case_key = ?1"))?;
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
