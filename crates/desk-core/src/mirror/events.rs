//! The table `event`: the queue of news on its way to `desk.db`.
//!
//! A row is written in the transaction that writes what it tells. It is dropped only after it was copied, and a copy of
//! what was copied already is ignored for its key: so a kill between any two of the writes loses and repeats none.

use super::EventKind;
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::{Connection, Row, Transaction};
use sha2::{Digest as _, Sha256};

/// What the keys of events begin with that were written before events had keys.
const UNKEYED: &str = "event-";

/// An event in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueuedEvent {
    /// Grows with each event of a mirror file.
    pub(crate) id: i64,
    /// The same for the same news, also out of another mirror file.
    pub(crate) key: String,
    /// When this computer learned of it.
    pub(crate) at: Millis,
    pub(crate) account: AccountId,
    pub(crate) case: CaseKey,
    /// The case's subject at that time.
    pub(crate) subject: String,
    pub(crate) kind: EventKind,
}

impl QueuedEvent {
    /// Whether it was written when readers had their cursors in the mirror, by its id.
    pub(crate) fn is_unkeyed(&self) -> bool {
        self.key.starts_with(UNKEYED)
    }
}

/// An event that is about to be written.
#[derive(Debug)]
pub(super) struct NewEvent {
    pub(super) kind: EventKind,
    /// What tells it from others of its case and kind. All of it comes from AWS or from the row that the event replaces:
    /// a mirror that has lost its last transactions makes the same key again.
    pub(super) content: String,
}

impl NewEvent {
    fn key(&self, case: &CaseKey) -> String {
        let kind = match self.kind {
            EventKind::CaseOpened { .. } => "case-opened",
            EventKind::Message { .. } => "message",
            EventKind::Status { .. } => "status",
            EventKind::Reclassified { .. } => "reclassified",
        };
        let mut hash = Sha256::new();
        for part in [&case.0, kind, &self.content] {
            hash.update(part.as_bytes());
            // No part has a zero byte, so they cannot run into each other.
            hash.update([0]);
        }
        hex::encode(hash.finalize())
    }
}

/// Puts events of a case into the queue. What is in it already is not put again.
pub(super) fn put(
    tx: &Transaction<'_>,
    account: &AccountId,
    case: &CaseKey,
    subject: &str,
    events: &[NewEvent],
    now: Millis,
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO event (key, at, account, case_key, subject, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for event in events {
        let kind = serde_json::to_string(&event.kind)?;
        insert.execute(rusqlite::params![event.key(case), now, account.0, case.0, subject, kind])?;
    }
    Ok(())
}

/// The oldest events in the queue, at most `limit`.
pub(crate) fn queued(sqlite: &Connection, limit: u32) -> Result<Vec<QueuedEvent>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT id, key, at, account, case_key, subject, kind FROM event ORDER BY id LIMIT ?1",
    )?;
    let mut rows = select.query([limit])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(row)?);
    }
    Ok(events)
}

fn event(row: &Row<'_>) -> Result<QueuedEvent, StoreError> {
    Ok(QueuedEvent {
        id: row.get(0)?,
        key: row.get(1)?,
        at: row.get(2)?,
        account: AccountId(row.get(3)?),
        case: CaseKey(row.get(4)?),
        subject: row.get(5)?,
        kind: serde_json::from_str(&row.get::<_, String>(6)?)?,
    })
}

/// Drops the events up to `id`, which were copied.
pub(crate) fn drop_up_to(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM event WHERE id <= ?1", [id])?;
    Ok(())
}

/// The random name of this mirror file, by which readers of events without keys knew it.
pub(crate) fn generation(sqlite: &Connection) -> Result<String, StoreError> {
    Ok(sqlite.query_row("SELECT generation FROM mirror", [], |row| row.get(0))?)
}
