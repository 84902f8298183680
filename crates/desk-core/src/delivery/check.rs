//! Looks at AWS for what a lost answer left open, by the reference in the text.

use super::{
    Outbox, OutboxState, Request,
    entries::Entry,
    finish::Done,
    verdict::{Trouble, concerns_account},
};
use crate::{
    aws::{AwsError, AwsErrorKind, CaseRecord, CasesFilter, CommunicationRecord, Support},
    problem::Problem,
    report::{Reference, has_reference},
    time::{HOUR, Millis},
};

/// How far before the request is looked: AWS's own clocks may differ a little.
const BEFORE: Millis = HOUR;

impl Outbox {
    /// Looks for what a lost answer left open. `None` where that is still open, or AWS does not have it and the
    /// entry is queued again.
    pub(super) async fn look(&self, entry: &mut Entry, since: Millis) -> Result<Option<Done>, Trouble> {
        let looked = self.looked(entry).await;
        let now = self.0.clock.now();
        let waited = match looked {
            Ok((Some(done), _)) => return Ok(Some(done)),
            Ok((None, waited)) => waited,
            Err(trouble) => {
                let problem = match trouble {
                    Trouble::Store(error) => return Err(Trouble::Store(error)),
                    Trouble::Told(problem) => problem,
                    Trouble::Aws(error) | Trouble::Lost(error) => {
                        let concerns_account = concerns_account(error.kind);
                        let problem = Problem::from(error);
                        if concerns_account {
                            self.0.accounts.note_outcome(&entry.account, Err(&problem)).await;
                        }
                        problem
                    }
                };
                tracing::warn!(code = ?problem.code, "AWS could not be asked for a lost answer");
                // Until AWS has been asked, nothing is sent, however long that takes.
                let next_check_at = now + self.0.pace.next_look((now - since).max(0));
                entry.state = OutboxState::Checking { since, next_check_at };
                self.save(entry).await?;
                return Ok(None);
            }
        };
        if waited >= self.0.pace.settled_after() {
            // AWS was asked after all that time and has nothing: the request never arrived.
            entry.payload.progress.look_from = entry.attempted_at.take();
            entry.payload.progress.requested_at = None;
            entry.state = OutboxState::Queued;
        } else {
            let next_check_at = now + self.0.pace.next_look(waited.max(0));
            entry.state = OutboxState::Checking { since, next_check_at };
        }
        self.save(entry).await?;
        Ok(None)
    }

    /// What AWS has, and how long after the last request it was asked, by AWS's own clock: this computer's may
    /// have been set meanwhile.
    async fn looked(&self, entry: &Entry) -> Result<(Option<Done>, Millis), Trouble> {
        let support = self.0.accounts.support(&entry.account).await?;
        let asked_at = support.server_time().await?;
        let attempted_at = entry.attempted_at.unwrap_or(asked_at);
        let waited = asked_at - entry.payload.progress.requested_at.unwrap_or(attempted_at);
        let done = match &entry.payload.request {
            Request::Report(_) => find_case(&support, &entry.reference(), attempted_at)
                .await?
                .map(|case| Done::Created { case_id: case.case_id, created_at: case.created_at }),
            Request::Reply(_) => {
                let case_id = self.case_id(entry).await?;
                let found = find_communication(&support, &case_id, &entry.reference(), attempted_at).await?;
                found.then_some(Done::Added)
            }
            // Resolving again does no harm: there is nothing to look for.
            Request::Resolve => None,
        };
        Ok((done, waited))
    }
}

/// The case that was created with `reference` since `attempted_at` (AWS's time), if AWS lists it.
async fn find_case(
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
async fn find_communication(
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
