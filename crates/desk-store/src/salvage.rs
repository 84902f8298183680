//! Recovers the readable rows of a damaged mirror database.
//!
//! The mirror can be fetched from AWS again, but not what AWS no longer gives, so each readable row counts. The
//! damaged file is kept beside the new one.

use super::{Database, StoreError};
use rusqlite::{Connection, OpenFlags, types::Value};
use std::path::{Path, PathBuf};

/// The tables worth saving, in an order that satisfies their references. The full-text index is made anew by
/// triggers; sync state is left out, so that everything is fetched again.
const TABLES: &[&str] = &["incident", "communication", "event", "former_key"];

/// Prefix of the names of damaged files that are set aside.
pub(super) const SET_ASIDE_PREFIX: &str = "cases-damaged-";

/// Suffixes of the names of a database's files: the database itself, its write-ahead log, shared memory and journal.
pub(super) const COMPANIONS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

fn marker(path: &Path) -> PathBuf {
    path.with_extension("damaged")
}

/// Marks the file as damaged, so that the next start recovers it.
pub(super) fn mark_damaged(path: &Path) {
    // Where even this cannot be written, the next start finds the damage by itself.
    let _ = std::fs::write(marker(path), b"");
}

/// Whether the file was marked as damaged while it was last in use.
pub(super) fn is_marked_damaged(path: &Path) -> bool {
    marker(path).exists()
}

/// Renames the damaged file and its companions; returns the new path.
pub(super) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = rename_with_companions(path, SET_ASIDE_PREFIX)?;
    unmark_damaged(path);
    Ok(aside)
}

/// Removes the mark of damage.
pub(super) fn unmark_damaged(path: &Path) {
    let _ = std::fs::remove_file(marker(path));
}

/// Returns the path that a database is set aside under, with a name that begins with `prefix`.
pub(super) fn aside(path: &Path, prefix: &str) -> PathBuf {
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%3fZ");
    path.with_file_name(format!("{prefix}{stamp}.db"))
}

/// Renames a database and its companions, as far as they exist, to a name that begins with `prefix`; returns the new
/// path of the database itself.
pub(super) fn rename_with_companions(path: &Path, prefix: &str) -> Result<PathBuf, StoreError> {
    let aside = aside(path, prefix);
    for companion in COMPANIONS {
        let from = companion_of(path, companion);
        if from.exists() {
            std::fs::rename(&from, companion_of(&aside, companion))
                .map_err(|error| StoreError::Folder { path: from, error })?;
        }
    }
    Ok(aside)
}

/// Returns the path of the file with this suffix of [`COMPANIONS`] that belongs to the database at `path`.
pub(super) fn companion_of(path: &Path, companion: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(companion);
    name.into()
}

/// Deletes every file that was set aside in `dir` under a name that begins with one of `prefixes`.
pub(super) fn delete_set_aside(dir: &Path, prefixes: &[&str]) -> Result<(), StoreError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        |error| StoreError::Folder { path, error }
    };
    for entry in std::fs::read_dir(dir).map_err(failed(dir))? {
        let path = entry.map_err(failed(dir))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if prefixes.iter().any(|prefix| name.starts_with(prefix)) {
            std::fs::remove_file(&path).map_err(failed(&path))?;
        }
    }
    Ok(())
}

/// Copies every readable row of `damaged` into `fresh`; returns the notice for the user.
pub(super) async fn copy_readable_rows(damaged: &Path, fresh: &Database) -> Result<String, StoreError> {
    let source = damaged.to_owned();
    let saved = fresh
        .write(move |target| {
            let Ok(source) = Connection::open_with_flags(&source, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
                return Ok(0);
            };
            // Events are copied too: those that are in desk.db already are recognised by their key.
            Ok(TABLES.iter().map(|table| copy_table(&source, target, table)).sum())
        })
        .await?;
    let kept = damaged.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(format!(
        "The copy of your incidents on this computer was damaged. {saved} rows of it were saved, and the rest is fetched from AWS again. The damaged file is kept as {kept}."
    ))
}

/// Copies a table row by row, forwards and backwards, so that an unreadable page costs only the rows on it; returns how
/// many were copied.
fn copy_table(source: &Connection, target: &Connection, table: &str) -> usize {
    let mut saved = 0;
    for order in ["ASC", "DESC"] {
        let Ok(mut rows) = source.prepare(&format!("SELECT * FROM {table} ORDER BY rowid {order}")) else {
            continue;
        };
        let columns: Vec<String> = rows.column_names().iter().map(|name| format!("\"{name}\"")).collect();
        let places = vec!["?"; columns.len()].join(",");
        let insert = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({places})", columns.join(","));
        let Ok(mut insert) = target.prepare(&insert) else { continue };
        let Ok(mut rows) = rows.query([]) else { continue };
        while let Ok(Some(row)) = rows.next() {
            let values: Result<Vec<Value>, _> = (0..columns.len()).map(|column| row.get(column)).collect();
            let Ok(values) = values else { continue };
            saved += insert.execute(rusqlite::params_from_iter(values)).unwrap_or(0);
        }
    }
    saved
}
