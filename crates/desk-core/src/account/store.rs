//! The store of accounts: the `account` table of desk.db and all SQL on it.

use super::{Account, Connection, CredentialSource, credentials, names::COLOURS};
use desk_model::{AccountId, Change, Changes, Clock, Millis, Partition, Problem, ProblemCode};
use desk_store::{Database, StoreError, lossy_text};
use rusqlite::{Connection as Sqlite, OptionalExtension as _, Row, Transaction};
use std::collections::HashSet;

/// Reads and writes accounts, and tells of each change. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct AccountStore {
    desk: Database,
    changes: Changes,
    clock: Clock,
}

impl AccountStore {
    /// The store over an open desk.db.
    pub(super) fn new(desk: Database, changes: Changes, clock: Clock) -> Self {
        Self { desk, changes, clock }
    }

    /// All accounts, in the order they were connected.
    pub(super) async fn list(&self) -> Result<Vec<Account>, StoreError> {
        self.desk.read(all).await
    }

    /// One account.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where there is no such account.
    pub(super) async fn get(&self, id: &AccountId) -> Result<Account, Problem> {
        let wanted = id.clone();
        self.desk.read(move |sqlite| one(sqlite, &wanted)).await?.ok_or_else(not_found)
    }

    /// The accounts that share the sign-in of a portal.
    pub(super) async fn of_portal(&self, start_url: &str, region: &str) -> Result<Vec<Account>, StoreError> {
        let shares = |account: &Account| matches!(&account.source, CredentialSource::Portal { start_url: url, region: at, .. } if url == start_url && at == region);
        Ok(self.list().await?.into_iter().filter(shares).collect())
    }

    /// A new account that is not stored yet: with an id of its own and the first colour that no other has.
    pub(super) async fn prepare(
        &self,
        name: String,
        source: CredentialSource,
        partition: Partition,
    ) -> Result<Account, StoreError> {
        Ok(Account {
            id: AccountId(uuid::Uuid::new_v4().to_string()),
            name,
            colour: free_colour(&self.list().await?),
            source,
            partition,
            account_number: None,
            connection: Connection::Unchecked,
        })
    }

    /// Adds an account unless one of its id is there.
    pub(super) async fn add_if_absent(&self, account: Account) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.desk
            .write(move |tx| {
                if one(tx, &account.id)?.is_some() {
                    return Ok(());
                }
                insert(tx, &account, now)
            })
            .await
    }

    /// Adds an account, or writes one anew that is there: its place in the list and what was seen of it stay.
    pub(super) async fn put(&self, account: &Account) -> Result<(), StoreError> {
        let (account, now) = (account.clone(), self.clock.now());
        self.desk.write(move |tx| put(tx, &account, now)).await?;
        self.changes.tell(Change::Accounts);
        Ok(())
    }

    /// Sets what the user calls an account, and its colour.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where there is no such account.
    pub(super) async fn rename(&self, id: &AccountId, name: String, colour: u8) -> Result<(), Problem> {
        let wanted = id.clone();
        if !self.desk.write(move |tx| rename(tx, &wanted, &name, colour % COLOURS)).await? {
            return Err(not_found());
        }
        self.changes.tell(Change::Accounts);
        Ok(())
    }

    /// Sets whether an account works.
    pub(super) async fn set_connection(
        &self,
        id: &AccountId,
        connection: Connection,
    ) -> Result<(), StoreError> {
        let wanted = id.clone();
        self.desk.write(move |tx| set_connection(tx, &wanted, &connection)).await?;
        self.changes.tell(Change::Accounts);
        Ok(())
    }

    /// Sets the twelve digits of an account where they are not known yet; answers whether that was so.
    pub(super) async fn set_number(&self, id: &AccountId, number: &str) -> Result<bool, StoreError> {
        let (wanted, number) = (id.clone(), number.to_owned());
        let is_new = self.desk.write(move |tx| set_number(tx, &wanted, &number)).await?;
        if is_new {
            self.changes.tell(Change::Accounts);
        }
        Ok(is_new)
    }

    /// Removes an account and answers what it was. `delete_dependents` runs in the same transaction, before: it deletes what
    /// hangs on the account without a foreign key, or answers `false` where the account has to stay because something
    /// still has to be sent with it.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] while something in the outbox still has to be sent with it, and for the demo's.
    pub(super) async fn remove(
        &self,
        id: &AccountId,
        delete_dependents: impl FnOnce(&Transaction<'_>, &AccountId) -> Result<bool, StoreError> + Send + 'static,
    ) -> Result<Account, Problem> {
        let account = self.get(id).await?;
        if account.source == CredentialSource::Demo {
            return Err(Problem::new(ProblemCode::Conflict, "The demo's account cannot be removed."));
        }
        let wanted = id.clone();
        let may_go = self
            .desk
            .write(move |tx| {
                let may_go = delete_dependents(tx, &wanted)?;
                if may_go {
                    delete(tx, &wanted)?;
                }
                Ok(may_go)
            })
            .await?;
        if !may_go {
            return Err(Problem::new(
                ProblemCode::Conflict,
                "Something in the outbox still has to be sent with this account. Send or discard it first.",
            ));
        }
        self.changes.tell(Change::Accounts);
        Ok(account)
    }
}

