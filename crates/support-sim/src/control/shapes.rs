//! How cases look in the control API. Times are RFC 3339 in UTC.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::catalog::{self, Severity};
use crate::clock::after;
use crate::model::AUTHOR;
use crate::model::{AttachedFile, CaseStatus, Communication};
use crate::scenario::Priority;
use crate::state::Entry;

/// A case in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CaseLine {
    pub(super) display_id: String,
    subject: String,
    pub(super) status: CaseStatus,
    priority: &'static str,
    severity: Severity,
    service_code: String,
    service_name: String,
    submitted_by: String,
    opened_by_eco: bool,
    created: Timestamp,
    pub(super) updated: Timestamp,
    resolved: Option<Timestamp>,
    communications: usize,
    /// ECO's first word; none yet, or none needed because ECO opened it.
    first_response: Option<Timestamp>,
    /// When that is due by the priority's target.
    response_due: Option<Timestamp>,
    plan: Option<PlanLine>,
}

/// What the scenario has planned.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlanLine {
    story: String,
    step: Option<String>,
    at: Option<Timestamp>,
    if_silent: bool,
}

/// A case with its correspondence.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CasePage {
    #[serde(flatten)]
    line: CaseLine,
    case_id: String,
    category_code: String,
    language: String,
    additional_contacts: Vec<String>,
    correspondence: Vec<Said>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    author: String,
    by_eco: bool,
    at: Timestamp,
    body: String,
    files: Vec<FileLine>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FileLine {
    attachment_id: String,
    file_name: String,
    size: u64,
}

/// In how much time ECO promises a first response.
fn target(severity: Severity) -> Duration {
    const MINUTE: u64 = 60;
    Duration::from_secs(match Priority::of(severity) {
        Priority::High => 15 * MINUTE,
        Priority::Medium => 4 * 60 * MINUTE,
        Priority::Low => 12 * 60 * MINUTE,
    })
}

impl CaseLine {
    pub(super) fn of(entry: &Entry) -> Self {
        let case = &entry.case;
        let updated = entry.said.last().map_or(case.created, |said| said.at);
        let first_response = entry.said.iter().find(|said| said.author == AUTHOR).map(|said| said.at);
        let counts = !case.by_eco && catalog::is_ecos(&case.service_code);
        Self {
            display_id: case.display_id.as_str().to_owned(),
            subject: case.subject.clone(),
            status: case.status,
            priority: Priority::of(case.severity).name(),
            severity: case.severity,
            service_code: case.service_code.clone(),
            service_name: catalog::service(&case.service_code)
                .map_or_else(|| case.service_code.clone(), |service| service.name.to_owned()),
            submitted_by: case.submitted_by.clone(),
            opened_by_eco: case.by_eco,
            created: case.created,
            updated: updated.max(case.resolved.unwrap_or(updated)),
            resolved: case.resolved.filter(|_| case.status == CaseStatus::Resolved),
            communications: entry.said.len(),
            first_response: first_response.filter(|_| counts),
            response_due: counts.then(|| after(case.created, target(case.severity))),
            plan: case.eco.story.as_ref().map(|story| PlanLine {
                story: story.clone(),
                step: case.eco.planned.as_ref().map(|planned| planned.step.clone()),
                at: case.eco.due(),
                if_silent: case.eco.planned.as_ref().is_some_and(|planned| planned.if_silent),
            }),
        }
    }
}

impl CasePage {
    pub(super) fn of(entry: &Entry, account: &str) -> Self {
        let case = &entry.case;
        Self {
            line: CaseLine::of(entry),
            case_id: case.key.spell(account, 0),
            category_code: case.category_code.clone(),
            language: case.language.clone(),
            additional_contacts: case.cc.clone(),
            correspondence: entry.said.iter().map(Said::of).collect(),
        }
    }
}

impl Said {
    fn of(said: &Communication) -> Self {
        Self {
            author: said.author.clone(),
            by_eco: said.author == AUTHOR,
            at: said.at,
            body: said.body.clone(),
            files: said.files.iter().map(FileLine::of).collect(),
        }
    }
}

impl FileLine {
    fn of(file: &AttachedFile) -> Self {
        Self { attachment_id: file.id.clone(), file_name: file.file_name.clone(), size: file.content.size }
    }
}
