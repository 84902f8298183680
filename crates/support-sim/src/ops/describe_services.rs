//! DescribeServices.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::model::Constraints;
use super::{check, end_dry_run};
use crate::catalog::SERVICES;
use crate::error::WireError;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    service_code_list: Option<Vec<String>>,
    language: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let codes = model.at_most(&input.service_code_list, "serviceCodeList", 100);
    model.end()?;
    check::language(input.language.as_deref())?;
    end_dry_run(input.dry_run)?;
    let services: Vec<Value> = SERVICES
        .iter()
        .filter(|service| codes.is_empty() || codes.iter().any(|code| code == service.code))
        .map(|service| {
            let categories: Vec<Value> =
                service.categories.iter().map(|(code, name)| json!({ "code": code, "name": name })).collect();
            json!({ "code": service.code, "name": service.name, "categories": categories })
        })
        .collect();
    Ok(wire::body(&json!({ "services": services })))
}
