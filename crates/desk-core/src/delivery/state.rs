//! Where an entry of the outbox stands, with the facts that each state needs. It is kept as JSON in the entry's row.

use super::{Backoff, OutboxState, SendingStep};
use desk_model::{Millis, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an entry stands. What changes it is told by [`super::machine::step`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state", rename_all_fields = "camelCase")]
pub(crate) enum State {
    /// It has not been tried; or AWS does not list it, and it was decided that it goes again.
    Queued {
        /// What was tried before.
        attempts: Attempts,
    },
    /// An attempt is under way, and AWS has certainly nothing of it yet.
    Preparing {
        /// This attempt and those before.
        attempts: Attempts,
        /// Whether this attempt has repeated its request once already.
        #[serde(default)]
        repeated: bool,
    },
    /// The request that AWS must not get twice has been made, or is about to be: written before it.
    Requested {
        /// This attempt and those before.
        attempts: Attempts,
        /// Whether this is the second request of this attempt.
        #[serde(default)]
        repeated: bool,
        /// AWS's time of the first request that may have left something there.
        first_requested_at: Millis,
        /// AWS's time of this request.
        requested_at: Millis,
    },
    /// The answer to the request got lost: AWS is asked whether it has it, and nothing is sent before that is known.
    Reconciling {
        /// This attempt and those before.
        attempts: Attempts,
        /// AWS's time of the first request that may have left something there.
        first_requested_at: Millis,
        /// AWS's time of the last request.
        requested_at: Millis,
        /// Since when, by this computer's clock.
        since: Millis,
        /// When AWS is asked next.
        next_check_at: Millis,
        /// Whether AWS had its settling time and it is still not known: somebody has to decide.
        #[serde(default)]
        overdue: bool,
    },
    /// The attempt failed, AWS has nothing of it, and it is tried again.
    Waiting {
        /// What was tried before.
        attempts: Attempts,
        /// When the last attempt failed.
        failed_at: Millis,
        /// When the next one begins.
        next_try_at: Millis,
        /// Why it failed.
        problem: Problem,
    },
    /// The attempt failed, AWS has nothing of it, and trying again would not help until something is changed.
    Stopped {
        /// What was tried before.
        attempts: Attempts,
        /// What is wrong, and what to do.
        problem: Problem,
    },
    /// AWS is known to have it. The row stays: it tells which messages are the user's own.
    Done {
        /// When that became known.
        done_at: Millis,
        /// AWS's time of the request, where it was made from here.
        requested_at: Option<Millis>,
        /// The request before it that may have arrived too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sent_again: Option<SentAgain>,
    },
}

/// What earlier attempts leave for the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Attempts {
    /// How many were begun.
    pub(crate) count: u32,
    /// AWS's time of the first request that may have left something there although AWS did not list it: where to search
    /// from before the next one, and should a later answer get lost too.
    pub(crate) search_from: Option<Millis>,
    /// Who decided that it goes again nevertheless.
    pub(crate) resent_by: ResentBy,
    /// The last time it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sent_again: Option<SentAgain>,
    /// The attachment set that holds the files, once they are uploaded.
    pub(crate) file_set: Option<FileSet>,
}

/// A second request, made although the one before may have arrived: ECO may have the message twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentAgain {
    /// When it was made.
    pub at: Millis,
    /// Who decided it.
    pub by: ResentBy,
}

/// Who decided that something is sent again although ECO may have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ResentBy {
    /// Nobody answered within the settling time of a High incident.
    #[default]
    Program,
    /// The user.
    User,
}

/// What taking an entry out of the outbox would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Withdrawal {
    /// Nothing of it can have reached ECO.
    Clean,
    /// ECO may have it; it is not sent (again).
    MayBeThere,
    /// Its request is under way, or it is delivered.
    Impossible,
}

/// An attachment set at AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileSet {
    /// AWS's id of it.
    pub(crate) id: String,
    /// When AWS throws it away, by AWS's clock.
    pub(crate) expires_at: Millis,
}

