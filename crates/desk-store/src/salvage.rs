//! Saves what can still be read of a damaged mirror.
//!
//! The mirror can be fetched from AWS again, but not what AWS no longer gives, so each readable row counts. The
//! damaged file is kept beside the new one.

use super::{Database, StoreError};
use rusqlite::{Connection, OpenFlags, types::Value};
use std::path::{Path, PathBuf};

/// The tables worth saving, in an order that satisfies their references. The full-text index is made anew by
/// triggers; sync state is left out, so that everything is fetched again.
const TABLES: &[&str] = &["incident", "communication", "event"];

/// What the names of damaged files begin with.
pub(super) const ASIDE: &str = "cases-damaged-";

/// What SQLite adds to a database's name for the files beside it; first the database itself.
pub(super) const COMPANIONS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

fn marker(path: &Path) -> PathBuf {
    path.with_extension("damaged")
}

/// Notes that the file showed damage while in use, so that the next start mends it.
pub(super) fn mark(path: &Path) {
    // Where even this cannot be written, the next start finds the damage by itself.
    let _ = std::fs::write(marker(path), b"");
}

/// Whether the file showed damage when it was last in use.
pub(super) fn is_marked(path: &Path) -> bool {
    marker(path).exists()
}

/// Renames the damaged file and its companions; answers the new path.
pub(super) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = rename_with_companions(path, ASIDE)?;
    let _ = std::fs::remove_file(marker(path));
    Ok(aside)
}

/// Renames what there is of a database and its companions to a name that begins with `prefix`, and answers that of the
/// database itself.
pub(super) fn rename_with_companions(path: &Path, prefix: &str) -> Result<PathBuf, StoreError> {
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%3fZ");
    let aside = path.with_file_name(format!("{prefix}{stamp}.db"));
    for companion in COMPANIONS {
        let from = companion_of(path, companion);
        if from.exists() {
            std::fs::rename(&from, companion_of(&aside, companion))
                .map_err(|error| StoreError::Folder { path: from, error })?;
        }
    }
    Ok(aside)
}

/// The file with this ending of [`COMPANIONS`] that belongs to the database at `path`.
pub(super) fn companion_of(path: &Path, companion: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(companion);
    name.into()
}

/// Deletes every damaged file that was set aside in `dir`.
pub(super) fn forget_set_aside(dir: &Path) -> Result<(), StoreError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        |error| StoreError::Folder { path, error }
    };
    for entry in std::fs::read_dir(dir).map_err(failed(dir))? {
        let path = entry.map_err(failed(dir))?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(ASIDE)) {
            std::fs::remove_file(&path).map_err(failed(&path))?;
        }
    }
    Ok(())
}

/// Pours every readable row of `damaged` into `fresh`; answers the sentence to tell the user.
pub(super) async fn pour(damaged: &Path, fresh: &Database) -> Result<String, StoreError> {
    let source = damaged.to_owned();
    let saved = fresh
        .write(move |target| {
            let Ok(source) = Connection::open_with_flags(&source, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
                return Ok(0);
            };
            // Events are poured too: what was copied to desk.db before is known there by its key.
            Ok(TABLES.iter().map(|table| pour_table(&source, target, table)).sum())
        })
        .await?;
    let kept = damaged.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(format!(
        "The copy of your incidents on this computer was damaged. {saved} rows of it were saved, and the rest is fetched from AWS again. The damaged file is kept as {kept}."
    ))
}

/// Copies row by row in both directions, so that one unreadable page costs only what lies on it.
fn pour_table(source: &Connection, target: &Connection, table: &str) -> usize {
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
