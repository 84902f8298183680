//! SQLite: the two files, their schemas, and how they are read and written.
//!
//! `desk.db` holds what only this computer has and is as durable as SQLite can make it; `cases.db` is the mirror
//! of AWS and can be fetched again. No transaction spans both. Each file has one writing connection on a thread
//! of its own and a few reading ones (WAL), so that a long write never keeps the UI waiting. The rooms keep
//! their own queries; this crate knows none of them.

mod backup;
mod database;
mod error;
mod folder;
mod inspect;
mod missing;
mod rescue;
mod salvage;

pub use backup::Backup;
pub use database::{Database, lossy_text};
pub use error::StoreError;
pub use folder::private_file;
pub use folder::{DataFolder, private_folder};
pub use missing::KEPT_FILES_SETTING;
pub use rescue::{RESCUE_SETTING, RescueCause, RescueReport, SavedRows};

use desk_model::{Millis, Problem};
use folder::FolderLock;
use inspect::Soundness;
use rusqlite_migration::{M, Migrations};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
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

/// Handle to both open databases. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    /// `desk.db`: what only this computer has.
    pub desk: Database,
    /// `cases.db`: the mirror of AWS. Its reading connections see `desk.db` attached read-only as `desk`.
    pub cases: Database,
    staging: PathBuf,
    /// Held while a backup is made, and while all are deleted.
    backing_up: Arc<Mutex<()>>,
    lock: Arc<FolderLock>,
    disk: watch::Receiver<Option<Problem>>,
}

/// An open store, with notices about what had to be repaired to open it.
#[derive(Debug)]
pub struct OpenedStore {
    /// The store.
    pub store: Store,
    /// Notices to show to the user once; usually none.
    pub notices: Vec<String>,
}

impl Store {
    /// Opens both files in `dir` and keeps every other program from them until the store is closed: see
    /// [`DataFolder::open`] and [`Store::open_in`].
    ///
    /// # Errors
    /// As those two.
    pub async fn open(dir: &Path) -> Result<OpenedStore, StoreError> {
        Self::open_in(DataFolder::open(dir)?).await
    }

    /// Opens both files of a data folder, making what is missing and migrating what is older. A missing file appears
    /// under its name only when it is whole.
    ///
    /// A damaged file is set aside, and every row that can still be read is saved into a new one. So is what is left of
    /// `desk.db` where it is missing and something shows that there was one; what of it cannot be read comes from the
    /// newest backup. A report of that lies in the new `desk.db`, as [`RESCUE_SETTING`].
    ///
    /// # Errors
    /// Where a file cannot be written, or was written by a newer program.
    pub async fn open_in(folder: DataFolder) -> Result<OpenedStore, StoreError> {
        let (desk_path, cases_path) = (folder.path().join("desk.db"), folder.path().join("cases.db"));
        let staging = folder.staging();
        let DataFolder { lock, mut notices, .. } = folder;
        let (disk_sender, disk) = watch::channel(None);
        let files = FolderResources { lock: lock.clone(), disk: disk_sender };
        let schema = Migrations::from_slice(DESK_SCHEMA);
        rescue::install(&desk_path)?;
        if let Some(missing) = missing::set_aside(&desk_path, &cases_path, &staging)? {
            rescue::rescue_missing(&desk_path, &missing, &staging, &schema)?;
        } else if desk_path.exists() {
            match inspect::look(&desk_path, &schema).map_err(|error| error.of_file(&desk_path))? {
                Soundness::Sound => {}
                Soundness::Damaged => rescue::rescue_damaged(&desk_path, &staging, &schema)?,
                Soundness::Newer => return Err(StoreError::Newer(desk_path)),
            }
        }
        let desk = Database::open(&desk_path, &schema, database::Durability::Full, None, &files).await?;
        let open_cases = || async {
            let migrations = Migrations::from_slice(CASES_SCHEMA);
            Database::open(&cases_path, &migrations, database::Durability::Normal, Some(&desk_path), &files)
                .await
        };
        let found = if missing::is_lost(&cases_path)? { None } else { Some(open_cases().await) };
        let good = match found {
            Some(Ok(cases)) if !salvage::is_marked_damaged(&cases_path) => Some(cases),
            Some(Ok(damaged)) => {
                damaged.close().await;
                None
            }
            Some(Err(error)) if !error.is_of_the_file() => return Err(error),
            Some(Err(_)) | None => None,
        };
        let cases = match good {
            Some(cases) => cases,
            None => {
                let aside = salvage::set_aside(&cases_path)?;
                let cases = open_cases().await?;
                notices.push(salvage::copy_readable_rows(&aside, &cases).await?);
                cases
            }
        };
        Ok(OpenedStore {
            store: Self { desk, cases, staging, backing_up: Arc::default(), lock, disk },
            notices,
        })
    }

