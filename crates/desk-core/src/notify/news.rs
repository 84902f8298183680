//! The tables `news` and `news_cursor` of `desk.db`: what has happened in the cases, and how far each reader has read.

use super::Event;
use crate::mirror::events::QueuedEvent;
use desk_model::{AccountId, CaseKey, Millis, text::single_line};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

/// Copies an event out of the mirror's queue; one that was copied before is left alone. Answers its position.
pub(super) fn put(tx: &Transaction<'_>, event: &QueuedEvent) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO news (key, at, account, case_key, subject, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(rusqlite::params![
        event.key,
        event.at,
        event.account.0,
        event.case.0,
        event.subject,
        serde_json::to_string(&event.kind)?,
    ])?;
    let select = "SELECT position FROM news WHERE key = ?1";
    Ok(tx.prepare_cached(select)?.query_row([&event.key], |row| row.get(0))?)
}

/// News that every reader has passed: only these may go, whatever the clock says.
const PASSED: &str = "position <= (SELECT min(position) FROM news_cursor)";

/// Whether anything that was read is older than `before`.
pub(super) fn has_older(desk: &Connection, before: Millis) -> Result<bool, StoreError> {
    Ok(desk.prepare_cached(&format!("SELECT 1 FROM news WHERE at < ?1 AND {PASSED}"))?.exists([before])?)
}

/// Deletes what was read and is older than `before`.
pub(super) fn delete_older(tx: &Transaction<'_>, before: Millis) -> Result<(), StoreError> {
    tx.execute(&format!("DELETE FROM news WHERE at < ?1 AND {PASSED}"), [before])?;
    Ok(())
}

/// What `reader` has not passed, oldest first, at most `limit`.
pub(super) fn unread(desk: &Connection, reader: &str, limit: u32) -> Result<Vec<Event>, StoreError> {
    let position = cursor(desk, reader)?;
    let mut select =
        desk.prepare_cached(&format!("{NEWS} WHERE position > ?1 ORDER BY position LIMIT ?2"))?;
    let mut rows = select.query(rusqlite::params![position, limit])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(row)?);
    }
    Ok(events)
}

/// The latest, newest first, at most `limit`.
pub(super) fn latest(desk: &Connection, limit: u32) -> Result<Vec<Event>, StoreError> {
    let mut select = desk.prepare_cached(&format!("{NEWS} ORDER BY position DESC LIMIT ?1"))?;
    let mut rows = select.query([limit])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(row)?);
    }
    Ok(events)
}

const NEWS: &str = "SELECT position, at, account, case_key, subject, kind FROM news";

fn event(row: &Row<'_>) -> Result<Event, StoreError> {
    Ok(Event {
        id: row.get(0)?,
        at: row.get(1)?,
        account: AccountId(row.get(2)?),
        case: CaseKey(row.get(3)?),
        subject: single_line(&row.get::<_, String>(4)?),
        event: serde_json::from_str(&row.get::<_, String>(5)?)?,
    })
}

/// Up to where `reader` has read.
fn cursor(desk: &Connection, reader: &str) -> Result<i64, StoreError> {
    let select = "SELECT position FROM news_cursor WHERE reader = ?1";
    Ok(desk.prepare_cached(select)?.query_row([reader], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Moves `reader` on to `position`; never back.
pub(super) fn pass(tx: &Transaction<'_>, reader: &str, position: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO news_cursor (reader, position) VALUES (?1, ?2)
         ON CONFLICT (reader) DO UPDATE SET position = max(position, excluded.position)",
        rusqlite::params![reader, position],
    )?;
    Ok(())
}

/// Where `reader` stood in the events of the mirror files before news were kept here: the name of the file, and the id of
/// the last event.
pub(super) fn former_cursor(desk: &Connection, reader: &str) -> Result<Option<(String, i64)>, StoreError> {
    let select = "SELECT generation, position FROM cursor WHERE reader = ?1";
    let found = desk.prepare_cached(select)?.query_row([reader], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Lets the news of a case follow to its new key.
pub(super) fn rekey(tx: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    tx.execute("UPDATE news SET case_key = ?2 WHERE case_key = ?1", [&from.0, &to.0])?;
    Ok(())
}
