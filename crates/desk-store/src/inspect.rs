//! Looks whether a database is sound: cheaply when it is opened, wholly in the background.

use crate::{StoreError, salvage};
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::Migrations;
use std::path::Path;

/// Files up to this size are looked through when they are opened; it takes a few milliseconds.
const LOOKED_THROUGH: u64 = 8 * 1024 * 1024;
/// A version this far ahead of this program's is no version of a program, where the schema is this program's.
const NO_VERSION: i64 = 100;

/// What a look at a database says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soundness {
    /// Nothing is wrong with it as far as was looked.
    Sound,
    /// Some of it cannot be read, or is not what was written.
    Damaged,
    /// A newer program has written it.
    Newer,
}

/// Looks at `desk.db` before it is opened.
///
/// # Errors
/// Where it cannot be opened for another reason than damage.
pub(crate) fn look(path: &Path, migrations: &Migrations<'static>) -> Result<Soundness, StoreError> {
    if salvage::is_marked_damaged(path) {
        return Ok(Soundness::Damaged);
    }
    let looked = Connection::open(path).map_err(StoreError::from).and_then(|connection| {
        connection.busy_timeout(crate::database::BUSY_TIMEOUT)?;
        look_at(&connection, path, migrations)
    });
    match looked {
        Err(error) if error.is_corruption() => Ok(Soundness::Damaged),
        outcome => outcome,
    }
}

fn look_at(
    connection: &Connection,
    path: &Path,
    migrations: &Migrations<'static>,
) -> Result<Soundness, StoreError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let fresh = fresh(migrations)?;
    let latest: i64 = fresh.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != latest {
        let is_current = schema(connection)? == schema(&fresh)?;
        let is_nonsense = version < 1 || version > latest + NO_VERSION;
        return Ok(match (is_current, version > latest) {
            // The version alone is wrong. One that a newer program may have set is left alone.
            (true, false) => Soundness::Damaged,
            (true, true) if is_nonsense => Soundness::Damaged,
            (_, true) => Soundness::Newer,
            (false, false) if is_nonsense => Soundness::Damaged,
            (false, false) => Soundness::Sound,
        });
    }
    let small = std::fs::metadata(path).is_ok_and(|file| file.len() <= LOOKED_THROUGH);
    let is_sound = schema(connection)? == schema(&fresh)? && (!small || passes(connection, "quick_check")?);
    Ok(if is_sound { Soundness::Sound } else { Soundness::Damaged })
}

/// Reads a whole database and all its indices, on a connection of its own; answers whether all of it is sound.
///
/// # Errors
/// Where it cannot be opened.
pub(crate) fn check(path: &Path) -> Result<bool, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let checked = Connection::open_with_flags(path, flags).map_err(StoreError::from).and_then(|connection| {
        connection.busy_timeout(crate::database::BUSY_TIMEOUT)?;
        passes(&connection, "integrity_check")
    });
    match checked {
        Err(error) if error.is_corruption() => Ok(false),
        outcome => outcome,
    }
}

/// Whether SQLite's own check finds nothing.
pub(crate) fn passes(connection: &Connection, check: &str) -> Result<bool, StoreError> {
    let found: String = connection.query_row(&format!("PRAGMA {check}(1)"), [], |row| row.get(0))?;
    Ok(found == "ok")
}

/// An empty database of this program's schema.
fn fresh(migrations: &Migrations<'static>) -> Result<Connection, StoreError> {
    let mut fresh = Connection::open_in_memory()?;
    migrations.to_latest(&mut fresh).map_err(|error| StoreError::Migration(error.to_string()))?;
    Ok(fresh)
}

/// What stands in the schema, by names.
fn schema(connection: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    let mut select = connection
        .prepare("SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name, type")?;
    let entries = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(entries.collect::<Result<_, _>>()?)
}
