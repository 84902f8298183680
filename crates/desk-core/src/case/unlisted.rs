//! Messages that were sent and that AWS does not list: their author must not believe that ECO has them.

use super::{
    CaseKey, Delivery,
    rows::{ON_ITS_WAY, SETTLED_AFTER},
};
use crate::{
    report::resembles,
    store::StoreError,
    time::{DAY, MINUTE, Millis},
};
use rusqlite::{Connection, OptionalExtension as _};

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

/// Where a message of the outbox is that is not found in the mirror; `None` where it was changed at AWS and is among the
/// others, or where it was too long ago to matter. Runs on a connection that sees `desk`.
pub(super) fn delivery(
    sqlite: &Connection,
    id: &str,
    done_at: Option<Millis>,
    now: Millis,
) -> Result<Option<Delivery>, StoreError> {
    let Some(done_at) = done_at else { return Ok(Some(Delivery::Waiting)) };
    // A sync has come to its end after AWS should list it, and nothing of the case was out of its reach.
    let settled = sqlite
        .prepare_cached(
            "SELECT i.gap IS NOT NULL OR (i.listed AND NOT i.complete), i.listed FROM desk.outbox o
             JOIN main.incident i ON i.key = o.case_key
             JOIN main.sync_state s ON s.account = i.account AND s.synced_at >= ?2
             WHERE o.id = ?1",
        )?
        .query_row(rusqlite::params![id, done_at + SETTLED_AFTER], |row| {
            Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?))
        })
        .optional()?;
    let is_recent = done_at > now - ON_ITS_WAY;
    Ok(match settled {
        None => Some(Delivery::Sent),
        Some((true, _)) => is_recent.then_some(Delivery::Sent),
        Some((false, true)) if was_changed(sqlite, id, done_at)? => None,
        Some((false, _)) => (done_at > now - TOLD_FOR).then_some(Delivery::Unlisted),
    })
}

/// The messages that AWS has taken and does not list. Runs on a connection that sees `desk`.
pub(crate) fn all(sqlite: &Connection, now: Millis) -> Result<Vec<UnlistedMessage>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT o.id, o.case_key, o.subject, o.kind = 'report', o.done_at FROM desk.outbox o
         JOIN desk.account a ON a.id = o.account
         WHERE o.done_at IS NOT NULL AND o.body IS NOT NULL AND o.kind IN ('report', 'reply')
           AND NOT EXISTS (SELECT 1 FROM main.communication c
                           WHERE c.reference = o.reference AND c.case_key = o.case_key AND c.own)
         ORDER BY o.position",
    )?;
    let mut rows = select.query([])?;
    let mut unlisted = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        if delivery(sqlite, &id, row.get(4)?, now)? == Some(Delivery::Unlisted) {
            let case = CaseKey(row.get(1)?);
            unlisted.push(UnlistedMessage { id, case, subject: row.get(2)?, is_report: row.get(3)? });
        }
    }
    Ok(unlisted)
}

/// Whether AWS lists a message of a customer at the time of this one that resembles it: then its text, with the reference,
/// was changed there.
fn was_changed(sqlite: &Connection, id: &str, done_at: Millis) -> Result<bool, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT c.body, o.body FROM desk.outbox o JOIN main.communication c ON c.case_key = o.case_key
         WHERE o.id = ?1 AND c.by_eco = 0 AND c.reference IS NULL
           AND c.at BETWEEN coalesce(o.requested_at, ?2) - ?3
               AND coalesce(o.requested_at, ?2) + ?4",
    )?;
    let mut rows = select.query(rusqlite::params![id, done_at, BEFORE, AFTER])?;
    while let Some(row) = rows.next()? {
        if resembles(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?) {
            return Ok(true);
        }
    }
    Ok(false)
}
