//! Which reports are not yet with ECO: the one rule that alarm, tray, banners and the list go by.

use super::{
    Outbox, OutboxId, OutboxKind,
    entries::{self, OpenRow},
    state::State,
};
use desk_model::{CaseKey, Millis};
use desk_store::StoreError;
use rusqlite::Connection;
use std::{
    collections::{HashMap, HashSet},
    sync::PoisonError,
};

/// Sending takes a moment: within this time, a report that is on its way is not held up, and no alarm sounds.
const GRACE_PERIOD: Millis = 10_000;

/// Whether an entry is a report that does not get through to ECO: it waits, was stopped, nobody knows whether it
/// arrived, or it has been on its way for too long.
pub(super) fn is_not_yet_with_eco(row: &OpenRow, now: Millis) -> bool {
    match row {
        OpenRow::Entry(entry) => is_held_up(entry.request.kind(), &entry.state, entry.created_at, now),
        OpenRow::Unreadable(unreadable) => unreadable.kind == OutboxKind::Report,
    }
}

fn is_held_up(kind: OutboxKind, state: &State, created_at: Millis, now: Millis) -> bool {
    let is_report = match kind {
        OutboxKind::Report => true,
        OutboxKind::Reply | OutboxKind::Resolve => false,
    };
    let is_held_up = match state {
        State::Waiting { .. } | State::Stopped { .. } | State::Reconciling { .. } => true,
        State::Queued { .. } | State::Preparing { .. } | State::Requested { .. } => {
            // One of the future was entered before the clock was set back.
            !(created_at..created_at + GRACE_PERIOD).contains(&now)
        }
        State::Done { .. } => false,
    };
    is_report && is_held_up
}

/// The cases whose report does not get through to ECO. Runs on a connection that sees `desk.db`.
pub(crate) fn held_up_cases(desk: &Connection, now: Millis) -> Result<HashSet<CaseKey>, StoreError> {
    let held_up = entries::open(desk)?.into_iter().filter(|row| is_not_yet_with_eco(row, now));
    Ok(held_up.map(|row| row.case_key().clone()).collect())
}

impl Outbox {
    /// Tells the views when a report has come to be one that does not get through by time alone. Answers when that is
    /// next.
    pub(super) async fn tell_held_up(&self) -> Result<Option<Millis>, StoreError> {
        let now = self.0.clock.now();
        let (held_up, next) = self
            .0
            .store
            .desk
            .read(move |desk| {
                let (mut held_up, mut next): (HashMap<OutboxId, CaseKey>, Option<Millis>) =
                    (HashMap::new(), None);
                for row in entries::open(desk)? {
                    if is_not_yet_with_eco(&row, now) {
                        held_up.insert(row.id().clone(), row.case_key().clone());
                    } else if let OpenRow::Entry(entry) = row
                        && entry.request.kind() == OutboxKind::Report
                    {
                        let at = entry.created_at + GRACE_PERIOD;
                        next = Some(next.map_or(at, |next| next.min(at)));
                    }
                }
                Ok((held_up, next))
            })
            .await?;
        let mut told = self.0.held_up.lock().unwrap_or_else(PoisonError::into_inner);
        let news: Vec<CaseKey> =
            held_up.iter().filter(|(id, _)| !told.contains(*id)).map(|(_, case)| case.clone()).collect();
        *told = held_up.into_keys().collect();
        drop(told);
        for case in news {
            self.tell(&case);
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::state::Attempts;
    use desk_model::{Problem, ProblemCode};

    #[test]
    fn a_healthy_report_has_ten_seconds_before_it_counts_as_held_up() {
        let new = State::new();
        assert!(!is_held_up(OutboxKind::Report, &new, 1_000, 10_999));
        assert!(is_held_up(OutboxKind::Report, &new, 1_000, 11_000));
    }

    #[test]
    fn a_report_is_not_yet_with_eco_once_it_does_not_get_through() {
        let problem = || Problem::new(ProblemCode::Network, "No way.");
        let attempts = Attempts::default;
        let reconciling = State::Reconciling {
            attempts: attempts(),
            first_requested_at: 0,
            requested_at: 0,
            since: 0,
            next_check_at: 9,
            overdue: false,
        };
        let requested = State::Requested {
            attempts: attempts(),
            repeated: false,
            first_requested_at: 0,
            requested_at: 0,
        };
        let waiting =
            State::Waiting { attempts: attempts(), failed_at: 0, next_try_at: 9, problem: problem() };
        let table = [
            (State::new(), false, true),
            (State::Preparing { attempts: attempts(), repeated: false }, false, true),
            (requested, false, true),
            (waiting, true, true),
            (State::Stopped { attempts: attempts(), problem: problem() }, true, true),
            (reconciling, true, true),
            (State::Done { done_at: 0, requested_at: None, sent_again: None }, false, false),
        ];
        for (state, at_once, later) in table {
            let rule = |kind, now| is_held_up(kind, &state, 0, now);
            assert_eq!(rule(OutboxKind::Report, GRACE_PERIOD - 1), at_once, "{state:?}");
            assert_eq!(rule(OutboxKind::Report, GRACE_PERIOD), later, "{state:?}");
            assert!(
                !rule(OutboxKind::Reply, GRACE_PERIOD) && !rule(OutboxKind::Resolve, GRACE_PERIOD),
                "{state:?}"
            );
        }
    }
}
