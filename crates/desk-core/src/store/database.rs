//! One SQLite file: a writing connection, a few reading ones, each on a thread of its own.

use super::{StoreError, salvage};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{Migrations, SchemaVersion};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Reading connections a file: the UI asks for a list and its counts at the same time, seldom for more.
const READERS: usize = 2;

/// How long a connection waits for another process (a backup program, say) to let go.
const BUSY: Duration = Duration::from_secs(5);

/// What is promised of a committed transaction when the power fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// It is on the disk.
    Full,
    /// The file is consistent; the newest transactions may be missing.
    Normal,
}

/// An open file. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    path: Arc<PathBuf>,
    writer: tokio_rusqlite::Connection,
    readers: Arc<[tokio_rusqlite::Connection]>,
    next: Arc<AtomicUsize>,
}

impl Database {
    pub(super) async fn open(
        path: &Path,
        migrations: &Migrations<'static>,
        durability: Durability,
        attach: Option<&Path>,
    ) -> Result<Self, StoreError> {
        let mut writer = Connection::open(path)?;
        writer.busy_timeout(BUSY)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "foreign_keys", true)?;
        let synchronous = match durability {
            Durability::Full => "FULL",
            Durability::Normal => "NORMAL",
        };
        writer.pragma_update(None, "synchronous", synchronous)?;
        migrate(path, &mut writer, migrations)?;
        let mut readers = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_URI
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let reader = Connection::open_with_flags(path, flags)?;
            reader.busy_timeout(BUSY)?;
            if let Some(other) = attach {
                // The connection is read-only, and what is attached to it is too.
                reader.execute("ATTACH DATABASE ?1 AS desk", [other.to_string_lossy()])?;
            }
            readers.push(tokio_rusqlite::Connection::from(reader));
        }
        Ok(Self {
            path: Arc::new(path.to_owned()),
            writer: tokio_rusqlite::Connection::from(writer),
            readers: readers.into(),
            next: Arc::default(),
        })
    }

    /// Runs `change` in one transaction: all of it is on disk when this returns `Ok`, or none of it.
    ///
    /// # Errors
    /// What `change` answers, and where SQLite cannot commit.
    pub async fn write<R, F>(&self, change: F) -> Result<R, StoreError>
    where
        R: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<R, StoreError> + Send + 'static,
    {
        let run = move |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = change(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        };
        self.call(&self.writer, run).await
    }

    /// Runs `query` on a reading connection; it sees what was committed when it began.
    ///
    /// # Errors
    /// What `query` answers.
    pub async fn read<R, F>(&self, query: F) -> Result<R, StoreError>
    where
        R: Send + 'static,
        F: FnOnce(&Connection) -> Result<R, StoreError> + Send + 'static,
    {
        let reader = &self.readers[self.next.fetch_add(1, Ordering::Relaxed) % READERS];
        let run = move |connection: &mut Connection| {
            // One transaction, so that a page and its counts agree.
            let transaction = connection.transaction()?;
            query(&transaction)
        };
        self.call(reader, run).await
    }

    /// Writes the file anew without what was deleted, which SQLite otherwise leaves in free pages.
    ///
    /// # Errors
    /// Where there is no room for the new file.
    pub(super) async fn wipe_deleted(&self) -> Result<(), StoreError> {
        let run = |connection: &mut Connection| {
            connection.execute_batch("VACUUM")?;
            // Where somebody reads just now, the log is emptied by the next checkpoint or at the end.
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        };
        self.call(&self.writer, run).await
    }

    /// Closes all connections.
    pub(super) async fn close(&self) {
        for reader in self.readers.iter() {
            let _ = reader.clone().close().await;
        }
        let _ = self.writer.clone().close().await;
    }

    async fn call<R, F>(&self, connection: &tokio_rusqlite::Connection, run: F) -> Result<R, StoreError>
    where
        R: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<R, StoreError> + Send + 'static,
    {
        // A panic would end the connection's thread and with it the whole program's use of the file.
        let caught = move |connection: &mut Connection| catch_unwind(AssertUnwindSafe(|| run(connection)));
        let answer = match connection.call_raw(caught).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(StoreError::Panicked),
            Err(_) => Err(StoreError::Closed),
        };
        if let Err(error) = &answer
            && error.is_damage()
        {
            salvage::mark(&self.path);
        }
        answer
    }
}

fn migrate(
    path: &Path,
    connection: &mut Connection,
    migrations: &Migrations<'static>,
) -> Result<(), StoreError> {
    use rusqlite_migration::Error as E;
    migrations.to_latest(connection).map_err(|error| match error {
        E::MigrationDefinition(rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead) => {
            StoreError::Newer(path.to_owned())
        }
        E::RusqliteError { err, .. } => StoreError::Sqlite(err),
        other => StoreError::Migration(other.to_string()),
    })?;
    debug_assert!(
        matches!(migrations.current_version(connection), Ok(SchemaVersion::Inside(_))),
        "a migrated file has a version that this program knows"
    );
    Ok(())
}
