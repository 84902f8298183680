//! Writes the mirror of AWS: what a sync has seen, and what the outbox has done.
//!
//! All of it runs inside the caller's transaction, so that rows and the events about them are there together or
//! not at all. Everything may be repeated: what is known already changes nothing and tells nothing.

mod communications;
mod derive;
mod facts;
mod incident;
mod own;
mod record;

pub(crate) use derive::{DERIVATION, derive_anew};
pub(crate) use facts::waiting;
pub(crate) use record::{AwsTransport, Known, Observed, Own, Put, put_record};

use desk_aws::canonical_case_id;
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::{OptionalExtension as _, Transaction};

/// A case that the outbox has just created at AWS.
#[derive(Debug, Clone)]
pub(crate) struct CreatedCase {
    /// The key that its draft has had all along.
    pub(crate) key: CaseKey,
    /// The account it was created in.
    pub(crate) account: AccountId,
    /// What CreateCase answered.
    pub(crate) case_id: String,
    /// The subject as it was sent.
    pub(crate) subject: String,
    /// The service code as it was sent.
    pub(crate) service_code: String,
    /// The category code as it was sent.
    pub(crate) category_code: String,
    /// The severity code as it was sent.
    pub(crate) severity_code: String,
    /// The additional contacts as they were sent.
    pub(crate) cc: Vec<String>,
    /// When it was created.
    pub(crate) created_at: Millis,
}

/// Writes a case that AWS has but may not list for minutes. Where a sync was quicker, its row stays and gets the
/// case's own key.
pub(crate) fn put_created(tx: &Transaction<'_>, case: &CreatedCase) -> Result<(), StoreError> {
    let canonical = canonical_case_id(&case.case_id);
    let known: Option<String> = tx
        .query_row(
            "SELECT key FROM incident WHERE account = ?1 AND canonical_id = ?2",
            [&case.account.0, &canonical],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(known) = known {
        return if incident::is_taken(tx, &case.key.0)? { Ok(()) } else { rekey(tx, &known, &case.key) };
    }
    tx.execute(
        "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code, category_code,
             severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at, complete)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, 0, ?11, ?11, 1)
         ON CONFLICT (key) DO NOTHING",
        rusqlite::params![
            case.key.0,
            case.account.0,
            case.case_id,
            canonical,
            case.subject,
            super::CaseStatus::UNASSIGNED,
            case.service_code,
            case.category_code,
            case.severity_code,
            serde_json::to_string(&case.cc)?,
            case.created_at,
        ],
    )?;
    Ok(())
}

/// Gives a case another key, with all that refers to it.
fn rekey(tx: &Transaction<'_>, from: &str, to: &CaseKey) -> Result<(), StoreError> {
    // The foreign key holds again when the transaction ends.
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    for update in [
        "UPDATE incident SET key = ?2 WHERE key = ?1",
        "UPDATE communication SET case_key = ?2 WHERE case_key = ?1",
        "UPDATE words SET case_key = ?2 WHERE case_key = ?1",
        "UPDATE event SET case_key = ?2 WHERE case_key = ?1",
    ] {
        tx.execute(update, [from, &to.0])?;
    }
    Ok(())
}

/// Sets the status that AWS answered to something the user did: there is no news in it.
pub(crate) fn put_status(
    tx: &Transaction<'_>,
    key: &CaseKey,
    status: &str,
    now: Millis,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE incident SET status = ?2, status_at = ?3, waiting_since = ?3, updated_at = max(updated_at, ?3)
         WHERE key = ?1 AND status <> ?2",
        rusqlite::params![key.0, status, now],
    )?;
    Ok(())
}

/// Notes that AWS no longer gives a case. Its row stays.
pub(crate) fn put_gone(tx: &Transaction<'_>, key: &CaseKey, now: Millis) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE incident SET gone_at = ?2 WHERE key = ?1 AND gone_at IS NULL",
        rusqlite::params![key.0, now],
    )?;
    Ok(())
}

/// Deletes all that is known of an account's cases; answers their keys.
pub(crate) fn forget_account(tx: &Transaction<'_>, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let mut deleted = tx.prepare("DELETE FROM incident WHERE account = ?1 RETURNING key")?;
    let keys: Vec<String> = deleted.query_map([&account.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
    tx.execute("DELETE FROM event WHERE account = ?1", [&account.0])?;
    tx.execute("DELETE FROM sync_state WHERE account = ?1", [&account.0])?;
    // The index only notes what was deleted, until it is merged.
    tx.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
    Ok(keys.into_iter().map(CaseKey).collect())
}

#[cfg(test)]
mod tests;
