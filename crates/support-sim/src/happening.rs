//! What happens to cases, as the service tells others of it: the ground of its events.

use jiff::Timestamp;

use crate::ids::DisplayId;

/// Who made something happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody of the account, through the API.
    Customer,
    /// AWS or ECO.
    Aws,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HappeningKind {
    /// A case is new.
    CaseCreated,
    /// Something was said in a case, after what it was opened with.
    CommunicationAdded,
    /// A case was resolved.
    CaseResolved,
    /// A resolved case is open again.
    CaseReopened,
}

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When, by the sim's clock.
    pub at: Timestamp,
    /// One spelling of the case's id.
    pub case_id: String,
    /// The case's numeric id.
    pub display_id: DisplayId,
    /// What.
    pub kind: HappeningKind,
    /// Who made it happen.
    pub origin: Origin,
}
