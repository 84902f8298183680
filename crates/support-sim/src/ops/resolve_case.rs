//! ResolveCase.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::{OperationContext, end_dry_run};
use crate::case_event::Origin;
use crate::error::WireError;
use crate::model::CaseStatus;
use crate::model::Record;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    case_id: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(context: &mut OperationContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let Some(id) = input.case_id.as_deref() else {
        return Err(WireError::invalid_parameter("caseId must be specified."));
    };
    let mut case = context.case(id)?.case.clone();
    end_dry_run(input.dry_run)?;
    let initial = case.status;
    if initial != CaseStatus::Resolved {
        case.enter(CaseStatus::Resolved, context.now);
        case.eco.end();
        context.state.commit_from(
            Origin::Customer,
            context.call_context.now,
            vec![Record::Case(Box::new(case))],
        )?;
    }
    let answer = json!({
        "initialCaseStatus": initial.as_str(),
        "finalCaseStatus": CaseStatus::Resolved.as_str(),
    });
    Ok(wire::body(&answer))
}
