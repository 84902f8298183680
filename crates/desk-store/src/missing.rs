//! Recovery where `desk.db` is missing or empty although there was one: nothing of what is left may be lost.
//!
//! SQLite would delete the write-ahead log of an empty database, or read a new database with the log of the old one;
//! and the staged files of the reports in it would look as if nothing needed them.

use super::{StoreError, backup, salvage};
use rusqlite::Connection;
use std::path::Path;

/// Prefix of the names of files that were left of a missing `desk.db` and are set aside.
pub(super) const SET_ASIDE_PREFIX: &str = "desk-lost-";

/// The row of `setting` that names the staged files that are kept.
pub const KEPT_FILES_SETTING: &str = "kept-staged";

/// What was found where `desk.db` is missing.
#[derive(Debug)]
pub(super) struct MissingDatabase {
    /// The name of what was set aside, where there was anything.
    pub(super) aside: Option<String>,
}

/// Sets aside what is left of `desk.db`; `None` where it is there, or nothing says that there ever was one.
pub(super) fn set_aside(
    desk: &Path,
    cases: &Path,
    staging: &Path,
) -> Result<Option<MissingDatabase>, StoreError> {
    if length(desk)? > 0 {
        return Ok(None);
    }
    let left = is_lost(desk)?;
    let data = desk.parent().unwrap_or(desk);
    if !left && staged(staging)?.is_empty() && length(cases)? == 0 && !backup::has_any(data) {
        return Ok(None);
    }
    let aside = if left {
        let aside = salvage::rename_with_companions(desk, SET_ASIDE_PREFIX)?;
        Some(aside.file_name().unwrap_or_default().to_string_lossy().into_owned())
    } else {
        None
    };
    Ok(Some(MissingDatabase { aside }))
}

/// Records in a new `desk.db` that all staged files must be kept.
pub(super) fn keep_staged(new: &Connection, staging: &Path) -> Result<(), StoreError> {
    let names = serde_json::to_string(&staged(staging)?)?;
    new.execute(
        "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
        [KEPT_FILES_SETTING, &names],
    )?;
    Ok(())
}

/// Whether a database is missing or empty although its write-ahead log or journal is not. If all of them are empty, a
/// first start was interrupted, and they are removed.
pub(super) fn is_lost(database: &Path) -> Result<bool, StoreError> {
    if length(database)? > 0 {
        return Ok(false);
    }
    let files = salvage::COMPANIONS.map(|companion| salvage::companion_of(database, companion));
    for file in &files {
        if length(file)? > 0 {
            return Ok(true);
        }
    }
    for file in files.iter().filter(|file| file.exists()) {
        std::fs::remove_file(file).map_err(|error| StoreError::from_write(file, error))?;
    }
    Ok(false)
}

fn length(path: &Path) -> Result<u64, StoreError> {
    match std::fs::metadata(path) {
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(StoreError::from_write(path, error)),
    }
}

/// Lists the names of the staged files, without temporary files of an interrupted copy.
fn staged(staging: &Path) -> Result<Vec<String>, StoreError> {
    let failed = |error| StoreError::from_write(staging, error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(staging).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}
