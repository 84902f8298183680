//! What a sync reads from both databases, and the state it keeps: how far it is, per account.

use crate::case::{
    CaseStatus, Gap,
    mirror::{self, DERIVATION, Known, Own},
};
use desk_aws::{CaseRecord, CommunicationRecord, canonical_case_id};
use desk_model::{AccountId, CaseKey, Millis, Problem, find_reference};
use desk_store::{Database, Store, StoreError};
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::HashMap;

/// How far the mirror of an account is.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// When a poll last came to its end.
    pub(super) synced_at: Option<Millis>,
    /// When all cases were last read; until the first time, what is new is no news.
    pub(super) swept_at: Option<Millis>,
    /// Why the last poll failed.
    pub(super) problem: Option<Problem>,
    /// What the last poll that came to its end had to leave out.
    pub(super) gap: Option<Problem>,
}

/// A case of the mirror that AWS is asked about by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) key: CaseKey,
    pub(super) case_id: String,
    pub(super) canonical_id: String,
    pub(super) listed: bool,
    pub(super) created_at: Millis,
}

pub(super) async fn state(cases: &Database, account: &AccountId) -> Result<State, StoreError> {
    let account = account.clone();
    cases
        .read(move |sqlite| {
            let mut select = sqlite.prepare_cached(
                "SELECT synced_at, swept_at, problem, gap FROM sync_state WHERE account = ?1",
            )?;
            let mut rows = select.query([&account.0])?;
            let Some(row) = rows.next()? else { return Ok(State::default()) };
            let told = |column| -> Result<Option<Problem>, StoreError> {
                let json: Option<String> = row.get(column)?;
                Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
            };
            Ok(State { synced_at: row.get(0)?, swept_at: row.get(1)?, problem: told(2)?, gap: told(3)? })
        })
        .await
}

/// Notes that a poll has come to its end, whether it has read all cases, and what it had to leave out.
pub(super) async fn put_done(
    cases: &Database,
    account: &AccountId,
    now: Millis,
    swept: bool,
    gap: Option<&Problem>,
) -> Result<(), StoreError> {
    let (account, swept_at) = (account.clone(), swept.then_some(now));
    let gap = gap.map(serde_json::to_string).transpose()?;
    cases
        .write(move |tx| {
            tx.execute(
                "INSERT INTO sync_state (account, synced_at, swept_at, gap) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (account) DO UPDATE SET synced_at = excluded.synced_at,
                     swept_at = coalesce(excluded.swept_at, swept_at), gap = excluded.gap, problem = NULL",
                rusqlite::params![account.0, now, swept_at, gap],
            )?;
            Ok(())
        })
        .await
}

