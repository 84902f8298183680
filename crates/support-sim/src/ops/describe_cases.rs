//! DescribeCases: newest first, with the five newest communications of each.

use bytes::Bytes;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::check::{self, Window};
use super::model::Constraints;
use super::shapes::{CommunicationShape, TimeForm, each};
use super::{ReadContext, end_dry_run};
use crate::error::WireError;
use crate::ids;
use crate::model::{Case, CaseStatus};
use crate::page_token::PageToken;
use crate::rendered::Rendered;
use crate::state::Entry;
use crate::time_text::Stamp;

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

/// A `CaseDetails`.
#[derive(Clone, Copy)]
struct CaseShape<'a> {
    entry: &'a Entry,
    case_id: &'a str,
    account: &'a str,
    /// Which communications come along; `None` for none at all.
    said: Option<Window>,
}

impl Serialize for CaseShape<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let case = &self.entry.case;
        let mut shape = to.serialize_struct("CaseDetails", 12)?;
        shape.serialize_field("caseId", self.case_id)?;
        shape.serialize_field("displayId", case.display_id.as_str())?;
        shape.serialize_field("subject", &case.subject)?;
        shape.serialize_field("status", case.status.as_str())?;
        shape.serialize_field("serviceCode", &case.service_code)?;
        shape.serialize_field("categoryCode", &case.category_code)?;
        shape.serialize_field("severityCode", case.severity.as_str())?;
        shape.serialize_field("submittedBy", &case.submitted_by)?;
        shape.serialize_field("timeCreated", &Stamp(case.created, TimeForm::Zulu))?;
        if let Some(window) = self.said {
            shape.serialize_field("recentCommunications", &self.recent(window))?;
        }
        shape.serialize_field("ccEmailAddresses", &case.cc)?;
        shape.serialize_field("language", &case.language)?;
        shape.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RecentCommunications<C> {
    communications: C,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

impl CaseShape<'_> {
    fn recent(&self, window: Window) -> impl Serialize {
        let Self { entry, case_id, account, said: _ } = *self;
        let mut found = entry.said.iter().enumerate().rev().filter(move |(_, said)| window.holds(said.at));
        let newest: Vec<_> = found.by_ref().take(RECENT).collect();
        let next_token = found.next().and(newest.last()).map(|&(remaining, _)| {
            PageToken::Communications { case: entry.case.key.hex.clone(), remaining }.seal(account)
        });
        let shape = move |(_, said)| CommunicationShape { said, case_id, time: TimeForm::Zulu };
        RecentCommunications { communications: each(newest.into_iter().map(shape)), next_token }
    }
}

pub(super) fn call(context: &ReadContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let ids = model.at_most(&input.case_id_list, "caseIdList", 100);
    let page = model.max_results(input.max_results);
    model.end()?;
    let window = Window::read(input.after_time.as_deref(), input.before_time.as_deref())?;
    check::language(input.language.as_deref())?;
    let account = context.options.account.as_str();
    let last = match input.next_token.as_deref().map(|token| PageToken::open(token, account)) {
        None => None,
        Some(Some(PageToken::Cases { created, number })) => Some((created, number)),
        Some(Some(PageToken::Communications { .. }) | None) => {
            return Err(WireError::invalid_parameter("Invalid nextToken."));
        }
    };
    let named = named(context, ids, input.display_id.as_deref())?;
    end_dry_run(input.dry_run)?;

    let oldest = context.oldest;
    let by_name = named.is_some();
    let candidates: Box<dyn Iterator<Item = &Entry>> = match named {
        Some(entries) => {
            let after_last = move |entry: &&Entry| last.is_none_or(|last| entry.age_key() < last);
            Box::new(entries.into_iter().filter(after_last))
        }
        None => Box::new(context.state.newest_first(last)),
    };
    let wanted = |case: &Case| {
        (by_name || case.listed_from <= context.now)
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
    let said = (input.include_communications != Some(false)).then_some(window);
    Ok(body(&given, next_token.as_deref(), ids::infix(context.turn), account, said))
}

/// The answer, put together from what is kept of each case.
fn body(
    given: &[&Entry],
    next_token: Option<&str>,
    infix: &str,
    account: &str,
    said: Option<Window>,
) -> Bytes {
    let render = |entry: &Entry, infix: &str| {
        let case_id = entry.case.key.spell_with(account, infix);
        let shape = CaseShape { entry, case_id: &case_id, account, said };
        serde_json::to_vec(&shape).expect("a case has string keys and finite numbers")
    };
    let kept = |entry: &'_ Entry| entry.rendered.get().map_or(1_000, |rendered| rendered.len() + 1);
    let mut out = Vec::with_capacity(200 + given.iter().map(|entry| kept(entry)).sum::<usize>());
    out.extend_from_slice(br#"{"cases":["#);
    for (place, entry) in given.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        if said.is_some_and(Window::is_open) {
            let rendered = entry.rendered.get_or_init(|| Rendered::of(|infix| render(entry, infix)));
            rendered.append_to(&mut out, infix);
        } else {
            out.extend_from_slice(&render(entry, infix));
        }
    }
    out.push(b']');
    if let Some(token) = next_token {
        // Tokens are of letters, digits, hyphens and underscores.
        out.extend_from_slice(format!(r#","nextToken":"{token}""#).as_bytes());
    }
    out.push(b'}');
    out.into()
}

/// The cases that are asked for by id, newest first and each once; `None` where none are.
fn named<'d>(
    context: &'d ReadContext<'_>,
    ids: &[String],
    display_id: Option<&str>,
) -> Result<Option<Vec<&'d Entry>>, WireError> {
    if ids.is_empty() && display_id.is_none() {
        return Ok(None);
    }
    let mut entries = ids.iter().map(|id| context.case(id)).collect::<Result<Vec<_>, _>>()?;
    if let Some(id) = display_id {
        let entry = context.state.by_display(id).filter(|entry| entry.case.listed_from <= context.now);
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
