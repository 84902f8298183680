//! To which backend a `desk.db` belongs: noted in it when it is made, and held against at each start.

use desk_aws::Backend;
use desk_store::{Database, StoreError};
use rusqlite::{OptionalExtension as _, Transaction};
use std::path::Path;

/// The row of `setting` that says to which backend a `desk.db` belongs.
const ROW: &str = "backend";
/// How that row names the two that have no address.
const AWS: &str = "aws";
const DEMO: &str = "demo";

fn row_of(backend: &Backend) -> String {
    match backend {
        Backend::Aws => AWS.to_owned(),
        Backend::Demo => DEMO.to_owned(),
        Backend::Custom(endpoint) => endpoint.to_string(),
    }
}

/// Notes that a `desk.db` belongs to `backend`, or answers [`StoreError::OtherBackend`] where it belongs to another.
pub(crate) async fn claim(desk: &Database, folder: &Path, backend: &Backend) -> Result<(), StoreError> {
    let wanted = row_of(backend);
    let known = desk.write(move |tx| known_or(tx, &wanted)).await?;
    if known == row_of(backend) {
        return Ok(());
    }
    Err(StoreError::OtherBackend {
        path: folder.to_owned(),
        known: told(&known),
        wanted: told(&row_of(backend)),
    })
}

/// The backend that is noted; where none is, it is told by the accounts, and without these `wanted` is noted.
fn known_or(tx: &Transaction<'_>, wanted: &str) -> Result<String, StoreError> {
    let noted = tx
        .query_row("SELECT value FROM setting WHERE name = ?1", [ROW], |row| row.get::<_, String>(0))
        .optional()?;
    if let Some(noted) = noted {
        return Ok(serde_json::from_str(&noted)?);
    }
    // Before there was this row, an endpoint's accounts lay among those of AWS.
    let demos: Option<bool> = tx
        .query_row("SELECT json_extract(source, '$.kind') = 'demo' FROM account LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    let known = match demos {
        Some(true) => DEMO,
        Some(false) => AWS,
        None => wanted,
    };
    tx.execute("INSERT INTO setting (name, value) VALUES (?1, ?2)", [ROW, &serde_json::to_string(known)?])?;
    Ok(known.to_owned())
}

fn told(row: &str) -> String {
    match row {
        AWS => "AWS Support".to_owned(),
        DEMO => "the demo".to_owned(),
        address => address.to_owned(),
    }
}
