//! The account table of `desk.db`.

use super::{Account, AccountId, Connection, approval};
use crate::{store::StoreError, time::Millis};
use rusqlite::{Connection as Sqlite, OptionalExtension as _, Row, Transaction};
use std::collections::HashSet;

/// The accounts, for a query of another room: `JOIN {CONNECTED} a`. Runs on a connection that sees both files.
pub(crate) const CONNECTED: &str = "(SELECT id, seen_at FROM desk.account)";

const COLUMNS: &str = "id, name, colour, source, partition, account_number, connection";

fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    let json = |column: &str| row.get::<_, String>(column);
    Ok(Account {
        id: AccountId(row.get("id")?),
        name: row.get("name")?,
        colour: row.get("colour")?,
        source: serde_json::from_str(&json("source")?)?,
        partition: serde_json::from_str(&json("partition")?)?,
        account_number: row.get("account_number")?,
        connection: serde_json::from_str(&json("connection")?)?,
    })
}

/// All accounts, in the order they were connected.
pub(super) fn all(sqlite: &Sqlite) -> Result<Vec<Account>, StoreError> {
    let mut select = sqlite.prepare(&format!("SELECT {COLUMNS} FROM account ORDER BY position"))?;
    let mut rows = select.query([])?;
    let mut accounts = Vec::new();
    while let Some(row) = rows.next()? {
        accounts.push(account(row)?);
    }
    Ok(accounts)
}

/// One account.
pub(super) fn one(sqlite: &Sqlite, id: &AccountId) -> Result<Option<Account>, StoreError> {
    let mut select = sqlite.prepare(&format!("SELECT {COLUMNS} FROM account WHERE id = ?1"))?;
    let mut rows = select.query([&id.0])?;
    rows.next()?.map(account).transpose()
}

/// Adds an account at the end. What was said in its cases before `seen_at` counts as seen.
pub(super) fn insert(tx: &Transaction<'_>, account: &Account, seen_at: Millis) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO account (id, position, name, colour, source, partition, account_number, connection, seen_at)
         VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM account), ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            &account.id.0,
            &account.name,
            account.colour,
            serde_json::to_string(&account.source)?,
            serde_json::to_string(&account.partition)?,
            &account.account_number,
            serde_json::to_string(&account.connection)?,
            seen_at,
        ),
    )?;
    Ok(())
}

/// Adds an account, or writes one anew that is there: its place in the list and what it has seen stay.
pub(super) fn put(tx: &Transaction<'_>, account: &Account, seen_at: Millis) -> Result<(), StoreError> {
    if one(tx, &account.id)?.is_none() {
        return insert(tx, account, seen_at);
    }
    tx.execute(
        "UPDATE account SET name = ?2, source = ?3, connection = ?4 WHERE id = ?1",
        (
            &account.id.0,
            &account.name,
            serde_json::to_string(&account.source)?,
            serde_json::to_string(&account.connection)?,
        ),
    )?;
    Ok(())
}

/// Sets whether an account works.
pub(super) fn set_connection(
    tx: &Transaction<'_>,
    id: &AccountId,
    connection: &Connection,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(connection)?;
    tx.execute("UPDATE account SET connection = ?2 WHERE id = ?1", (&id.0, json))?;
    Ok(())
}

/// Sets what the user calls an account; answers whether there is such an account.
pub(super) fn rename(
    tx: &Transaction<'_>,
    id: &AccountId,
    name: &str,
    colour: u8,
) -> Result<bool, StoreError> {
    Ok(tx.execute("UPDATE account SET name = ?2, colour = ?3 WHERE id = ?1", (&id.0, name, colour))? > 0)
}

/// Sets the twelve digits where they are not known; answers whether that is so.
pub(super) fn set_number(tx: &Transaction<'_>, id: &AccountId, number: &str) -> Result<bool, StoreError> {
    let unknown = "UPDATE account SET account_number = ?2 WHERE id = ?1 AND account_number IS NULL";
    Ok(tx.execute(unknown, (&id.0, number))? > 0)
}

/// What tells this data folder from another one of the same user, made when it is first asked for.
pub(super) fn desk_id(tx: &Transaction<'_>) -> Result<String, StoreError> {
    let select = "SELECT value FROM setting WHERE name = 'desk-id'";
    if let Some(known) = tx.query_row(select, [], |row| row.get::<_, String>(0)).optional()? {
        return Ok(serde_json::from_str(&known)?);
    }
    let made: String = uuid::Uuid::new_v4().simple().to_string().chars().take(12).collect();
    tx.execute("INSERT INTO setting (name, value) VALUES ('desk-id', ?1)", [serde_json::to_string(&made)?])?;
    Ok(made)
}

/// Removes an account; what refers to it falls with it. Answers whether there was such an account.
pub(super) fn delete(tx: &Transaction<'_>, id: &AccountId) -> Result<bool, StoreError> {
    approval::forget(tx, id)?;
    Ok(tx.execute("DELETE FROM account WHERE id = ?1", [&id.0])? > 0)
}

/// The ids of all accounts. Runs on a connection that sees `desk.db`.
pub(crate) fn ids(sqlite: &Sqlite) -> Result<HashSet<AccountId>, StoreError> {
    let mut select = sqlite.prepare_cached("SELECT id FROM account")?;
    let ids = select.query_map([], |row| Ok(AccountId(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Since when what is said in the cases of an account counts as unseen.
pub(crate) fn seen_at(sqlite: &Sqlite, id: &AccountId) -> Result<Option<Millis>, StoreError> {
    let select = "SELECT seen_at FROM account WHERE id = ?1";
    Ok(sqlite.prepare_cached(select)?.query_row([&id.0], |row| row.get(0)).optional()?)
}
