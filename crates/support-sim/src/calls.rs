//! A log of the calls that came in, so that a test can see what a client really sent and how often.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::error::WireError;
use crate::operation::Operation;

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, HTTP 200.
    Answered,
    /// Refused with an error; nothing was changed.
    Refused(WireError),
    /// An HTTP status without AWS's error body, by a fault.
    BareStatus(u16),
    /// Done or refused, but the answer never left: the connection was closed or reset.
    AnswerLost(Box<Outcome>),
    /// Done or refused, but what was answered was not whole or not what it should be, by a fault.
    AnswerSpoilt(Box<Outcome>),
    /// The connection was closed or reset before anything was done.
    Unreachable,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// When, by the sim's clock.
    pub at: Timestamp,
    /// Which operation; `None` where the target names none that the sim knows.
    pub operation: Option<Operation>,
    /// The access key id that the call claims, where it has one.
    pub access_key_id: Option<String>,
    /// Whether the call asked for a dry run.
    pub dry_run: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// The `x-amzn-RequestId`.
    pub request_id: String,
}

/// The newest calls.
#[derive(Debug, Default)]
pub(crate) struct CallLog(VecDeque<Call>);

const KEPT: usize = 10_000;

impl CallLog {
    pub(crate) fn push(&mut self, call: Call) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(call);
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