/// No account has this id, or no longer.
pub(super) fn not_found() -> Problem {
    Problem::new(ProblemCode::NotFound, "This account is no longer connected.")
}

/// The first colour that no account has; with more accounts than colours they are given again.
fn free_colour(accounts: &[Account]) -> u8 {
    let taken = |colour: &u8| accounts.iter().any(|account| account.colour == *colour);
    (0..COLOURS)
        .find(|colour| !taken(colour))
        .unwrap_or_else(|| u8::try_from(accounts.len() % usize::from(COLOURS)).unwrap_or(0))
}

/// The accounts, for a query of another room: `JOIN {CONNECTED} a`. Runs on a connection that sees both files.
pub(crate) const CONNECTED: &str = "(SELECT id, seen_at FROM desk.account)";

const COLUMNS: &str = "id, name, colour, source, partition, account_number, connection, seen_at";

fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    let source: Option<CredentialSource> = serde_json::from_str(&lossy_text(row, "source")?).ok();
    let partition: Option<Partition> = serde_json::from_str(&lossy_text(row, "partition")?).ok();
    let connection = if source.is_some() && partition.is_some() {
        connection(&lossy_text(row, "connection")?)
    } else {
        Connection::Failed { at: row.get("seen_at")?, problem: unreadable() }
    };
    Ok(Account {
        id: AccountId(row.get("id")?),
        name: lossy_text(row, "name")?,
        colour: row.get("colour")?,
        // No profile has this name: nothing is asked with it.
        source: source.unwrap_or_else(|| CredentialSource::Profile { name: String::new() }),
        partition: partition.unwrap_or(Partition::Aws),
        account_number: row.get("account_number")?,
        connection,
    })
}

/// Why an account whose row is damaged, or of another version, does not work. The row is kept as it is.
fn unreadable() -> Problem {
    let message = "ECO Desk cannot read how this account signs in: what it kept of it is damaged, or of another version. Its incidents and what you wrote are kept. Connect the account again.";
    Problem::new(ProblemCode::CredentialsMissing, message)
}

/// Whether an account works, by its row. What cannot be read is not known: that keeps nothing from being sent, and the
/// next attempt or check writes it anew.
fn connection(json: &str) -> Connection {
    serde_json::from_str(json).unwrap_or(Connection::Unchecked)
}

fn all(sqlite: &Sqlite) -> Result<Vec<Account>, StoreError> {
    let mut select = sqlite.prepare(&format!("SELECT {COLUMNS} FROM account ORDER BY position"))?;
    let mut rows = select.query([])?;
    let mut accounts = Vec::new();
    while let Some(row) = rows.next()? {
        accounts.push(account(row)?);
    }
    Ok(accounts)
}

fn one(sqlite: &Sqlite, id: &AccountId) -> Result<Option<Account>, StoreError> {
    let mut select = sqlite.prepare(&format!("SELECT {COLUMNS} FROM account WHERE id = ?1"))?;
    let mut rows = select.query([&id.0])?;
    rows.next()?.map(account).transpose()
}

