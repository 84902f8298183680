//! [`Record`]: a change of the sim's state, which is applied and stored in the journal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AttachmentSet, Case, Communication, EcoRecord, Upload};
use crate::clock::ClockState;
use crate::ids::DisplayId;

/// One change. A journal line is a list of them that happen together.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Record {
    /// A new or changed case.
    Case(Box<Case>),
    /// A new communication of a case.
    Said { case: DisplayId, communication: Communication },
    /// A new or changed attachment set.
    Set(AttachmentSet),
    /// When ECO opens its next incident, as older journals say it.
    NextOwnIncident(Timestamp),
    /// A new or changed upload.
    Upload(Box<Upload>),
    /// The sim's clock was set, or runs at another rate.
    Clock(ClockState),
    /// A change of ECO's state besides the cases.
    Eco(EcoRecord),
}
