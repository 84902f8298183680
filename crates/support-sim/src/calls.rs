//! The log of calls, so that a test can see what a client really sent and how often.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::error::WireError;
use crate::operation::Operation;

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Processed, HTTP 200.
    Answered,
    /// Refused with an error; nothing was changed.
    Refused(WireError),
    /// An HTTP status without AWS's error body, by a fault.
    BareStatus(u16),
    /// Processed or refused, but the response was not sent: the connection was closed or reset.
    AnswerLost(Box<Outcome>),
    /// Processed or refused, but the response was truncated or changed, by a fault.
    AnswerCorrupted(Box<Outcome>),
    /// The connection was closed or reset before the call was processed.
    Unreachable,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The time, by the sim's clock.
    pub at: Timestamp,
    /// The operation; `None` if the target names an unknown one.
    pub operation: Option<Operation>,
    /// The access key id in the call's signature.
    pub access_key_id: Option<String>,
    /// Whether the call asked for a dry run.
    pub dry_run: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// The `x-amzn-RequestId`.
    pub request_id: String,
}

/// Ring buffer of the newest calls.
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
