//! AddCommunicationToCase: also what reopens a resolved case, within 14 days.

use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::{BODY_LENGTH, Constraints};
use super::{OperationContext, check, end_dry_run};
use crate::case_event::Origin;
use crate::clock::after;
use crate::eco;
use crate::error::WireError;
use crate::model::Record;
use crate::model::{AttachedFile, CaseStatus, Communication};
use crate::redaction::redacted;
use crate::wire;

/// How long after it was resolved a case can be reopened.
const REOPENING: Duration = Duration::from_secs(14 * 24 * 3600);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    case_id: Option<String>,
    communication_body: Option<String>,
    cc_email_addresses: Option<Vec<String>>,
    attachment_set_id: Option<String>,
    upload_ids: Option<Vec<String>>,
    dry_run: Option<bool>,
}

pub(super) fn call(context: &mut OperationContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let body = model.required_text(input.communication_body.as_deref(), "communicationBody", BODY_LENGTH);
    let cc = model.at_most(&input.cc_email_addresses, "ccEmailAddresses", 10);
    let uploads = model.upload_ids(&input.upload_ids);
    model.end()?;
    check::addresses(cc)?;
    let Some(id) = input.case_id.as_deref() else {
        return Err(WireError::invalid_parameter("caseId must be specified."));
    };
    let mut case = context.case(id)?.case.clone();
    if case.status == CaseStatus::Resolved
        && case.resolved.is_some_and(|resolved| context.now > after(resolved, REOPENING))
    {
        return Err(WireError::invalid_parameter(
            "The case was resolved more than 14 days ago and can't be reopened. Create a new case.",
        ));
    }
    let waiting = context.waiting_files(input.attachment_set_id.as_deref(), uploads)?;
    end_dry_run(input.dry_run)?;

    let files = context.state.attach(&waiting);
    for address in cc {
        if !case.cc.contains(address) {
            case.cc.push(address.clone());
        }
    }
    let was = case.status;
    case.enter(was.after_customer_reply(), context.now);
    eco::customer_wrote(&mut case, was, body, context);
    let display_id = case.display_id.clone();
    let communication = context.customers_words(body, files);
    let records = vec![Record::Case(Box::new(case)), Record::Said { case: display_id, communication }];
    context.state.commit_from(Origin::Customer, context.call_context.now, records)?;
    Ok(wire::body(&json!({ "result": true })))
}

impl OperationContext<'_> {
    /// What the caller says, as AWS keeps it.
    pub(super) fn customers_words(&self, body: &str, files: Vec<AttachedFile>) -> Communication {
        let body = if self.options.redaction { redacted(body) } else { body.to_owned() };
        Communication { body, author: self.caller.author().to_owned(), at: self.now, files }
    }
}
