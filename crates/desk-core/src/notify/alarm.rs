//! An incident of High priority that is not yet with ECO is an alarm: it is told again and again until it is sent
//! or taken back, whatever the other notifications' settings say. So is anything of which nobody can tell whether ECO has
//! it; and, once, whatever AWS took and does not list.

use super::Notification;
use crate::{
    case::UnlistedMessage,
    delivery::{OutboxEntry, OutboxId},
};
use desk_model::{MINUTE, Millis};
use std::collections::{HashMap, HashSet};

/// After it was submitted, the first for a report: the window says it sooner, to whoever sits in front of it.
const FIRST_AFTER: Millis = MINUTE;
/// Between two alarms for one report.
const AGAIN_AFTER: Millis = 10 * MINUTE;

/// Remembers which alarms were given. Starts empty with the program, so a restart tells again.
#[derive(Debug, Default)]
pub struct Alarm {
    told: HashMap<OutboxId, Millis>,
}

impl Alarm {
    /// The alarms that are due for what is in the outbox now, each with its entry. They count as given, unless
    /// [`Alarm::not_shown`] says otherwise.
    pub fn due(&mut self, outbox: &[OutboxEntry], now: Millis) -> Vec<(OutboxId, Notification)> {
        let unsent: Vec<&OutboxEntry> = outbox.iter().filter(|entry| entry.is_alarm()).collect();
        self.told.retain(|id, _| unsent.iter().any(|entry| &entry.id == id));
        let mut due = Vec::new();
        for entry in unsent {
            let (began, pause) = match self.told.get(&entry.id) {
                Some(told) => (*told, AGAIN_AFTER),
                None => (entry.created_at, FIRST_AFTER),
            };
            // What lies in the future is of a clock that was set back since: no alarm waits for it.
            if !(began..began + pause).contains(&now) {
                self.told.insert(entry.id.clone(), now);
                let (title, what) = if entry.is_undecided() {
                    (
                        "DOES ECO HAVE IT?",
                        "Its answer got lost, and AWS does not list it. Decide in the outbox: send it again, which may make it double, or wait.",
                    )
                } else {
                    (
                        "NOT YET WITH ECO:",
                        "This High incident could not be sent yet. ECO Desk keeps trying. If it cannot wait, report it another way.",
                    )
                };
                let title = format!("{title} {}", entry.subject);
                let notification = Notification::new(Some(entry.case.clone()), &title, what);
                due.push((entry.id.clone(), notification));
            }
        }
        due
    }

    /// Makes an alarm due again at once: the system did not show it.
    pub fn not_shown(&mut self, id: &OutboxId) {
        self.told.remove(id);
    }
}

/// Remembers which messages were told that AWS does not list. Starts empty with the program, so a restart tells again.
#[derive(Debug, Default)]
pub struct UnlistedAlarm {
    told: HashSet<String>,
}

impl UnlistedAlarm {
    /// The notifications that are due for the messages that AWS does not list now: once for each, with the message's id.
    /// They count as given, unless [`UnlistedAlarm::not_shown`] says otherwise.
    pub fn due(&mut self, unlisted: &[UnlistedMessage]) -> Vec<(String, Notification)> {
        self.told.retain(|id| unlisted.iter().any(|message| message.id == *id));
        let news = unlisted.iter().filter(|message| self.told.insert(message.id.clone()));
        news.map(|message| {
            let (title, what) = if message.is_report {
                ("AWS does not list your incident", "this incident")
            } else {
                ("AWS does not list your message", "your message in this incident")
            };
            let notification = Notification::new(
                Some(message.case.clone()),
                &format!("{title}: {}", message.subject),
                &format!(
                    "AWS took {what} and does not show it. ECO may not have it. Open it to see what to do."
                ),
            );
            (message.id.clone(), notification)
        })
        .collect()
    }

