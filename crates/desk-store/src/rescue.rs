//! Rescue of `desk.db`: a new one is made of every row that can be read of what is there, and of the newest good backup.
//!
//! The new file is whole under the name `desk.rescued` before anything else is touched; then the old files are renamed,
//! its companions first, and the new one takes their place. A kill in between is taken up at the next start. The old
//! files are never changed: SQLite reads a copy of them.

mod pages;
mod pour;
mod tables;

use crate::{
    StoreError, backup, database,
    missing::{self, MissingDatabase},
    salvage,
};
use desk_model::Millis;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use rusqlite_migration::Migrations;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Prefixes of the names of files that a rescued or restored `desk.db` has replaced.
pub(crate) const SET_ASIDE_PREFIXES: [&str; 2] = ["desk-damaged-", "desk-replaced-"];
/// The row of `setting` that has the report of the last rescue until it is dismissed.
pub const RESCUE_SETTING: &str = "rescue";

/// Prefix of the names of the folders that copies are read in.
const WORK_PREFIX: &str = ".rescue-";

/// Why `desk.db` was made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RescueCause {
    /// It was damaged.
    Damaged,
    /// It was missing or empty.
    Missing,
    /// A backup was restored on request.
    Restored,
}

/// What was saved of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedRows {
    /// The table.
    pub table: String,
    /// How many rows of the file itself.
    pub rows: u64,
    /// Whether the table was read to its end.
    pub complete: bool,
    /// The row ids of those that only the backup had: they may have been deleted since.
    pub from_backup: Vec<i64>,
}

/// What a rescue found and did. It lies in the new `desk.db` until it is dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RescueReport {
    /// Why.
    pub cause: RescueCause,
    /// The name of what was set aside, where there was anything.
    pub kept: Option<String>,
    /// When the backup was made that was used, where there was one.
    pub backup: Option<Millis>,
    /// What was saved.
    pub saved: Vec<SavedRows>,
    /// Whether the rooms have looked at what came from the backup.
    #[serde(default)]
    pub is_settled: bool,
}

impl RescueReport {
    /// Whether something of the file could not be read.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.saved.iter().any(|table| !table.complete)
    }
}

/// Where a rescued or restored database waits to take the place of `desk.db`.
pub(crate) fn waiting(desk: &Path) -> PathBuf {
    desk.with_extension("rescued")
}

/// Makes a new database out of a damaged `desk.db`, and puts it in its place.
///
/// # Errors
/// Where there is no room, or a file cannot be written.
pub(crate) fn rescue_damaged(
    desk: &Path,
    staging: &Path,
    migrations: &Migrations<'static>,
) -> Result<(), StoreError> {
    let aside = salvage::aside(desk, SET_ASIDE_PREFIXES[0]);
    build(desk, desk, Some(name_of(&aside)), RescueCause::Damaged, staging, migrations)?;
    install(desk)
}

/// Makes a `desk.db` where it is missing, out of what was set aside of it and the newest good backup.
///
/// # Errors
/// Where there is no room, or a file cannot be written.
pub(crate) fn rescue_missing(
    desk: &Path,
    missing: &MissingDatabase,
    staging: &Path,
    migrations: &Migrations<'static>,
) -> Result<(), StoreError> {
    let left = missing.aside.as_ref().map_or_else(|| desk.to_owned(), |name| desk.with_file_name(name));
    build(desk, &left, missing.aside.clone(), RescueCause::Missing, staging, migrations)?;
    install(desk)
}

/// Builds the new database under its waiting name.
fn build(
    desk: &Path,
    left: &Path,
    kept: Option<String>,
    cause: RescueCause,
    staging: &Path,
    migrations: &Migrations<'static>,
) -> Result<(), StoreError> {
    let folder = desk.parent().unwrap_or(desk);
    let pages = pages::Pages::read(left, &salvage::companion_of(left, "-wal"));
    let failed = |error| StoreError::from_write(folder, error);
    let work = tempfile::Builder::new().prefix(WORK_PREFIX).tempdir_in(folder).map_err(failed)?;
    let copy = work.path().join("copy.db");
    for companion in ["", "-wal", "-journal"] {
        let from = salvage::companion_of(left, companion);
        if from.exists() {
            std::fs::copy(&from, salvage::companion_of(&copy, companion)).map_err(failed)?;
        }
    }
    let damaged = opened(&copy, migrations);
    let backup = backup::newest_good(folder, migrations);
    let backup_copy = backup.as_ref().and_then(|(path, _)| {
        let copy = work.path().join("backup.db");
        std::fs::copy(path, &copy).ok().and_then(|_| opened(&copy, migrations))
    });
    let sources = pour::Sources { damaged: damaged.as_ref(), pages: &pages, backup: backup_copy.as_ref() };
    let at = backup.as_ref().map(|(_, at)| *at).filter(|_| backup_copy.is_some());
    database::create(&waiting(desk), migrations, |new| {
        let saved = pour::pour(new, &sources)?;
        let report = RescueReport { cause, kept, backup: at, saved, is_settled: false };
        if report.is_incomplete() {
            missing::keep_staged(new, staging)?;
        }
        note(new, &report)
    })
}