    /// Watches whether the disk can be written: `Some` with the reason while the last write has failed.
    #[must_use]
    pub fn disk(&self) -> watch::Receiver<Option<Problem>> {
        self.disk.clone()
    }

    /// The folder of the staged copies of files.
    #[must_use]
    pub fn staging(&self) -> &Path {
        &self.staging
    }

    /// Removes deleted rows from the files of both databases, and deletes the files that were set aside and the backups,
    /// since they contain such rows too.
    ///
    /// # Errors
    /// Where something stays on the disk.
    pub async fn wipe_deleted(&self) -> Result<(), StoreError> {
        self.desk.wipe_deleted().await?;
        self.cases.wipe_deleted().await?;
        let (data, alone) = (self.data(), self.backing_up.clone());
        let desk = self.desk.path();
        let [damaged, replaced] = rescue::SET_ASIDE_PREFIXES;
        let set_aside = [salvage::SET_ASIDE_PREFIX, missing::SET_ASIDE_PREFIX, damaged, replaced];
        blocking(move || {
            let _alone = alone.lock().unwrap_or_else(PoisonError::into_inner);
            salvage::delete_set_aside(&data, &set_aside)?;
            backup::remove(&rescue::waiting(&desk)).map_err(|error| StoreError::from_write(&desk, error))?;
            backup::delete_all(&data)
        })
        .await
    }

    /// The data folder.
    fn data(&self) -> PathBuf {
        self.staging.parent().unwrap_or(&self.staging).to_owned()
    }

    /// Makes a backup of `desk.db` where the newest is an hour old and the disk has room, and deletes those that are too
    /// many. Answers whether one was made.
    ///
    /// # Errors
    /// Where the database cannot be read, or the backup not be written.
    pub async fn back_up(&self, now: Millis) -> Result<bool, StoreError> {
        let (desk, data, alone) = (self.desk.path(), self.data(), self.backing_up.clone());
        blocking(move || {
            let _alone = alone.lock().unwrap_or_else(PoisonError::into_inner);
            backup::make_if_due(&desk, &data, now)
        })
        .await
    }

    /// All backups of `desk.db`, newest first.
    ///
    /// # Errors
    /// Where the program is ending.
    pub async fn backups(&self, now: Millis) -> Result<Vec<Backup>, StoreError> {
        let data = self.data();
        blocking(move || Ok(backup::list(&data, now))).await
    }

    /// Makes ready that the backup of this name takes the place of `desk.db` at the next start. What is there then is set
    /// aside. Answers `false` where there is no such backup.
    ///
    /// # Errors
    /// Where the backup is damaged, or there is no room.
    pub async fn restore_at_next_start(&self, name: String) -> Result<bool, StoreError> {
        let (desk, data, staging) = (self.desk.path(), self.data(), self.staging.clone());
        blocking(move || {
            let Some((backup, at)) = backup::named(&data, &name) else { return Ok(false) };
            let schema = Migrations::from_slice(DESK_SCHEMA);
            rescue::prepare_restore(&desk, &backup, at, &staging, &schema)?;
            Ok(true)
        })
        .await
    }

    /// Reads both files wholly and marks what is damaged, for the next start to mend; answers the names of those files.
    ///
    /// # Errors
    /// Where a file cannot be opened.
    pub async fn check(&self) -> Result<Vec<&'static str>, StoreError> {
        let mut damaged = Vec::new();
        for (name, database) in [("desk.db", &self.desk), ("cases.db", &self.cases)] {
            let path = database.path();
            let looked = path.clone();
            if !blocking(move || inspect::check(&looked)).await? {
                salvage::mark_damaged(&path);
                damaged.push(name);
            }
        }
        Ok(damaged)
    }

    /// Closes both files in order and lets other programs have the folder. Later calls of the store get
    /// [`StoreError::Closed`].
    pub async fn close(&self) {
        self.cases.close().await;
        self.desk.close().await;
        self.lock.release();
    }
}

/// Runs work on files where it may block.
async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, StoreError> + Send + 'static,
) -> Result<R, StoreError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Panicked))
}

/// Resources that the databases of one data folder share.
#[derive(Debug)]
struct FolderResources {
    /// The folder's lock; each open database holds it.
    lock: Arc<FolderLock>,
    /// Receives after each write whether the disk could be written.
    disk: watch::Sender<Option<Problem>>,
}

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;
