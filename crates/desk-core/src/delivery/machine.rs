//! The state machine of an entry: what follows from each event in each state. Pure: what it depends on is passed in.
//!
//! docs/RELIABILITY.md has the table of it, which the test below holds against [`step`]. The order that keeps everything
//! at AWS exactly once: [`State::Requested`] is on disk before [`Effect::Request`], and from there only an answer of
//! AWS leads on.

use super::{
    Backoff,
    retry::{RetryDecision, passes_with_account},
    state::{Attempts, FileSet, ResentBy, SentAgain, State},
};
use desk_model::{HOUR, MINUTE, Millis, Problem, ProblemCode};

/// The longest wait for AWS's hourly limit.
pub(super) const LONGEST_QUOTA: Millis = HOUR + MINUTE;

/// An attachment set that expires sooner than this is not used any more.
const SET_MARGIN: Millis = 5 * MINUTE;

/// What has happened to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// It is the next of its case, its time has come ([`due_at`]), and nobody else works for the case.
    Due,
    /// The user wants it tried now.
    RetryRequested,
    /// The user would rather have it at ECO twice than not at all.
    SendAgain,
    /// All that its request needs is known, and no other copy of this data folder has sent it.
    Prepared,
    /// Its files are in this attachment set.
    FilesUploaded(FileSet),
    /// AWS has said what time it is there.
    ServerTime(Millis),
    /// The program ends, and the request has not been made.
    ShutDown,
    /// AWS is known to have it: it has answered so, or it was found there.
    Confirmed(Outcome),
    /// AWS has refused the request and has certainly not processed it.
    Refused(Failure, Option<Remedy>),
    /// The request was made, and no answer came that says what AWS has done.
    AnswerLost,
    /// AWS was asked at this time of its own and does not have it.
    NotFound {
        /// AWS's time of that.
        asked_at: Millis,
    },
    /// AWS was asked at this time of its own and has something that may be it.
    Undecided {
        /// AWS's time of that.
        asked_at: Millis,
    },
    /// A step failed by which AWS can have got nothing new.
    Failed(Failure),
    /// The mirror has what AWS has.
    Recorded,
}

/// What is to be done next. The state that it comes with is on disk before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Find out what the request needs, and whether another copy of this data folder has sent it.
    Prepare,
    /// Put the files into an attachment set.
    UploadFiles,
    /// Ask AWS what time it is there.
    AskServerTime,
    /// Make the request.
    Request,
    /// Ask AWS whether it has the entry.
    Reconcile,
    /// Write to the mirror what AWS has.
    Record(Outcome),
    /// Note with the account what is wrong with it.
    NoteFailure(Problem),
    /// Note that the account works, let go of the staged files, and have what is new at AWS fetched.
    NoteDelivery,
}

/// What AWS is known to have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// CreateCase.
    CaseCreated {
        /// AWS's id of the case.
        case_id: String,
        /// When, by AWS's clock.
        created_at: Millis,
    },
    /// AddCommunicationToCase.
    CommunicationAdded,
    /// ResolveCase.
    CaseResolved {
        /// The status that the case has now.
        status: String,
    },
}

/// Why a step failed, and what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// For people.
    pub(super) problem: Problem,
    /// Whether and when it is tried again.
    pub(super) decision: RetryDecision,
    /// Whether it says something of the account as a whole.
    pub(super) concerns_account: bool,
}

/// What makes a refused request a good one when it is made again at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// The files are put into a new attachment set.
    UploadAgain,
    /// It is signed again: the time at AWS is known now.
    SignAgain,
}

/// What a transition depends on beside state and event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    /// The time, by this computer's clock.
    pub(super) now: Millis,
    /// How long is waited.
    pub(super) backoff: &'a Backoff,
    /// Makes the pauses of different entries uneven.
    pub(super) jitter: u64,
    /// Whether the request has files.
    pub(super) has_files: bool,
    /// Whether AWS may get the request twice without harm.
    pub(super) is_repeatable: bool,
    /// Whether its incident is of High priority.
    pub(super) is_high: bool,
}

/// What follows from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The state from now on.
    pub(super) state: State,
    /// What is to be done, in this order, once that is on disk. At most one of them leads to another event.
    pub(super) effects: Vec<Effect>,
}

