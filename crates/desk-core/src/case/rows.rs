//! The rows of the list: those of the mirror and those that only the outbox has, read in one query.
//!
//! Runs on a reading connection of `cases.db`, which sees `desk.db` as `desk`.

use super::{
    AccountCount, Author, CaseCounts, CaseGroup, CasePage, CaseQuery, CaseRow, CaseStatus, GroupCount,
    Presence, ResponseClock, Waiting, clauses::Clauses, marks::SEEN,
};
use crate::{
    account::store::CONNECTED,
    delivery::{
        SETTLE,
        entries::{self, SentReport},
        held_up_cases,
        rating::STARS,
    },
    mirror::{incident::CASES, readable, sync_state::SYNCED, waiting},
    report::{priority_of, severity_codes, target_minutes},
    settings::Settings,
};
use desk_model::{AccountId, CaseKey, DAY, MINUTE, Millis, Priority, text::single_line};
use desk_store::StoreError;
use rusqlite::{Connection, Row, types::Value};
use std::sync::LazyLock;

/// How long a case that was just sent, or a message, is believed to be on its way into AWS's lists.
pub(super) const ON_ITS_WAY: Millis = DAY;
/// How long after it was sent a case is listed, at the latest.
pub(super) const SETTLED_AFTER: Millis = SETTLE.as_secs().cast_signed() * 1_000;

/// Every case that this computer knows. ?1 is now, ?2 are the reports of the outbox as a JSON list. Only as a TEXT can their
/// key be looked up in an index.
static KNOWN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "WITH sent AS MATERIALIZED (
    SELECT CAST(value ->> 'case' AS TEXT) AS key, value ->> 'account' AS account, value ->> 'subject' AS subject,
        value ->> 'severity' AS severity, value ->> 'createdAt' AS created_at, value ->> 'doneAt' AS done_at,
        value ->> 'files' AS files
    FROM json_each(?2)
), cases AS (
    SELECT i.row, i.key, i.display_id, i.subject, i.account, i.severity_code AS severity, i.status, i.submitted_by,
        CASE WHEN o.key IS NOT NULL THEN 'me' WHEN i.opened_by_eco THEN 'eco' ELSE 'colleague' END AS reporter,
        i.complete, i.first_response_at, i.waiting_since, i.status_at,
        CASE WHEN i.gone_at IS NOT NULL AND i.listed THEN 'archived' WHEN i.listed THEN 'at-aws'
             WHEN s.synced_at >= o.done_at + {SETTLED_AFTER} THEN 'unlisted' ELSE 'just-sent' END AS presence,
        CASE WHEN r.seen_at < 0 THEN 1
             ELSE coalesce(i.newest_other_at > max(coalesce(r.seen_at, 0), coalesce(a.seen_at, 0)), 0) END AS unread,
        i.attachments + CASE WHEN i.listed THEN 0 ELSE coalesce(o.files, 0) END AS attachments,
        g.stars, i.created_at, i.updated_at
    FROM {CASES} i
    LEFT JOIN sent o ON o.key = i.key
    LEFT JOIN {SYNCED} s ON s.account = i.account
    LEFT JOIN {SEEN} r ON r.case_key = i.key
    LEFT JOIN {STARS} g ON g.case_key = i.key
    LEFT JOIN {CONNECTED} a ON a.id = i.account
    UNION ALL
    SELECT NULL, o.key, NULL, o.subject, o.account, coalesce(o.severity, ''), 'unassigned', NULL, 'me', 1, NULL,
        o.created_at, o.created_at,
        CASE WHEN o.done_at IS NULL THEN 'not-yet-sent' WHEN o.done_at > ?1 - {ON_ITS_WAY} THEN 'just-sent'
             ELSE 'archived' END,
        0, o.files, NULL, o.created_at, coalesce(o.done_at, o.created_at)
    FROM sent o
    WHERE NOT EXISTS (SELECT 1 FROM {CASES} i WHERE i.key = o.key)
        AND (o.done_at IS NULL OR EXISTS (SELECT 1 FROM {CONNECTED} a WHERE a.id = o.account))
)"
    )
});

