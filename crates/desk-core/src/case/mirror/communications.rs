//! The communications of a case, merged into those that are known.
//!
//! AWS gives a communication no id. It is the same one when case, instant, author and text are the same; among
//! equal ones the count tells: the second of two in one list is the second one, however often the list is seen. A
//! list therefore has to hold all communications of an instant or none of those that it cuts off.

use super::Known;
use crate::case::author::is_eco;
use desk_aws::CommunicationRecord;
use desk_model::{CaseKey, Millis, find_reference};
use desk_store::StoreError;
use rusqlite::Transaction;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// What merging has brought.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    /// Those that were not known, oldest first, each with its row.
    pub(super) new: Vec<(i64, &'a CommunicationRecord)>,
    /// Whether a known one has other files or another sender now.
    pub(super) known_changed: bool,
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
                merged.new.push((tx.last_insert_rowid(), communication));
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
