//! Which extra certificates the user has trusted: the rows of `trusted_certificate` in desk.db.

use super::CaCertificate;
use desk_store::StoreError;
use rusqlite::{Connection, Transaction};

/// The digests of all of them.
pub(super) fn all(sqlite: &Connection) -> Result<Vec<String>, StoreError> {
    let mut select = sqlite.prepare("SELECT digest FROM trusted_certificate")?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Trusts certificates.
pub(super) fn add(tx: &Transaction<'_>, certificates: &[CaCertificate]) -> Result<(), StoreError> {
    for CaCertificate { id, .. } in certificates {
        tx.execute("INSERT OR IGNORE INTO trusted_certificate (digest) VALUES (?1)", [id])?;
    }
    Ok(())
}

/// Trusts a certificate no longer.
pub(super) fn remove(tx: &Transaction<'_>, digest: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM trusted_certificate WHERE digest = ?1", [digest])?;
    Ok(())
}
