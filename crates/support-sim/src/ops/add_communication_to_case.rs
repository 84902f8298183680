//! AddCommunicationToCase: also what reopens a resolved case, within 14 days.

use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::{Desk, check, end_dry_run};
use crate::clock::after;
use crate::disk::Record;
use crate::eco;
use crate::error::WireError;
use crate::model::{CaseStatus, Communication, WaitingFile};
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

pub(super) fn call(desk: &mut Desk<'_>, input: &Input) -> Result<Bytes, WireError> {
    let body = check::required(&input.communication_body, "communicationBody")?;
    check::length(body, "communicationBody", check::BODY_LENGTH)?;
    let cc = check::contacts(&input.cc_email_addresses)?;
    check::uploads(&input.upload_ids)?;
    let Some(id) = input.case_id.as_deref() else {
        return Err(WireError::invalid_parameter("caseId must be specified."));
    };
    let mut case = desk.case(id)?.case.clone();
    if case.status == CaseStatus::Resolved
        && case.resolved.is_some_and(|resolved| desk.now > after(resolved, REOPENING))
    {
        return Err(WireError::invalid_parameter(
            "The case was resolved more than 14 days ago and can't be reopened. Create a new case.",
        ));
    }
    let waiting = desk.waiting_files(input.attachment_set_id.as_deref())?;
    end_dry_run(input.dry_run)?;

    let files = desk.state.attach(&waiting);
    for address in cc {
        if !case.cc.contains(address) {
            case.cc.push(address.clone());
        }
    }
    let was = case.status;
    case.status = was.after_customer_reply();
    eco::customer_wrote(&mut case, was, desk);
    let display_id = case.display_id.clone();
    let communication =
        Communication { body: body.clone(), author: desk.caller.author.clone(), at: desk.now, files };
    desk.state
        .commit(vec![Record::Case(Box::new(case)), Record::Said { case: display_id, communication }])?;
    Ok(wire::body(&json!({ "result": true })))
}

impl Desk<'_> {
    /// The files of a set that is still there. They stay in the set until it expires.
    pub(super) fn waiting_files(&self, id: Option<&str>) -> Result<Vec<WaitingFile>, WireError> {
        let Some(id) = id else { return Ok(Vec::new()) };
        let set = self.state.set(id).ok_or_else(|| WireError::set_not_found(id))?;
        self.unexpired(set)?;
        Ok(set.files.clone())
    }
}
