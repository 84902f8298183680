//! One SQLite file: one writing connection and a few reading ones, each on a thread of its own.

use super::{
    FolderResources, StoreError,
    folder::{self, FolderLock},
    inspect, salvage,
};
use desk_model::Problem;
use rusqlite::{
    Connection, MAIN_DB, OpenFlags, Row, RowIndex, Transaction, TransactionBehavior, types::ValueRef,
};
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
use tokio::sync::watch;

/// Reading connections per file: the UI asks for a list and its counts at the same time, seldom for more.
const READERS: usize = 2;

/// How long a connection waits for a lock that another process (a backup program, say) holds.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Durability of a committed transaction on power failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// Committed transactions are on the disk.
    Full,
    /// The file is consistent; the newest transactions may be missing.
    Normal,
}

/// Handle to an open SQLite file. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    path: Arc<PathBuf>,
    /// What the reading connections see beside it.
    attached: Option<Arc<PathBuf>>,
    writer: tokio_rusqlite::Connection,
    readers: Arc<[tokio_rusqlite::Connection]>,
    next: Arc<AtomicUsize>,
    disk: watch::Sender<Option<Problem>>,
    /// Keeps the data folder locked as long as a database in it is open.
    _lock: Arc<FolderLock>,
}

impl Database {
    pub(super) async fn open(
        path: &Path,
        migrations: &Migrations<'static>,
        durability: Durability,
        attach: Option<&Path>,
        files: &FolderResources,
    ) -> Result<Self, StoreError> {
        Self::open_file(path, migrations, durability, attach, files).map_err(|error| error.of_file(path))
    }

    fn open_file(
        path: &Path,
        migrations: &Migrations<'static>,
        durability: Durability,
        attach: Option<&Path>,
        files: &FolderResources,
    ) -> Result<Self, StoreError> {
        if !path.exists() {
            create(path, migrations, |_| Ok(()))?;
        }
        let mut writer = Connection::open(path)?;
        // SQLite falls back to reading where it may not write, and would say so only at the first write.
        if writer.is_readonly(MAIN_DB)? {
            let reason = "it is write-protected, or belongs to another user".to_owned();
            return Err(StoreError::ReadOnly { path: path.to_owned(), reason });
        }
        writer.busy_timeout(BUSY_TIMEOUT)?;
        // What is deleted is overwritten, in pages that stay in use too.
        writer.pragma_update(None, "secure_delete", true)?;
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
            reader.busy_timeout(BUSY_TIMEOUT)?;
            if let Some(other) = attach {
                // The connection is read-only, and what is attached to it is too.
                reader.execute("ATTACH DATABASE ?1 AS desk", [other.to_string_lossy()])?;
            }
            readers.push(tokio_rusqlite::Connection::from(reader));
        }
        Ok(Self {
            path: Arc::new(path.to_owned()),
            attached: attach.map(|other| Arc::new(other.to_owned())),
            writer: tokio_rusqlite::Connection::from(writer),
            readers: readers.into(),
            next: Arc::default(),
            disk: files.disk.clone(),
            _lock: files.lock.clone(),
        })
    }

    /// Runs `change` in one write transaction, which is committed when this returns `Ok` and rolled back otherwise.
    ///
    /// # Errors
    /// Returns the error of `change`, or SQLite's where it cannot commit.
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
        let outcome = self.call(&self.writer, run).await.map_err(|error| error.of_file(&self.path));
        match &outcome {
            Ok(_) => self.report_disk(None),
            Err(error) if error.is_disk_failure() => self.report_disk(Some(error.into())),
            // Other errors say nothing about the disk.
            Err(_) => {}
        }
        outcome
    }

    fn report_disk(&self, problem: Option<Problem>) {
        self.disk.send_if_modified(|known| {
            let differs = *known != problem;
            *known = problem;
            differs
        });
    }

    /// Runs `query` in a read transaction; it sees a snapshot of what was committed when it began.
    ///
    /// # Errors
    /// Returns the error of `query`.
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

    /// Rewrites the file (`VACUUM`) without deleted rows, which SQLite otherwise leaves in free pages.
    ///
    /// # Errors
    /// Where there is no room for the new file.
    pub(super) async fn wipe_deleted(&self) -> Result<(), StoreError> {
        self.run_on_writer(|connection| {
            connection.execute_batch("VACUUM")?;
            // If a reader holds it, the next checkpoint or the last connection truncates the log.
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        })
        .await
    }

    /// Runs `run` on the writing connection outside of a transaction.
    pub(super) async fn run_on_writer<R, F>(&self, run: F) -> Result<R, StoreError>
    where
        R: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<R, StoreError> + Send + 'static,
    {
        self.call(&self.writer, run).await.map_err(|error| error.of_file(&self.path))
    }

    /// Returns the path of the file.
    pub(super) fn path(&self) -> PathBuf {
        self.path.as_ref().clone()
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
        // A panic would end the connection's thread, after which the file could no longer be used.
        let caught = move |connection: &mut Connection| catch_unwind(AssertUnwindSafe(|| run(connection)));
        let answer = match connection.call_raw(caught).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(StoreError::Panicked),
            Err(_) => Err(StoreError::Closed),
        };
        if let Err(error) = &answer
            && error.is_corruption()
        {
            self.mark_damaged(connection).await;
        }
        answer
    }

    /// Marks the file that is damaged. A connection that sees two of them does not say in which it met the damage.
    async fn mark_damaged(&self, connection: &tokio_rusqlite::Connection) {
        let Some(attached) = &self.attached else { return salvage::mark_damaged(&self.path) };
        let is_sound = |connection: &Connection, schema: &str| {
            inspect::passes(connection, &format!("{schema}.quick_check")).is_ok_and(|sound| sound)
        };
        let looked = connection
            .call(move |connection| {
                Ok::<_, rusqlite::Error>((is_sound(connection, "main"), is_sound(connection, "desk")))
            })
            .await;
        let (own, other) = looked.unwrap_or((false, true));
        if !other {
            salvage::mark_damaged(attached);
        }
        // Damage that no look finds is in an index of the larger file.
        if !own || other {
            salvage::mark_damaged(&self.path);
        }
    }
}

/// Reads a text column; what is no UTF-8 any more, on a disk that fails, is replaced and does not cost the row.
///
/// # Errors
/// Where there is no such column, or it holds something else than text.
pub fn lossy_text(row: &Row<'_>, column: impl RowIndex + Copy) -> rusqlite::Result<String> {
    let column = column.idx(row.as_ref())?;
    match row.get_ref(column)? {
        ValueRef::Text(text) => Ok(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => row.get(column),
    }
}

/// Creates the database under a temporary name, migrates and fills it, then renames it: a program that is killed
/// meanwhile leaves nothing that looks like an empty database.
pub(super) fn create(
    path: &Path,
    migrations: &Migrations<'static>,
    fill: impl FnOnce(&Connection) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let failed = |error| StoreError::from_write(path, error);
    for companion in salvage::COMPANIONS {
        match std::fs::remove_file(salvage::companion_of(&fresh, companion)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
    }
    // SQLite gives a database's permissions to the files that it makes beside it.
    drop(folder::create_file(&fresh).map_err(failed)?);
    folder::restrict_file(&fresh).map_err(failed)?;
    let mut connection = Connection::open(&fresh)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    migrate(path, &mut connection, migrations)?;
    fill(&connection)?;
    connection.close().map_err(|(_, error)| error)?;
    std::fs::rename(&fresh, path).map_err(failed)?;
    if let Some(parent) = path.parent() {
        folder::sync_folder(parent).map_err(failed)?;
    }
    Ok(())
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
