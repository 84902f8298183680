//! ECO: the operations team behind the API.
//!
//! Each case carries ECO's plan for it: how far ECO has come, and its next step with the time for it. What the
//! customer does changes the plan; [`crate::Sim::tick`] does the steps whose time has come.

mod engine;
mod hand;
mod pace;
mod texts;

use jiff::Timestamp;
use rand::RngExt;
use serde::{Deserialize, Serialize};

pub use hand::{Eco, EcoError};
pub use pace::{ByPriority, EcoPace};

pub(crate) use engine::plan_first_own_incident;
pub(crate) use texts::{Topic, Voice};

use crate::catalog;
use crate::clock::after;
use crate::model::{Case, CaseStatus};
use crate::ops::Desk;

/// How AWS and ECO sign.
pub(crate) const AUTHOR: &str = "Amazon Web Services";

/// In the subject of a case that nobody is to act on.
const TEST_MARK: &str = "AMSTestNoOpsActionRequired";

/// How far ECO has come with a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    #[default]
    New,
    Acknowledged,
    Asked,
    Working,
    Fixed,
    /// A test: nothing more comes.
    Closed,
}

/// What ECO does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    SayTestIsNotActedOn,
    Acknowledge,
    Ask,
    /// Thanks for the reply and works on it.
    Answer,
    Fix,
    /// The customer wrote although it is fixed.
    LookAgain,
    /// The customer reopened it.
    TakeUpAgain,
}

/// ECO's plan for one case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct EcoPlan {
    stage: Stage,
    next: Option<(Step, Timestamp)>,
    /// Chooses between the wordings.
    variety: u32,
}

impl EcoPlan {
    /// The plan of a case that stood there before: nothing to do until the customer writes.
    pub(crate) fn of_past(status: CaseStatus, variety: u32) -> Self {
        let stage = match status {
            CaseStatus::Unassigned => Stage::New,
            CaseStatus::Opened => Stage::Acknowledged,
            CaseStatus::WorkInProgress | CaseStatus::CustomerActionCompleted | CaseStatus::Reopened => {
                Stage::Working
            }
            CaseStatus::PendingCustomerAction | CaseStatus::Resolved => Stage::Fixed,
        };
        Self { stage, next: None, variety }
    }

    /// When there is something to do.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.next.map(|(_, at)| at)
    }
}

/// A customer has opened a case.
pub(crate) fn customer_opened(case: &mut Case, desk: &mut Desk<'_>) {
    case.eco.variety = desk.state.rng.random_range(0..u32::MAX);
    let Some(pace) = desk.options.pace else { return };
    if !catalog::is_ecos(&case.service_code) {
        return;
    }
    let step = if is_test(case) { Step::SayTestIsNotActedOn } else { Step::Acknowledge };
    case.eco.next = Some((step, after(desk.now, pace.acknowledge.of(case.severity))));
}

/// A customer has written; `was` is the status before that.
pub(crate) fn customer_wrote(case: &mut Case, was: CaseStatus, desk: &Desk<'_>) {
    let Some(pace) = desk.options.pace else { return };
    if !catalog::is_ecos(&case.service_code) || is_test(case) {
        return;
    }
    let now = desk.now;
    case.eco.next = match was {
        CaseStatus::Resolved | CaseStatus::Reopened => {
            Some((Step::TakeUpAgain, after(now, pace.acknowledge.of(case.severity))))
        }
        CaseStatus::Unassigned
        | CaseStatus::Opened
        | CaseStatus::WorkInProgress
        | CaseStatus::PendingCustomerAction
        | CaseStatus::CustomerActionCompleted => match (case.eco.stage, case.eco.next) {
            // What is under way goes on; it takes up what was added.
            (_, Some(planned)) => Some(planned),
            (Stage::New, None) => Some((Step::Acknowledge, after(now, pace.acknowledge.of(case.severity)))),
            (Stage::Acknowledged | Stage::Asked | Stage::Working, None) => {
                Some((Step::Answer, after(now, pace.answer)))
            }
            (Stage::Fixed, None) => Some((Step::LookAgain, after(now, pace.answer))),
            (Stage::Closed, None) => None,
        },
    };
}

/// A case was resolved, by whomever: ECO has nothing more to do.
pub(crate) fn case_resolved(case: &mut Case) {
    case.eco.next = None;
}

fn is_test(case: &Case) -> bool {
    case.subject.contains(TEST_MARK)
}
