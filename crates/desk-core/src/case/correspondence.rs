//! A case's correspondence: what AWS has and what is still on its way there, and which of it is shown at once.

use super::{Author, CaseFile, CaseKey, Correspondence, Delivery, Gap, Message, author::readable, unlisted};
use crate::{
    aws::AttachmentRecord,
    delivery::entries,
    report::strip_reference,
    store::StoreError,
    text::{multi_line, single_line},
    time::Millis,
};
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::{HashMap, HashSet};

/// Reads the correspondence with its `recent` newest messages. Runs on a connection that sees `desk`.
pub(super) fn read(
    sqlite: &Connection,
    key: &CaseKey,
    recent: u32,
    now: Millis,
) -> Result<Correspondence, StoreError> {
    let facts: Option<(bool, Option<Millis>, Millis, Option<Gap>)> = sqlite
        .query_row(
            "SELECT i.complete, i.first_response_at, max(coalesce(r.seen_at, 0), coalesce(a.seen_at, 0)), i.gap
             FROM main.incident i
             LEFT JOIN desk.read_mark r ON r.case_key = i.key
             LEFT JOIN desk.account a ON a.id = i.account
             WHERE i.key = ?1",
            [&key.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    // A case that AWS does not list yet has nothing older.
    let (complete, first_response_at, seen_at, gap) = facts.unwrap_or((true, None, 0, None));
    let mut messages = mirrored(sqlite, key, seen_at)?;
    if let Some(at) = first_response_at
        && let Some(first) =
            messages.iter_mut().find(|message| message.at == at && message.author == Author::Eco)
    {
        first.first_response = true;
    }
    messages.extend(underway(sqlite, key, now)?);
    Ok(Correspondence { gap, ..shown(messages, recent, complete) })
}

/// How many messages are known: those of AWS and those on their way.
pub(super) fn count(sqlite: &Connection, key: &CaseKey, now: Millis) -> Result<u32, StoreError> {
    let mirrored: u32 =
        sqlite.query_row("SELECT count(*) FROM communication WHERE case_key = ?1", [&key.0], |row| {
            row.get(0)
        })?;
    Ok(mirrored.saturating_add(u32::try_from(underway(sqlite, key, now)?.len()).unwrap_or(u32::MAX)))
}

/// Splits off the newest messages. Of the older ones the description and ECO's first response are shown; where the
/// beginning is not known yet, neither is.
fn shown(mut messages: Vec<Message>, recent: u32, complete: bool) -> Correspondence {
    let split = messages.len().saturating_sub(usize::try_from(recent).unwrap_or(usize::MAX));
    let recent = messages.split_off(split);
    let older = messages.len();
    let opening: Vec<Message> = messages
        .into_iter()
        .enumerate()
        .filter(|(place, message)| complete && (*place == 0 || message.first_response))
        .map(|(_, message)| message)
        .collect();
    let hidden = u32::try_from(older - opening.len()).unwrap_or(u32::MAX);
    Correspondence { opening, hidden, recent, incomplete: !complete, gap: None }
}

fn mirrored(sqlite: &Connection, key: &CaseKey, seen_at: Millis) -> Result<Vec<Message>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT c.at, c.author, c.by_eco, c.body, c.ordinal, c.digest, c.attachments, o.id, o.reference
         FROM main.communication c LEFT JOIN desk.outbox o ON o.reference = c.reference AND c.own
         WHERE c.case_key = ?1 ORDER BY c.at, c.rowid",
    )?;
    let mut rows = select.query([&key.0])?;
    let (mut messages, mut used) = (Vec::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let at: Millis = row.get(0)?;
        let sent: Option<String> = row.get(7)?;
        let author = match (&sent, row.get(2)?) {
            (Some(_), _) => Author::Me,
            (None, true) => Author::Eco,
            (None, false) => Author::Colleague { name: single_line(&readable(&row.get::<_, String>(1)?)) },
        };
        let sizes = sent.map(|id| file_sizes(sqlite, &id)).transpose()?.unwrap_or_default();
        let files: Vec<AttachmentRecord> = serde_json::from_str(&row.get::<_, String>(6)?)?;
        let body: String = row.get(3)?;
        // What ECO wrote is shown as it is: a reference at its end is quoted.
        let shown = if author == Author::Eco { body.as_str() } else { strip_reference(&body) };
        // The message keeps its name on the way from the outbox to AWS; a second one with the same reference
        // (sent again by hand) has a name of its own.
        let reference = row.get::<_, Option<String>>(8)?.filter(|reference| used.insert(reference.clone()));
        let id = match reference {
            Some(reference) => reference,
            None => {
                let (digest, ordinal): (String, i64) = (row.get(5)?, row.get(4)?);
                format!("{at}-{}-{ordinal}", digest.get(..16).unwrap_or(&digest))
            }
        };
        messages.push(Message {
            id,
            unseen: author != Author::Me && at > seen_at,
            author,
            body: multi_line(shown),
            at,
            files: files
                .into_iter()
                .map(|file| CaseFile {
                    size: sizes.get(&file.file_name).copied(),
                    ..CaseFile::named(Some(file.attachment_id), &file.file_name)
                })
                .collect(),
            first_response: false,
            delivery: Delivery::AtAws,
            problem: None,
        });
    }
    Ok(messages)
}