/// The values that stand for ?1 to ?4 in every query: now, the reports of the outbox, and the severities of High and of Low,
/// the last three as JSON lists.
fn base_values(sqlite: &Connection, settings: &Settings, now: Millis) -> Result<Vec<Value>, StoreError> {
    let codes = |priority| serde_json::to_string(&severity_codes(priority, settings));
    Ok(vec![
        Value::Integer(now),
        Value::Text(serde_json::to_string(&entries::reports(sqlite)?)?),
        Value::Text(codes(Priority::High)?),
        Value::Text(codes(Priority::Low)?),
    ])
}

/// 2, 1 or 0 for High, Medium and Low; a code that nobody knows is Medium, as [`priority_of`] has it.
pub(super) const RANK: &str = "CASE WHEN severity IN (SELECT value FROM json_each(?3)) THEN 2
    WHEN severity IN (SELECT value FROM json_each(?4)) THEN 0 ELSE 1 END";

/// Whether a case is not done.
pub(super) const OPEN: &str = "(status <> 'resolved' AND presence <> 'archived')";

/// Whether ECO waits for the customer.
pub(super) const WAITS_FOR_YOU: &str = "(status = 'pending-customer-action' AND presence <> 'archived')";

/// Whether a case was resolved within the last 14 days.
pub(super) static RECENTLY_RESOLVED: LazyLock<String> =
    LazyLock::new(|| format!("(status = 'resolved' AND status_at > ?1 - 14 * {DAY})"));

/// The place of a case's group in [`CaseGroup::ALL`].
pub(super) const GROUP: &str = "CASE WHEN presence = 'not-yet-sent' THEN 0 WHEN presence = 'archived' THEN 3
    WHEN status = 'pending-customer-action' THEN 1 WHEN status = 'resolved' THEN 3 ELSE 2 END";

/// When ECO's first response is due; NULL where no clock runs: the same rule as [`response`].
pub(super) fn due() -> String {
    let [high, medium, low] = [Priority::High, Priority::Medium, Priority::Low].map(target_minutes);
    format!(
        "CASE WHEN {OPEN} AND presence <> 'not-yet-sent' AND complete AND reporter <> 'eco'
          AND first_response_at IS NULL
          THEN created_at + {MINUTE} * CASE {RANK} WHEN 2 THEN {high} WHEN 1 THEN {medium} ELSE {low} END END"
    )
}

/// Whether ECO's response is overdue.
pub(super) fn late() -> String {
    format!("coalesce(?1 > {}, 0)", due())
}

/// A page of what `query` finds.
pub(super) fn page(
    sqlite: &Connection,
    query: &CaseQuery,
    settings: &Settings,
    now: Millis,
) -> Result<CasePage, StoreError> {
    let base = base_values(sqlite, settings, now)?;
    let clauses = Clauses::of(sqlite, query, base.clone(), now)?;
    let (known, condition) = (&*KNOWN, clauses.condition());
    // ?3 and ?4 are bound whether or not the condition speaks of them.
    let select = format!(
        "{known} SELECT * FROM cases WHERE ?3 = ?3 AND ?4 = ?4 AND {condition} ORDER BY {} LIMIT {} OFFSET {}",
        clauses.order(),
        query.limit.clamp(1, 200),
        query.offset
    );
    let mut select = sqlite.prepare_cached(&select)?;
    let mut found = select.query(rusqlite::params_from_iter(clauses.values()))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(case_row(row, settings)?);
    }
    mark_held_up(sqlite, &mut rows, now)?;
    let counts = counts_of(sqlite, base)?;
    let mut matches = counts.total;
    let mut groups = Vec::new();
    if query.grouped {
        let count = format!(
            "{known} SELECT {GROUP}, count(*) FROM cases WHERE ?3 = ?3 AND ?4 = ?4 AND {condition} GROUP BY 1 ORDER BY 1"
        );
        let mut count = sqlite.prepare_cached(&count)?;
        let mut found = count.query(rusqlite::params_from_iter(clauses.values()))?;
        while let Some(row) = found.next()? {
            let group = CaseGroup::ALL.get(usize::from(row.get::<_, u8>(0)?)).copied();
            if let Some(group) = group {
                groups.push(GroupCount { group, count: row.get(1)? });
            }
        }
        matches = groups.iter().map(|found| found.count).sum();
    } else if clauses.narrows() {
        // A query of its own: a window over the rows would have SQLite sort all of them with all their columns.
        let count = format!("{known} SELECT count(*) FROM cases WHERE ?3 = ?3 AND ?4 = ?4 AND {condition}");
        let mut count = sqlite.prepare_cached(&count)?;
        matches = count.query_row(rusqlite::params_from_iter(clauses.values()), |row| row.get(0))?;
    }
    Ok(CasePage { rows, matches, groups, counts })
}

