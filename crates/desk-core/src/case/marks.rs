//! The table `read_mark`: up to when each case has been seen. A time below 0 says that its user marked it as unread.

use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

/// The marks, for a query of this room: `JOIN {SEEN} r`. Runs on a connection that sees both files.
pub(super) const SEEN: &str = "(SELECT case_key, seen_at FROM desk.read_mark)";

/// Marks a case of `account` as seen up to `at`; whether that is later than before.
pub(super) fn put(
    tx: &Transaction<'_>,
    account: &AccountId,
    case: &CaseKey,
    at: Millis,
) -> Result<bool, StoreError> {
    let mark = "INSERT INTO read_mark (case_key, seen_at, account) VALUES (?1, ?2, ?3)
        ON CONFLICT (case_key) DO UPDATE SET seen_at = excluded.seen_at, account = excluded.account
        WHERE excluded.seen_at > seen_at";
    Ok(tx.execute(mark, rusqlite::params![case.0, at, account.0])? > 0)
}

/// The time of a case that its user marked as unread: before all that can be in it.
const UNSEEN: Millis = -1;

/// Marks a case of `account` as unread.
pub(super) fn put_unread(
    tx: &Transaction<'_>,
    account: &AccountId,
    case: &CaseKey,
) -> Result<(), StoreError> {
    let mark = "INSERT INTO read_mark (case_key, seen_at, account) VALUES (?1, ?2, ?3)
        ON CONFLICT (case_key) DO UPDATE SET seen_at = excluded.seen_at, account = excluded.account";
    tx.execute(mark, rusqlite::params![case.0, UNSEEN, account.0])?;
    Ok(())
}

/// Up to when a case has been seen. Runs on a connection that sees `desk.db`.
pub(super) fn get(sqlite: &Connection, case: &CaseKey) -> Result<Option<Millis>, StoreError> {
    let select = "SELECT seen_at FROM read_mark WHERE case_key = ?1";
    Ok(sqlite.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?)
}

/// Deletes the mark of a case.
pub(crate) fn forget(tx: &Transaction<'_>, case: &CaseKey) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM read_mark WHERE case_key = ?1")?.execute([&case.0])?;
    Ok(())
}

/// Lets what is kept of a case follow to its new key, unless that has its own.
pub(crate) fn rekey(tx: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    tx.execute("UPDATE OR IGNORE read_mark SET case_key = ?2 WHERE case_key = ?1", [&from.0, &to.0])?;
    forget(tx, from)
}