/// The outbox's reports and replies of a case that AWS does not list (yet).
fn underway(sqlite: &Connection, key: &CaseKey, now: Millis) -> Result<Vec<Message>, StoreError> {
    let mut select = sqlite.prepare_cached(
        "SELECT o.id, o.reference, o.body, o.created_at, o.done_at FROM desk.outbox o
         WHERE o.case_key = ?1 AND o.kind IN ('report', 'reply') AND o.body IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM main.communication c
                           WHERE c.case_key = ?1 AND c.reference = o.reference AND c.own)
         ORDER BY o.position",
    )?;
    let mut rows = select.query([&key.0])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let body: String = row.get(2)?;
        let done_at: Option<Millis> = row.get(4)?;
        let Some(mut delivery) = unlisted::delivery(sqlite, &id, done_at, now)? else { continue };
        let problem = if done_at.is_none() { entries::stopped_for(sqlite, &id)? } else { None };
        if problem.is_some() {
            delivery = Delivery::Stopped;
        }
        messages.push(Message {
            author: Author::Me,
            body: multi_line(strip_reference(&body)),
            at: match done_at {
                Some(done_at) => done_at,
                None => row.get(3)?,
            },
            files: files(sqlite, &id)?
                .into_iter()
                .map(|(name, size)| CaseFile { size: Some(size), ..CaseFile::named(None, &name) })
                .collect(),
            id: row.get::<_, Option<String>>(1)?.unwrap_or(id),
            first_response: false,
            unseen: false,
            delivery,
            problem,
        });
    }
    Ok(messages)
}

fn files(sqlite: &Connection, outbox: &str) -> Result<Vec<(String, u64)>, StoreError> {
    let mut select = sqlite
        .prepare_cached("SELECT name, size FROM desk.outbox_file WHERE outbox = ?1 ORDER BY position")?;
    let rows = select.query_map([outbox], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn file_sizes(sqlite: &Connection, outbox: &str) -> Result<HashMap<String, u64>, StoreError> {
    Ok(files(sqlite, outbox)?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(at: Millis, first_response: bool) -> Message {
        Message {
            id: at.to_string(),
            author: Author::Eco,
            body: String::new(),
            at,
            files: Vec::new(),
            first_response,
            unseen: false,
            delivery: Delivery::AtAws,
            problem: None,
        }
    }

    #[test]
    fn description_and_first_response_stand_before_the_gap() {
        let all = || (0..10).map(|at| message(at, at == 2)).collect::<Vec<_>>();
        let at = |messages: &[Message]| messages.iter().map(|message| message.at).collect::<Vec<_>>();
        /// Asked for, complete; opening, hidden, recent.
        type Line<'a> = (u32, bool, &'a [Millis], u32, &'a [Millis]);
        let table: [Line<'_>; 6] = [
            (5, true, &[0, 2], 3, &[5, 6, 7, 8, 9]),
            (8, true, &[0], 1, &[2, 3, 4, 5, 6, 7, 8, 9]),
            (9, true, &[0], 0, &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (20, true, &[], 0, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (0, true, &[0, 2], 8, &[]),
            (5, false, &[], 5, &[5, 6, 7, 8, 9]),
        ];
        for (recent, complete, opening, hidden, newest) in table {
            let shown = shown(all(), recent, complete);
            assert_eq!(at(&shown.opening), opening, "{recent}");
            assert_eq!((shown.hidden, at(&shown.recent).as_slice()), (hidden, newest), "{recent}");
            assert_eq!(shown.incomplete, !complete);
        }
    }
}
