//! The full-text index `words`: everything ever said in a case, and its subject and number.
//!
//! Triggers of the schema keep its rows. The row id is the case's shifted by 40 bits, plus the communication's, so that
//! a search for a common word tells the cases from the index alone.

use desk_model::CaseKey;
use desk_store::StoreError;
use rusqlite::{Connection, Transaction};

/// A query for the rows of the cases that match the full-text query bound as `place`.
pub(crate) fn rows_matching(place: &str) -> String {
    format!("SELECT rowid >> 40 FROM words WHERE words MATCH {place}")
}

/// The texts that match `query`, the best first, each with its case.
pub(crate) fn matching(
    sqlite: &Connection,
    query: &str,
    limit: u32,
) -> Result<Vec<(CaseKey, String)>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT case_key, text FROM words WHERE words MATCH ?1 ORDER BY bm25(words) LIMIT ?2",
    )?;
    let found =
        select.query_map(rusqlite::params![query, limit], |row| Ok((CaseKey(row.get(0)?), row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many texts match `query`, counted no further than `most`.
pub(crate) fn count(sqlite: &Connection, query: &str, most: u32) -> Result<u32, StoreError> {
    let mut count =
        sqlite.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)")?;
    Ok(count.query_row(rusqlite::params![query, most], |row| row.get(0))?)
}

/// Gives the texts of a case its new key.
pub(super) fn rekey(tx: &Transaction<'_>, from: &str, to: &CaseKey) -> Result<(), StoreError> {
    tx.execute("UPDATE words SET case_key = ?2 WHERE case_key = ?1", [from, &to.0])?;
    Ok(())
}

/// Merges the index, which until then only notes what was deleted.
pub(super) fn merge(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
    Ok(())
}
