//! DescribeSupportedLanguages: English alone for EDI.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::model::Constraints;
use super::{check, end_dry_run};
use crate::catalog;
use crate::error::WireError;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    issue_type: Option<String>,
    service_code: Option<String>,
    category_code: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let issue_type = model.required_text(input.issue_type.as_deref(), "issueType", 9..=22);
    let service = model.required_text(input.service_code.as_deref(), "serviceCode", 0..=100);
    let category = model.required_text(input.category_code.as_deref(), "categoryCode", 0..=100);
    model.end()?;
    check::issue_type(issue_type)?;
    let entry = check::service_and_category(service, category)?;
    end_dry_run(input.dry_run)?;
    let languages: Vec<Value> = catalog::languages_of(entry.code)
        .iter()
        .map(|(code, name)| json!({ "code": code, "language": name, "display": name }))
        .collect();
    Ok(wire::body(&json!({ "supportedLanguages": languages })))
}
