//! The table `incident`: the cases, as a sync and delivery write them and as other rooms read them.

use super::{CaseStatus, Gap, communications, facts::Facts, former_keys, search};
use desk_aws::canonical_case_id;
use desk_model::{AccountId, CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, Transaction};

/// The mirrored cases, for a query of another room: `FROM {CASES} i`. Runs on a connection that sees both files.
pub(crate) const CASES: &str =
    "(SELECT rowid AS row, key, account, display_id, subject, status, severity_code, submitted_by, opened_by_eco,
        complete, first_response_at, newest_other_at, waiting_since, status_at, attachments, listed, gone_at,
        created_at, updated_at FROM main.incident)";

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

/// Writes the columns that are derived from the correspondence.
pub(super) fn put_facts(tx: &Transaction<'_>, key: &CaseKey, facts: &Facts) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE incident SET opened_by_eco = ?2, first_response_at = ?3, waiting_since = ?4, attachments = ?5
         WHERE key = ?1",
    )?
    .execute(rusqlite::params![
        key.0,
        facts.opened_by_eco,
        facts.first_response_at,
        facts.waiting_since,
        facts.attachments,
    ])?;
    Ok(())
}

/// Writes when somebody else last wrote in a case.
pub(super) fn put_newest_other(
    tx: &Transaction<'_>,
    key: &CaseKey,
    at: Option<Millis>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE incident SET newest_other_at = ?2 WHERE key = ?1")?
        .execute(rusqlite::params![key.0, at])?;
    Ok(())
}

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
    if let Some(known) = key_of(tx, &case.account, &canonical)? {
        return if is_taken(tx, &case.key.0)? { Ok(()) } else { rekey(tx, &known, &case.key) };
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
            CaseStatus::UNASSIGNED,
            case.service_code,
            case.category_code,
            case.severity_code,
            serde_json::to_string(&case.cc)?,
            case.created_at,
        ],
    )?;
    Ok(())
}

/// Gives a case another key, with all that refers to it; events follow by their foreign key.
fn rekey(tx: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    // The foreign key of the communications holds again when the transaction ends.
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    tx.execute("UPDATE incident SET key = ?2 WHERE key = ?1", [&from.0, &to.0])?;
    communications::rekey(tx, &from.0, to)?;
    search::rekey(tx, &from.0, to)?;
    former_keys::put(tx, from, to)
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

/// Notes that something of these cases cannot be read; answers those that are known.
pub(crate) fn put_unreadable(
    tx: &Transaction<'_>,
    account: &AccountId,
    canonical_ids: &[String],
) -> Result<Vec<CaseKey>, StoreError> {
    let mut update = tx.prepare_cached(
        "UPDATE incident SET gap = ?3 WHERE account = ?1 AND canonical_id = ?2 AND gap IS NOT ?3 RETURNING key",
    )?;
    let mut keys = Vec::new();
    for id in canonical_ids {
        let params = rusqlite::params![account.0, id, Gap::Unreadable];
        let key: Option<String> = update.query_row(params, |row| row.get(0)).optional()?;
        keys.extend(key.map(CaseKey));
    }
    Ok(keys)
}

/// Deletes the cases of an account, with all that hangs on them.
pub(super) fn delete_of(tx: &Transaction<'_>, account: &AccountId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM incident WHERE account = ?1", [&account.0])?;
    Ok(())
}

/// The accounts that have cases here.
pub(super) fn accounts(sqlite: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut select = sqlite.prepare("SELECT DISTINCT account FROM incident")?;
    let accounts = select.query_map([], |row| Ok(AccountId(row.get(0)?)))?;
    Ok(accounts.collect::<Result<_, _>>()?)
}

/// The keys of the cases of an account.
pub(crate) fn keys_of(sqlite: &Connection, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let mut select = sqlite.prepare("SELECT key FROM incident WHERE account = ?1")?;
    let keys = select.query_map([&account.0], |row| Ok(CaseKey(row.get(0)?)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The key of a case by AWS's id.
pub(crate) fn key_of(
    sqlite: &Connection,
    account: &AccountId,
    canonical: &str,
) -> Result<Option<CaseKey>, StoreError> {
    let select = "SELECT key FROM incident WHERE account = ?1 AND canonical_id = ?2";
    let key = sqlite.prepare_cached(select)?.query_row([&account.0, canonical], |row| row.get(0));
    Ok(key.optional()?.map(CaseKey))
}

/// How many cases there are.
pub(crate) fn count(sqlite: &Connection) -> Result<u32, StoreError> {
    Ok(sqlite.query_row("SELECT count(*) FROM incident", [], |row| row.get(0))?)
}

/// What AWS says of a case, apart from its correspondence.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) account: AccountId,
    pub(crate) subject: String,
    pub(crate) status: String,
    pub(crate) status_at: Millis,
    pub(crate) service_code: String,
    pub(crate) category_code: String,
    pub(crate) submitted_by: Option<String>,
    /// JSON list.
    pub(crate) cc: String,
    pub(crate) opened_by_eco: bool,
    pub(crate) first_response_at: Option<Millis>,
    pub(crate) newest_other_at: Option<Millis>,
    /// Whether all older correspondence has been fetched.
    pub(crate) complete: bool,
    /// Whether AWS has ever listed it.
    pub(crate) listed: bool,
    pub(crate) gap: Option<Gap>,
}

/// The account and the severity code of a case.
pub(crate) fn place_of(
    sqlite: &Connection,
    key: &CaseKey,
) -> Result<Option<(AccountId, String)>, StoreError> {
    let select = "SELECT account, severity_code FROM main.incident WHERE key = ?1";
    let mut select = sqlite.prepare_cached(select)?;
    Ok(select.query_row([&key.0], |row| Ok((AccountId(row.get(0)?), row.get(1)?))).optional()?)
}

/// A case by its key.
pub(crate) fn head(sqlite: &Connection, key: &CaseKey) -> Result<Option<Head>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT account, subject, status, status_at, service_code, category_code, submitted_by, cc, opened_by_eco,
             first_response_at, newest_other_at, complete, listed, gap
         FROM main.incident WHERE key = ?1",
    )?;
    let head = select.query_row([&key.0], |row| {
        Ok(Head {
            account: AccountId(row.get(0)?),
            subject: row.get(1)?,
            status: row.get(2)?,
            status_at: row.get(3)?,
            service_code: row.get(4)?,
            category_code: row.get(5)?,
            submitted_by: row.get(6)?,
            cc: row.get(7)?,
            opened_by_eco: row.get(8)?,
            first_response_at: row.get(9)?,
            newest_other_at: row.get(10)?,
            complete: row.get(11)?,
            listed: row.get(12)?,
            gap: row.get(13)?,
        })
    });
    Ok(head.optional()?)
}

/// A case of the mirror that AWS is asked about by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) key: CaseKey,
    pub(crate) case_id: String,
    pub(crate) canonical_id: String,
    pub(crate) listed: bool,
    pub(crate) created_at: Millis,
}

