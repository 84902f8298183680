//! An incident of High priority that is not yet with ECO is an alarm: it is told again and again until it is sent
//! or taken back, whatever the other notifications' settings say.

use super::Notification;
use crate::{
    delivery::{OutboxEntry, OutboxId, OutboxKind},
    report::Priority,
    time::{MINUTE, Millis},
};
use std::collections::HashMap;

/// Sending takes a moment; an alarm before that would cry wolf.
const FIRST_AFTER: Millis = MINUTE;
/// Between two alarms for one report.
const AGAIN_AFTER: Millis = 10 * MINUTE;

/// Remembers which alarms were given. Starts empty with the program, so a restart tells again.
#[derive(Debug, Default)]
pub struct Alarm {
    told: HashMap<OutboxId, Millis>,
}

impl Alarm {
    /// The alarms that are due for what is in the outbox now.
    pub fn due(&mut self, outbox: &[OutboxEntry], now: Millis) -> Vec<Notification> {
        let unsent: Vec<&OutboxEntry> = outbox
            .iter()
            .filter(|entry| entry.kind == OutboxKind::Report && entry.priority == Some(Priority::High))
            .collect();
        self.told.retain(|id, _| unsent.iter().any(|entry| &entry.id == id));
        let mut due = Vec::new();
        for entry in unsent {
            let since =
                self.told.get(&entry.id).map_or(entry.created_at + FIRST_AFTER, |told| told + AGAIN_AFTER);
            if now >= since {
                self.told.insert(entry.id.clone(), now);
                due.push(Notification::new(
                    Some(entry.case.clone()),
                    &format!("NOT YET WITH ECO: {}", entry.subject),
                    "This High incident could not be sent yet. ECO Desk keeps trying. If it cannot wait, report it another way.",
                ));
            }
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{account::AccountId, case::CaseKey, delivery::OutboxState};

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
}
