//! A case as AWS gives it, put beside what is known: the difference becomes rows and events.

use super::{
    EventKind, Gap,
    author::is_eco,
    communications::{self, Merged},
    derive::update_facts,
    events::{self, NewEvent},
    incident::{self, Incident, differs, find, free_display_id, insert, is_taken, update},
    own,
};
use desk_aws::{CaseRecord, CommunicationRecord, canonical_case_id};
use desk_model::{AccountId, CaseKey, Millis, find_reference, strip_reference};
use desk_store::StoreError;
use rusqlite::Transaction;
use std::collections::HashMap;
use uuid::Uuid;

/// Longest excerpt of a message in an event, in characters.
const EXCERPT: usize = 200;

/// The space of the keys that are made from AWS's case ids: the same case gets the same key again.
const KEYS: Uuid = Uuid::from_u128(0x6d0f_3d5e_8c1b_4a57_9b0e_2f6a_71c4_e3d8);

/// A message of this computer's outbox, by its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    /// The case it belongs to.
    pub(crate) case: CaseKey,
    /// Whether it is the report that began the case.
    pub(crate) is_report: bool,
    /// The whole text as it was sent, with its reference line.
    pub(crate) body: Option<String>,
}

/// What `desk.db` knows about the cases and communications at hand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The outbox's messages by reference.
    pub(crate) own: HashMap<String, Own>,
    /// The keys of cases that began here, by canonical case id.
    pub(crate) links: HashMap<String, CaseKey>,
}

/// How far back the communications of an observed case go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To the beginning.
    Beginning,
    /// To what is known already, with no gap between.
    Known,
    /// Not so far: there may be others between them and what is known, or before them.
    Gap,
}

/// A case as it was seen at AWS.
#[derive(Debug, Clone)]
pub(crate) struct Observed {
    /// The case; its `recent` communications are not looked at.
    pub(crate) record: CaseRecord,
    /// Its communications, oldest first, without a gap among them.
    pub(crate) communications: Vec<CommunicationRecord>,
    /// How far back they go.
    pub(crate) reach: Reach,
    /// Why some are missing among them, where that is known.
    pub(crate) gap: Option<Gap>,
}

/// What putting a case has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Put {
    /// The case's key.
    pub(crate) key: CaseKey,
    /// Whether anything that is shown of it has changed.
    pub(crate) changed: bool,
}

