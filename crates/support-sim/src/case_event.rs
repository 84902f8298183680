//! Case events, from which the EventBridge events are made.

use jiff::Timestamp;

use crate::ids::DisplayId;

/// Who caused an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody of the account, through the API.
    Customer,
    /// AWS or ECO.
    Aws,
}

/// The kind of a case event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseEventKind {
    /// A case is new.
    CaseCreated,
    /// A communication was added to an existing case.
    CommunicationAdded,
    /// A case was resolved.
    CaseResolved,
    /// A resolved case is open again.
    CaseReopened,
}

/// An event of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseEvent {
    /// The time, by the sim's clock.
    pub at: Timestamp,
    /// The case's id, with any infix.
    pub case_id: String,
    /// The case's numeric id.
    pub display_id: DisplayId,
    /// What happened.
    pub kind: CaseEventKind,
    /// Who caused it.
    pub origin: Origin,
}
