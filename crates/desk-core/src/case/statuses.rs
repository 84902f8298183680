//! The statuses of a case that are known, in AWS's words, and where in ECO's workflow each stands.

use super::CaseStatus;
use crate::report::Tone;
use serde::Serialize;
use ts_rs::TS;

/// Where a case stands in ECO's workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// ECO has it.
    Reported,
    /// ECO works on it.
    InWork,
    /// ECO waits for the customer.
    Waiting,
    /// It is done.
    Resolved,
}

/// A status that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusWords {
    /// The Support API's code.
    pub status: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its colour.
    pub tone: Tone,
    /// Its stage.
    pub stage: Stage,
}

const fn words(status: &'static str, name: &'static str, tone: Tone, stage: Stage) -> StatusWords {
    StatusWords { status, name, tone, stage }
}

/// The known statuses, in the order in which a case goes through them. Another one is shown as it came.
pub const STATUSES: [StatusWords; 7] = [
    words(CaseStatus::UNASSIGNED, "Unassigned", Tone::Pending, Stage::Reported),
    words("opened", "Opened", Tone::Info, Stage::Reported),
    words("work-in-progress", "Work in progress", Tone::InProgress, Stage::InWork),
    words(CaseStatus::PENDING_CUSTOMER, "Pending customer action", Tone::Warning, Stage::Waiting),
    words("customer-action-completed", "Customer action completed", Tone::Info, Stage::InWork),
    words("reopened", "Reopened", Tone::Info, Stage::InWork),
    words(CaseStatus::RESOLVED, "Resolved", Tone::Success, Stage::Resolved),
];
