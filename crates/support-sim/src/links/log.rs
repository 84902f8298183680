//! The log of transfers over presigned links.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::Link;

/// How a transfer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferOutcome {
    /// Done: a part is there, or an attachment goes out.
    Done,
    /// Refused with this status and S3's code for it.
    Refused {
        /// The HTTP status.
        status: u16,
        /// S3's code, such as `AccessDenied`.
        code: String,
    },
    /// An HTTP status without a body, by a fault.
    BareStatus(u16),
    /// Done or refused, but the answer never left, by a fault.
    AnswerLost(Box<TransferOutcome>),
    /// Done, but the response was changed, by a fault.
    AnswerCorrupted,
    /// The connection ended before anything was done, by a fault.
    Unreachable,
    /// The client disconnected during the transfer.
    ClientDisconnected,
}

/// An entry of the log: one use of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// When, by the sim's clock.
    pub at: Timestamp,
    /// Which link.
    pub link: Link,
    /// How it ended.
    pub outcome: TransferOutcome,
    /// How many bytes of the file were taken in, or go out.
    pub bytes: u64,
    /// The `x-amz-request-id`.
    pub request_id: String,
}

/// The newest transfers.
#[derive(Debug, Default)]
pub(crate) struct TransferLog(VecDeque<Transfer>);

const KEPT: usize = 10_000;

impl TransferLog {
    pub(crate) fn all(&self) -> Vec<Transfer> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn push(&mut self, transfer: Transfer) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(transfer);
    }
}