    /// Makes a notification due again at once: the system did not show it.
    pub fn not_shown(&mut self, id: &str) {
        self.told.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{OutboxKind, OutboxState};
    use desk_model::{AccountId, CaseKey, Priority};

    fn entry(kind: OutboxKind, priority: Priority) -> OutboxEntry {
        OutboxEntry {
            id: OutboxId("one".into()),
            kind,
            account: AccountId("a".into()),
            case: CaseKey("c".into()),
            subject: "Search is down".into(),
            priority: Some(priority),
            files: 0,
            bytes: 0,
            state: OutboxState::Queued,
            tries: 0,
            created_at: 0,
            editable: true,
            discardable: true,
            may_be_with_eco: false,
            sent_again: None,
            not_yet_with_eco: kind == OutboxKind::Report,
        }
    }

    #[test]
    fn an_unsent_high_report_is_told_after_a_minute_and_then_every_ten() {
        let outbox = [entry(OutboxKind::Report, Priority::High)];
        let mut alarm = Alarm::default();
        let told: Vec<Millis> = (0..=25)
            .map(|minute| minute * MINUTE)
            .filter(|now| !alarm.due(&outbox, *now).is_empty())
            .collect();
        assert_eq!(told, [MINUTE, 11 * MINUTE, 21 * MINUTE]);
    }

    #[test]
    fn what_nobody_can_tell_is_an_alarm_for_replies_and_lower_priorities_too() {
        let checking = |overdue| OutboxState::Checking {
            since: 0,
            next_check_at: 0,
            settles_at: 0,
            goes_again: false,
            overdue,
        };
        let of =
            |overdue| OutboxEntry { state: checking(overdue), ..entry(OutboxKind::Reply, Priority::Low) };
        assert_eq!(Alarm::default().due(&[of(false)], 60 * MINUTE), []);
        let told = Alarm::default().due(&[of(true)], 60 * MINUTE);
        assert_eq!(told[0].1.title, "DOES ECO HAVE IT? Search is down");
    }

    #[test]
    fn replies_and_lower_priorities_are_no_alarm() {
        let outbox = [entry(OutboxKind::Reply, Priority::High), entry(OutboxKind::Report, Priority::Medium)];
        assert_eq!(Alarm::default().due(&outbox, 60 * MINUTE), []);
    }

    #[test]
    fn a_report_that_was_sent_is_forgotten() {
        let outbox = [entry(OutboxKind::Report, Priority::High)];
        let mut alarm = Alarm::default();
        assert_eq!(alarm.due(&outbox, MINUTE).len(), 1);
        assert_eq!(alarm.due(&[], 2 * MINUTE).len(), 0);
        assert_eq!(alarm.due(&outbox, 3 * MINUTE).len(), 1, "a new entry is a new alarm");
    }

    #[test]
    fn what_aws_does_not_list_is_told_once() {
        let message = |id: &str, is_report| UnlistedMessage {
            id: id.to_owned(),
            case: CaseKey("c".into()),
            subject: "Search is down".into(),
            is_report,
        };
        let mut alarm = UnlistedAlarm::default();
        let told = alarm.due(&[message("a", true), message("b", false)]);
        let titles: Vec<&str> = told.iter().map(|(_, one)| one.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "AWS does not list your incident: Search is down",
                "AWS does not list your message: Search is down"
            ]
        );
        assert_eq!(alarm.due(&[message("a", true), message("b", false)]), []);
        assert_eq!(alarm.due(&[message("b", false)]), []);
        assert_eq!(alarm.due(&[message("a", true)]).len(), 1, "it had been listed meanwhile");
    }

    #[test]
    fn what_the_system_did_not_show_is_due_again() {
        let outbox = [entry(OutboxKind::Report, Priority::High)];
        let mut alarm = Alarm::default();
        let (id, _) = alarm.due(&outbox, MINUTE).remove(0);
        alarm.not_shown(&id);
        assert_eq!(alarm.due(&outbox, MINUTE).len(), 1);
        assert_eq!(alarm.due(&outbox, MINUTE).len(), 0);

        let message = UnlistedMessage {
            id: "a".to_owned(),
            case: CaseKey("c".into()),
            subject: "Search is down".into(),
            is_report: true,
        };
        let mut unlisted = UnlistedAlarm::default();
        let (id, _) = unlisted.due(std::slice::from_ref(&message)).remove(0);
        unlisted.not_shown(&id);
        assert_eq!(unlisted.due(&[message]).len(), 1);
    }

    #[test]
    fn a_high_report_that_is_just_being_sent_is_no_alarm() {
        let sent = OutboxEntry { not_yet_with_eco: false, ..entry(OutboxKind::Report, Priority::High) };
        assert_eq!(Alarm::default().due(&[sent], 60 * MINUTE), []);
    }
}
