//! The table `former_key`: the queue of changed keys on their way to `desk.db`.
//!
//! A case gets another key where a sync saw it before the outbox told that it is one of its own.

use desk_model::CaseKey;
use desk_store::StoreError;
use rusqlite::{Connection, Transaction};

/// A case that got another key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rekeyed {
    pub(crate) former: CaseKey,
    pub(crate) key: CaseKey,
}

pub(super) fn put(tx: &Transaction<'_>, former: &CaseKey, key: &CaseKey) -> Result<(), StoreError> {
    tx.execute("INSERT OR REPLACE INTO former_key (former, key) VALUES (?1, ?2)", [&former.0, &key.0])?;
    Ok(())
}

/// All of the queue.
pub(crate) fn queued(sqlite: &Connection) -> Result<Vec<Rekeyed>, StoreError> {
    let mut select = sqlite.prepare_cached("SELECT former, key FROM former_key")?;
    let rekeyed = select
        .query_map([], |row| Ok(Rekeyed { former: CaseKey(row.get(0)?), key: CaseKey(row.get(1)?) }))?;
    Ok(rekeyed.collect::<Result<_, _>>()?)
}

/// Drops one that `desk.db` has followed.
pub(crate) fn drop_one(tx: &Transaction<'_>, rekeyed: &Rekeyed) -> Result<(), StoreError> {
    tx.execute("DELETE FROM former_key WHERE former = ?1 AND key = ?2", [&rekeyed.former.0, &rekeyed.key.0])?;
    Ok(())
}
