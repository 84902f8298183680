//! Messages that were sent and that AWS does not list: their author must not believe that ECO has them.

use super::{
    Delivery,
    rows::{ON_ITS_WAY, SETTLED_AFTER},
};
use crate::{
    account::store::ids,
    delivery::entries::{self, SentMessage},
    mirror::{communications, incident, resembles, sync_state},
};
use desk_model::{CaseKey, DAY, MINUTE, Millis};
use desk_store::StoreError;
use rusqlite::Connection;

/// Within this of its request, AWS has listed a message under the time at which it came.
const BEFORE: Millis = MINUTE;
const AFTER: Millis = 5 * MINUTE;
/// How long it is told that AWS does not list a message.
const TOLD_FOR: Millis = 14 * DAY;

/// A message that AWS has taken and does not list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnlistedMessage {
    /// The entry of the outbox that sent it.
    pub id: String,
    /// Its case.
    pub case: CaseKey,
    /// The case's subject.
    pub subject: String,
    /// Whether it is the report that began the case.
    pub is_report: bool,
}

/// How far the mirror of a case is: whether a message that it lacks can be called missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// When a sync of its account last came to its end.
    synced_at: Option<Millis>,
    /// Whether something of the case was out of the sync's reach.
    has_gap: bool,
    /// Whether AWS has ever listed the case.
    listed: bool,
}

impl Standing {
    /// `None` for a case that the mirror does not have.
    pub(super) fn of(sqlite: &Connection, case: &CaseKey) -> Result<Option<Self>, StoreError> {
        let Some(head) = incident::head(sqlite, case)? else { return Ok(None) };
        let synced_at = sync_state::get(sqlite, &head.account)?.synced_at;
        let has_gap = head.gap.is_some() || (head.listed && !head.complete);
        Ok(Some(Self { synced_at, has_gap, listed: head.listed }))
    }
}

/// Whether the mirror has a message of the outbox in its case.
pub(super) fn is_listed(sqlite: &Connection, message: &SentMessage) -> Result<bool, StoreError> {
    match &message.reference {
        Some(reference) => communications::has_own(sqlite, &message.case, reference),
        None => Ok(false),
    }
}

/// Where a message of the outbox is that is not found in the mirror; `None` where it was changed at AWS and is among the
/// others, or where it was too long ago to matter.
pub(super) fn delivery(
    sqlite: &Connection,
    message: &SentMessage,
    standing: Option<Standing>,
    now: Millis,
) -> Result<Option<Delivery>, StoreError> {
    let Some(done_at) = message.done_at else { return Ok(Some(Delivery::Waiting)) };
    // A sync has come to its end after AWS should list it, and nothing of the case was out of its reach.
    let settled = standing
        .filter(|standing| standing.synced_at.is_some_and(|synced_at| synced_at >= done_at + SETTLED_AFTER));
    let is_recent = done_at > now - ON_ITS_WAY;
    Ok(match settled {
        None => Some(Delivery::Sent),
        Some(Standing { has_gap: true, .. }) => is_recent.then_some(Delivery::Sent),
        Some(Standing { listed: true, .. }) if was_changed(sqlite, message, done_at)? => None,
        Some(Standing { .. }) => (done_at > now - TOLD_FOR).then_some(Delivery::Unlisted),
    })
}

/// The messages that AWS has taken and does not list. Runs on a connection that sees `desk`.
pub(crate) fn all(sqlite: &Connection, now: Millis) -> Result<Vec<UnlistedMessage>, StoreError> {
    let connected = ids(sqlite)?;
    let mut unlisted = Vec::new();
    for message in entries::delivered_since(sqlite, now - TOLD_FOR)? {
        if !connected.contains(&message.account) || is_listed(sqlite, &message)? {
            continue;
        }
        let standing = Standing::of(sqlite, &message.case)?;
        if delivery(sqlite, &message, standing, now)? == Some(Delivery::Unlisted) {
            let SentMessage { id, case, subject, is_report, .. } = message;
            unlisted.push(UnlistedMessage { id: id.0, case, subject, is_report });
        }
    }
    Ok(unlisted)
}

/// Whether AWS lists a message of a customer at the time of this one that resembles it: then its text, with the reference,
/// was changed there.
fn was_changed(sqlite: &Connection, message: &SentMessage, done_at: Millis) -> Result<bool, StoreError> {
    let at = message.requested_at.unwrap_or(done_at);
    let texts = communications::unreferenced_between(sqlite, &message.case, at - BEFORE, at + AFTER)?;
    Ok(texts.iter().any(|text| resembles(text, &message.body)))
}
