//! Does ECO's steps when their time has come.

use std::time::Duration;

use jiff::Timestamp;
use rand::RngExt;
use tokio_util::sync::CancellationToken;

use super::{AUTHOR, EcoPace, EcoPlan, Stage, Step, Topic, Voice};
use crate::builder::Options;
use crate::catalog::{EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, Severity};
use crate::clock::after;
use crate::disk::Record;
use crate::error::SimError;
use crate::happening::Origin;
use crate::ids::DisplayId;
use crate::model::{Case, CaseStatus, Communication, IssueType};
use crate::sim::Sim;
use crate::state::State;

/// How often a running ECO looks whether something is due.
const LOOK: Duration = Duration::from_millis(200);

/// Plans ECO's first own incident of a sim that has none planned.
pub(crate) fn plan_first_own_incident(
    state: &mut State,
    options: &Options,
    now: Timestamp,
) -> Result<(), SimError> {
    let first = options.pace.and_then(|pace| pace.own_incident_first);
    if let (Some(first), None) = (first, state.next_own_incident) {
        state.commit(vec![Record::NextOwnIncident(after(now, first))])?;
    }
    Ok(())
}

impl Sim {
    /// Does everything that ECO has to do by now, by the sim's clock; gives the number of steps. Steps that follow
    /// from these come due later, counted from now.
    ///
    /// # Errors
    /// A step cannot be kept on disk; it stays due.
    pub fn tick(&self) -> Result<usize, SimError> {
        let now = self.clock().now();
        let mut state = self.state();
        let mut done = state.settle(self.0.options.patience, now)?;
        let Some(pace) = self.0.options.pace else { return Ok(done) };
        while let Some(entry) = state.first_due(now) {
            let case = entry.case.clone();
            step(&mut state, case, &pace, now)?;
            done += 1;
        }
        if state.next_own_incident.is_some_and(|at| at <= now) {
            own_incident(&mut state, &pace, now)?;
            done += 1;
        }
        Ok(done)
    }

    /// Ticks with the real time until it is cancelled.
    pub async fn run_eco(&self, cancel: CancellationToken) {
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            let sim = self.clone();
            match tokio::task::spawn_blocking(move || sim.tick()).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::error!(%error, "ECO's steps cannot be kept"),
                Err(error) => tracing::error!(%error, "ECO stumbled"),
            }
        }
    }
}

fn step(state: &mut State, mut case: Case, pace: &EcoPace, now: Timestamp) -> Result<(), SimError> {
    let Some((step, _)) = case.eco.next.take() else { return Ok(()) };
    let first = state.by_display(case.display_id.as_str()).and_then(|entry| entry.said.first());
    let description = first.map_or("", |said| said.body.as_str());
    let voice = Voice::new(&case.subject, description, &case.submitted_by, case.severity, case.eco.variety);
    let (body, status, stage, next) = match step {
        Step::SayTestIsNotActedOn => (voice.test_notice(), case.status, Stage::Closed, None),
        Step::Acknowledge => {
            (voice.acknowledge(), CaseStatus::Opened, Stage::Acknowledged, Some((Step::Ask, pace.ask)))
        }
        Step::Ask => (voice.ask(), CaseStatus::PendingCustomerAction, Stage::Asked, None),
        Step::Answer => {
            (voice.answer(), CaseStatus::WorkInProgress, Stage::Working, Some((Step::Fix, pace.fix)))
        }
        Step::Fix => (voice.fixed(), CaseStatus::PendingCustomerAction, Stage::Fixed, None),
        Step::LookAgain => (voice.look_again(), CaseStatus::PendingCustomerAction, Stage::Fixed, None),
        Step::TakeUpAgain => {
            (voice.take_up_again(), CaseStatus::WorkInProgress, Stage::Working, Some((Step::Fix, pace.fix)))
        }
    };
    case.enter(status, now);
    case.eco.stage = stage;
    case.eco.next = next.map(|(step, pause)| (step, after(now, pause)));
    case.eco.variety = case.eco.variety.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    let display_id = case.display_id.clone();
    let communication = Communication { body, author: AUTHOR.to_owned(), at: now, files: Vec::new() };
    let records = vec![Record::Case(Box::new(case)), Record::Said { case: display_id, communication }];
    state.commit_from(Origin::Aws, now, records)
}

fn own_incident(state: &mut State, pace: &EcoPace, now: Timestamp) -> Result<(), SimError> {
    let variety = state.rng.random_range(0..u32::MAX);
    let topic = Topic::of_own_incident(variety);
    let (subject, body) = topic.own_incident(variety, now);
    let (_, mut records) = opened(state, &subject, body, Severity::High, now);
    let next = pace.own_incident_every.map_or(Timestamp::MAX, |pause| after(now, pause));
    records.push(Record::NextOwnIncident(next));
    state.commit_from(Origin::Aws, now, records)
}

/// A new case that ECO opens about something that its monitoring found.
pub(super) fn opened(
    state: &mut State,
    subject: &str,
    body: String,
    severity: Severity,
    now: Timestamp,
) -> (DisplayId, Vec<Record>) {
    let (display_id, key) = state.new_ids(now);
    let variety = state.rng.random_range(0..u32::MAX);
    let case = Case {
        display_id: display_id.clone(),
        key,
        subject: subject.to_owned(),
        status: CaseStatus::WorkInProgress,
        issue_type: IssueType::Technical,
        service_code: INCIDENT_SERVICE_CODE.to_owned(),
        category_code: EDI_CATEGORY_CODE.to_owned(),
        severity,
        language: "en".to_owned(),
        cc: Vec::new(),
        submitted_by: AUTHOR.to_owned(),
        by_eco: true,
        created: now,
        listed_from: now,
        resolved: None,
        since: Some(now),
        eco: EcoPlan { stage: Stage::Working, next: None, variety },
    };
    let communication = Communication { body, author: AUTHOR.to_owned(), at: now, files: Vec::new() };
    let records =
        vec![Record::Case(Box::new(case)), Record::Said { case: display_id.clone(), communication }];
    (display_id, records)
}
