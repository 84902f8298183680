//! The table `communication`: what was said in a case, merged into what is known, and read by other rooms.
//!
//! AWS gives a communication no id. It is the same one when case, instant, author and text are the same; among
//! equal ones the count tells: the second of two in one list is the second one, however often the list is seen. A
//! list therefore has to hold all communications of an instant or none of those that it cuts off.

use super::{Known, author::is_eco, facts::Said};
use desk_aws::CommunicationRecord;
use desk_model::{CaseKey, Millis, find_reference};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// What merging has brought.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    /// Those that were not known, oldest first, each with its row.
    pub(super) new: Vec<New<'a>>,
    /// Whether a known one has other files or another sender now.
    pub(super) known_changed: bool,
}

/// A communication that was not known.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub(super) row: i64,
    pub(super) record: &'a CommunicationRecord,
    /// What tells it from the others of its case: its instant, digest and ordinal.
    pub(super) identity: String,
}

/// Merges `given`, oldest first, into what is known of the case. `complete`: whether all of its correspondence is then
/// known.
pub(super) fn merge<'a>(
    tx: &Transaction<'_>,
    key: &CaseKey,
    given: &'a [CommunicationRecord],
    known: &Known,
    complete: bool,
) -> Result<Merged<'a>, StoreError> {
    let mut merged = Merged::default();
    let Some(oldest) = given.iter().map(|communication| communication.at).min() else { return Ok(merged) };
    let before = known_since(tx, key, oldest)?;
    let mut counts: HashMap<(Millis, String), i64> = HashMap::new();
    let mut insert = tx.prepare_cached(
        "INSERT INTO communication (case_key, at, author, by_eco, body, ordinal, digest, reference, attachments)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut update = tx.prepare_cached(
        "UPDATE communication SET attachments = ?5 WHERE case_key = ?1 AND at = ?2 AND digest = ?3 AND ordinal = ?4",
    )?;
    let mut references = Vec::new();
    for communication in given {
        let CommunicationRecord { body, submitted_by, at, attachments } = communication;
        let digest = digest(communication);
        let count = counts.entry((*at, digest.clone())).or_default();
        let ordinal = *count;
        *count += 1;
        let files = serde_json::to_string(attachments)?;
        let reference = find_reference(body).map(|reference| reference.to_string());
        references.extend(reference.clone().filter(|reference| known.own.contains_key(reference)));
        match before.get(&(*at, digest.clone(), ordinal)) {
            None => {
                insert.execute(rusqlite::params![
                    key.0,
                    at,
                    submitted_by,
                    is_eco(submitted_by),
                    body,
                    ordinal,
                    digest,
                    reference,
                    files
                ])?;
                let identity = format!("{at}-{digest}-{ordinal}");
                merged.new.push(New { row: tx.last_insert_rowid(), record: communication, identity });
            }
            Some(known_files) if *known_files != files => {
                update.execute(rusqlite::params![key.0, at, digest, ordinal, files])?;
                merged.known_changed = true;
            }
            Some(_) => {}
        }
    }
    references.sort();
    references.dedup();
    for reference in references {
        merged.known_changed |= super::own::mark(tx, key, &reference, known, complete)?;
    }
    Ok(merged)
}