/// Puts a case. With `baseline` nobody is notified of what is new.
pub(crate) fn put_record(
    tx: &Transaction<'_>,
    account: &AccountId,
    observed: &Observed,
    known: &Known,
    baseline: bool,
    now: Millis,
) -> Result<Put, StoreError> {
    let record = &observed.record;
    let canonical = canonical_case_id(&record.case_id);
    let mut events: Vec<NewEvent> = Vec::new();
    let before = find(tx, account, &canonical, record.display_id.as_deref())?;
    let own_key = own_key(observed, known, &canonical);
    let key = match &before {
        Some(before) => before.key.clone(),
        None => match &own_key {
            Some(own) if !is_taken(tx, &own.0)? => own.clone(),
            Some(_) | None => made_key(account, &canonical),
        },
    };
    free_display_id(tx, account, record.display_id.as_deref(), &key)?;
    let newest_before = communications::newest(tx, &key)?;
    let newest_given = observed.communications.last().map_or(record.created_at, |last| last.at);

    let mut after = Incident {
        key: key.clone(),
        case_id: record.case_id.clone(),
        canonical_id: canonical,
        display_id: record.display_id.clone(),
        subject: record.subject.clone(),
        status: record.status.clone(),
        service_code: record.service_code.clone(),
        category_code: record.category_code.clone(),
        severity_code: record.severity_code.clone(),
        submitted_by: record.submitted_by.clone(),
        cc: serde_json::to_string(&record.cc)?,
        created_at: record.created_at,
        updated_at: newest_given.max(record.created_at),
        newest_other_at: None,
        status_at: newest_given.max(record.created_at),
        complete: observed.reach == Reach::Beginning,
        listed: true,
        gone: false,
        gap: observed.gap,
    };
    if let Some(before) = &before {
        after.display_id = after.display_id.or_else(|| before.display_id.clone());
        after.updated_at = after.updated_at.max(before.updated_at);
        after.newest_other_at = before.newest_other_at;
        after.status_at = before.status_at;
        after.complete |= before.complete && observed.reach == Reach::Known;
        after.gap = match observed.reach {
            Reach::Beginning => observed.gap,
            Reach::Known | Reach::Gap => observed.gap.or(before.gap),
        };
        if before.status != after.status {
            after.status_at = now;
            after.updated_at = after.updated_at.max(now);
            let (from, to) = (before.status.clone(), after.status.clone());
            // The same change again is another one: it begins at another time.
            let content = format!("{from} {to} {}", before.status_at);
            events.push(NewEvent { kind: EventKind::Status { from, to }, content });
        }
        if before.service_code != after.service_code {
            after.updated_at = after.updated_at.max(now);
            let (from, to) = (before.service_code.clone(), after.service_code.clone());
            let content = format!("{from} {to} {}", before.updated_at);
            events.push(NewEvent { kind: EventKind::Reclassified { from, to }, content });
        }
    }
    let is_new = before.is_none();
    if is_new {
        insert(tx, account, &after)?;
    }
    let merged = communications::merge(tx, &key, &observed.communications, known, after.complete)?;
    after.newest_other_at = communications::newest_other(tx, &key)?;

    let row_changed = before.as_ref().is_some_and(|before| differs(before, &after));
    let changed = is_new || row_changed || !merged.new.is_empty() || merged.known_changed;
    if changed {
        update(tx, &after)?;
        update_facts(tx, &key)?;
    }
    // What is there at first was there before: nobody is told.
    if !baseline {
        let is_opened = is_new && own_key.is_none();
        if is_opened {
            let by_eco = incident::head(tx, &key)?.is_some_and(|head| head.opened_by_eco);
            events.insert(0, NewEvent { kind: EventKind::CaseOpened { by_eco }, content: String::new() });
        }
        // Where all was known, nothing is fetched late: AWS itself lists such a message only now.
        let fetched_late = newest_before.filter(|_| before.as_ref().is_some_and(|before| !before.complete));
        // In a case first seen here, its first communication is what opened it.
        events.extend(messages(tx, &merged, fetched_late)?.into_iter().skip(usize::from(is_opened)));
        events::put(tx, account, &key, &after.subject, &events, now)?;
    }
    Ok(Put { key, changed })
}

/// The events for messages that are new to this computer: not its own, and not older than `newest_before` (those
/// were only fetched late).
fn messages(
    tx: &Transaction<'_>,
    merged: &Merged<'_>,
    newest_before: Option<Millis>,
) -> Result<Vec<NewEvent>, StoreError> {
    let mut events = Vec::new();
    for new in &merged.new {
        let is_late = newest_before.is_some_and(|newest| new.record.at < newest);
        if is_late || communications::is_own(tx, new.row)? {
            continue;
        }
        let kind = EventKind::Message {
            by_eco: is_eco(&new.record.submitted_by),
            excerpt: strip_reference(&new.record.body).trim().chars().take(EXCERPT).collect(),
        };
        events.push(NewEvent { kind, content: new.identity.clone() });
    }
    Ok(events)
}

/// The key of a case that began on this computer: by its id, or by the text and reference of its first communication
/// where a sync sees it before the outbox knows its id.
fn own_key(observed: &Observed, known: &Known, canonical: &str) -> Option<CaseKey> {
    if let Some(key) = known.links.get(canonical) {
        return Some(key.clone());
    }
    let first = observed.communications.first().filter(|_| observed.reach == Reach::Beginning)?;
    let sent = known.own.get(find_reference(&first.body)?.as_str())?;
    own::begins(is_eco(&first.submitted_by), &first.body, sent).then(|| sent.case.clone())
}

fn made_key(account: &AccountId, canonical: &str) -> CaseKey {
    CaseKey(Uuid::new_v5(&KEYS, format!("{account}\n{canonical}").as_bytes()).to_string())
}
