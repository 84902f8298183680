//! A case's correspondence: what AWS has and what is still on its way there, and which of it is shown at once.

use super::{
    Author, CaseFile, Correspondence, Delivery, Message, marks,
    unlisted::{self, Standing},
};
use crate::{
    account::store::seen_at,
    delivery::entries::{self, SentMessage},
    mirror::{communications, incident, readable},
};
use desk_aws::AttachmentRecord;
use desk_model::{
    CaseKey, Millis, strip_reference,
    text::{multi_line, single_line},
};
use desk_store::StoreError;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// Reads the correspondence with its `recent` newest messages. Runs on a connection that sees `desk`.
pub(super) fn read(
    sqlite: &Connection,
    key: &CaseKey,
    recent: u32,
    now: Millis,
) -> Result<Correspondence, StoreError> {
    let head = incident::head(sqlite, key)?;
    let seen_at = match &head {
        Some(head) => marks::get(sqlite, key)?.unwrap_or(0).max(seen_at(sqlite, &head.account)?.unwrap_or(0)),
        None => 0,
    };
    // A case that AWS does not list yet has nothing older.
    let complete = head.as_ref().is_none_or(|head| head.complete);
    let mut messages = mirrored(sqlite, key, seen_at)?;
    if let Some(at) = head.as_ref().and_then(|head| head.first_response_at)
        && let Some(first) =
            messages.iter_mut().find(|message| message.at == at && message.author == Author::Eco)
    {
        first.first_response = true;
    }
    messages.extend(underway(sqlite, key, now)?);
    Ok(Correspondence { gap: head.and_then(|head| head.gap), ..shown(messages, recent, complete) })
}

/// How many messages are known: those of AWS and those on their way.
pub(super) fn count(sqlite: &Connection, key: &CaseKey, now: Millis) -> Result<u32, StoreError> {
    let mirrored = communications::count(sqlite, key)?;
    Ok(mirrored.saturating_add(u32::try_from(underway(sqlite, key, now)?.len()).unwrap_or(u32::MAX)))
}

/// Splits off the newest messages, and with them all that are unseen. Of the older ones the description and ECO's first
/// response are shown; where the beginning is not known yet, neither is.
fn shown(mut messages: Vec<Message>, recent: u32, complete: bool) -> Correspondence {
    let asked = messages.len().saturating_sub(usize::try_from(recent).unwrap_or(usize::MAX));
    let unseen = messages.iter().position(|message| message.unseen).unwrap_or(asked);
    let recent = messages.split_off(asked.min(unseen));
    let (opening, hidden): (Vec<_>, Vec<_>) = messages
        .into_iter()
        .enumerate()
        .partition(|(place, message)| complete && (*place == 0 || message.first_response));
    Correspondence {
        opening: opening.into_iter().map(|(_, message)| message).collect(),
        hidden: u32::try_from(hidden.len()).unwrap_or(u32::MAX),
        hidden_from: hidden.first().map(|(_, message)| message.at),
        hidden_until: hidden.last().map(|(_, message)| message.at),
        recent,
        incomplete: !complete,
        gap: None,
    }
}

fn mirrored(sqlite: &Connection, key: &CaseKey, seen_at: Millis) -> Result<Vec<Message>, StoreError> {
    let (mut messages, mut used) = (Vec::new(), HashSet::new());
    for said in communications::of(sqlite, key)? {
        let at = said.at;
        let sent = match said.reference.as_deref().filter(|_| said.own) {
            Some(reference) => entries::message_with(sqlite, reference)?,
            None => None,
        };
        let author = match (&sent, said.by_eco) {
            (Some(_), _) => Author::Me,
            (None, true) => Author::Eco,
            (None, false) => Author::Colleague { name: single_line(&readable(&said.author)) },
        };
        let sizes: HashMap<String, u64> = match &sent {
            Some(sent) => entries::files_of(sqlite, &sent.id)?.into_iter().collect(),
            None => HashMap::new(),
        };
        let files: Vec<AttachmentRecord> = serde_json::from_str(&said.attachments)?;
        // What ECO wrote is shown as it is: a reference at its end is quoted.
        let shown = if author == Author::Eco { said.body.as_str() } else { strip_reference(&said.body) };
        let sent_again = sent.as_ref().and_then(|sent| sent.sent_again);
        // The message keeps its name on the way from the outbox to AWS; a second one with the same reference
        // (sent again by hand) has a name of its own.
        let reference = sent.and_then(|sent| sent.reference).filter(|name| used.insert(name.clone()));
        let id = match reference {
            Some(reference) => reference,
            None => {
                let digest = said.digest.get(..16).unwrap_or(&said.digest);
                format!("{at}-{digest}-{}", said.ordinal)
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
            sent_again,
        });
    }
    Ok(messages)
}

/// The outbox's reports and replies of a case that AWS does not list (yet).
fn underway(sqlite: &Connection, key: &CaseKey, now: Millis) -> Result<Vec<Message>, StoreError> {
    let sent = entries::messages_of(sqlite, key)?;
    if sent.is_empty() {
        return Ok(Vec::new());
    }
    let standing = Standing::of(sqlite, key)?;
    let mut messages = Vec::new();
    for message in sent {
        if unlisted::is_listed(sqlite, &message)? {
            continue;
        }
        let Some(mut delivery) = unlisted::delivery(sqlite, &message, standing, now)? else { continue };
        let SentMessage { id, body, reference, created_at, done_at, sent_again, .. } = message;
        let problem = if done_at.is_none() { entries::stopped_for(sqlite, &id)? } else { None };
        if problem.is_some() {
            delivery = Delivery::Stopped;
        }
        messages.push(Message {
            author: Author::Me,
            body: multi_line(strip_reference(&body)),
            at: done_at.unwrap_or(created_at),
            files: entries::files_of(sqlite, &id)?
                .into_iter()
                .map(|(name, size)| CaseFile { size: Some(size), ..CaseFile::named(None, &name) })
                .collect(),
            id: reference.unwrap_or(id.0),
            first_response: false,
            unseen: false,
            delivery,
            problem,
            sent_again,
        });
    }
    Ok(messages)
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
            sent_again: None,
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
    #[test]
    fn times_of_the_hidden_messages_are_told() {
        let known = shown((0..10).map(|at| message(at, at == 2)).collect(), 5, true);
        assert_eq!((known.hidden_from, known.hidden_until), (Some(1), Some(4)));
        let whole = shown((0..10).map(|at| message(at, at == 2)).collect(), 20, true);
        assert_eq!((whole.hidden_from, whole.hidden_until), (None, None));
    }

    #[test]
    fn no_unseen_message_is_hidden() {
        let all = (0..10).map(|at| Message { unseen: at >= 3, ..message(at, false) }).collect();
        let known = shown(all, 2, true);
        assert_eq!((known.hidden, known.recent.len()), (2, 7));
        assert_eq!(known.recent.first().map(|message| message.at), Some(3));
    }
}