/// What the head of the list counts.
pub(super) fn counts(
    sqlite: &Connection,
    settings: &Settings,
    now: Millis,
) -> Result<CaseCounts, StoreError> {
    counts_of(sqlite, base_values(sqlite, settings, now)?)
}

fn counts_of(sqlite: &Connection, base: Vec<Value>) -> Result<CaseCounts, StoreError> {
    let (known, late, resolved) = (&*KNOWN, late(), &*RECENTLY_RESOLVED);
    // One line for each account: one way through the cases for all of it.
    let select = format!(
        "{known} SELECT account, count(*), sum({WAITS_FOR_YOU}), sum({OPEN} AND {RANK} = 2), sum({late}), sum(unread),
             sum({OPEN}), sum(reporter = 'eco'), sum({resolved})
         FROM cases GROUP BY account ORDER BY account"
    );
    let mut select = sqlite.prepare_cached(&select)?;
    let mut found = select.query(rusqlite::params_from_iter(base))?;
    let mut counts = CaseCounts::default();
    while let Some(row) = found.next()? {
        let open: u32 = row.get(6)?;
        counts.total += row.get::<_, u32>(1)?;
        counts.needs_my_reply += row.get::<_, u32>(2)?;
        counts.high_priority += row.get::<_, u32>(3)?;
        counts.response_late += row.get::<_, u32>(4)?;
        counts.unread += row.get::<_, u32>(5)?;
        counts.open += open;
        counts.reported_by_eco += row.get::<_, u32>(7)?;
        counts.recently_resolved += row.get::<_, u32>(8)?;
        if open > 0 {
            counts.accounts.push(AccountCount { account: AccountId(row.get(0)?), open });
        }
    }
    Ok(counts)
}

/// The rows of these cases, in their order; those that are not known are left out.
pub(super) fn of(
    sqlite: &Connection,
    keys: &[CaseKey],
    settings: &Settings,
    now: Millis,
) -> Result<Vec<CaseRow>, StoreError> {
    let mut select = sqlite.prepare_cached(&one())?;
    let mut rows = Vec::new();
    for key in keys {
        let report: Vec<SentReport> = entries::report_of(sqlite, key)?.into_iter().collect();
        let mut found = select.query(rusqlite::params![now, serde_json::to_string(&report)?, key.0])?;
        if let Some(row) = found.next()? {
            rows.push(case_row(row, settings)?);
        }
    }
    mark_held_up(sqlite, &mut rows, now)?;
    Ok(rows)
}

/// Marks the reports that do not get through to ECO.
fn mark_held_up(sqlite: &Connection, rows: &mut [CaseRow], now: Millis) -> Result<(), StoreError> {
    let mut unsent = rows.iter_mut().filter(|row| row.presence == Presence::NotYetSent).peekable();
    // Mostly there is none, and nothing to ask for.
    if unsent.peek().is_none() {
        return Ok(());
    }
    let held_up = held_up_cases(sqlite, now)?;
    for row in unsent {
        row.not_yet_with_eco = held_up.contains(&row.key);
    }
    Ok(())
}

/// The case whose key is ?3. One key at a time: for a list of them SQLite would go through all cases.
fn one() -> String {
    format!("{} SELECT * FROM cases WHERE key = ?3", *KNOWN)
}

