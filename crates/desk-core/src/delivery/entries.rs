//! Entries of the outbox in desk.db: all SQL on its table that needs no other.
//!
//! The columns `kind`, `subject`, `severity`, `body`, `requested_at`, `done_at` and the view `outbox_file` are
//! generated from `request` and `state`, for queries that join the outbox with something else.

use super::{OutboxId, OutboxState, ReportRequest, Request, State};
use crate::{
    account::AccountId, case::CaseKey, problem::Problem, report::Reference, store::StoreError, time::Millis,
};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
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
pub(crate) fn report_of(
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

/// Why the first undelivered entry of a case does not get through. Runs on any connection that sees `desk.db`.
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

/// Why the entry `id` is stopped, where it is. Runs on any connection that sees `desk.db`.
pub(crate) fn stopped_for(desk: &Connection, id: &str) -> Result<Option<Problem>, StoreError> {
    let select = "SELECT state FROM outbox WHERE id = ?1 AND done_at IS NULL";
    let state: Option<String> = desk.prepare_cached(select)?.query_row([id], |row| row.get(0)).optional()?;
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
