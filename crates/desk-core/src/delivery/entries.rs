//! Entries of the outbox in desk.db.

use super::{OutboxId, OutboxKind, OutboxState, Payload};
use crate::attachment::Staged;
use desk_model::{AccountId, CaseKey, Millis, Reference};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use std::collections::HashSet;

/// An entry that is about to enter the outbox.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub(crate) id: String,
    pub(crate) kind: OutboxKind,
    pub(crate) account: AccountId,
    pub(crate) case_key: CaseKey,
    pub(crate) subject: String,
    pub(crate) severity: Option<String>,
    /// The whole text with the reference line that belongs to `id`.
    pub(crate) body: Option<String>,
    pub(crate) payload: Payload,
    pub(crate) created_at: Millis,
}

/// An entry that is not delivered yet.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its place in the order of sending within its case; grows with each entry of this database.
    pub(super) position: i64,
    pub(super) id: OutboxId,
    pub(super) kind: OutboxKind,
    pub(super) account: AccountId,
    pub(super) case_key: CaseKey,
    pub(super) subject: String,
    pub(super) severity: Option<String>,
    pub(super) body: Option<String>,
    pub(super) payload: Payload,
    pub(super) state: OutboxState,
    /// AWS's time of the first request whose outcome is not known.
    pub(super) attempted_at: Option<Millis>,
    pub(super) tries: u32,
    pub(super) created_at: Millis,
}

impl Entry {
    /// The reference in its text.
    pub(super) fn reference(&self) -> Reference {
        Reference::of(&self.id.0)
    }

    /// Whether nothing of it can have reached ECO, and nothing is on its way.
    pub(super) fn is_editable(&self) -> bool {
        let at_rest = match &self.state {
            OutboxState::Queued | OutboxState::Waiting { .. } | OutboxState::Stopped { .. } => true,
            OutboxState::Sending { .. } | OutboxState::Checking { .. } => false,
        };
        at_rest && self.attempted_at.is_none()
    }
}

pub(super) fn kind_text(kind: OutboxKind) -> &'static str {
    match kind {
        OutboxKind::Report => "report",
        OutboxKind::Reply => "reply",
        OutboxKind::Resolve => "resolve",
    }
}

pub(crate) fn insert(desk: &Transaction<'_>, entry: &NewEntry) -> Result<(), StoreError> {
    let reference = entry.body.as_ref().map(|_| Reference::of(&entry.id).to_string());
    desk.execute(
        "INSERT INTO outbox (id, kind, account, case_key, subject, severity, body, payload, reference, state, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            entry.id,
            kind_text(entry.kind),
            entry.account.0,
            entry.case_key.0,
            entry.subject,
            entry.severity,
            entry.body,
            serde_json::to_string(&entry.payload)?,
            reference,
            serde_json::to_string(&OutboxState::Queued)?,
            entry.created_at
        ],
    )?;
    Ok(())
}

const COLUMNS: &str = "id, kind, account, case_key, subject, severity, body, payload, state, attempted_at, tries, created_at, position";

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    let kind: String = row.get(1)?;
    let payload: String = row.get(7)?;
    let state: String = row.get(8)?;
    Ok(Entry {
        id: OutboxId(row.get(0)?),
        kind: serde_json::from_value(serde_json::Value::String(kind))?,
        account: AccountId(row.get(2)?),
        case_key: CaseKey(row.get(3)?),
        subject: row.get(4)?,
        severity: row.get(5)?,
        body: row.get(6)?,
        payload: serde_json::from_str(&payload)?,
        state: serde_json::from_str(&state)?,
        attempted_at: row.get(9)?,
        tries: row.get(10)?,
        created_at: row.get(11)?,
        position: row.get(12)?,
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

/// Of [`open`], the first of each case: the only ones that may be sent now.
pub(super) fn heads(open: Vec<Entry>) -> Vec<Entry> {
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
    desk.prepare_cached(
        "UPDATE outbox SET severity = ?2, payload = ?3, state = ?4, attempted_at = ?5, tries = ?6
         WHERE id = ?1 AND done_at IS NULL",
    )?
    .execute(params![
        entry.id.0,
        entry.severity,
        serde_json::to_string(&entry.payload)?,
        serde_json::to_string(&entry.state)?,
        entry.attempted_at,
        entry.tries
    ])?;
    Ok(())
}

/// Marks an entry as delivered. Its row stays: it tells which messages are the user's own.
pub(super) fn done(desk: &Transaction<'_>, id: &OutboxId, now: Millis) -> Result<(), StoreError> {
    desk.execute(
        "UPDATE outbox SET done_at = ?2, state = ?3 WHERE id = ?1 AND done_at IS NULL",
        params![id.0, now, serde_json::to_string(&OutboxState::Queued)?],
    )?;
    Ok(())
}

/// The position of the newest entry that is not delivered; 0 where there is none.
pub(super) fn newest_position(desk: &Connection) -> Result<i64, StoreError> {
    let select = "SELECT coalesce(max(position), 0) FROM outbox WHERE done_at IS NULL";
    Ok(desk.query_row(select, [], |row| row.get(0))?)
}

/// The ids of all drafts, as those of the entries that become of them.
pub(super) fn drafts(desk: &Connection) -> Result<HashSet<OutboxId>, StoreError> {
    let mut statement = desk.prepare("SELECT id FROM draft")?;
    let ids = statement.query_map([], |row| row.get(0).map(OutboxId))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// The staged files of an entry, in their order.
pub(super) fn files(desk: &Connection, id: &OutboxId) -> Result<Vec<Staged>, StoreError> {
    let mut statement = desk
        .prepare_cached("SELECT name, size, sha256 FROM outbox_file WHERE outbox = ?1 ORDER BY position")?;
    let staged = |row: &Row<'_>| {
        let size: i64 = row.get(1)?;
        Ok(Staged { name: row.get(0)?, size: size.unsigned_abs(), sha256: row.get(2)? })
    };
    Ok(statement.query_map([&id.0], staged)?.collect::<rusqlite::Result<_>>()?)
}

/// Whether anything else undelivered belongs to the case of `entry`.
pub(super) fn others_wait(desk: &Connection, entry: &Entry) -> Result<bool, StoreError> {
    let other = desk
        .query_row(
            "SELECT 1 FROM outbox WHERE case_key = ?1 AND id <> ?2 AND done_at IS NULL LIMIT 1",
            [&entry.case_key.0, &entry.id.0],
            |_| Ok(()),
        )
        .optional()?;
    Ok(other.is_some())
}