impl State {
    /// The state of a new entry.
    pub(super) fn new() -> Self {
        Self::Queued { attempts: Attempts::default() }
    }

    /// How many attempts were begun.
    pub(super) fn tries(&self) -> u32 {
        self.attempts().map_or(0, |attempts| attempts.count)
    }

    /// AWS's time of the last request that may have left something there.
    pub(super) fn requested_at(&self) -> Option<Millis> {
        match self {
            Self::Requested { requested_at, .. } | Self::Reconciling { requested_at, .. } => {
                Some(*requested_at)
            }
            Self::Done { requested_at, .. } => *requested_at,
            Self::Queued { .. } | Self::Preparing { .. } | Self::Waiting { .. } | Self::Stopped { .. } => {
                None
            }
        }
    }

    /// The attachment set that holds the files.
    pub(super) fn file_set(&self) -> Option<&FileSet> {
        self.attempts()?.file_set.as_ref()
    }

    fn attempts(&self) -> Option<&Attempts> {
        match self {
            Self::Queued { attempts }
            | Self::Preparing { attempts, .. }
            | Self::Requested { attempts, .. }
            | Self::Reconciling { attempts, .. }
            | Self::Waiting { attempts, .. }
            | Self::Stopped { attempts, .. } => Some(attempts),
            Self::Done { .. } => None,
        }
    }

    /// What it would mean to take the entry out of the outbox; `is_repeatable` tells of its request. While an attempt
    /// is prepared, its next transition finds the entry gone and makes no request; what is repeatable is requested
    /// without one.
    pub(super) fn withdrawal(&self, is_repeatable: bool) -> Withdrawal {
        match self {
            Self::Preparing { .. } if is_repeatable => Withdrawal::Impossible,
            Self::Queued { attempts }
            | Self::Waiting { attempts, .. }
            | Self::Stopped { attempts, .. }
            | Self::Preparing { attempts, .. } => match attempts.search_from {
                None => Withdrawal::Clean,
                Some(_) => Withdrawal::MayBeThere,
            },
            Self::Reconciling { .. } => Withdrawal::MayBeThere,
            Self::Requested { .. } | Self::Done { .. } => Withdrawal::Impossible,
        }
    }

    /// Where to search from before the next request; `None` where no earlier one may have left anything.
    pub(super) fn search_from(&self) -> Option<Millis> {
        self.attempts()?.search_from
    }

    /// The request that was made although the one before may have arrived.
    pub(super) fn sent_again(&self) -> Option<SentAgain> {
        match self {
            Self::Done { sent_again, .. } => *sent_again,
            Self::Queued { .. }
            | Self::Preparing { .. }
            | Self::Requested { .. }
            | Self::Reconciling { .. }
            | Self::Waiting { .. }
            | Self::Stopped { .. } => self.attempts()?.sent_again,
        }
    }

    /// The state as the UI shows it, of an entry with or without files, of a High incident or not.
    pub(super) fn shown(&self, has_files: bool, is_high: bool, backoff: &Backoff) -> OutboxState {
        match self {
            // What is done is not listed.
            Self::Queued { .. } | Self::Done { .. } => OutboxState::Queued,
            Self::Preparing { .. } => OutboxState::Sending {
                step: if has_files { SendingStep::Files } else { SendingStep::Message },
            },
            Self::Requested { .. } => OutboxState::Sending { step: SendingStep::Message },
            Self::Reconciling { since, next_check_at, overdue, .. } => OutboxState::Checking {
                since: *since,
                next_check_at: *next_check_at,
                settles_at: *since + backoff.settled_after(is_high),
                goes_again: is_high,
                overdue: *overdue,
            },
            Self::Waiting { next_try_at, problem, .. } => {
                OutboxState::Waiting { next_try_at: *next_try_at, problem: problem.clone() }
            }
            Self::Stopped { problem, .. } => OutboxState::Stopped { problem: problem.clone() },
        }
    }
}
