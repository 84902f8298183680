//! The changes that a sim goes through: what happens is applied, and kept on disk, as a list of these.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AttachmentSet, Case, Communication, EcoRecord, Upload};
use crate::clock::Hands;
use crate::ids::DisplayId;

/// One change. A journal line is a list of them that happen together.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Record {
    /// A case is new, or as it now is.
    Case(Box<Case>),
    /// Something was said in a case.
    Said { case: DisplayId, communication: Communication },
    /// A set is new, or as it now is.
    Set(AttachmentSet),
    /// When ECO opens its next incident, as older journals say it.
    NextOwnIncident(Timestamp),
    /// An upload is new, or as it now is.
    Upload(Box<Upload>),
    /// The sim's clock was set, or runs at another rate.
    Clock(Hands),
    /// Something of ECO's beside the cases.
    Eco(EcoRecord),
}
