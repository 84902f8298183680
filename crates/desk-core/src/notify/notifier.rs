//! The reader of news that decides which are worth a person's attention.
//!
//! It moves on only after the shell has shown what was due: a kill in between shows it again, and loses none.

use super::{Event, EventKind, Notification, news, types::shortened};
use crate::{
    account::store::name_of,
    mirror::{CaseStatus, incident},
    report::{PriorityWords, priority_of},
    settings::{Settings, SettingsRoom},
};
use desk_model::{CaseKey, Clock, Problem};
use desk_store::Store;

/// The name of this reader's cursor.
pub(super) const READER: &str = "notify";
/// Most events that are looked at in one go; what is more comes with the next.
const AT_ONCE: u32 = 500;
/// More notifications than this are summed up into one.
const FEW: usize = 3;
/// The longest subject in a sum of several, in characters.
const SUBJECT: usize = 60;

/// What is to be shown now, and up to where that brings the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// In the order in which things happened; may be empty.
    pub notifications: Vec<Notification>,
    /// The last event that was looked at.
    up_to: Option<i64>,
}

impl Due {
    /// Whether no event was left to look at.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.up_to.is_none()
    }
}

/// Reads the news. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Notifier {
    pub(super) store: Store,
    settings: SettingsRoom,
    pub(super) clock: Clock,
}

impl Notifier {
    pub(crate) fn new(store: Store, settings: SettingsRoom, clock: Clock) -> Self {
        Self { store, settings, clock }
    }

    /// What is to be shown; the same again until [`Notifier::shown`].
    ///
    /// # Errors
    /// Where the databases cannot be read or written.
    pub async fn due(&self) -> Result<Due, Problem> {
        let settings = self.settings.get().await?;
        self.collect().await?;
        let events = self.store.desk.read(|desk| news::unread(desk, READER, AT_ONCE)).await?;
        let up_to = events.last().map(|event| event.id);
        let mut notifications =
            if settings.notifications_paused { Vec::new() } else { notifications(&events, &settings) };
        self.say_where(&mut notifications, &settings).await?;
        Ok(Due { notifications, up_to })
    }

    /// Puts the account and the priority of its case below each notification's text: one who looks after several
    /// instances decides by them whether to get up.
    async fn say_where(
        &self,
        notifications: &mut [Notification],
        settings: &Settings,
    ) -> Result<(), Problem> {
        for notification in notifications {
            let Some(case) = notification.case.clone() else { continue };
            let Some((account, severity)) =
                self.store.cases.read(move |cases| incident::place_of(cases, &case)).await?
            else {
                continue;
            };
            let name = self.store.desk.read(move |desk| name_of(desk, &account)).await?;
            let priority = PriorityWords::of(priority_of(&severity, settings)).name;
            notification.say_where(name.as_deref(), priority);
        }
        Ok(())
    }

    /// Moves on: what was `due` has been shown.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn shown(&self, due: &Due) -> Result<(), Problem> {
        let Some(position) = due.up_to else { return Ok(()) };
        self.store.desk.write(move |tx| news::pass(tx, READER, position)).await?;
        Ok(())
    }

    /// The latest news, newest first.
    ///
    /// # Errors
    /// Where the databases cannot be read or written.
    pub async fn recent(&self, limit: u32) -> Result<Vec<Event>, Problem> {
        self.collect().await?;
        Ok(self.store.desk.read(move |desk| news::latest(desk, limit)).await?)
    }
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
    let subjects: Vec<String> =
        each.iter().take(FEW).map(|(subject, _)| shortened(subject, SUBJECT)).collect();
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
        (
            format!("ECO opened an incident: {subject}"),
            said.unwrap_or("ECO's monitoring found it. Open it to see what it means for you."),
        )
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
