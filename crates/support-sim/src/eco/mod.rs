//! ECO: the operations team behind the API.
//!
//! What ECO does is written in a scenario. Each case carries ECO's plan for it: which story is under way, how far it
//! is, and its next step with the time for it. What the customer does changes the plan; [`crate::Sim::tick`] does the
//! steps whose time has come.

pub(crate) mod engine;
mod error;
pub(crate) mod letter;
pub(crate) mod monitoring;
mod pace;
mod plan;

pub use error::EcoError;
pub use pace::{ByPriority, EcoPace};

pub(crate) use engine::plan_schedules;
pub(crate) use letter::{Facts, Voice};
pub(crate) use plan::Pacing;

use jiff::Timestamp;

use crate::context::OperationContext;
use crate::direction::Directed;
use crate::model::{Case, CaseStatus};
use crate::scenario::{Asked, Trigger};
use plan::{Purpose, Replied};

/// In the subject of a case that nobody is to act on.
const TEST_MARK: &str = "AMSTestNoOpsActionRequired";

/// A customer has opened a case with this text.
pub(crate) fn customer_opened(case: &mut Case, body: &str, context: &OperationContext<'_>) {
    case.eco.variety = context.state.variety();
    let directed = context.options.direction.now();
    if directed.acting {
        begin(case, body, Trigger::Case, case.status, &directed, context.now);
    }
}

/// A customer has written this; `was` is the status before that.
pub(crate) fn customer_wrote(case: &mut Case, was: CaseStatus, body: &str, context: &OperationContext<'_>) {
    let directed = context.options.direction.now();
    if !directed.acting && !case.eco.by_hand {
        return;
    }
    let pacing = Pacing { pace: &directed.scenario.pace, severity: case.severity, now: context.now };
    let story = case.eco.story.clone();
    let story = story.as_deref().and_then(|name| directed.scenario.script.story(name));
    let taken = match story {
        Some(story) if was != CaseStatus::Resolved => case.eco.replied(story, body, &pacing),
        Some(_) | None => Replied::NotForIt,
    };
    match taken {
        Replied::Noted | Replied::Taken => {}
        Replied::NotForIt => {
            case.eco.end();
            let on = match was {
                CaseStatus::Resolved | CaseStatus::Reopened => Trigger::Reopen,
                CaseStatus::Unassigned
                | CaseStatus::Opened
                | CaseStatus::WorkInProgress
                | CaseStatus::PendingCustomerAction
                | CaseStatus::CustomerActionCompleted => Trigger::Reply,
            };
            if directed.acting {
                let first = context.state.by_display(case.display_id.as_str());
                let description = first.and_then(|entry| entry.said.first()).map(|said| said.body.clone());
                begin(case, &description.unwrap_or_default(), on, was, &directed, context.now);
            }
        }
    }
}

/// Begins the story of the first rule that fits.
fn begin(
    case: &mut Case,
    description: &str,
    on: Trigger,
    status: CaseStatus,
    directed: &Directed,
    now: Timestamp,
) {
    let asked = Asked {
        on,
        test: case.subject.contains(TEST_MARK),
        service: &case.service_code,
        severity: case.severity,
        status,
        subject: &case.subject,
        description,
        found: None,
    };
    let Some(rule) = directed.rule_for(&asked, &mut case.eco.dice(Purpose::Rule)) else { return };
    let script = &directed.scenario.script;
    let step = script.story(&rule.story).and_then(|story| Some((story, story.step(&rule.step)?)));
    let (story, step) = step.expect("the rule's story and step were checked");
    let pacing = Pacing { pace: &directed.scenario.pace, severity: case.severity, now };
    case.eco.begin(story, step, &pacing);
}
