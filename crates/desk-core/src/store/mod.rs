//! SQLite: the two files, their schemas, and how they are read and written.
//!
//! `desk.db` holds what only this computer has and is as durable as SQLite can make it; `cases.db` is the mirror
//! of AWS and can be fetched again. No transaction spans both. Each file has one writing connection on a thread
//! of its own and a few reading ones (WAL), so that a long write never keeps the UI waiting. The rooms keep
//! their own queries; this room knows none of them.

mod database;
mod error;
mod salvage;

pub use database::Database;
pub use error::StoreError;

use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};

const DESK_SCHEMA: &[M<'static>] =
    &[M::up(include_str!("desk.sql")), M::up(include_str!("sealed.sql")), M::up(include_str!("trust.sql"))];
const CASES_SCHEMA: &[M<'static>] = &[M::up(include_str!("cases.sql"))];

/// Both databases, open. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    /// What only this computer has.
    pub desk: Database,
    /// The mirror of AWS. Its reading connections see `desk.db` attached read-only as `desk`.
    pub cases: Database,
    staging: PathBuf,
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
    /// Opens both files in `dir`, making what is missing and migrating what is older.
    ///
    /// A damaged `cases.db` is set aside and every row that can still be read is saved into a new one.
    ///
    /// # Errors
    /// Where the folder cannot be written, `desk.db` is damaged, or a file was written by a newer program.
    pub async fn open(dir: &Path) -> Result<Opened, StoreError> {
        let staging = dir.join("staging");
        std::fs::create_dir_all(&staging)
            .map_err(|error| StoreError::Folder { path: staging.clone(), error })?;
        let desk_path = dir.join("desk.db");
        let cases_path = dir.join("cases.db");
        let mut notices = Vec::new();
        let desk = Database::open(
            &desk_path,
            &Migrations::from_slice(DESK_SCHEMA),
            database::Durability::Full,
            None,
        )
        .await?;
        let open_cases = || async {
            let migrations = Migrations::from_slice(CASES_SCHEMA);
            Database::open(&cases_path, &migrations, database::Durability::Normal, Some(&desk_path)).await
        };
        let cases = match open_cases().await {
            Ok(cases) if !salvage::is_marked(&cases_path) => cases,
            Ok(damaged) => {
                damaged.close().await;
                let aside = salvage::set_aside(&cases_path)?;
                let cases = open_cases().await?;
                notices.push(salvage::pour(&aside, &cases).await?);
                cases
            }
            Err(error) if error.is_damage() => {
                let aside = salvage::set_aside(&cases_path)?;
                let cases = open_cases().await?;
                notices.push(salvage::pour(&aside, &cases).await?);
                cases
            }
            Err(error) => return Err(error),
        };
        Ok(Opened { store: Self { desk, cases, staging }, notices })
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
    pub(crate) async fn wipe_deleted(&self) -> Result<(), StoreError> {
        self.desk.wipe_deleted().await?;
        self.cases.wipe_deleted().await?;
        salvage::forget_set_aside(self.staging.parent().unwrap_or(&self.staging))
    }

    /// Closes both files in order. Whoever calls the store afterwards gets [`StoreError::Closed`].
    pub async fn close(&self) {
        self.cases.close().await;
        self.desk.close().await;
    }
}

#[cfg(test)]
mod tests;
