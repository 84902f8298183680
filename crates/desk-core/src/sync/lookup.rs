//! What a sync reads of both files before it writes.

use crate::{
    account::store::ids,
    delivery::{entries, links},
    mirror::{
        self, DERIVATION, Known, Own, communications,
        incident::{self, Wanted},
        sync_state,
    },
};
use desk_aws::{CaseRecord, CommunicationRecord, canonical_case_id};
use desk_model::{AccountId, CaseKey, DAY, Millis, find_reference};
use desk_store::{Database, Store, StoreError};
use rusqlite::Connection;
use std::collections::HashMap;

/// The newest known communication of each of these cases that the mirror has any of, by canonical id.
pub(super) async fn newest_known(
    cases: &Database,
    account: &AccountId,
    records: &[CaseRecord],
) -> Result<HashMap<String, Millis>, StoreError> {
    let account = account.clone();
    let ids: Vec<String> = records.iter().map(|record| canonical_case_id(&record.case_id)).collect();
    cases
        .read(move |sqlite| {
            let mut newest = HashMap::new();
            for id in ids {
                let Some(key) = incident::key_of(sqlite, &account, &id)? else { continue };
                newest.extend(communications::newest(sqlite, &key)?.map(|at| (id, at)));
            }
            Ok(newest)
        })
        .await
}

/// What `desk.db` knows of these cases and of the messages in them.
pub(super) async fn known<'a>(
    desk: &Database,
    account: &AccountId,
    records: impl Iterator<Item = (&'a CaseRecord, &'a [CommunicationRecord])>,
) -> Result<Known, StoreError> {
    let (mut case_ids, mut references) = (Vec::new(), Vec::new());
    for (record, communications) in records {
        case_ids.push(canonical_case_id(&record.case_id));
        let found = communications.iter().filter_map(|communication| find_reference(&communication.body));
        references.extend(found.map(|reference| reference.to_string()));
    }
    let account = account.clone();
    desk.read(move |desk| {
        let mut known = Known { own: own(desk, &account, &references)?, links: HashMap::new() };
        for id in case_ids {
            if let Some(key) = links::linked(desk, &account, &id)? {
                known.links.insert(id, key);
            }
        }
        Ok(known)
    })
    .await
}

/// The messages of the outbox with these references.
fn own(
    desk: &Connection,
    account: &AccountId,
    references: &[String],
) -> Result<HashMap<String, Own>, StoreError> {
    let connected = ids(desk)?;
    let mut own = HashMap::new();
    for reference in references {
        let Some(sent) = entries::message_with(desk, reference)? else { continue };
        // Two accounts here may be one at AWS: the case is that of the account it was reported with, while that is
        // connected.
        let is_here = sent.account == *account || !connected.contains(&sent.account);
        let is_report = sent.is_report && is_here;
        own.insert(reference.clone(), Own { case: sent.case, is_report, body: Some(sent.body) });
    }
    Ok(own)
}

/// The cases of an account that AWS is believed to have: all, or only those that are not resolved and those in which a
/// message that was sent has not been seen yet.
pub(super) async fn believed(
    cases: &Database,
    account: &AccountId,
    resolved_too: bool,
) -> Result<Vec<Wanted>, StoreError> {
    let account = account.clone();
    cases
        .read(move |sqlite| {
            let awaited = if resolved_too { Vec::new() } else { awaited(sqlite)? };
            incident::believed(sqlite, &account, resolved_too, &awaited)
        })
        .await
}

/// The cases into which a message went that AWS does not list yet. A resolved case is not listed: such a message is looked
/// for there for a day.
fn awaited(sqlite: &Connection) -> Result<Vec<CaseKey>, StoreError> {
    let Some(synced_at) = sync_state::last_synced(sqlite)? else { return Ok(Vec::new()) };
    let mut awaited = Vec::new();
    for sent in entries::delivered_since(sqlite, synced_at - DAY)? {
        let Some(reference) = sent.reference else { continue };
        if !communications::has_own(sqlite, &sent.case, &reference)? {
            awaited.push(sent.case);
        }
    }
    Ok(awaited)
}

/// Derives anew who wrote what in the cases of an account where former rules decided it; answers the cases that changed.
pub(super) async fn keep_derived(store: &Store, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let wanted = account.clone();
    let references: Option<Vec<String>> = store
        .cases
        .read(move |sqlite| {
            if sync_state::get(sqlite, &wanted)?.derivation == Some(DERIVATION) {
                return Ok(None);
            }
            Ok(Some(communications::references(sqlite, &incident::keys_of(sqlite, &wanted)?)?))
        })
        .await?;
    let Some(references) = references else { return Ok(Vec::new()) };
    let wanted = account.clone();
    let own = store.desk.read(move |desk| own(desk, &wanted, &references)).await?;
    let known = Known { own, links: HashMap::new() };
    let account = account.clone();
    store
        .cases
        .write(move |tx| {
            let changed = mirror::derive_anew(tx, &account, &known)?;
            sync_state::put_derivation(tx, &account, DERIVATION)?;
            Ok(changed)
        })
        .await
}