/// A case by its key, with its account.
pub(crate) fn wanted(sqlite: &Connection, key: &CaseKey) -> Result<Option<(AccountId, Wanted)>, StoreError> {
    let account: Option<String> = sqlite
        .prepare_cached("SELECT account FROM incident WHERE key = ?1")?
        .query_row([&key.0], |row| row.get(0))
        .optional()?;
    let Some(account) = account else { return Ok(None) };
    let found = wanted_where(sqlite, "key = ?1", &[&key.0])?.pop();
    Ok(found.map(|wanted| (AccountId(account), wanted)))
}

/// The cases of an account that AWS is believed to have and to list: all of them, or those that are not resolved and
/// those of `awaited`.
pub(crate) fn believed(
    sqlite: &Connection,
    account: &AccountId,
    resolved_too: bool,
    awaited: &[CaseKey],
) -> Result<Vec<Wanted>, StoreError> {
    let awaited = serde_json::to_string(awaited)?;
    wanted_where(
        sqlite,
        "account = ?1 AND gone_at IS NULL
         AND (?2 OR status <> ?3 OR key IN (SELECT value FROM json_each(?4))) ORDER BY created_at DESC",
        &[&account.0, &resolved_too, &CaseStatus::RESOLVED, &awaited],
    )
}

/// Some cases of which older correspondence has not been fetched: open ones first, the latest first.
pub(crate) fn incomplete(
    sqlite: &Connection,
    account: &AccountId,
    limit: u32,
) -> Result<Vec<Wanted>, StoreError> {
    wanted_where(
        sqlite,
        "account = ?1 AND gone_at IS NULL AND complete = 0 AND listed = 1
         ORDER BY status = ?2, updated_at DESC LIMIT ?3",
        &[&account.0, &CaseStatus::RESOLVED, &limit],
    )
}

fn wanted_where(
    sqlite: &Connection,
    condition: &str,
    values: &[&dyn ToSql],
) -> Result<Vec<Wanted>, StoreError> {
    let mut select = sqlite.prepare_cached(&format!(
        "SELECT key, case_id, canonical_id, listed, created_at FROM incident WHERE {condition}"
    ))?;
    let rows = select.query_map(values, |row| {
        Ok(Wanted {
            key: CaseKey(row.get(0)?),
            case_id: row.get(1)?,
            canonical_id: row.get(2)?,
            listed: row.get(3)?,
            created_at: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
