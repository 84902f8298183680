//! ResolveCase.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::{Desk, end_dry_run};
use crate::error::WireError;
use crate::happening::Origin;
use crate::model::CaseStatus;
use crate::model::Record;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    case_id: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(desk: &mut Desk<'_>, input: &Input) -> Result<Bytes, WireError> {
    let Some(id) = input.case_id.as_deref() else {
        return Err(WireError::invalid_parameter("caseId must be specified."));
    };
    let mut case = desk.case(id)?.case.clone();
    end_dry_run(input.dry_run)?;
    let initial = case.status;
    if initial != CaseStatus::Resolved {
        case.enter(CaseStatus::Resolved, desk.now);
        case.eco.end();
        desk.state.commit_from(Origin::Customer, desk.errand.now, vec![Record::Case(Box::new(case))])?;
    }
    let answer = json!({
        "initialCaseStatus": initial.as_str(),
        "finalCaseStatus": CaseStatus::Resolved.as_str(),
    });
    Ok(wire::body(&answer))
}
