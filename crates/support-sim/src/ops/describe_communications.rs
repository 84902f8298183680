//! DescribeCommunications: the correspondence of one case, newest first.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::check::Window;
use super::model::Constraints;
use super::shapes::{CommunicationShape, TimeForm, each};
use super::{ReadContext, end_dry_run};
use crate::error::WireError;
use crate::page_token::PageToken;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    case_id: Option<String>,
    before_time: Option<String>,
    after_time: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
    dry_run: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<C> {
    communications: C,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn call(context: &ReadContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let id = model.required(input.case_id.as_deref(), "caseId");
    let page = model.max_results(input.max_results);
    model.end()?;
    let window = Window::read(input.after_time.as_deref(), input.before_time.as_deref())?;
    let entry = context.case(id)?;
    let account = context.options.account.as_str();
    let upto = match input.next_token.as_deref().map(|token| PageToken::open(token, account)) {
        None => entry.said.len(),
        Some(Some(PageToken::Communications { case, remaining }))
            if case == entry.case.key.hex && remaining <= entry.said.len() =>
        {
            remaining
        }
        Some(Some(PageToken::Communications { .. } | PageToken::Cases { .. }) | None) => {
            return Err(WireError::invalid_parameter("Invalid nextToken."));
        }
    };
    end_dry_run(input.dry_run)?;

    let oldest = context.oldest;
    let mut found = entry.said[..upto]
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, said)| said.at >= oldest && window.holds(said.at));
    let given: Vec<_> = found.by_ref().take(page).collect();
    let next_token = found.next().and(given.last()).map(|&(remaining, _)| {
        PageToken::Communications { case: entry.case.key.hex.clone(), remaining }.seal(account)
    });
    let case_id = context.spell(entry);
    let shape = |&(_, said)| CommunicationShape { said, case_id: &case_id, time: TimeForm::Offset };
    Ok(wire::body(&Output { communications: each(given.iter().map(shape)), next_token }))
}
