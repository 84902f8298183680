//! The columns of a case that are derived from its communications, and how they are derived anew after a change of the
//! rules.

use super::{
    Known,
    author::is_eco,
    communications,
    facts::{Course, facts},
    incident, own,
};
use desk_model::{AccountId, CaseKey};
use desk_store::StoreError;
use rusqlite::Transaction;

/// The version of the rules of derivation. To be raised with a change of them that concerns existing rows.
///
/// 1: ECO's messages by their author. 2: only what was sent from here is the user's own; the schema had marked the first
/// message of a customer with any reference.
pub(crate) const DERIVATION: i64 = 2;

/// Writes the derived columns of a case.
pub(super) fn update_facts(tx: &Transaction<'_>, key: &CaseKey) -> Result<(), StoreError> {
    let Some(head) = incident::head(tx, key)? else { return Ok(()) };
    let facts = facts(Course {
        said: &communications::said(tx, key)?,
        complete: head.complete,
        submitted_by_eco: head.submitted_by.as_deref().is_some_and(is_eco),
        status: &head.status,
        status_at: head.status_at,
    });
    incident::put_facts(tx, key, &facts)
}

/// Derives anew who wrote what in the cases of an account, and the columns that follow from it. Answers the cases that
/// changed.
pub(crate) fn derive_anew(
    tx: &Transaction<'_>,
    account: &AccountId,
    known: &Known,
) -> Result<Vec<CaseKey>, StoreError> {
    let mut changed = Vec::new();
    for key in incident::keys_of(tx, account)? {
        let mut has_changed = false;
        for said in communications::of(tx, &key)? {
            let by_eco = is_eco(&said.author);
            if by_eco != said.by_eco {
                communications::put_author(tx, said.row, by_eco, said.own && !by_eco)?;
                has_changed = true;
            }
        }
        let complete = incident::head(tx, &key)?.is_some_and(|head| head.complete);
        for reference in communications::references(tx, std::slice::from_ref(&key))? {
            has_changed |= own::mark(tx, &key, &reference, known, complete)?;
        }
        incident::put_newest_other(tx, &key, communications::newest_other(tx, &key)?)?;
        if has_changed {
            update_facts(tx, &key)?;
            changed.push(key);
        }
    }
    Ok(changed)
}
