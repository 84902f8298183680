//! The rows of the incident table, as a sync reads and writes them.

use crate::case::Gap;
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::{OptionalExtension as _, Row, Transaction};

/// A row, but for what is told from the correspondence.
#[derive(Debug)]
pub(super) struct Incident {
    pub(super) key: CaseKey,
    pub(super) case_id: String,
    pub(super) canonical_id: String,
    pub(super) display_id: Option<String>,
    pub(super) subject: String,
    pub(super) status: String,
    pub(super) service_code: String,
    pub(super) category_code: String,
    pub(super) severity_code: String,
    pub(super) submitted_by: Option<String>,
    pub(super) cc: String,
    pub(super) created_at: Millis,
    pub(super) updated_at: Millis,
    pub(super) newest_other_at: Option<Millis>,
    pub(super) status_at: Millis,
    pub(super) complete: bool,
    pub(super) listed: bool,
    pub(super) gone: bool,
    /// Why some of its correspondence is missing.
    pub(super) gap: Option<Gap>,
}

/// The row of a case, by its id or else by its number.
pub(super) fn find(
    tx: &Transaction<'_>,
    account: &AccountId,
    canonical: &str,
    display_id: Option<&str>,
) -> Result<Option<Incident>, StoreError> {
    const COLUMNS: &str =
        "key, case_id, canonical_id, display_id, subject, status, service_code, category_code,
        severity_code, submitted_by, cc, created_at, updated_at, newest_other_at, status_at, complete, listed,
        gone_at IS NOT NULL, gap";
    let by = |column: &str, value: &str| {
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM incident WHERE account = ?1 AND {column} = ?2"))?
            .query_row([account.0.as_str(), value], incident)
            .optional()
    };
    if let Some(found) = by("canonical_id", canonical)? {
        return Ok(Some(found));
    }
    Ok(display_id.map(|number| by("display_id", number)).transpose()?.flatten())
}

/// Whether a case has this key. Two may claim one: a text that came to AWS twice, say.
pub(super) fn is_taken(tx: &Transaction<'_>, key: &str) -> Result<bool, StoreError> {
    Ok(tx.prepare_cached("SELECT 1 FROM incident WHERE key = ?1")?.exists([key])?)
}

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    Ok(Incident {
        key: CaseKey(row.get(0)?),
        case_id: row.get(1)?,
        canonical_id: row.get(2)?,
        display_id: row.get(3)?,
        subject: row.get(4)?,
        status: row.get(5)?,
        service_code: row.get(6)?,
        category_code: row.get(7)?,
        severity_code: row.get(8)?,
        submitted_by: row.get(9)?,
        cc: row.get(10)?,
        created_at: row.get(11)?,
        updated_at: row.get(12)?,
        newest_other_at: row.get(13)?,
        status_at: row.get(14)?,
        complete: row.get(15)?,
        listed: row.get(16)?,
        gone: row.get(17)?,
        gap: row.get(18)?,
    })
}

/// Whether something but the wandering infix of the case id differs.
pub(super) fn differs(before: &Incident, after: &Incident) -> bool {
    let shown = |incident: &Incident| {
        (
            (
                incident.display_id.clone(),
                incident.subject.clone(),
                incident.status.clone(),
                incident.cc.clone(),
            ),
            (incident.service_code.clone(), incident.category_code.clone(), incident.severity_code.clone()),
            (
                incident.submitted_by.clone(),
                incident.created_at,
                incident.updated_at,
                incident.newest_other_at,
            ),
            (incident.status_at, incident.complete, incident.listed, incident.gone, incident.gap),
        )
    };
    shown(before) != shown(after)
}

/// Takes a number from another case that has it: AWS says whose it is.
pub(super) fn free_display_id(
    tx: &Transaction<'_>,
    account: &AccountId,
    display_id: Option<&str>,
    key: &CaseKey,
) -> Result<(), StoreError> {
    if let Some(number) = display_id {
        tx.prepare_cached(
            "UPDATE incident SET display_id = NULL WHERE account = ?1 AND display_id = ?2 AND key <> ?3",
        )?
        .execute([account.0.as_str(), number, &key.0])?;
    }
    Ok(())
}

/// Adds a row; what is told from the correspondence follows.
pub(super) fn insert(
    tx: &Transaction<'_>,
    account: &AccountId,
    incident: &Incident,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO incident (key, account, case_id, canonical_id, display_id, subject, status, service_code,
             category_code, severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14, ?14)",
    )?
    .execute(rusqlite::params![
        incident.key.0,
        account.0,
        incident.case_id,
        incident.canonical_id,
        incident.display_id,
        incident.subject,
        incident.status,
        incident.service_code,
        incident.category_code,
        incident.severity_code,
        incident.cc,
        incident.created_at,
        incident.updated_at,
        incident.status_at,
    ])?;
    Ok(())
}

/// Writes all of a row but what is told from the correspondence.
pub(super) fn update(tx: &Transaction<'_>, incident: &Incident) -> Result<(), StoreError> {
    // The full-text index follows subject and number only where these change.
    tx.prepare_cached(
        "UPDATE incident SET subject = ?2, display_id = ?3
         WHERE key = ?1 AND (subject <> ?2 OR display_id IS NOT ?3)",
    )?
    .execute(rusqlite::params![incident.key.0, incident.subject, incident.display_id])?;
    tx.prepare_cached(
        "UPDATE incident SET case_id = ?2, canonical_id = ?3, status = ?4, service_code = ?5, category_code = ?6,
             severity_code = ?7, submitted_by = ?8, cc = ?9, created_at = ?10, updated_at = ?11,
             newest_other_at = ?12, status_at = ?13, complete = ?14, listed = ?15, gap = ?16, gone_at = NULL
         WHERE key = ?1",
    )?
    .execute(rusqlite::params![
        incident.key.0,
        incident.case_id,
        incident.canonical_id,
        incident.status,
        incident.service_code,
        incident.category_code,
        incident.severity_code,
        incident.submitted_by,
        incident.cc,
        incident.created_at,
        incident.updated_at,
        incident.newest_other_at,
        incident.status_at,
        incident.complete,
        incident.listed,
        incident.gap,
    ])?;
    Ok(())
}