/// Makes a database out of a backup that takes the place of `desk.db` at the next start.
///
/// # Errors
/// Where the backup cannot be read, or there is no room.
pub(crate) fn prepare_restore(
    desk: &Path,
    backup: &Path,
    at: Millis,
    staging: &Path,
    migrations: &Migrations<'static>,
) -> Result<(), StoreError> {
    let folder = desk.parent().unwrap_or(desk);
    let failed = |error| StoreError::from_write(folder, error);
    let work = tempfile::Builder::new().prefix(WORK_PREFIX).tempdir_in(folder).map_err(failed)?;
    let copy = work.path().join("backup.db");
    std::fs::copy(backup, &copy).map_err(failed)?;
    let source = opened(&copy, migrations).ok_or_else(|| StoreError::BadBackup(backup.to_owned()))?;
    let pages = pages::Pages::default();
    let sources = pour::Sources { damaged: Some(&source), pages: &pages, backup: None };
    let kept = name_of(&salvage::aside(desk, SET_ASIDE_PREFIXES[1]));
    database::create(&waiting(desk), migrations, |new| {
        let saved = pour::pour(new, &sources)?;
        // What the replaced state has staged must outlive it.
        missing::keep_staged(new, staging)?;
        let (cause, kept, backup) = (RescueCause::Restored, Some(kept), Some(at));
        note(new, &RescueReport { cause, kept, backup, saved, is_settled: true })
    })
}

/// Puts a waiting database in the place of `desk.db`, which is set aside with its companions. Without one it does nothing.
///
/// # Errors
/// Where a file cannot be renamed.
pub(crate) fn install(desk: &Path) -> Result<(), StoreError> {
    sweep(desk.parent().unwrap_or(desk));
    let new = waiting(desk);
    if !new.exists() {
        return Ok(());
    }
    let report = read_only(&new)?
        .query_row("SELECT value FROM setting WHERE name = ?1", [RESCUE_SETTING], |row| {
            row.get::<_, String>(0)
        })
        .optional()?;
    let kept = report.and_then(|json| serde_json::from_str::<RescueReport>(&json).ok()?.kept);
    let kept = kept.unwrap_or_else(|| name_of(&salvage::aside(desk, SET_ASIDE_PREFIXES[0])));
    // The companions first: a log beside the new file would be taken for its own.
    for companion in salvage::COMPANIONS.iter().rev() {
        let from = salvage::companion_of(desk, companion);
        if from.exists() {
            let to = salvage::companion_of(&desk.with_file_name(&kept), companion);
            std::fs::rename(&from, to).map_err(|error| StoreError::from_write(&from, error))?;
        }
    }
    std::fs::rename(&new, desk).map_err(|error| StoreError::from_write(desk, error))?;
    salvage::unmark_damaged(desk);
    let folder = desk.parent().unwrap_or(desk);
    crate::folder::sync_folder(folder).map_err(|error| StoreError::from_write(folder, error))
}

/// Removes the copies of a rescue that was cut off; some may stay until the next start.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(WORK_PREFIX) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Opens a copy as far as SQLite does, at this program's version where it can be brought there.
fn opened(copy: &Path, migrations: &Migrations<'static>) -> Option<Connection> {
    if !copy.exists() {
        return None;
    }
    let mut connection = Connection::open(copy).ok()?;
    let select = "SELECT count(*) FROM sqlite_schema";
    let entries: i64 = connection.query_row(select, [], |row| row.get(0)).ok()?;
    if entries == 0 {
        return None;
    }
    // A version that is wrong leaves the tables as they are.
    let _ = migrations.to_latest(&mut connection);
    Some(connection)
}

pub(crate) fn read_only(path: &Path) -> Result<Connection, StoreError> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

fn note(new: &Connection, report: &RescueReport) -> Result<(), StoreError> {
    let json = serde_json::to_string(report)?;
    new.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)", [RESCUE_SETTING, &json])?;
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