/// Notes why a poll has failed.
pub(super) async fn put_problem(
    cases: &Database,
    account: &AccountId,
    problem: &Problem,
) -> Result<(), StoreError> {
    let (account, json) = (account.clone(), serde_json::to_string(problem)?);
    cases
        .write(move |tx| {
            tx.execute(
                "INSERT INTO sync_state (account, problem) VALUES (?1, ?2)
                 ON CONFLICT (account) DO UPDATE SET problem = excluded.problem",
                [&account.0, &json],
            )?;
            Ok(())
        })
        .await
}

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
            let mut select = sqlite.prepare(
                "SELECT max(c.at) FROM incident i JOIN communication c ON c.case_key = i.key
                 WHERE i.account = ?1 AND i.canonical_id = ?2",
            )?;
            let mut newest = HashMap::new();
            for id in ids {
                let at: Option<Millis> = select.query_row([&account.0, &id], |row| row.get(0))?;
                if let Some(at) = at {
                    newest.insert(id, at);
                }
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
    let (mut ids, mut references) = (Vec::new(), Vec::new());
    for (record, communications) in records {
        ids.push(canonical_case_id(&record.case_id));
        let found = communications.iter().filter_map(|communication| find_reference(&communication.body));
        references.extend(found.map(|reference| reference.to_string()));
    }
    let account = account.clone();
    desk.read(move |sqlite| {
        let mut known = Known { own: own(sqlite, &account, &references)?, links: HashMap::new() };
        let mut links =
            sqlite.prepare("SELECT case_key FROM case_link WHERE account = ?1 AND canonical_id = ?2")?;
        for id in ids {
            let key: Option<String> = links.query_row([&account.0, &id], |row| row.get(0)).optional()?;
            if let Some(key) = key {
                known.links.insert(id, CaseKey(key));
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
    // Two accounts here may be one at AWS: the case is that of the account it was reported with, while that is
    // connected.
    let mut select = desk.prepare(
        "SELECT case_key, kind = 'report' AND (account = ?2 OR account NOT IN (SELECT id FROM account)), body
         FROM outbox WHERE reference = ?1",
    )?;
    let mut own = HashMap::new();
    for reference in references {
        let found: Option<Own> = select
            .query_row([reference, &account.0], |row| {
                Ok(Own { case: CaseKey(row.get(0)?), is_report: row.get(1)?, body: row.get(2)? })
            })
            .optional()?;
        own.extend(found.map(|found| (reference.clone(), found)));
    }
    Ok(own)
}

/// A resolved case is not listed: a message that went into it just before is looked for there for a day.
const UNRESOLVED_OR_AWAITED: &str = "(status <> ?2 OR EXISTS (
    SELECT 1 FROM desk.outbox o WHERE o.case_key = incident.key AND o.body IS NOT NULL
        AND o.done_at > (SELECT max(synced_at) FROM sync_state) - 86400000
        AND NOT EXISTS (SELECT 1 FROM communication c
                        WHERE c.case_key = incident.key AND c.reference = o.reference AND c.own)))";

/// The cases of an account that AWS is believed to have: all, or only those that are not resolved and those in which a
/// message that was sent has not been seen yet.
pub(super) async fn believed(
    cases: &Database,
    account: &AccountId,
    resolved_too: bool,
) -> Result<Vec<Wanted>, StoreError> {
    let condition = if resolved_too { "true" } else { UNRESOLVED_OR_AWAITED };
    wanted(cases, account, format!("{condition} AND ?2 = ?2 ORDER BY created_at DESC")).await
}

/// Some cases of which older correspondence has not been fetched: open ones first, the latest first.
pub(super) async fn incomplete(
    cases: &Database,
    account: &AccountId,
    limit: usize,
) -> Result<Vec<Wanted>, StoreError> {
    let condition =
        format!("complete = 0 AND listed = 1 ORDER BY status = ?2, updated_at DESC LIMIT {limit}");
    wanted(cases, account, condition).await
}

async fn wanted(cases: &Database, account: &AccountId, condition: String) -> Result<Vec<Wanted>, StoreError> {
    let account = account.clone();
    cases
        .read(move |sqlite| {
            let mut select = sqlite.prepare(&format!(
                "SELECT key, case_id, canonical_id, listed, created_at FROM incident
                 WHERE account = ?1 AND gone_at IS NULL AND {condition}"
            ))?;
            let rows = select.query_map([account.0.as_str(), CaseStatus::RESOLVED], |row| {
                Ok(Wanted {
                    key: CaseKey(row.get(0)?),
                    case_id: row.get(1)?,
                    canonical_id: row.get(2)?,
                    listed: row.get(3)?,
                    created_at: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
}

/// Derives anew who wrote what in the cases of an account where former rules decided it; answers the cases that changed.
pub(super) async fn keep_derived(store: &Store, account: &AccountId) -> Result<Vec<CaseKey>, StoreError> {
    let wanted = account.clone();
    let references: Option<Vec<String>> = store
        .cases
        .read(move |sqlite| {
            let select = "SELECT derivation FROM sync_state WHERE account = ?1";
            let derived: Option<i64> = sqlite.query_row(select, [&wanted.0], |row| row.get(0)).optional()?;
            if derived == Some(DERIVATION) {
                return Ok(None);
            }
            let mut select = sqlite.prepare(
                "SELECT DISTINCT c.reference FROM communication c JOIN incident i ON i.key = c.case_key
                 WHERE i.account = ?1 AND c.reference IS NOT NULL",
            )?;
            let references = select.query_map([&wanted.0], |row| row.get(0))?;
            Ok(Some(references.collect::<Result<_, _>>()?))
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
            tx.execute(
                "INSERT INTO sync_state (account, derivation) VALUES (?1, ?2)
                 ON CONFLICT (account) DO UPDATE SET derivation = excluded.derivation",
                rusqlite::params![account.0, DERIVATION],
            )?;
            Ok(changed)
        })
        .await
}

/// Notes that something of these cases cannot be read; answers those that are known.
pub(super) async fn put_unreadable(
    cases: &Database,
    account: &AccountId,
    canonical_ids: Vec<String>,
) -> Result<Vec<CaseKey>, StoreError> {
    let account = account.clone();
    cases
        .write(move |tx| {
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
        })
        .await
}
