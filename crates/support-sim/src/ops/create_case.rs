//! CreateCase.

use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::{BODY_LENGTH, Constraints, shown};
use super::{OperationContext, check, end_dry_run};
use crate::case_event::Origin;
use crate::catalog::{DEFAULT_CATEGORY, DEFAULT_SERVICE, Severity};
use crate::clock::{after, before};
use crate::eco;
use crate::error::WireError;
use crate::model::EcoPlan;
use crate::model::Record;
use crate::model::{Case, CaseStatus, IssueType};
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    subject: Option<String>,
    service_code: Option<String>,
    severity_code: Option<String>,
    category_code: Option<String>,
    communication_body: Option<String>,
    cc_email_addresses: Option<Vec<String>>,
    language: Option<String>,
    issue_type: Option<String>,
    attachment_set_id: Option<String>,
    upload_ids: Option<Vec<String>>,
    dry_run: Option<bool>,
}

pub(super) fn call(context: &mut OperationContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let subject = model.required(input.subject.as_deref(), "subject");
    let body = model.required_text(input.communication_body.as_deref(), "communicationBody", BODY_LENGTH);
    let cc = model.at_most(&input.cc_email_addresses, "ccEmailAddresses", 10);
    let uploads = model.upload_ids(&input.upload_ids);
    model.end()?;
    check::addresses(cc)?;
    if subject.trim().is_empty() {
        return Err(WireError::invalid_parameter("Subject must not be blank."));
    }
    let service = input.service_code.as_deref().unwrap_or(DEFAULT_SERVICE);
    let entry_default = if service == DEFAULT_SERVICE { DEFAULT_CATEGORY } else { "" };
    let category = input.category_code.as_deref().unwrap_or(entry_default);
    check::service_and_category(service, category)?;
    let severity = severity(context, input.severity_code.as_deref())?;
    let language = input.language.as_deref().unwrap_or("en");
    check::language(Some(language))?;
    let issue_type = input.issue_type.as_deref().map_or(Ok(IssueType::default()), check::issue_type)?;
    let waiting = context.waiting_files(input.attachment_set_id.as_deref(), uploads)?;
    context.check_quota()?;
    end_dry_run(input.dry_run)?;

    let now = context.now;
    let (display_id, key) = context.state.new_ids(now);
    let case_id = key.spell(&context.options.account, context.turn);
    let files = context.state.attach(&waiting);
    let mut case = Case {
        display_id: display_id.clone(),
        key,
        subject: subject.to_owned(),
        status: CaseStatus::Unassigned,
        issue_type,
        service_code: service.to_owned(),
        category_code: category.to_owned(),
        severity,
        language: language.to_owned(),
        cc: cc.to_vec(),
        submitted_by: context.caller.author().to_owned(),
        by_eco: false,
        created: now,
        listed_from: after(now, context.options.appear_after),
        resolved: None,
        since: Some(now),
        eco: EcoPlan::default(),
    };
    eco::customer_opened(&mut case, body, context);
    let communication = context.customers_words(body, files);
    let records = vec![Record::Case(Box::new(case)), Record::Said { case: display_id, communication }];
    context.state.commit_from(Origin::Customer, now, records)?;
    Ok(wire::body(&json!({ "caseId": case_id })))
}

fn severity(context: &OperationContext<'_>, code: Option<&str>) -> Result<Severity, WireError> {
    let Some(code) = code else { return Ok(Severity::Low) };
    let offered = Severity::offered(context.plan);
    offered.iter().copied().find(|severity| severity.as_str() == code).ok_or_else(|| {
        WireError::invalid_parameter(format!("Invalid severity code for the support plan: '{}'", shown(code)))
    })
}

impl OperationContext<'_> {
    fn check_quota(&self) -> Result<(), WireError> {
        let Some(limit) = self.quotas.cases_per_hour else { return Ok(()) };
        let hour_ago = before(self.now, Duration::from_secs(3600));
        let recent = self
            .state
            .newest_first(None)
            .take_while(|entry| entry.case.created > hour_ago)
            .filter(|entry| !entry.case.by_eco)
            .count();
        if recent >= limit {
            return Err(WireError::of_code("CaseCreationLimitExceeded"));
        }
        Ok(())
    }
}
