//! DescribeSupportedLanguages: English alone for EDI.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{check, end_dry_run};
use crate::catalog;
use crate::error::WireError;
use crate::model::IssueType;
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
    let issue_type = check::required(&input.issue_type, "issueType")?;
    let service = check::required(&input.service_code, "serviceCode")?;
    let category = check::required(&input.category_code, "categoryCode")?;
    check::length(issue_type, "issueType", 9..=22)?;
    check::length(service, "serviceCode", 0..=100)?;
    check::length(category, "categoryCode", 0..=100)?;
    if issue_type.parse::<IssueType>().is_err() {
        return Err(WireError::invalid_parameter(format!("Invalid issue type: '{issue_type}'")));
    }
    let entry = check::service_and_category(service, category)?;
    end_dry_run(input.dry_run)?;
    let languages: Vec<Value> = catalog::languages_of(entry.code)
        .iter()
        .map(|(code, name)| json!({ "code": code, "language": name, "display": name }))
        .collect();
    Ok(wire::body(&json!({ "supportedLanguages": languages })))
}
