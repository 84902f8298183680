//! Where an entry of the outbox stands, with the facts that each state needs. It is kept as JSON in the entry's row.

use super::{OutboxState, SendingStep};
use desk_model::{Millis, Problem};
use serde::{Deserialize, Serialize};

/// Where an entry stands. What changes it is told by [`super::machine::step`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state", rename_all_fields = "camelCase")]
pub(crate) enum State {
    /// It has not been tried, or it was asked for at AWS and is not there.
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
    },
}

/// What earlier attempts leave for the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Attempts {
    /// How many were begun.
    pub(crate) count: u32,
    /// AWS's time of the first request that left nothing at AWS for as long as was waited: where to search from, should
    /// a later answer get lost too.
    pub(crate) search_from: Option<Millis>,
    /// The attachment set that holds the files, once they are uploaded.
    pub(crate) file_set: Option<FileSet>,
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

    /// Whether the entry may be taken out of the outbox: nothing of it can have reached ECO, and nothing is under way.
    pub(super) fn is_withdrawable(&self) -> bool {
        match self {
            Self::Queued { .. } | Self::Waiting { .. } | Self::Stopped { .. } => true,
            Self::Preparing { .. }
            | Self::Requested { .. }
            | Self::Reconciling { .. }
            | Self::Done { .. } => false,
        }
    }

    /// The state as the UI shows it, of an entry with or without files.
    pub(super) fn shown(&self, has_files: bool) -> OutboxState {
        match self {
            // What is done is not listed.
            Self::Queued { .. } | Self::Done { .. } => OutboxState::Queued,
            Self::Preparing { .. } => OutboxState::Sending {
                step: if has_files { SendingStep::Files } else { SendingStep::Message },
            },
            Self::Requested { .. } => OutboxState::Sending { step: SendingStep::Message },
            Self::Reconciling { since, next_check_at, .. } => {
                OutboxState::Checking { since: *since, next_check_at: *next_check_at }
            }
            Self::Waiting { next_try_at, problem, .. } => {
                OutboxState::Waiting { next_try_at: *next_try_at, problem: problem.clone() }
            }
            Self::Stopped { problem, .. } => OutboxState::Stopped { problem: problem.clone() },
        }
    }
}
