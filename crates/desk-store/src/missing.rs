//! What is done where `desk.db` is missing or empty although there was one: nothing of what is left may be lost.
//!
//! SQLite would delete the write-ahead log of an empty database, or read a new database with the log of the old one; and
//! the staged files of the reports in it would look as if nothing needed them.

use super::{StoreError, salvage};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// What the names of files begin with that were left of a missing `desk.db`.
pub(super) const ASIDE: &str = "desk-lost-";

/// The row of `setting` that names the staged files that are kept.
const KEPT: &str = "kept-staged";

/// What was found in place of a `desk.db`.
#[derive(Debug)]
pub(super) struct Missing {
    folder: PathBuf,
    /// The name of what was set aside, where there was anything.
    aside: Option<String>,
    /// The names of the staged files.
    staged: Vec<String>,
}

/// Sets aside what is left of `desk.db`; `None` where it is there, or nothing says that there ever was one.
pub(super) fn set_aside(desk: &Path, cases: &Path, staging: &Path) -> Result<Option<Missing>, StoreError> {
    if length(desk)? > 0 {
        return Ok(None);
    }
    let left = is_emptied(desk)?;
    let staged = staged(staging)?;
    if !left && staged.is_empty() && length(cases)? == 0 {
        return Ok(None);
    }
    let aside = if left {
        let aside = salvage::rename_with_companions(desk, ASIDE)?;
        Some(aside.file_name().unwrap_or_default().to_string_lossy().into_owned())
    } else {
        None
    };
    let folder = desk.parent().unwrap_or(desk).to_owned();
    Ok(Some(Missing { folder, aside, staged }))
}

impl Missing {
    /// Notes in a new `desk.db` that the staged files are kept.
    pub(super) fn keep_staged(&self, new: &Connection) -> Result<(), StoreError> {
        let names = serde_json::to_string(&self.staged)?;
        new.execute("INSERT INTO setting (name, value) VALUES (?1, ?2)", [KEPT, &names])?;
        Ok(())
    }

    /// The sentences to tell the user.
    pub(super) fn told(&self) -> String {
        let aside = self.aside.as_ref().map(|aside| format!(" What was left of it is kept as {aside}*."));
        let staged = match self.staged.len() {
            0 => String::new(),
            1 => " 1 file that you had added to a report or reply stays in its folder staging.".to_owned(),
            many => {
                format!(" {many} files that you had added to reports or replies stay in its folder staging.")
            }
        };
        format!(
            "The file desk.db of ECO Desk's data folder {} was missing or empty. It held your accounts, drafts, and what was not sent yet. ECO Desk goes on with a new one: connect your accounts again, and look whether what you sent last is in the list.{}{staged} If you have a backup of desk.db, quit ECO Desk and put it back.",
            self.folder.display(),
            aside.unwrap_or_default()
        )
    }
}

/// Whether a database is missing or empty and something is left beside it. Where everything is empty, a first start was
/// cut off: that is removed.
pub(super) fn is_emptied(database: &Path) -> Result<bool, StoreError> {
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
        std::fs::remove_file(file).map_err(|error| StoreError::of_writing(file, error))?;
    }
    Ok(false)
}

fn length(path: &Path) -> Result<u64, StoreError> {
    match std::fs::metadata(path) {
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(StoreError::of_writing(path, error)),
    }
}

/// The names of the staged files; what a cut-off copy left behind is none.
fn staged(staging: &Path) -> Result<Vec<String>, StoreError> {
    let failed = |error| StoreError::of_writing(staging, error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(staging).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}