/// What follows from `event` in `state`; `None` where it cannot happen there.
#[allow(clippy::too_many_lines)] // One place for all of it is the point.
pub(super) fn step(state: State, event: Event, given: &Given<'_>) -> Option<Step> {
    let now = given.now;
    let next = |state, effects: &[Effect]| Some(Step { state, effects: effects.to_vec() });
    match event {
        Event::Due => match state {
            // One that is found as being prepared was cut off.
            State::Queued { attempts }
            | State::Waiting { attempts, .. }
            | State::Preparing { attempts, .. } => {
                let attempts = Attempts { count: attempts.count.saturating_add(1), ..attempts };
                next(State::Preparing { attempts, repeated: false }, &[Effect::Prepare])
            }
            // Cut off: the request may have gone out. From now on as much time must pass here as at AWS.
            State::Requested { attempts, first_requested_at, requested_at, .. } => next(
                State::Reconciling {
                    attempts,
                    first_requested_at,
                    requested_at,
                    since: now,
                    next_check_at: now,
                    overdue: false,
                },
                &[Effect::Reconcile],
            ),
            State::Reconciling { .. } => next(state, &[Effect::Reconcile]),
            State::Stopped { .. } | State::Done { .. } => None,
        },
        Event::RetryRequested => match state {
            State::Waiting { attempts, .. } | State::Stopped { attempts, .. } => {
                next(State::Queued { attempts }, &[])
            }
            State::Reconciling { attempts, first_requested_at, requested_at, since, overdue, .. } => {
                let next_check_at = now;
                let state = State::Reconciling {
                    attempts,
                    first_requested_at,
                    requested_at,
                    since,
                    next_check_at,
                    overdue,
                };
                next(state, &[])
            }
            State::Queued { .. } | State::Preparing { .. } | State::Requested { .. } => next(state, &[]),
            State::Done { .. } => None,
        },
        Event::SendAgain => {
            let State::Reconciling { attempts, first_requested_at, .. } = state else { return None };
            next(State::Queued { attempts: again(attempts, first_requested_at, ResentBy::User) }, &[])
        }
        Event::Prepared => {
            let State::Preparing { ref attempts, .. } = state else { return None };
            let effect = if given.is_repeatable { Effect::Request } else { before_request(attempts, given) };
            next(state, &[effect])
        }
        Event::FilesUploaded(set) => {
            let State::Preparing { attempts, repeated } = state else { return None };
            let attempts = Attempts { file_set: Some(set), ..attempts };
            next(State::Preparing { attempts, repeated }, &[Effect::AskServerTime])
        }
        Event::ServerTime(at) => {
            let State::Preparing { mut attempts, repeated } = state else { return None };
            let first_requested_at = attempts.search_from.unwrap_or(at);
            if attempts.search_from.is_some() {
                attempts.sent_again = Some(SentAgain { at: now, by: attempts.resent_by });
            }
            let state = State::Requested { attempts, repeated, first_requested_at, requested_at: at };
            next(state, &[Effect::Request])
        }
        Event::ShutDown => {
            let State::Preparing { .. } = state else { return None };
            next(state, &[])
        }
        Event::Confirmed(outcome) => match state {
            State::Preparing { .. } | State::Requested { .. } | State::Reconciling { .. } => {
                next(state, &[Effect::Record(outcome)])
            }
            State::Queued { .. } | State::Waiting { .. } | State::Stopped { .. } | State::Done { .. } => None,
        },
        Event::Refused(failure, remedy) => {
            let State::Requested { mut attempts, repeated, .. } = state else { return None };
            if remedy == Some(Remedy::UploadAgain) {
                attempts.file_set = None;
            }
            if remedy.is_some() && !repeated {
                let effect = before_request(&attempts, given);
                return next(State::Preparing { attempts, repeated: true }, &[effect]);
            }
            Some(failed(attempts, failure, given))
        }
        Event::AnswerLost => {
            let State::Requested { attempts, first_requested_at, requested_at, .. } = state else {
                return None;
            };
            // If the request did arrive, the set is used up.
            let attempts = Attempts { file_set: None, ..attempts };
            let state = State::Reconciling {
                attempts,
                first_requested_at,
                requested_at,
                since: now,
                next_check_at: now + given.backoff.next_reconciliation(0, given.is_high),
                overdue: false,
            };
            next(state, &[])
        }
        Event::NotFound { asked_at } => match state {
            State::Reconciling { attempts, first_requested_at, requested_at, since, .. }
                if given.is_high
                    && waited(since, requested_at, asked_at, now) >= given.backoff.settled_after(true) =>
            {
                // Nobody has decided otherwise within that time, and ECO has to get it.
                next(State::Queued { attempts: again(attempts, first_requested_at, ResentBy::Program) }, &[])
            }
            State::Reconciling { .. }
            | State::Queued { .. }
            | State::Preparing { .. }
            | State::Requested { .. }
            | State::Waiting { .. }
            | State::Stopped { .. }
            | State::Done { .. } => next(still_open(state, Some(asked_at), given)?, &[]),
        },
        Event::Undecided { asked_at } => next(still_open(state, Some(asked_at), given)?, &[]),
        Event::Failed(failure) => match state {
            State::Preparing { attempts, .. } => Some(failed(attempts, failure, given)),
            // Until AWS has been asked, nothing is sent by itself, however long that takes.
            State::Reconciling { .. } => {
                Some(Step { state: still_open(state, None, given)?, effects: noted(&failure) })
            }
            State::Queued { .. }
            | State::Requested { .. }
            | State::Waiting { .. }
            | State::Stopped { .. }
            | State::Done { .. } => None,
        },
        Event::Recorded => {
            let requested_at = match &state {
                State::Preparing { .. } | State::Requested { .. } | State::Reconciling { .. } => {
                    state.requested_at()
                }
                State::Queued { .. } | State::Waiting { .. } | State::Stopped { .. } | State::Done { .. } => {
                    return None;
                }
            };
            let sent_again = state.sent_again();
            next(State::Done { done_at: now, requested_at, sent_again }, &[Effect::NoteDelivery])
        }
    }
}