fn case_row(row: &Row<'_>, settings: &Settings) -> Result<CaseRow, StoreError> {
    let severity_code: String = row.get("severity")?;
    let status: String = row.get("status")?;
    let priority = priority_of(&severity_code, settings);
    let presence = match row.get::<_, String>("presence")?.as_str() {
        "not-yet-sent" => Presence::NotYetSent,
        "just-sent" => Presence::JustSent,
        "unlisted" => Presence::Unlisted,
        "archived" => Presence::Archived,
        _ => Presence::AtAws,
    };
    let reported_by = match row.get::<_, String>("reporter")?.as_str() {
        "me" => Author::Me,
        "eco" => Author::Eco,
        _ => Author::Colleague {
            name: row
                .get::<_, Option<String>>("submitted_by")?
                .map(|author| single_line(&readable(&author)))
                .unwrap_or_default(),
        },
    };
    let created_at = row.get("created_at")?;
    let is_open = status != CaseStatus::RESOLVED && presence != Presence::Archived;
    let applies = row.get("complete")? && reported_by != Author::Eco && presence != Presence::NotYetSent;
    let first_response_at = row.get("first_response_at")?;
    let response = if applies {
        response(created_at, first_response_at, is_open, target_minutes(priority))
    } else {
        ResponseClock::NotApplicable
    };
    let waiting = if presence == Presence::Archived { Waiting::Nobody } else { waiting(&status) };
    Ok(CaseRow {
        key: CaseKey(row.get("key")?),
        display_id: row.get::<_, Option<String>>("display_id")?.map(|number| single_line(&number)),
        subject: single_line(&row.get::<_, String>("subject")?),
        account: AccountId(row.get("account")?),
        priority,
        severity_code,
        status: CaseStatus(single_line(&status)),
        reported_by,
        response,
        waiting,
        waiting_since: row.get("waiting_since")?,
        presence,
        not_yet_with_eco: false,
        unread: row.get("unread")?,
        attachments: row.get("attachments")?,
        stars: row.get("stars")?,
        created_at,
        updated_at: row.get("updated_at")?,
    })
}

/// The clock from creation to ECO's first response. A case that ended without one has no clock that runs.
fn response(
    created_at: Millis,
    first_response_at: Option<Millis>,
    is_open: bool,
    target_minutes: u32,
) -> ResponseClock {
    match first_response_at {
        Some(at) => {
            // A minute that has begun counts: a response 15 minutes and 1 second after is later than 15 minutes.
            let minutes = (at - created_at).max(0).unsigned_abs().div_ceil(MINUTE.unsigned_abs());
            let after_minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
            ResponseClock::Responded { after_minutes, target_minutes }
        }
        None if is_open => ResponseClock::Running {
            due_at: created_at + MINUTE * Millis::from(target_minutes),
            target_minutes,
        },
        None => ResponseClock::NotApplicable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_response_clock_counts_minutes_that_have_begun() {
        let table = [
            (Some(0), true, ResponseClock::Responded { after_minutes: 0, target_minutes: 15 }),
            (Some(15 * MINUTE), true, ResponseClock::Responded { after_minutes: 15, target_minutes: 15 }),
            (
                Some(15 * MINUTE + 1),
                false,
                ResponseClock::Responded { after_minutes: 16, target_minutes: 15 },
            ),
            (Some(-5), true, ResponseClock::Responded { after_minutes: 0, target_minutes: 15 }),
            (None, true, ResponseClock::Running { due_at: 15 * MINUTE, target_minutes: 15 }),
            (None, false, ResponseClock::NotApplicable),
        ];
        for (first, open, expected) in table {
            assert_eq!(response(0, first, open, 15), expected, "{first:?} {open}");
        }
    }

    /// How SQLite goes about `query`.
    async fn plan(query: String, values: [&'static str; 3]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let store = desk_store::Store::open(dir.path()).await.unwrap().store;
        let plan = store.cases.read(move |sqlite| {
            let mut explain = sqlite.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?;
            let steps = explain.query_map(values, |row| row.get::<_, String>(3))?;
            Ok(steps.collect::<Result<Vec<_>, _>>()?)
        });
        plan.await.unwrap()
    }

    #[tokio::test]
    async fn one_case_is_found_without_going_through_all() {
        let plan = plan(one(), ["1", "[]", "a key"]).await;
        assert!(plan.iter().any(|step| step.starts_with("SEARCH main.incident ")), "{plan:#?}");
        assert!(!plan.iter().any(|step| step.starts_with("SCAN main.incident")), "{plan:#?}");
    }

    #[tokio::test]
    async fn the_list_does_not_go_through_all_reports_for_each_case() {
        let plan = plan(format!("{} SELECT * FROM cases WHERE ?3", *KNOWN), ["1", "[]", "1"]).await;
        assert!(plan.iter().any(|step| step.starts_with("SEARCH o USING AUTOMATIC")), "{plan:#?}");
    }
}
