//! An AWS that does anything it may, a computer that is cut off anywhere, and clocks that jump: each entry arrives
//! once.

use super::{super::*, failure};
use crate::delivery::state::Withdrawal;
use proptest::prelude::*;

const HOUR: Millis = 60 * MINUTE;

/// What chance decides for one thing that is done.
#[derive(Debug, Clone, Copy)]
struct Chance {
    /// Which of the answers that AWS may give.
    answer: u8,
    /// Whether the program is cut off before it can write what came of it.
    cut: bool,
    /// How much time passes.
    passes: Millis,
    /// How much further this computer's clock jumps.
    jumps: Millis,
}

fn chance() -> impl Strategy<Value = Chance> {
    let jumps = prop_oneof![8 => Just(0), 1 => -3 * HOUR..3 * HOUR];
    (any::<u8>(), prop::bool::weighted(0.2), 0..15 * MINUTE, jumps)
        .prop_map(|(answer, cut, passes, jumps)| Chance { answer, cut, passes, jumps })
}

/// One entry and the AWS that it goes to.
struct World {
    backoff: Backoff,
    /// What is on disk.
    state: State,
    /// AWS's clock.
    time: Millis,
    /// How far this computer's clock is ahead of that.
    ahead: Millis,
    /// When AWS has processed the entry.
    arrived: Vec<Millis>,
    /// Whether the entry is a resolution.
    is_repeatable: bool,
    has_files: bool,
    is_high: bool,
    /// Whether the user has it sent again when AWS had its time and does not list it.
    user_decides: bool,
}

impl World {
    fn happen(&mut self, event: Event) -> Vec<Effect> {
        let given = Given {
            now: self.time + self.ahead,
            backoff: &self.backoff,
            jitter: 1,
            has_files: self.has_files,
            is_repeatable: self.is_repeatable,
            is_high: self.is_high,
        };
        let context = format!("{event:?} in {:?}", self.state);
        let next = step(self.state.clone(), event, &given).unwrap_or_else(|| panic!("{context}"));
        self.state = next.state;
        next.effects
    }

    /// What may come of an effect.
    fn perform(&mut self, effect: &Effect, chance: Chance) -> Option<Event> {
        let decision = match chance.answer % 4 {
            0 => RetryDecision::Backoff,
            1 => RetryDecision::LongestBackoff,
            2 => RetryDecision::After(HOUR / 2),
            _ => RetryDecision::Stop,
        };
        let failure = failure(decision, chance.answer.is_multiple_of(2));
        let fails = chance.answer.is_multiple_of(5);
        Some(match effect {
            Effect::Prepare | Effect::UploadFiles | Effect::AskServerTime if fails => Event::Failed(failure),
            // What may be there is looked for once more: what AWS lists by now is found.
            Effect::Prepare if self.state.search_from().is_some() && self.is_listed() => {
                Event::Confirmed(Outcome::CommunicationAdded)
            }
            Effect::Prepare => Event::Prepared,
            Effect::UploadFiles => {
                Event::FilesUploaded(FileSet { id: "set".into(), expires_at: self.time + HOUR })
            }
            Effect::AskServerTime if chance.answer % 5 == 1 => Event::ShutDown,
            Effect::AskServerTime => Event::ServerTime(self.time),
            Effect::Request if self.is_repeatable => {
                if fails {
                    Event::Failed(failure)
                } else {
                    Event::Confirmed(Outcome::CaseResolved { status: "resolved".into() })
                }
            }
            Effect::Request => {
                assert!(matches!(self.state, State::Requested { .. }), "{:?} is on disk", self.state);
                assert!(!self.has_files || self.state.file_set().is_some(), "it goes without its files");
                match chance.answer % 6 {
                    0 => Event::Refused(failure, Some(Remedy::UploadAgain)),
                    1 => Event::Refused(failure, Some(Remedy::SignAgain)),
                    2 => Event::Refused(failure, None),
                    3 => Event::AnswerLost,
                    four => {
                        self.arrived.push(self.time);
                        let confirmed = Event::Confirmed(Outcome::CommunicationAdded);
                        if four == 4 { confirmed } else { Event::AnswerLost }
                    }
                }
            }
            Effect::Reconcile => {
                let asked_at = self.time;
                let listed =
                    self.is_listed() || (!self.arrived.is_empty() && chance.answer.is_multiple_of(3));
                match (listed, chance.answer % 7) {
                    (_, 1) => Event::Failed(failure),
                    (_, 2) => Event::Undecided { asked_at },
                    (true, _) => Event::Confirmed(Outcome::CommunicationAdded),
                    (false, _) => Event::NotFound { asked_at },
                }
            }
            Effect::Record(_) => Event::Recorded,
            Effect::NoteFailure(_) | Effect::NoteDelivery => return None,
        })
    }

    /// What was requested is listed after the settling time, at the latest.
    fn is_listed(&self) -> bool {
        let settled = self.backoff.settled_after(self.is_high) - MINUTE;
        self.arrived.iter().any(|at| self.time >= at + settled)
    }

    /// Takes the entry up as the worker does, and goes on until nothing is left to do, or the program is cut off.
    fn take_up(&mut self, chances: &mut impl Iterator<Item = Chance>) -> bool {
        let now = self.time + self.ahead;
        if due_at(&self.state, AccountStanding::default(), now, self.backoff.longest())
            .is_none_or(|at| at > now)
        {
            let effects = match self.state {
                State::Stopped { .. } => self.happen(Event::RetryRequested),
                // The alarm: AWS had its time and does not list it.
                State::Reconciling { overdue: true, requested_at, .. }
                    if self.user_decides
                        && self.time >= requested_at + self.backoff.settled_after(self.is_high) =>
                {
                    self.happen(Event::SendAgain)
                }
                _ => Vec::new(),
            };
            assert_eq!(effects, []);
            return chances.next().is_some_and(|chance| self.pass(chance));
        }
        let mut effects = self.happen(Event::Due);
        while !effects.is_empty() {
            let effect = effects.remove(0);
            let Some(mut chance) = chances.next() else { return false };
            if matches!(effect, Effect::AskServerTime | Effect::Request) {
                // A request follows the question for the time, and has a deadline.
                chance.passes %= MINUTE / 2;
            }
            let event = self.perform(&effect, chance);
            self.pass(chance);
            if chance.cut {
                return true;
            }
            if let Some(event) = event {
                effects.extend(self.happen(event));
            }
        }
        true
    }

    fn pass(&mut self, chance: Chance) -> bool {
        self.time += chance.passes;
        self.ahead += chance.jumps;
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn whatever_happens_an_entry_arrives_once(
        chances in prop::collection::vec(chance(), 1..120),
        is_repeatable: bool,
        has_files: bool,
        is_high: bool,
        user_decides: bool,
    ) {
        let mut world = World {
            backoff: Backoff::default(),
            state: State::new(),
            time: 100 * HOUR,
            ahead: 0,
            arrived: Vec::new(),
            is_repeatable,
            has_files: has_files && !is_repeatable,
            is_high,
            user_decides,
        };
        let mut chances = chances.into_iter();
        while !matches!(world.state, State::Done { .. }) && world.take_up(&mut chances) {
            prop_assert!(world.arrived.len() <= 1, "it arrived twice: {:?}", world.arrived);
            if !is_repeatable && world.state.withdrawal(false) == Withdrawal::Clean {
                prop_assert_eq!(world.arrived.len(), 0, "it could be edited although AWS has it");
            }
        }
        if !is_repeatable && matches!(world.state, State::Done { .. }) {
            prop_assert_eq!(world.arrived.len(), 1, "it counts as delivered");
        }
    }
}