/// Instant, digest and ordinal of the known communications since `oldest`, with their files.
fn known_since(
    tx: &Transaction<'_>,
    key: &CaseKey,
    oldest: Millis,
) -> Result<HashMap<(Millis, String, i64), String>, StoreError> {
    let mut select = tx.prepare_cached(
        "SELECT at, digest, ordinal, attachments FROM communication WHERE case_key = ?1 AND at >= ?2",
    )?;
    let rows = select.query_map(rusqlite::params![key.0, oldest], |row| {
        Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn digest(communication: &CommunicationRecord) -> String {
    let mut hash = Sha256::new();
    hash.update(communication.submitted_by.as_bytes());
    // No author has a zero byte, so author and text cannot run into each other.
    hash.update([0]);
    hash.update(communication.body.as_bytes());
    hex::encode(hash.finalize())
}

/// A communication of the mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Communication {
    pub(crate) row: i64,
    pub(crate) at: Millis,
    /// `submittedBy` as AWS gives it.
    pub(crate) author: String,
    pub(crate) by_eco: bool,
    /// Whether this computer's user sent it.
    pub(crate) own: bool,
    pub(crate) body: String,
    /// Tells equal messages of one instant apart.
    pub(crate) ordinal: i64,
    pub(crate) digest: String,
    pub(crate) reference: Option<String>,
    /// JSON list of `AttachmentRecord`.
    pub(crate) attachments: String,
}

const COLUMNS: &str = "rowid, at, author, by_eco, own, body, ordinal, digest, reference, attachments";

fn communication(row: &Row<'_>) -> rusqlite::Result<Communication> {
    Ok(Communication {
        row: row.get(0)?,
        at: row.get(1)?,
        author: row.get(2)?,
        by_eco: row.get(3)?,
        own: row.get(4)?,
        body: row.get(5)?,
        ordinal: row.get(6)?,
        digest: row.get(7)?,
        reference: row.get(8)?,
        attachments: row.get(9)?,
    })
}

/// The communications of a case, oldest first.
pub(crate) fn of(sqlite: &Connection, key: &CaseKey) -> Result<Vec<Communication>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM main.communication WHERE case_key = ?1 ORDER BY at, rowid");
    let mut select = sqlite.prepare_cached(&select)?;
    let rows = select.query_map([&key.0], communication)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The communications of a case that end with `reference`, oldest first.
pub(super) fn with_reference(
    sqlite: &Connection,
    key: &CaseKey,
    reference: &str,
) -> Result<Vec<Communication>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM main.communication WHERE case_key = ?1 AND reference = ?2 ORDER BY at, rowid"
    );
    let mut select = sqlite.prepare_cached(&select)?;
    let rows = select.query_map([key.0.as_str(), reference], communication)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many communications of a case are known.
pub(crate) fn count(sqlite: &Connection, key: &CaseKey) -> Result<u32, StoreError> {
    let count = "SELECT count(*) FROM main.communication WHERE case_key = ?1";
    Ok(sqlite.prepare_cached(count)?.query_row([&key.0], |row| row.get(0))?)
}

/// How many communications are known of all cases.
pub(crate) fn count_all(sqlite: &Connection) -> Result<u32, StoreError> {
    Ok(sqlite.query_row("SELECT count(*) FROM communication", [], |row| row.get(0))?)
}

/// When somebody last wrote in a case.
pub(crate) fn newest(sqlite: &Connection, key: &CaseKey) -> Result<Option<Millis>, StoreError> {
    let select = "SELECT max(at) FROM communication WHERE case_key = ?1";
    Ok(sqlite.prepare_cached(select)?.query_row([&key.0], |row| row.get(0))?)
}

/// When somebody but this computer's user last wrote in a case.
pub(super) fn newest_other(sqlite: &Connection, key: &CaseKey) -> Result<Option<Millis>, StoreError> {
    let select = "SELECT at FROM communication WHERE case_key = ?1 AND own = 0 ORDER BY at DESC LIMIT 1";
    Ok(sqlite.prepare_cached(select)?.query_row([&key.0], |row| row.get(0)).optional()?)
}

/// ECO's last message in a case.
pub(crate) fn last_of_eco(sqlite: &Connection, key: &CaseKey) -> Result<Option<String>, StoreError> {
    let select =
        "SELECT body FROM communication WHERE case_key = ?1 AND by_eco ORDER BY at DESC, rowid DESC LIMIT 1";
    Ok(sqlite.prepare_cached(select)?.query_row([&key.0], |row| row.get(0)).optional()?)
}

/// Whether AWS lists the message of this computer with this reference in a case.
pub(crate) fn has_own(sqlite: &Connection, key: &CaseKey, reference: &str) -> Result<bool, StoreError> {
    let select = "SELECT 1 FROM main.communication WHERE reference = ?2 AND case_key = ?1 AND own";
    Ok(sqlite.prepare_cached(select)?.exists([key.0.as_str(), reference])?)
}

/// The texts of customers in a case without a reference, from `from` to `to`.
pub(crate) fn unreferenced_between(
    sqlite: &Connection,
    key: &CaseKey,
    from: Millis,
    to: Millis,
) -> Result<Vec<String>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT body FROM main.communication
         WHERE case_key = ?1 AND by_eco = 0 AND reference IS NULL AND at BETWEEN ?2 AND ?3",
    )?;
    let texts = select.query_map(rusqlite::params![key.0, from, to], |row| row.get(0))?;
    Ok(texts.collect::<Result<_, _>>()?)
}

/// The communications of a case as the rules of derivation see them, oldest first.
pub(super) fn said(sqlite: &Connection, key: &CaseKey) -> Result<Vec<Said>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT at, by_eco, json_array_length(attachments) FROM communication WHERE case_key = ?1 ORDER BY at, rowid",
    )?;
    let said = select
        .query_map([&key.0], |row| Ok(Said { at: row.get(0)?, by_eco: row.get(1)?, files: row.get(2)? }))?;
    Ok(said.collect::<Result<_, _>>()?)
}

/// Whether this computer's user sent a communication.
pub(super) fn is_own(sqlite: &Connection, row: i64) -> Result<bool, StoreError> {
    let select = "SELECT own FROM communication WHERE rowid = ?1";
    Ok(sqlite.prepare_cached(select)?.query_row([row], |row| row.get(0))?)
}

/// Writes who wrote a communication.
pub(super) fn put_author(tx: &Transaction<'_>, row: i64, by_eco: bool, own: bool) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE communication SET by_eco = ?2, own = ?3 WHERE rowid = ?1")?
        .execute(rusqlite::params![row, by_eco, own])?;
    Ok(())
}

/// The references in the correspondence of these cases.
pub(crate) fn references(sqlite: &Connection, keys: &[CaseKey]) -> Result<Vec<String>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT DISTINCT reference FROM communication WHERE case_key = ?1 AND reference IS NOT NULL",
    )?;
    let mut references = Vec::new();
    for key in keys {
        for reference in select.query_map([&key.0], |row| row.get(0))? {
            references.push(reference?);
        }
    }
    Ok(references)
}

/// Gives the communications of a case its new key.
pub(super) fn rekey(tx: &Transaction<'_>, from: &str, to: &CaseKey) -> Result<(), StoreError> {
    tx.execute("UPDATE communication SET case_key = ?2 WHERE case_key = ?1", [from, &to.0])?;
    Ok(())
}
