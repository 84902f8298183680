//! Executes ECO's steps on cases.

use bytes::Bytes;
use jiff::Timestamp;
use rand::Rng;

use super::letter::{Facts, Voice};
use super::monitoring;
use super::plan::{Pacing, Purpose};
use crate::case_event::Origin;
use crate::catalog::{EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, Severity};
use crate::direction::Directed;
use crate::error::SimError;
use crate::ids::DisplayId;
use crate::model::{
    AUTHOR, AlarmFacts, AttachedFile, Case, CaseStatus, Communication, EcoPlan, IssueType, Record,
};
use crate::options::Options;
use crate::scenario::{Content, Step, Story};
use crate::state::State;

/// Plans when ECO's monitoring first reports something, in a sim that has no such plan.
pub(crate) fn plan_schedules(state: &mut State, options: &Options, now: Timestamp) -> Result<(), SimError> {
    monitoring::plan_schedules(state, options, &options.direction.now(), now)
}

/// The cases in which ECO has to do something, the most overdue first.
pub(crate) fn due(state: &State, directed: &Directed, now: Timestamp) -> Vec<DisplayId> {
    let due = state.due_cases(now).filter(|entry| acts(&entry.case, directed));
    due.map(|entry| entry.case.display_id.clone()).collect()
}

pub(crate) fn acts(case: &Case, directed: &Directed) -> bool {
    directed.acting || case.eco.by_hand
}

/// Commits a change that ECO has made.
pub(crate) fn commit_as_eco(state: &mut State, now: Timestamp, records: Vec<Record>) -> Result<(), SimError> {
    state.commit_from(Origin::Aws, now, records)
}

/// Does the step of a case that is due.
pub(crate) fn step(
    state: &mut State,
    mut case: Case,
    directed: &Directed,
    now: Timestamp,
) -> Result<(), SimError> {
    // Never before what was said last, which may have come after the step's own time.
    let last = state.by_display(case.display_id.as_str()).and_then(|entry| entry.said.last());
    let now = last.map_or(now, |last| last.at.max(now));
    let script = &directed.scenario.script;
    let planned = case.eco.planned.take();
    let story = case.eco.story.as_deref().and_then(|name| script.story(name));
    let step = story.zip(planned).and_then(|(story, planned)| Some((story, story.step(&planned.step)?)));
    let Some((story, step)) = step else {
        tracing::warn!(case = %case.display_id, "the scenario no longer has what ECO had planned");
        case.eco.end();
        return state.commit(vec![Record::Case(Box::new(case))]);
    };
    let communication = act(state, &mut case, directed, story, step, now)?;
    let display_id = case.display_id.clone();
    let said = communication.map(|communication| Record::Said { case: display_id, communication });
    commit_as_eco(state, now, std::iter::once(Record::Case(Box::new(case))).chain(said).collect())
}

/// Changes the case as the step says, plans what follows, and gives what is said.
fn act(
    state: &mut State,
    case: &mut Case,
    directed: &Directed,
    story: &Story,
    step: &Step,
    now: Timestamp,
) -> Result<Option<Communication>, SimError> {
    // Before it is written, so that the letter speaks of the case as it then is.
    if let Some(service) = &step.service {
        service.clone_into(&mut case.service_code);
    }
    if let Some(severity) = step.severity {
        case.severity = severity;
    }
    let communication = say(state, case, directed, step, now)?;
    case.eco.turn();
    let pacing = Pacing { pace: &directed.scenario.pace, severity: case.severity, now };
    case.eco.go_on(story, step, &pacing);
    if let Some(status) = step.status {
        enter(case, status, now);
    }
    Ok(communication)
}

/// Puts a case into a status. A case that is resolved has no plan any more.
pub(crate) fn enter(case: &mut Case, status: CaseStatus, now: Timestamp) {
    case.enter(status, now);
    if status == CaseStatus::Resolved {
        case.eco.end();
    }
}

fn say(
    state: &mut State,
    case: &Case,
    directed: &Directed,
    step: &Step,
    now: Timestamp,
) -> Result<Option<Communication>, SimError> {
    let entry = state.by_display(case.display_id.as_str());
    let said = entry.map(|entry| entry.said.as_slice()).unwrap_or_default();
    let customer = said.iter().rev().find(|said| said.author != AUTHOR);
    let facts = Facts {
        subject: &case.subject,
        description: said.first().map_or("", |first| first.body.as_str()),
        author: customer.map_or(case.submitted_by.as_str(), |said| said.author.as_str()),
        severity: case.severity,
        service: &case.service_code,
        number: case.display_id.as_str(),
        now,
        alarm: case.eco.alarm.as_ref(),
        variety: case.eco.variety,
    };
    let voice = Voice::new(&directed.scenario.script, facts);
    let body = match (&step.say, &step.body) {
        (Some(letter), _) => voice.letter(letter),
        (None, Some(body)) => voice.fill(body),
        (None, None) => return Ok(None),
    };
    let mut files = Vec::new();
    for file in &step.attach {
        let bytes = match &file.content {
            Content::Letter(letter) => (voice.letter(letter) + "\n").into(),
            Content::Bytes(bytes) => bytes.clone(),
            Content::Size(size) => noise(&case.eco, *size),
        };
        files.push((file.name.as_str(), bytes));
    }
    let files = attach(state, &files)?;
    Ok(Some(Communication { body, author: AUTHOR.to_owned(), at: now, files }))
}

fn noise(plan: &EcoPlan, size: usize) -> Bytes {
    let mut bytes = vec![0_u8; size];
    plan.dice(Purpose::Noise).fill_bytes(&mut bytes);
    bytes.into()
}

/// Keeps files and gives them ids.
pub(crate) fn attach(state: &mut State, files: &[(&str, Bytes)]) -> Result<Vec<AttachedFile>, SimError> {
    let mut kept = Vec::new();
    for (name, bytes) in files {
        kept.push(state.keep(name, bytes.clone())?);
    }
    Ok(state.attach(&kept))
}

/// A new case that a story opens about something that monitoring has found.
pub(crate) fn open_by_story(
    state: &mut State,
    directed: &Directed,
    (story, step): (&Story, &Step),
    subject: &str,
    facts: AlarmFacts,
    now: Timestamp,
) -> Result<(DisplayId, Vec<Record>), SimError> {
    let mut case = new_case(state, subject, step.severity.unwrap_or(Severity::High), now);
    case.eco.alarm = Some(facts);
    case.eco.story = Some(story.name.clone());
    let communication = act(state, &mut case, directed, story, step, now)?;
    let display_id = case.display_id.clone();
    let said = communication.map(|communication| Record::Said { case: display_id.clone(), communication });
    Ok((display_id, std::iter::once(Record::Case(Box::new(case))).chain(said).collect()))
}

/// A new case that an operator opens.
pub(crate) fn open_by_hand(
    state: &mut State,
    subject: &str,
    body: String,
    severity: Severity,
    files: &[(&str, Bytes)],
    now: Timestamp,
) -> Result<(DisplayId, Vec<Record>), SimError> {
    let case = new_case(state, subject, severity, now);
    let display_id = case.display_id.clone();
    let files = attach(state, files)?;
    let communication = Communication { body, author: AUTHOR.to_owned(), at: now, files };
    let said = Record::Said { case: display_id.clone(), communication };
    Ok((display_id, vec![Record::Case(Box::new(case)), said]))
}

fn new_case(state: &mut State, subject: &str, severity: Severity, now: Timestamp) -> Case {
    let (display_id, key) = state.new_ids(now);
    Case {
        display_id,
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
        eco: EcoPlan::idle(state.variety()),
    }
}
