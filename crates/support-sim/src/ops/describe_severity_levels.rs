//! DescribeSeverityLevels: what the account's plan offers.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{CallContext, check, end_dry_run};
use crate::catalog::Severity;
use crate::error::WireError;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    language: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(call_context: &CallContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    check::language(input.language.as_deref())?;
    end_dry_run(input.dry_run)?;
    let levels: Vec<Value> = Severity::offered(call_context.plan)
        .iter()
        .map(|severity| json!({ "code": severity.as_str(), "name": severity.name() }))
        .collect();
    Ok(wire::body(&json!({ "severityLevels": levels })))
}
