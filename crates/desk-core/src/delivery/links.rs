//! Which cases at AWS began here: the table `case_link`, known even if the mirror is lost.

use desk_model::{AccountId, CaseKey};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

/// Notes AWS's id, without its varying infix, of a case that began here.
pub(super) fn put(
    desk: &Transaction<'_>,
    account: &AccountId,
    case: &CaseKey,
    canonical_id: &str,
) -> Result<(), StoreError> {
    let insert = "INSERT OR REPLACE INTO case_link (case_key, account, canonical_id) VALUES (?1, ?2, ?3)";
    desk.execute(insert, [&case.0, &account.0, canonical_id])?;
    Ok(())
}

/// The key of a case that began here, by AWS's id of it without its varying infix.
pub(crate) fn linked(
    desk: &Connection,
    account: &AccountId,
    canonical_id: &str,
) -> Result<Option<CaseKey>, StoreError> {
    let select = "SELECT case_key FROM case_link WHERE account = ?1 AND canonical_id = ?2";
    let key = desk.prepare_cached(select)?.query_row([&account.0, canonical_id], |row| row.get(0));
    Ok(key.optional()?.map(CaseKey))
}

/// The cases of an account that began here.
pub(crate) fn cases_of(desk: &Connection, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let mut select = desk.prepare("SELECT case_key FROM case_link WHERE account = ?1")?;
    let keys = select.query_map([&account.0], |row| Ok(CaseKey(row.get(0)?)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}
