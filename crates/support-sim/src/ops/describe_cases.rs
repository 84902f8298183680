//! DescribeCases: newest first, with the five newest communications of each.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::check::{self, Window, oldest_available};
use super::shapes::CommunicationShape;
use super::{Desk, end_dry_run};
use crate::error::WireError;
use crate::model::{Case, CaseStatus};
use crate::page_token::PageToken;
use crate::state::Entry;
use crate::{time_text, wire};

/// How many communications come with a case.
const RECENT: usize = 5;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    case_id_list: Option<Vec<String>>,
    display_id: Option<String>,
    after_time: Option<String>,
    before_time: Option<String>,
    include_resolved_cases: Option<bool>,
    next_token: Option<String>,
    max_results: Option<i64>,
    language: Option<String>,
    include_communications: Option<bool>,
    dry_run: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<'a> {
    cases: Vec<CaseDetails<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CaseDetails<'a> {
    case_id: &'a str,
    display_id: &'a str,
    subject: &'a str,
    status: &'static str,
    service_code: &'a str,
    category_code: &'a str,
    severity_code: &'static str,
    submitted_by: &'a str,
    time_created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    recent_communications: Option<RecentCommunications<'a>>,
    cc_email_addresses: &'a [String],
    language: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RecentCommunications<'a> {
    communications: Vec<CommunicationShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn call(desk: &mut Desk<'_>, input: &Input) -> Result<Bytes, WireError> {
    let ids = check::at_most(&input.case_id_list, "caseIdList", 100)?;
    let page = check::max_results(input.max_results)?;
    let window = Window::read(input.after_time.as_deref(), input.before_time.as_deref())?;
    if let Some(language) = &input.language {
        check::language(language)?;
    }
    let account = desk.options.account.as_str();
    let last = match input.next_token.as_deref().map(|token| PageToken::open(token, account)) {
        None => None,
        Some(Some(PageToken::Cases { created, number })) => Some((created, number)),
        Some(Some(PageToken::Communications { .. }) | None) => {
            return Err(WireError::invalid_parameter("Invalid nextToken."));
        }
    };
    let named = named(desk, ids, input.display_id.as_deref())?;
    end_dry_run(input.dry_run)?;

    let oldest = oldest_available(desk.now);
    let by_name = named.is_some();
    let candidates: Box<dyn Iterator<Item = &Entry>> = match named {
        Some(entries) => {
            let after_last = move |entry: &&Entry| last.is_none_or(|last| entry.age_key() < last);
            Box::new(entries.into_iter().filter(after_last))
        }
        None => Box::new(desk.state.newest_first(last)),
    };
    let wanted = |case: &Case| {
        (by_name || case.listed_from <= desk.now)
            && (input.include_resolved_cases == Some(true) || case.status != CaseStatus::Resolved)
            && input.language.as_ref().is_none_or(|language| *language == case.language)
            && window.holds(case.created)
    };
    let mut found =
        candidates.take_while(|entry| entry.case.created >= oldest).filter(|entry| wanted(&entry.case));
    let given: Vec<&Entry> = found.by_ref().take(page).collect();
    let next_token = found.next().and(given.last()).map(|entry| {
        let (created, number) = entry.age_key();
        PageToken::Cases { created, number }.seal(account)
    });
    let spelled: Vec<String> = given.iter().map(|entry| desk.spell(entry)).collect();
    let with_said = input.include_communications != Some(false);
    let cases = given
        .into_iter()
        .zip(&spelled)
        .map(|(entry, case_id)| details(entry, case_id, with_said, account))
        .collect();
    Ok(wire::body(&Output { cases, next_token }))
}

/// The cases that are asked for by id, newest first and each once; `None` where none are.
fn named<'d>(
    desk: &'d Desk<'_>,
    ids: &[String],
    display_id: Option<&str>,
) -> Result<Option<Vec<&'d Entry>>, WireError> {
    if ids.is_empty() && display_id.is_none() {
        return Ok(None);
    }
    let mut entries = ids.iter().map(|id| desk.case(id)).collect::<Result<Vec<_>, _>>()?;
    if let Some(id) = display_id {
        let entry = desk.state.by_display(id).filter(|entry| entry.case.listed_from <= desk.now);
        let entry = entry.ok_or_else(|| WireError::case_not_found(id))?;
        if ids.is_empty() {
            entries.push(entry);
        } else {
            entries.retain(|other| other.age_key() == entry.age_key());
        }
    }
    entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.age_key()));
    entries.dedup_by_key(|entry| entry.age_key());
    Ok(Some(entries))
}

fn details<'a>(entry: &'a Entry, case_id: &'a str, with_said: bool, account: &str) -> CaseDetails<'a> {
    let case = &entry.case;
    let recent_communications = with_said.then(|| {
        let remaining = entry.said.len().saturating_sub(RECENT);
        RecentCommunications {
            communications: entry
                .said
                .iter()
                .rev()
                .take(RECENT)
                .map(|said| CommunicationShape::new(said, case_id, time_text::zulu))
                .collect(),
            next_token: (remaining > 0)
                .then(|| PageToken::Communications { case: case.key.hex.clone(), remaining }.seal(account)),
        }
    });
    CaseDetails {
        case_id,
        display_id: case.display_id.as_str(),
        subject: &case.subject,
        status: case.status.as_str(),
        service_code: &case.service_code,
        category_code: &case.category_code,
        severity_code: case.severity.as_str(),
        submitted_by: &case.submitted_by,
        time_created: time_text::zulu(case.created),
        recent_communications,
        cc_email_addresses: &case.cc,
        language: &case.language,
    }
}