/// What has to come right before a request that AWS must not get twice.
fn before_request(attempts: &Attempts, given: &Given<'_>) -> Effect {
    let is_good = |set: &FileSet| set.expires_at > given.now + SET_MARGIN;
    if given.has_files && !attempts.file_set.as_ref().is_some_and(is_good) {
        Effect::UploadFiles
    } else {
        Effect::AskServerTime
    }
}

/// What a request that may have arrived leaves for the next one.
fn again(attempts: Attempts, first_requested_at: Millis, resent_by: ResentBy) -> Attempts {
    Attempts { search_from: Some(first_requested_at), resent_by, ..attempts }
}

/// Reconciling goes on after AWS was asked at this time of its own, or could not be asked.
fn still_open(state: State, asked_at: Option<Millis>, given: &Given<'_>) -> Option<State> {
    let State::Reconciling { attempts, first_requested_at, requested_at, since, .. } = state else {
        return None;
    };
    let now = given.now;
    let waited = match asked_at {
        Some(asked_at) => waited(since, requested_at, asked_at, now),
        None => now - since.min(now),
    };
    Some(State::Reconciling {
        attempts,
        first_requested_at,
        requested_at,
        since: since.min(now),
        next_check_at: now + given.backoff.next_reconciliation(waited, given.is_high),
        overdue: waited >= given.backoff.settled_after(given.is_high),
    })
}

/// What follows from an attempt that failed and left nothing at AWS.
fn failed(attempts: Attempts, failure: Failure, given: &Given<'_>) -> Step {
    let effects = noted(&failure);
    let Failure { problem, decision, .. } = failure;
    let now = given.now;
    let pause = match decision {
        RetryDecision::Backoff => given.backoff.after_attempt(attempts.count, given.jitter),
        RetryDecision::LongestBackoff => given.backoff.longest(),
        RetryDecision::After(pause) => pause.clamp(1, LONGEST_QUOTA),
        RetryDecision::Stop => return Step { state: State::Stopped { attempts, problem }, effects },
    };
    Step { state: State::Waiting { attempts, failed_at: now, next_try_at: now + pause, problem }, effects }
}

fn noted(failure: &Failure) -> Vec<Effect> {
    if failure.concerns_account { vec![Effect::NoteFailure(failure.problem.clone())] } else { Vec::new() }
}

/// How long AWS has had to list what was requested: one answer's date may be far ahead, so as much time must have
/// passed here; and this computer's clock may have been set, so as much must have passed at AWS.
fn waited(since: Millis, requested_at: Millis, asked_at: Millis, now: Millis) -> Millis {
    // A clock that was set back begins the wait anew.
    (asked_at - requested_at).min(now - since.min(now)).max(0)
}

/// What is known of an account when it is judged whether an entry is due.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AccountStanding {
    /// When it was last known to work; `None` where it does not now.
    pub(super) worked_at: Option<Millis>,
    /// When this program was started: what failed before that may have been mended meanwhile.
    pub(super) started_at: Millis,
}

/// When [`Event::Due`] comes for an entry in `state`, of those that are the next of their case; `None` for one that
/// stays until the user does something.
pub(super) fn due_at(
    state: &State,
    account: AccountStanding,
    now: Millis,
    longest: Millis,
) -> Option<Millis> {
    // A clock that was set back must not make a pause of minutes one of months.
    let within = |longest: Millis, at: Millis| if at > now + longest { now } else { at };
    let bounded = |at| within(longest, at);
    match state {
        State::Queued { .. } | State::Preparing { .. } | State::Requested { .. } => Some(now),
        State::Reconciling { next_check_at, .. } => Some(bounded(*next_check_at)),
        State::Waiting { next_try_at, failed_at, problem, .. } => {
            // What lies in the future is of a clock that was set back since, and tells nothing.
            let failed_before_start = *failed_at < account.started_at && account.started_at <= now;
            let works_again = account
                .worked_at
                .is_some_and(|worked| worked <= now && (worked > *failed_at || failed_before_start));
            Some(if works_again && passes_with_account(problem.code) {
                now
            } else if problem.code == ProblemCode::QuotaReached {
                within(longest.max(LONGEST_QUOTA), *next_try_at)
            } else {
                bounded(*next_try_at)
            })
        }
        State::Stopped { .. } | State::Done { .. } => None,
    }
}

#[cfg(test)]
mod tests;
