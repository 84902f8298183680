//! To which backend a `desk.db` belongs: noted in it when it is made, and held against at each start.

use crate::{account::store, settings};
use desk_aws::Backend;
use desk_store::{Database, StoreError};
use rusqlite::Transaction;
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
pub(super) async fn claim(desk: &Database, folder: &Path, backend: &Backend) -> Result<(), StoreError> {
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
    if let Some(noted) = settings::get(tx, ROW)? {
        return Ok(noted);
    }
    // Before there was this row, an endpoint's accounts lay among those of AWS.
    let known = match store::is_demo(tx)? {
        Some(true) => DEMO,
        Some(false) => AWS,
        None => wanted,
    };
    settings::put(tx, ROW, &known)?;
    Ok(known.to_owned())
}

fn told(row: &str) -> String {
    match row {
        AWS => "AWS Support".to_owned(),
        DEMO => "the demo".to_owned(),
        address => address.to_owned(),
    }
}
