//! Queries on the table `trusted_certificate` in desk.db: the extra certificates that the user trusts.

use super::CaCertificate;
use desk_store::StoreError;
use rusqlite::{Connection, Transaction};

/// Returns the digests of all trusted certificates.
pub(super) fn digests(sqlite: &Connection) -> Result<Vec<String>, StoreError> {
    let mut select = sqlite.prepare("SELECT digest FROM trusted_certificate")?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Adds certificates.
pub(super) fn add(tx: &Transaction<'_>, certificates: &[CaCertificate]) -> Result<(), StoreError> {
    for CaCertificate { id, .. } in certificates {
        tx.execute("INSERT OR IGNORE INTO trusted_certificate (digest) VALUES (?1)", [id])?;
    }
    Ok(())
}

/// Removes a certificate.
pub(super) fn remove(tx: &Transaction<'_>, digest: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM trusted_certificate WHERE digest = ?1", [digest])?;
    Ok(())
}
