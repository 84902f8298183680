//! Past cases, so that a list is not empty: a handful chosen by hand for the demo, or any number of them for
//! measuring. Their texts are ECO's own and those of people who work with EDI.

mod demo;
mod stories;
mod today;

use std::time::Duration;

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::catalog::{EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, Severity};
use crate::clock::{after, before};
use crate::eco::{Facts, Voice};
use crate::error::SimError;
use crate::model::Record;
use crate::model::{AUTHOR, EcoPlan};
use crate::model::{Case, CaseStatus, Communication, IssueType, WaitingFile};
use crate::scenario::Scenario;
use crate::sim::Sim;
use crate::state::State;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// A case that is already there.
struct Past {
    subject: String,
    author: String,
    by_eco: bool,
    service_code: &'static str,
    severity: Severity,
    status: CaseStatus,
    created: Timestamp,
    cc: Vec<String>,
    said: Vec<Communication>,
}

fn said(author: &str, body: impl Into<String>, at: Timestamp) -> Communication {
    Communication { body: body.into(), author: author.to_owned(), at, files: Vec::new() }
}

fn put(state: &mut State, past: Past) -> Result<(), SimError> {
    let (display_id, key) = state.new_ids(past.created);
    let resolved = past.said.last().map(|last| last.at).filter(|_| past.status == CaseStatus::Resolved);
    let case = Case {
        display_id: display_id.clone(),
        key,
        subject: past.subject,
        status: past.status,
        issue_type: IssueType::Technical,
        service_code: past.service_code.to_owned(),
        category_code: EDI_CATEGORY_CODE.to_owned(),
        severity: past.severity,
        language: "en".to_owned(),
        cc: past.cc,
        submitted_by: past.author,
        by_eco: past.by_eco,
        created: past.created,
        listed_from: past.created,
        resolved,
        since: past.said.last().map(|last| last.at),
        eco: EcoPlan::idle(state.variety()),
    };
    let said =
        past.said.into_iter().map(|communication| Record::Said { case: display_id.clone(), communication });
    state.commit(std::iter::once(Record::Case(Box::new(case))).chain(said).collect())
}

impl Sim {
    /// Adds the demo's cases, if there are no cases at all; says whether it did. They are spread over
    /// the weeks before the sim's present time.
    ///
    /// # Errors
    /// They cannot be kept on disk.
    pub fn demo_seed(&self) -> Result<bool, SimError> {
        let now = self.clock().now();
        let mut state = self.state();
        if !state.entries().is_empty() {
            return Ok(false);
        }
        for (past, files) in demo::cases(now) {
            put_with_files(&mut state, past, files)?;
        }
        Ok(true)
    }

    /// Adds `cases` believable EDI cases with `communications_each` communications each (at least one), spread over
    /// the year before the sim's present time. The same `seed` gives the same cases; their ids come from the sim.
    ///
    /// # Errors
    /// They cannot be kept on disk.
    pub fn seed(&self, cases: usize, communications_each: usize, seed: u64) -> Result<(), SimError> {
        let now = self.clock().now();
        let mut rng = StdRng::seed_from_u64(seed);
        let mut state = self.state();
        // Oldest first, as they would have come.
        let mut ages: Vec<u64> = (0..cases).map(|_| rng.random_range(MINUTE..360 * DAY)).collect();
        ages.sort_unstable_by(|a, b| b.cmp(a));
        for age in ages {
            put(&mut state, generated(&mut rng, age, communications_each.max(1), now))?;
        }
        Ok(())
    }
}

fn put_with_files(
    state: &mut State,
    mut past: Past,
    files: Vec<(usize, &str, String)>,
) -> Result<(), SimError> {
    for (place, name, text) in files {
        let kept: WaitingFile = state.keep(name, text.into_bytes().into())?;
        if let Some(communication) = past.said.get_mut(place) {
            communication.files.extend(state.attach(&[kept]));
        }
    }
    put(state, past)
}

fn generated(rng: &mut StdRng, age: u64, communications: usize, now: Timestamp) -> Past {
    let story = &stories::STORIES[rng.random_range(0..stories::STORIES.len())];
    let place = stories::Place::random(rng);
    let author = stories::AUTHORS[rng.random_range(0..stories::AUTHORS.len())];
    let severity = match rng.random_range(0..20) {
        0..2 => Severity::Critical,
        2..8 => Severity::High,
        8..18 => Severity::Normal,
        _ => Severity::Low,
    };
    let created = before(now, Duration::from_secs(age));
    let by_eco = rng.random_range(0..12) == 0;
    let subject = place.fill(story.subject);
    let description = place.fill(story.description);
    let opener = if by_eco { AUTHOR } else { author };
    let standard = Scenario::standard();
    let mut line = vec![said(opener, description.as_str(), created)];
    let step = (age / (communications as u64 + 1)).clamp(1, 3 * 60 * MINUTE);
    for turn in 1..communications {
        let variety = rng.random_range(0..u32::MAX);
        let at = after(created, Duration::from_secs(step * turn as u64));
        let facts = Facts {
            subject: &subject,
            description: &description,
            author: opener,
            severity,
            service: INCIDENT_SERVICE_CODE,
            number: "",
            now: at,
            alarm: None,
            variety,
        };
        let voice = Voice::new(&standard.script, facts);
        let reply = || said(author, place.fill(story.replies[turn / 6 % story.replies.len()]), at);
        line.push(match turn % 6 {
            1 => said(AUTHOR, voice.letter("acknowledge"), at),
            2 => said(AUTHOR, voice.letter("ask"), at),
            4 => said(AUTHOR, voice.letter("answer"), at),
            5 => said(AUTHOR, voice.letter("fixed"), at),
            _ => reply(),
        });
    }
    let status = if age > 20 * DAY || rng.random_range(0..3) == 0 {
        CaseStatus::Resolved
    } else {
        match communications % 6 {
            1 => CaseStatus::Unassigned,
            2 => CaseStatus::Opened,
            4 => CaseStatus::CustomerActionCompleted,
            5 => CaseStatus::WorkInProgress,
            _ => CaseStatus::PendingCustomerAction,
        }
    };
    Past {
        subject,
        author: opener.to_owned(),
        by_eco,
        service_code: INCIDENT_SERVICE_CODE,
        severity,
        status,
        created,
        cc: Vec::new(),
        said: line,
    }
}
