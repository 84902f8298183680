//! [`Eco`]: ECO's actions on a case, for operators and tests. They do not change what a running scenario has planned
//! for the case, except that resolving ends the plan.

use bytes::Bytes;
use jiff::Timestamp;

use super::Sim;
use crate::catalog::{self, Severity};
use crate::eco::{EcoError, Pacing, engine, monitoring};
use crate::ids::DisplayId;
use crate::model::{AUTHOR, Case, CaseStatus, Communication, EventState, Finding, MonitoringEvent, Record};
use crate::scenario::Scenario;
use crate::view::find;

/// ECO's actions on one sim. Cases are named by display id or by case id with any infix.
#[derive(Clone, Debug)]
pub struct Eco {
    sim: Sim,
}

impl Eco {
    pub(crate) fn of(sim: Sim) -> Self {
        Self { sim }
    }

    /// Writes to the customer; the case is in work.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn reply(&self, case: impl AsRef<str>, body: impl Into<String>) -> Result<(), EcoError> {
        self.say(case.as_ref(), body.into(), &[], CaseStatus::WorkInProgress)
    }

    /// Writes to the customer and attaches files, each a name and its bytes.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn reply_with_files(
        &self,
        case: impl AsRef<str>,
        body: impl Into<String>,
        files: &[(&str, &[u8])],
    ) -> Result<(), EcoError> {
        let files: Vec<_> = files.iter().map(|(name, data)| (*name, Bytes::copy_from_slice(data))).collect();
        self.say(case.as_ref(), body.into(), &files, CaseStatus::WorkInProgress)
    }

    /// Asks the customer for something; the case waits.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn ask(&self, case: impl AsRef<str>, body: impl Into<String>) -> Result<(), EcoError> {
        self.say(case.as_ref(), body.into(), &[], CaseStatus::PendingCustomerAction)
    }

    /// Resolves a case without a word.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn resolve(&self, case: impl AsRef<str>) -> Result<(), EcoError> {
        self.set_status(case, CaseStatus::Resolved)
    }

    /// Opens an incident of its own and gives its display id.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn open_incident(
        &self,
        subject: impl AsRef<str>,
        body: impl Into<String>,
        severity: Severity,
    ) -> Result<DisplayId, EcoError> {
        self.open_with_files(subject.as_ref(), body.into(), severity, &[])
    }

    pub(crate) fn open_with_files(
        &self,
        subject: &str,
        body: String,
        severity: Severity,
        files: &[(&str, Bytes)],
    ) -> Result<DisplayId, EcoError> {
        if subject.trim().is_empty() {
            return Err(EcoError::Refused("a case needs a subject".to_owned()));
        }
        let body = fit(body)?;
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        let (display_id, records) = engine::open_by_hand(&mut state, subject, body, severity, files, now)?;
        engine::commit_as_eco(&mut state, now, records)?;
        Ok(display_id)
    }

    /// Puts a case into a status without a word.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn set_status(&self, case: impl AsRef<str>, status: CaseStatus) -> Result<(), EcoError> {
        let now = self.sim.clock().now();
        self.change(case.as_ref(), |case| engine::enter(case, status, now))
    }

    /// Reclassifies a case, as ECO does with an incident that is a service request.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn set_service_code(&self, case: impl AsRef<str>, service_code: &str) -> Result<(), EcoError> {
        if catalog::service(service_code).is_none() {
            return Err(EcoError::NoSuchService(service_code.to_owned()));
        }
        self.change(case.as_ref(), |case| service_code.clone_into(&mut case.service_code))
    }

    /// Changes the priority, as ECO does when it validates it.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn set_severity(&self, case: impl AsRef<str>, severity: Severity) -> Result<(), EcoError> {
        self.change(case.as_ref(), |case| case.severity = severity)
    }

    /// Plays one of the scenario's stories in a case from its first step, whatever was planned before. It goes on
    /// even when ECO does not act by itself.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn play(&self, case: impl AsRef<str>, story: &str) -> Result<(), EcoError> {
        let directed = self.sim.0.options.direction.now();
        let known =
            || directed.scenario.stories().iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let story = directed
            .scenario
            .script
            .story(story)
            .ok_or_else(|| EcoError::NoSuchStory { wanted: story.to_owned(), known: known() })?;
        let now = self.sim.clock().now();
        self.change(case.as_ref(), |case| {
            let pacing = Pacing { pace: &directed.scenario.pace, severity: case.severity, now };
            case.eco.begin(story, &story.steps[0], &pacing);
            case.eco.by_hand = true;
        })
    }

    /// Drops what the scenario has planned for a case.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn stop(&self, case: impl AsRef<str>) -> Result<(), EcoError> {
        self.change(case.as_ref(), |case| case.eco.end())
    }

    /// Brings a case's planned step forward: it is due now, and done at the next [`Sim::tick`].
    ///
    /// # Errors
    /// See [`EcoError`]; there must be a planned step.
    pub fn hurry(&self, case: impl AsRef<str>) -> Result<(), EcoError> {
        let now = self.sim.clock().now();
        let mut planned = false;
        self.change(case.as_ref(), |case| {
            if let Some(next) = &mut case.eco.planned {
                next.at = now;
                planned = true;
                // Who asks for it wants to see it, also from an ECO that keeps silent otherwise.
                case.eco.by_hand = true;
            }
        })?;
        if planned { Ok(()) } else { Err(EcoError::Refused("nothing is planned for this case".to_owned())) }
    }

    /// A value of one of the scenario's alarms comes in. Over the threshold it is an alarm, which ECO finds to be
    /// `found`, or to be what the scenario's shares say, after the scenario's time for it. Gives the event's id.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn raise_event(&self, alarm: &str, value: u64, found: Option<Finding>) -> Result<u64, EcoError> {
        let options = &self.sim.0.options;
        let directed = options.direction.now();
        let kind = monitoring::kind(&directed, alarm)?;
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        Ok(monitoring::raise(&mut state, options, &directed, kind, value, found, now)?)
    }

    /// Says what an alarm is that nobody has found out yet.
    ///
    /// # Errors
    /// See [`EcoError`]; the event must be an alarm that is not settled.
    pub fn settle_event(&self, id: u64, found: Finding) -> Result<(), EcoError> {
        let options = &self.sim.0.options;
        let directed = options.direction.now();
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        let event = state.eco.event(id).cloned().ok_or(EcoError::NoSuchEvent(id))?;
        match event.state {
            EventState::Alarm { .. } => {}
            EventState::BelowThreshold => {
                return Err(EcoError::Refused("the event is below its threshold: no alarm".to_owned()));
            }
            EventState::Found { .. } => return Err(EcoError::Refused("it is settled already".to_owned())),
        }
        monitoring::kind(&directed, &event.alarm)?;
        Ok(monitoring::settle(&mut state, options, &directed, event, found, now)?)
    }

    /// What monitoring has seen, oldest first; the newest 500.
    #[must_use]
    pub fn events(&self) -> Vec<MonitoringEvent> {
        self.sim.read().eco.events().cloned().collect()
    }

    /// Whether ECO takes up cases by itself.
    #[must_use]
    pub fn is_acting(&self) -> bool {
        self.sim.0.options.direction.now().acting
    }

    /// Lets ECO act by itself, or wait for an operator's hand. Stories that an operator has begun go on.
    pub fn set_acting(&self, acting: bool) {
        self.sim.0.options.direction.set_acting(acting);
    }

    /// The scenario that ECO follows.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        self.sim.0.options.direction.now().scenario
    }

    /// Gives ECO another scenario, or the same at another pace. Steps that are planned keep their times.
    pub fn set_scenario(&self, scenario: Scenario) {
        self.sim.0.options.direction.set_scenario(scenario);
    }

    /// What the scenario has planned for a case: story, step, when, and whether only if the customer keeps silent.
    #[must_use]
    pub fn plan(&self, case: impl AsRef<str>) -> Option<PlannedStep> {
        let state = self.sim.read();
        let plan = &find(&state, case.as_ref())?.case.eco;
        let story = plan.story.clone()?;
        let next = plan.planned.as_ref();
        Some(PlannedStep {
            story,
            step: next.map(|next| next.step.clone()),
            at: next.map(|next| next.at),
            if_silent: next.is_some_and(|next| next.if_silent),
        })
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Case)) -> Result<(), EcoError> {
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        let entry = find(&state, id).ok_or_else(|| EcoError::NoSuchCase(id.to_owned()))?;
        let mut case = entry.case.clone();
        change(&mut case);
        engine::commit_as_eco(&mut state, now, vec![Record::Case(Box::new(case))])?;
        Ok(())
    }

    /// Says something, attaches files, and puts the case into a status, in one change.
    pub(crate) fn say(
        &self,
        id: &str,
        body: String,
        files: &[(&str, Bytes)],
        status: CaseStatus,
    ) -> Result<(), EcoError> {
        let body = fit(body)?;
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        let entry = find(&state, id).ok_or_else(|| EcoError::NoSuchCase(id.to_owned()))?;
        let mut case = entry.case.clone();
        engine::enter(&mut case, status, now);
        let files = engine::attach(&mut state, files)?;
        let display_id = case.display_id.clone();
        let communication = Communication { body, author: AUTHOR.to_owned(), at: now, files };
        let said = Record::Said { case: display_id, communication };
        engine::commit_as_eco(&mut state, now, vec![Record::Case(Box::new(case)), said])?;
        Ok(())
    }
}

/// What a scenario does next in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    /// The story that is under way.
    pub story: String,
    /// Its next step; nothing while it waits for the customer.
    pub step: Option<String>,
    /// When that step comes.
    pub at: Option<Timestamp>,
    /// Whether it comes only if the customer keeps silent.
    pub if_silent: bool,
}

fn fit(body: String) -> Result<String, EcoError> {
    match body.chars().count() {
        1..=8000 => Ok(body),
        length => Err(EcoError::BadLength(length)),
    }
}
