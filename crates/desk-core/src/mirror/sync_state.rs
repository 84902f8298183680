//! The table `sync_state`: how far the mirror of each account is.

use desk_model::{AccountId, Millis, Problem};
use desk_store::StoreError;
use rusqlite::{Connection, Transaction};
use std::collections::HashMap;

/// When each account was last synced, for a query of another room: `JOIN {SYNCED} s`. Runs on a connection that sees
/// both files.
pub(crate) const SYNCED: &str = "(SELECT account, synced_at FROM main.sync_state)";

/// How far the mirror of an account is.
#[derive(Debug, Clone, Default)]
pub(crate) struct SyncState {
    /// When a poll last came to its end.
    pub(crate) synced_at: Option<Millis>,
    /// When all cases were last read; until the first time, what is new is no news.
    pub(crate) swept_at: Option<Millis>,
    /// Why the last poll failed.
    pub(crate) problem: Option<Problem>,
    /// What the last poll that came to its end had to leave out.
    pub(crate) gap: Option<Problem>,
    /// The number of the rules by which the rows of the account were derived.
    pub(crate) derivation: Option<i64>,
}

pub(crate) fn get(sqlite: &Connection, account: &AccountId) -> Result<SyncState, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT synced_at, swept_at, problem, gap, derivation FROM main.sync_state WHERE account = ?1",
    )?;
    let mut rows = select.query([&account.0])?;
    let Some(row) = rows.next()? else { return Ok(SyncState::default()) };
    let told = |column| -> Result<Option<Problem>, StoreError> {
        let json: Option<String> = row.get(column)?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    };
    Ok(SyncState {
        synced_at: row.get(0)?,
        swept_at: row.get(1)?,
        problem: told(2)?,
        gap: told(3)?,
        derivation: row.get(4)?,
    })
}

/// When a poll of each account last came to its end, of those whose last poll did.
pub(crate) fn synced_without_problem(sqlite: &Connection) -> Result<HashMap<AccountId, Millis>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT account, synced_at FROM main.sync_state WHERE problem IS NULL AND synced_at IS NOT NULL",
    )?;
    let synced = select.query_map([], |row| Ok((AccountId(row.get(0)?), row.get(1)?)))?;
    Ok(synced.collect::<Result<_, _>>()?)
}

/// When a poll of any account last came to its end.
pub(crate) fn last_synced(sqlite: &Connection) -> Result<Option<Millis>, StoreError> {
    Ok(sqlite.query_row("SELECT max(synced_at) FROM main.sync_state", [], |row| row.get(0))?)
}

/// Notes that a poll has come to its end, whether it has read all cases, and what it had to leave out.
pub(crate) fn put_done(
    tx: &Transaction<'_>,
    account: &AccountId,
    now: Millis,
    swept: bool,
    gap: Option<&Problem>,
) -> Result<(), StoreError> {
    let (swept_at, gap) = (swept.then_some(now), gap.map(serde_json::to_string).transpose()?);
    tx.execute(
        "INSERT INTO sync_state (account, synced_at, swept_at, gap) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (account) DO UPDATE SET synced_at = excluded.synced_at,
             swept_at = coalesce(excluded.swept_at, swept_at), gap = excluded.gap, problem = NULL",
        rusqlite::params![account.0, now, swept_at, gap],
    )?;
    Ok(())
}

/// Notes why a poll has failed.
pub(crate) fn put_problem(
    tx: &Transaction<'_>,
    account: &AccountId,
    problem: &Problem,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sync_state (account, problem) VALUES (?1, ?2)
         ON CONFLICT (account) DO UPDATE SET problem = excluded.problem",
        [&account.0, &serde_json::to_string(problem)?],
    )?;
    Ok(())
}

/// Notes by which rules the rows of an account are derived.
pub(crate) fn put_derivation(
    tx: &Transaction<'_>,
    account: &AccountId,
    derivation: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sync_state (account, derivation) VALUES (?1, ?2)
         ON CONFLICT (account) DO UPDATE SET derivation = excluded.derivation",
        rusqlite::params![account.0, derivation],
    )?;
    Ok(())
}

/// The accounts that have a state here.
pub(super) fn accounts(sqlite: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut select = sqlite.prepare("SELECT account FROM sync_state")?;
    let accounts = select.query_map([], |row| Ok(AccountId(row.get(0)?)))?;
    Ok(accounts.collect::<Result<_, _>>()?)
}

pub(super) fn delete(tx: &Transaction<'_>, account: &AccountId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sync_state WHERE account = ?1", [&account.0])?;
    Ok(())
}
