//! Rotating backups of `desk.db`: one an hour for a day, one a day for a week.
//!
//! A backup is written under another name, checked, synced and only then renamed, so that whatever has the name of one
//! is a whole database. None is made while the disk is nearly full.

use crate::{StoreError, folder, inspect, rescue::read_only, salvage};
use desk_model::{DAY, HOUR, Millis};
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::Migrations;
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

/// The folder of the backups, in the data folder.
pub(crate) const FOLDER: &str = "backups";
const PREFIX: &str = "desk-";
const SUFFIX: &str = ".db";
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// How many hours, and how many days, have a backup each.
const HOURS: usize = 24;
const DAYS: usize = 7;
/// What has to stay free on the disk beside a backup.
const LEAST_FREE: u64 = 64 * 1024 * 1024;

/// The tables whose rows are counted for a list of backups.
const COUNTED: [(&str, &str); 3] = [("account", ""), ("draft", ""), ("outbox", " WHERE done_at IS NULL")];

/// A backup, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The name of its file.
    pub name: String,
    /// When it was made.
    pub at: Millis,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many accounts, drafts and entries of the outbox that are not delivered are in it; `None` where it is damaged.
    pub contents: Option<[u64; 3]>,
}

/// The files of all backups, newest first. One that the clock has not reached yet was made while the clock was wrong,
/// and counts as the oldest.
fn files(data: &Path, now: Millis) -> Vec<(PathBuf, Millis)> {
    let mut files: Vec<(PathBuf, Millis)> = std::fs::read_dir(data.join(FOLDER))
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let at = made_at(path.file_name()?.to_str()?)?;
            Some((path, at))
        })
        .collect();
    files.sort_by_key(|(_, at)| (*at > now + HOUR, -at));
    files
}

fn made_at(name: &str) -> Option<Millis> {
    let stamp = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let at = jiff::civil::DateTime::strptime(STAMP, stamp).ok()?;
    Some(at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// Makes a backup where the newest is an hour old, and deletes those that are too many. Answers whether one was made.
///
/// # Errors
/// Where the database cannot be read, or the backup not be written.
pub(crate) fn make_if_due(desk: &Path, data: &Path, now: Millis) -> Result<bool, StoreError> {
    let newest = files(data, now).first().map(|(_, at)| *at);
    if newest.is_some_and(|at| (at..at + HOUR).contains(&now)) || !has_room(desk, data) {
        return Ok(false);
    }
    make(desk, data, now)?;
    rotate(data, now);
    Ok(true)
}

/// Makes a backup, whatever there is already.
///
/// # Errors
/// Where the database cannot be read, or the backup not be written.
pub(crate) fn make(desk: &Path, data: &Path, now: Millis) -> Result<(), StoreError> {
    let folder = data.join(FOLDER);
    let failed = |error| StoreError::from_write(&folder, error);
    folder::private_folder(&folder).map_err(failed)?;
    let stamp = jiff::Timestamp::from_millisecond(now).unwrap_or_default().strftime(STAMP);
    let path = folder.join(format!("{PREFIX}{stamp}{SUFFIX}"));
    let unfinished = path.with_extension("new");
    remove(&unfinished).map_err(failed)?;
    // SQLite writes into an empty file that is there, and leaves its permissions as they are.
    let file = folder::create_file(&unfinished).map_err(failed)?;
    let made = write_into(desk, &unfinished).and_then(|()| {
        file.sync_all().map_err(failed)?;
        std::fs::rename(&unfinished, &path).map_err(failed)?;
        folder::sync_folder(&folder).map_err(failed)
    });
    if made.is_err() {
        let _ = remove(&unfinished);
    }
    made
}

fn write_into(desk: &Path, unfinished: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(desk, flags)?;
    source.busy_timeout(crate::database::BUSY_TIMEOUT)?;
    source.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    drop(source);
    if !inspect::passes(&read_only(unfinished)?, "integrity_check")? {
        return Err(StoreError::BadBackup(unfinished.to_owned()));
    }
    Ok(())
}

/// Whether there is room for a backup, and enough beside it.
fn has_room(desk: &Path, data: &Path) -> bool {
    let size = std::fs::metadata(desk).map_or(0, |file| file.len());
    fs4::available_space(data).is_ok_and(|free| free >= LEAST_FREE + 4 * size)
}

/// Keeps the newest backup of each of the last hours and of each of the last days that have any, and deletes the others.
fn rotate(data: &Path, now: Millis) {
    let (mut hours, mut days) = (HashSet::new(), HashSet::new());
    for (path, at) in files(data, now) {
        let of_hour = hours.len() < HOURS && hours.insert(at.div_euclid(HOUR));
        let of_day = days.len() < DAYS && days.insert(at.div_euclid(DAY));
        if !of_hour && !of_day {
            // One that stays is tried again the next time.
            let _ = remove(&path);
        }
    }
}

/// All backups, newest first, with what is in them.
pub(crate) fn list(data: &Path, now: Millis) -> Vec<Backup> {
    let listed = files(data, now).into_iter().map(|(path, at)| Backup {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        at,
        bytes: std::fs::metadata(&path).map_or(0, |file| file.len()),
        contents: contents(&path).ok(),
    });
    listed.collect()
}

fn contents(path: &Path) -> Result<[u64; 3], StoreError> {
    let backup = read_only(path)?;
    let count = |(table, condition): (&str, &str)| -> Result<u64, StoreError> {
        let count = format!("SELECT count(*) FROM {table}{condition}");
        Ok(backup.query_row(&count, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    };
    let [accounts, drafts, outbox] = COUNTED.map(count);
    Ok([accounts?, drafts?, outbox?])
}

/// The newest backup that is whole, and when it was made.
pub(crate) fn newest_good(data: &Path, migrations: &Migrations<'static>) -> Option<(PathBuf, Millis)> {
    let now = jiff::Timestamp::now().as_millisecond();
    let good =
        |path: &Path| inspect::look(path, migrations).is_ok_and(|found| found == inspect::Soundness::Sound);
    files(data, now).into_iter().find(|(path, _)| good(path))
}

/// The file of a backup by its name, and when it was made.
pub(crate) fn named(data: &Path, name: &str) -> Option<(PathBuf, Millis)> {
    files(data, Millis::MAX - HOUR)
        .into_iter()
        .find(|(path, _)| path.file_name().is_some_and(|file| file == name))
}

/// Whether there is a backup.
pub(crate) fn has_any(data: &Path) -> bool {
    !files(data, Millis::MAX - HOUR).is_empty()
}

/// Deletes every backup: they hold rows that were deleted since.
///
/// # Errors
/// Where one cannot be deleted.
pub(crate) fn delete_all(data: &Path) -> Result<(), StoreError> {
    for (path, _) in files(data, Millis::MAX - HOUR) {
        remove(&path).map_err(|error| StoreError::from_write(&path, error))?;
    }
    Ok(())
}

/// Removes a database and its companions, as far as they exist.
pub(crate) fn remove(path: &Path) -> std::io::Result<()> {
    for companion in salvage::COMPANIONS {
        match std::fs::remove_file(salvage::companion_of(path, companion)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
