//! The columns of a case that are derived from its communications, and how they are derived anew after a change of the
//! rules.

use super::{
    Known,
    facts::{Course, Said, facts},
    own,
};
use crate::case::author::is_eco;
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::Transaction;
use std::collections::HashSet;

/// The version of the rules of derivation. To be raised with a change of them that concerns existing rows.
pub(crate) const DERIVATION: i64 = 1;

/// Writes the derived columns of a case.
pub(super) fn update_facts(tx: &Transaction<'_>, key: &CaseKey) -> Result<(), StoreError> {
    let mut select = tx.prepare_cached(
        "SELECT at, by_eco, json_array_length(attachments) FROM communication WHERE case_key = ?1 ORDER BY at, rowid",
    )?;
    let said: Vec<Said> = select
        .query_map([&key.0], |row| Ok(Said { at: row.get(0)?, by_eco: row.get(1)?, files: row.get(2)? }))?
        .collect::<Result<_, _>>()?;
    let (complete, submitted_by, status, status_at): (bool, Option<String>, String, Millis) = tx
        .prepare_cached("SELECT complete, submitted_by, status, status_at FROM incident WHERE key = ?1")?
        .query_row([&key.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let facts = facts(Course {
        said: &said,
        complete,
        submitted_by_eco: submitted_by.as_deref().is_some_and(is_eco),
        status: &status,
        status_at,
    });
    tx.prepare_cached(
        "UPDATE incident SET opened_by_eco = ?2, first_response_at = ?3, waiting_since = ?4, attachments = ?5
         WHERE key = ?1",
    )?
    .execute(rusqlite::params![
        key.0,
        facts.opened_by_eco,
        facts.first_response_at,
        facts.waiting_since,
        facts.attachments,
    ])?;
    Ok(())
}

/// Derives anew who wrote what in the cases of an account, and the columns that follow from it. Answers the cases that
/// changed.
pub(crate) fn derive_anew(
    tx: &Transaction<'_>,
    account: &AccountId,
    known: &Known,
) -> Result<Vec<CaseKey>, StoreError> {
    let mut select = tx.prepare(
        "SELECT c.rowid, c.case_key, c.author, c.by_eco FROM communication c JOIN incident i ON i.key = c.case_key
         WHERE i.account = ?1",
    )?;
    let mut update =
        tx.prepare("UPDATE communication SET by_eco = ?2, own = own AND NOT ?2 WHERE rowid = ?1")?;
    let mut changed: HashSet<CaseKey> = HashSet::new();
    let mut rows = select.query([&account.0])?;
    while let Some(row) = rows.next()? {
        let (rowid, key): (i64, String) = (row.get(0)?, row.get(1)?);
        let by_eco = is_eco(&row.get::<_, String>(2)?);
        if by_eco != row.get::<_, bool>(3)? {
            update.execute(rusqlite::params![rowid, by_eco])?;
            changed.insert(CaseKey(key));
        }
    }
    drop(rows);
    for (key, reference, complete) in referring(tx, account)? {
        if own::mark(tx, &key, &reference, known, complete)? {
            changed.insert(key);
        }
    }
    tx.prepare(
        "UPDATE incident SET newest_other_at =
             (SELECT max(c.at) FROM communication c WHERE c.case_key = incident.key AND c.own = 0)
         WHERE account = ?1",
    )?
    .execute([&account.0])?;
    for key in &changed {
        update_facts(tx, key)?;
    }
    Ok(changed.into_iter().collect())
}

/// The references in the correspondence of an account's cases, each with its case, and whether all of that case's
/// correspondence is known.
fn referring(tx: &Transaction<'_>, account: &AccountId) -> Result<Vec<(CaseKey, String, bool)>, StoreError> {
    let mut select = tx.prepare(
        "SELECT DISTINCT c.case_key, c.reference, i.complete
         FROM communication c JOIN incident i ON i.key = c.case_key
         WHERE i.account = ?1 AND c.reference IS NOT NULL",
    )?;
    let rows = select.query_map([&account.0], |row| Ok((CaseKey(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
