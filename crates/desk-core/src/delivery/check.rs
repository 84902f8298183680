//! Looks at AWS for what a lost answer left open, by the reference in the text.

use crate::{
    aws::{AwsError, AwsErrorKind, CaseRecord, CasesFilter, CommunicationRecord, Support},
    report::{Reference, has_reference},
    time::{HOUR, Millis},
};

/// How far before the request is looked: AWS's own clocks may differ a little.
const BEFORE: Millis = HOUR;

/// The case that was created with `reference` since `attempted_at` (AWS's time), if AWS lists it.
pub(super) async fn find_case(
    support: &Support,
    reference: &Reference,
    attempted_at: Millis,
) -> Result<Option<CaseRecord>, AwsError> {
    let filter = CasesFilter {
        after: Some(attempted_at - BEFORE),
        include_resolved: true,
        include_communications: true,
        ..CasesFilter::default()
    };
    let mut token = None;
    loop {
        let page = support.describe_cases(&filter, token).await?;
        for case in page.items {
            if any_has(&case.recent, reference) {
                return Ok(Some(case));
            }
            // The first communication is not among the newest five: ask for all of them.
            if case.more_communications && find_in_case(support, &case.case_id, None, reference).await? {
                return Ok(Some(case));
            }
        }
        token = page.next;
        if token.is_none() {
            return Ok(None);
        }
    }
}

/// Whether AWS has a communication with `reference` in the case, since `attempted_at` (AWS's time).
pub(super) async fn find_communication(
    support: &Support,
    case_id: &str,
    reference: &Reference,
    attempted_at: Millis,
) -> Result<bool, AwsError> {
    match find_in_case(support, case_id, Some(attempted_at - BEFORE), reference).await {
        // There is no such case, so there is nothing of ours in it.
        Err(error) if error.kind == AwsErrorKind::CaseNotFound => Ok(false),
        found => found,
    }
}

async fn find_in_case(
    support: &Support,
    case_id: &str,
    after: Option<Millis>,
    reference: &Reference,
) -> Result<bool, AwsError> {
    let mut token = None;
    loop {
        let page = support.describe_communications(case_id, after, token).await?;
        if any_has(&page.items, reference) {
            return Ok(true);
        }
        token = page.next;
        if token.is_none() {
            return Ok(false);
        }
    }
}

fn any_has(communications: &[CommunicationRecord], reference: &Reference) -> bool {
    communications.iter().any(|communication| has_reference(&communication.body, reference))
}
