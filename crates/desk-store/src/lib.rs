//! SQLite: the two files, their schemas, and how they are read and written.
//!
//! `desk.db` holds what only this computer has and is as durable as SQLite can make it; `cases.db` is the mirror
//! of AWS and can be fetched again. No transaction spans both. Each file has one writing connection on a thread
//! of its own and a few reading ones (WAL), so that a long write never keeps the UI waiting. The rooms keep
//! their own queries; this room knows none of them.

mod database;
mod error;
mod folder;
mod missing;
mod salvage;

pub use database::Database;
pub use error::StoreError;
pub use folder::private_file;
pub use folder::{DataFolder, private_folder};

use desk_model::Problem;
use folder::FolderLock;
use rusqlite_migration::{M, Migrations};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::watch;

const DESK_SCHEMA: &[M<'static>] = &[
    M::up(include_str!("desk.sql")),
    M::up(include_str!("sealed.sql")),
    M::up(include_str!("trust.sql")),
    M::up(include_str!("ties.sql")),
    M::up(include_str!("outbox.sql")),
];
const CASES_SCHEMA: &[M<'static>] = &[
    M::up(include_str!("cases.sql")),
    M::up(include_str!("correspondence.sql")),
    M::up(include_str!("news.sql")),
];

/// Both databases, open. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    /// What only this computer has.
    pub desk: Database,
    /// The mirror of AWS. Its reading connections see `desk.db` attached read-only as `desk`.
    pub cases: Database,
    staging: PathBuf,
    lock: Arc<FolderLock>,
    disk: watch::Receiver<Option<Problem>>,
}

/// An open store, and what had to be mended to open it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Sentences to tell the user once; empty when all was well.
    pub notices: Vec<String>,
}

impl Store {
    /// Opens both files in `dir` and keeps every other program from them until the store is closed: see
    /// [`DataFolder::open`] and [`Store::open_in`].
    ///
    /// # Errors
    /// As those two.
    pub async fn open(dir: &Path) -> Result<Opened, StoreError> {
        Self::open_in(DataFolder::open(dir)?).await
    }

    /// Opens both files of a data folder, making what is missing and migrating what is older. A missing file appears
    /// under its name only when it is whole.
    ///
    /// A damaged `cases.db` is set aside and every row that can still be read is saved into a new one. Where `desk.db`
    /// is missing and something shows that there was one, what is left of it is set aside and the staged files are
    /// kept.
    ///
    /// # Errors
    /// Where a file cannot be written, `desk.db` is damaged, or a file was written by a newer program.
    pub async fn open_in(folder: DataFolder) -> Result<Opened, StoreError> {
        let (desk_path, cases_path) = (folder.path().join("desk.db"), folder.path().join("cases.db"));
        let staging = folder.staging();
        let DataFolder { lock, mut notices, .. } = folder;
        let (told, disk) = watch::channel(None);
        let files = Files { lock: lock.clone(), disk: told };
        let schema = Migrations::from_slice(DESK_SCHEMA);
        if let Some(missing) = missing::set_aside(&desk_path, &cases_path, &staging)? {
            // In the same step in which the new file appears: a kill must not leave one that knows nothing of them.
            database::create(&desk_path, &schema, |new| missing.keep_staged(new))?;
            notices.push(missing.told());
        }
        let desk = Database::open(&desk_path, &schema, database::Durability::Full, None, &files).await?;
        let open_cases = || async {
            let migrations = Migrations::from_slice(CASES_SCHEMA);
            Database::open(&cases_path, &migrations, database::Durability::Normal, Some(&desk_path), &files)
                .await
        };
        let found = if missing::is_emptied(&cases_path)? { None } else { Some(open_cases().await) };
        let good = match found {
            Some(Ok(cases)) if !salvage::is_marked(&cases_path) => Some(cases),
            Some(Ok(damaged)) => {
                damaged.close().await;
                None
            }
            Some(Err(error)) if !error.is_damage() => return Err(error),
            Some(Err(_)) | None => None,
        };
        let cases = match good {
            Some(cases) => cases,
            None => {
                let aside = salvage::set_aside(&cases_path)?;
                let cases = open_cases().await?;
                notices.push(salvage::pour(&aside, &cases).await?);
                cases
            }
        };
        Ok(Opened { store: Self { desk, cases, staging, lock, disk }, notices })
    }

    /// Why nothing can be saved at the moment: the last write failed for the disk. To be watched.
    #[must_use]
    pub fn disk(&self) -> watch::Receiver<Option<Problem>> {
        self.disk.clone()
    }

    /// The folder of the staged copies of files.
    #[must_use]
    pub fn staging(&self) -> &Path {
        &self.staging
    }

    /// Wipes from the disk what was deleted, and the damaged mirrors that were set aside: they hold all that the
    /// mirror held then.
    ///
    /// # Errors
    /// Where something stays on the disk.
    pub async fn wipe_deleted(&self) -> Result<(), StoreError> {
        self.desk.wipe_deleted().await?;
        self.cases.wipe_deleted().await?;
        salvage::forget_set_aside(self.staging.parent().unwrap_or(&self.staging))
    }

    /// Closes both files in order and lets other programs have the folder. Later calls of the store get
    /// [`StoreError::Closed`].
    pub async fn close(&self) {
        self.cases.close().await;
        self.desk.close().await;
        self.lock.release();
    }
}

/// What the files of one folder share.
#[derive(Debug)]
struct Files {
    /// Held by each open file.
    lock: Arc<FolderLock>,
    /// Told after each write whether the disk took it.
    disk: watch::Sender<Option<Problem>>,
}

#[cfg(test)]
mod tests;