/// Adds an account at the end. What was said in its cases before `seen_at` counts as seen.
fn insert(tx: &Transaction<'_>, account: &Account, seen_at: Millis) -> Result<(), StoreError> {
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

fn put(tx: &Transaction<'_>, account: &Account, seen_at: Millis) -> Result<(), StoreError> {
    if one(tx, &account.id)?.is_none() {
        return insert(tx, account, seen_at);
    }
    tx.execute(
        "UPDATE account SET name = ?2, source = ?3, partition = ?4, connection = ?5 WHERE id = ?1",
        (
            &account.id.0,
            &account.name,
            serde_json::to_string(&account.source)?,
            serde_json::to_string(&account.partition)?,
            serde_json::to_string(&account.connection)?,
        ),
    )?;
    Ok(())
}

fn set_connection(tx: &Transaction<'_>, id: &AccountId, connection: &Connection) -> Result<(), StoreError> {
    let json = serde_json::to_string(connection)?;
    tx.execute("UPDATE account SET connection = ?2 WHERE id = ?1", (&id.0, json))?;
    Ok(())
}

/// Answers whether there is such an account.
fn rename(tx: &Transaction<'_>, id: &AccountId, name: &str, colour: u8) -> Result<bool, StoreError> {
    Ok(tx.execute("UPDATE account SET name = ?2, colour = ?3 WHERE id = ?1", (&id.0, name, colour))? > 0)
}

fn set_number(tx: &Transaction<'_>, id: &AccountId, number: &str) -> Result<bool, StoreError> {
    let unknown = "UPDATE account SET account_number = ?2 WHERE id = ?1 AND account_number IS NULL";
    Ok(tx.execute(unknown, (&id.0, number))? > 0)
}

/// Removes an account; what refers to it falls with it.
fn delete(tx: &Transaction<'_>, id: &AccountId) -> Result<(), StoreError> {
    credentials::forget_approved(tx, id)?;
    tx.execute("DELETE FROM account WHERE id = ?1", [&id.0])?;
    Ok(())
}

/// The ids of all accounts. Runs on a connection that sees `desk.db`.
pub(crate) fn ids(sqlite: &Sqlite) -> Result<HashSet<AccountId>, StoreError> {
    let mut select = sqlite.prepare_cached("SELECT id FROM account")?;
    let ids = select.query_map([], |row| Ok(AccountId(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Whether each account works. Runs on a connection that sees `desk.db`.
pub(crate) fn connections(sqlite: &Sqlite) -> Result<Vec<(AccountId, Connection)>, StoreError> {
    let mut select = sqlite.prepare_cached("SELECT id, connection FROM account")?;
    let mut rows = select.query([])?;
    let mut connections = Vec::new();
    while let Some(row) = rows.next()? {
        connections.push((AccountId(row.get(0)?), connection(&lossy_text(row, 1)?)));
    }
    Ok(connections)
}

/// Whether the accounts are the demo's; `None` where there is none.
pub(crate) fn is_demo(sqlite: &Sqlite) -> Result<Option<bool>, StoreError> {
    let select = "SELECT source ->> '$.kind' = 'demo' FROM account WHERE json_valid(source) LIMIT 1";
    Ok(sqlite.query_row(select, [], |row| row.get(0)).optional()?)
}

/// What the user calls an account.
pub(crate) fn name_of(sqlite: &Sqlite, id: &AccountId) -> Result<Option<String>, StoreError> {
    let select = "SELECT name FROM account WHERE id = ?1";
    Ok(sqlite.prepare_cached(select)?.query_row([&id.0], |row| row.get(0)).optional()?)
}

/// Since when what is said in the cases of an account counts as unseen.
pub(crate) fn seen_at(sqlite: &Sqlite, id: &AccountId) -> Result<Option<Millis>, StoreError> {
    let select = "SELECT seen_at FROM account WHERE id = ?1";
    Ok(sqlite.prepare_cached(select)?.query_row([&id.0], |row| row.get(0)).optional()?)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use desk_store::Store;

    /// A store of accounts in a folder of its own.
    pub(in crate::account) async fn store() -> (tempfile::TempDir, AccountStore) {
        let dir = tempfile::tempdir().unwrap();
        let desk = Store::open(dir.path()).await.unwrap().store.desk;
        (dir, AccountStore::new(desk, Changes::default(), Clock::System))
    }

    fn profile(name: &str) -> CredentialSource {
        CredentialSource::Profile { name: name.to_owned() }
    }

    async fn added(store: &AccountStore, name: &str) -> Account {
        let account = store.prepare(name.to_owned(), profile(name), Partition::Aws).await.unwrap();
        store.put(&account).await.unwrap();
        account
    }

    #[tokio::test]
    async fn what_is_put_is_read_back_whole_and_keeps_its_place() {
        let (_dir, store) = store().await;
        let (first, second) = (added(&store, "first").await, added(&store, "second").await);
        let changed = Account {
            name: "changed".to_owned(),
            source: profile("another"),
            partition: Partition::AwsCn,
            connection: Connection::Connected { at: 7 },
            ..first
        };
        store.put(&changed).await.unwrap();
        assert_eq!(store.list().await.unwrap(), [changed.clone(), second]);
        store.add_if_absent(Account { name: "lost".to_owned(), ..changed.clone() }).await.unwrap();
        assert_eq!(store.get(&changed.id).await.unwrap(), changed);
    }

    #[tokio::test]
    async fn each_account_gets_the_first_colour_that_is_free() {
        let (_dir, store) = store().await;
        let mut accounts = Vec::new();
        for number in 0..COLOURS {
            let account = added(&store, &number.to_string()).await;
            assert_eq!(account.colour, number);
            accounts.push(account);
        }
        assert_eq!(added(&store, "one more").await.colour, 0, "they are given again");
        store.remove(&accounts[3].id, |_, _| Ok(true)).await.unwrap();
        assert_eq!(added(&store, "in its place").await.colour, 3);
    }

    #[tokio::test]
    async fn the_number_of_an_account_is_set_once() {
        let (_dir, store) = store().await;
        let account = added(&store, "one").await;
        assert!(store.set_number(&account.id, "111111111111").await.unwrap());
        assert!(!store.set_number(&account.id, "222222222222").await.unwrap());
        let known = store.get(&account.id).await.unwrap().account_number;
        assert_eq!(known.as_deref(), Some("111111111111"));
    }

    #[tokio::test]
    async fn an_account_that_is_not_there_is_neither_read_renamed_nor_removed() {
        let (_dir, store) = store().await;
        let nobody = AccountId("nobody".to_owned());
        let read = store.get(&nobody).await.map(drop);
        let renamed = store.rename(&nobody, "name".to_owned(), 0).await;
        let removed = store.remove(&nobody, |_, _| Ok(true)).await.map(drop);
        for outcome in [read, renamed, removed] {
            assert_eq!(outcome.unwrap_err().code, ProblemCode::NotFound);
        }
    }
}
