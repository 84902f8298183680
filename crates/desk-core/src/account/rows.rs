//! The account table of `desk.db`.

use super::{Account, Connection, approval};
use desk_model::{AccountId, Millis};
use desk_store::StoreError;
use rusqlite::{Connection as Sqlite, OptionalExtension as _, Row, Transaction};

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

/// How many entries of the outbox still have to be delivered with an account.
pub(super) fn undelivered(sqlite: &Sqlite, id: &AccountId) -> Result<u32, StoreError> {
    let count = "SELECT count(*) FROM outbox WHERE account = ?1 AND done_at IS NULL";
    Ok(sqlite.query_row(count, [&id.0], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Removes an account and what was only kept for it: its cases' marks, what was sent with it, replies that were begun.
/// Reports that were begun stay, and wait for another account. Answers whether there was such an account.
pub(super) fn delete(tx: &Transaction<'_>, id: &AccountId) -> Result<bool, StoreError> {
    let cases = "SELECT case_key FROM outbox WHERE account = ?1 UNION SELECT case_key FROM case_link WHERE account = ?1";
    for table in ["read_mark", "rating", "hand_over", "draft"] {
        tx.execute(&format!("DELETE FROM {table} WHERE case_key IN ({cases})"), [&id.0])?;
    }
    tx.execute(
        "UPDATE draft SET content = json_set(content, '$.content.account', NULL)
         WHERE case_key IS NULL AND json_extract(content, '$.content.account') = ?1",
        [&id.0],
    )?;
    approval::forget(tx, id)?;
    tx.execute("DELETE FROM outbox WHERE account = ?1", [&id.0])?;
    tx.execute("DELETE FROM catalogue WHERE account = ?1", [&id.0])?;
    tx.execute("DELETE FROM case_link WHERE account = ?1", [&id.0])?;
    Ok(tx.execute("DELETE FROM account WHERE id = ?1", [&id.0])? > 0)
}
