//! The reader of events that decides which are worth a person's attention.
//!
//! It moves on only after the shell has shown what was due: a kill in between shows it again, and loses none.

use super::{Event, EventKind, Notification};
use crate::{
    case::CaseStatus,
    settings::{Settings, SettingsRoom},
};
use desk_model::{AccountId, CaseKey, Problem, text::single_line};
use desk_store::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension as _, Row};

/// The name of this reader's cursor.
const READER: &str = "notify";
/// Most events that are looked at in one go; what is more comes with the next.
const AT_ONCE: u32 = 500;
/// More notifications than this are summed up into one.
const FEW: usize = 3;

/// What is to be shown now, and up to where that brings the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// In the order in which things happened; may be empty.
    pub notifications: Vec<Notification>,
    /// The mirror file and the last event that were looked at.
    up_to: Option<(String, i64)>,
}

impl Due {
    /// Whether no event was left to look at.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.up_to.is_none()
    }
}

/// Reads the mirror's events. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Notifier {
    store: Store,
    settings: SettingsRoom,
}

impl Notifier {
    pub(crate) fn new(store: Store, settings: SettingsRoom) -> Self {
        Self { store, settings }
    }

    /// What is to be shown; the same again until [`Notifier::shown`].
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn due(&self) -> Result<Due, Problem> {
        let settings = self.settings.get().await?;
        let (generation, events) = self.store.cases.read(unread_events).await?;
        let up_to = events.last().map(|event| (generation, event.id));
        let notifications =
            if settings.notifications_paused { Vec::new() } else { notifications(&events, &settings) };
        Ok(Due { notifications, up_to })
    }

    /// Moves on: what was `due` has been shown.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn shown(&self, due: &Due) -> Result<(), Problem> {
        let Some((generation, position)) = due.up_to.clone() else { return Ok(()) };
        self.store
            .desk
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO cursor (reader, generation, position) VALUES (?1, ?2, ?3)
                     ON CONFLICT (reader) DO UPDATE SET generation = excluded.generation,
                         position = excluded.position",
                    rusqlite::params![READER, generation, position],
                )?;
                Ok(())
            })
            .await?;
        Ok(())
    }

    /// The latest events that were news, newest first.
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn recent(&self, limit: u32) -> Result<Vec<Event>, Problem> {
        let events = self.store.cases.read(move |sqlite| {
            let mut select = sqlite
                .prepare_cached(&format!("{EVENTS} WHERE e.baseline = 0 ORDER BY e.id DESC LIMIT ?1"))?;
            let mut rows = select.query([limit])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(event(row)?);
            }
            Ok(events)
        });
        Ok(events.await?)
    }
}

const EVENTS: &str = "SELECT e.id, e.at, e.account, e.case_key, i.subject, e.kind
    FROM main.event e JOIN main.incident i ON i.key = e.case_key";

fn event(row: &Row<'_>) -> Result<Event, StoreError> {
    Ok(Event {
        id: row.get(0)?,
        at: row.get(1)?,
        account: AccountId(row.get(2)?),
        case: CaseKey(row.get(3)?),
        subject: single_line(&row.get::<_, String>(4)?),
        event: serde_json::from_str(&row.get::<_, String>(5)?)?,
    })
}

/// The mirror file's name and the events that this reader has not passed, oldest first.
fn unread_events(sqlite: &Connection) -> Result<(String, Vec<Event>), StoreError> {
    let generation: String = sqlite.query_row("SELECT generation FROM main.mirror", [], |row| row.get(0))?;
    let cursor: Option<i64> = sqlite
        .query_row(
            "SELECT position FROM desk.cursor WHERE reader = ?1 AND generation = ?2",
            [READER, &generation],
            |row| row.get(0),
        )
        .optional()?;
    // In a new mirror file it begins anew; what was poured or read into it at first is baseline.
    let mut select = sqlite
        .prepare_cached(&format!("{EVENTS} WHERE e.baseline = 0 AND e.id > ?1 ORDER BY e.id LIMIT ?2"))?;
    let mut rows = select.query(rusqlite::params![cursor.unwrap_or(0), AT_ONCE])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event(row)?);
    }
    Ok((generation, events))
}

/// One notification for each case with something that the settings ask for.
fn notifications(events: &[Event], settings: &Settings) -> Vec<Notification> {
    let mut cases: Vec<(&CaseKey, Vec<&Event>)> = Vec::new();
    for event in events {
        match cases.iter_mut().find(|(case, _)| **case == event.case) {
            Some((_, of_case)) => of_case.push(event),
            None => cases.push((&event.case, vec![event])),
        }
    }
    let each: Vec<(&str, Notification)> = cases
        .into_iter()
        .filter_map(|(_, events)| Some((events.first()?.subject.as_str(), of_case(&events, settings)?)))
        .collect();
    if each.len() <= FEW {
        return each.into_iter().map(|(_, notification)| notification).collect();
    }
    let subjects: Vec<&str> = each.iter().take(FEW).map(|(subject, _)| *subject).collect();
    let more = each.len() - FEW;
    vec![Notification::new(
        None,
        &format!("{} incidents have news", each.len()),
        &format!("{}, and {more} more", subjects.join(", ")),
    )]
}

/// What the events of one case come to, if anything.
fn of_case(events: &[&Event], settings: &Settings) -> Option<Notification> {
    let first = events.first()?;
    let subject = &first.subject;
    let (mut opened, mut said, mut status) = (false, None, None);
    for event in events {
        match &event.event {
            EventKind::CaseOpened { by_eco } => opened |= *by_eco && settings.notify_eco_incidents,
            EventKind::Message { by_eco: true, excerpt } if settings.notify_replies => {
                said = Some(excerpt.as_str());
            }
            EventKind::Status { to, .. } => status = Some(to.as_str()),
            EventKind::Message { .. } | EventKind::Reclassified { .. } => {}
        }
    }
    let asks = status == Some(CaseStatus::PENDING_CUSTOMER);
    let (title, body) = if opened {
        (format!("ECO opened an incident: {subject}"), said.unwrap_or_default())
    } else if status == Some(CaseStatus::RESOLVED) && settings.notify_status {
        (format!("Resolved: {subject}"), said.unwrap_or_default())
    } else if let Some(said) = said {
        (if asks { format!("ECO asks: {subject}") } else { format!("ECO replied: {subject}") }, said)
    } else if asks && settings.notify_status {
        (format!("ECO waits for you: {subject}"), "The incident goes on when you have answered.")
    } else if status == Some("work-in-progress") && settings.notify_status {
        (format!("ECO is working on it: {subject}"), "")
    } else {
        return None;
    };
    Some(Notification::new(Some(first.case.clone()), &title, body))
}

#[cfg(test)]
mod tests;
