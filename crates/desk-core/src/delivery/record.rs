//! What is recorded in the mirror once AWS is known to have something.

use super::{Outbox, ReportRequest, Request, entries::Entry, links, machine::Outcome};
use crate::mirror::{self, CreatedCase};
use desk_aws::canonical_case_id;
use desk_model::Millis;
use desk_store::StoreError;

impl Outbox {
    /// Writes to the mirror what AWS is known to have. It may be repeated: the entry is marked as done afterwards, and
    /// a cut between the two is mended by asking AWS again.
    pub(super) async fn record(&self, entry: &Entry, outcome: Outcome) -> Result<(), StoreError> {
        match outcome {
            Outcome::CaseCreated { case_id, created_at } => {
                let Request::Report(report) = &entry.request else { return Ok(()) };
                let created = created_case(entry, report, case_id, created_at);
                let link = created.clone();
                self.0
                    .store
                    .desk
                    .write(move |desk| {
                        links::put(desk, &link.account, &link.key, &canonical_case_id(&link.case_id))
                    })
                    .await?;
                self.0.store.cases.write(move |cases| mirror::put_created(cases, &created)).await
            }
            Outcome::CommunicationAdded => Ok(()),
            Outcome::CaseResolved { status } => {
                let (key, now) = (entry.case_key.clone(), self.0.clock.now());
                self.0.store.cases.write(move |cases| mirror::put_status(cases, &key, &status, now)).await
            }
        }
    }
}

fn created_case(entry: &Entry, report: &ReportRequest, case_id: String, created_at: Millis) -> CreatedCase {
    CreatedCase {
        key: entry.case_key.clone(),
        account: entry.account.clone(),
        case_id,
        subject: report.subject.clone(),
        service_code: report.service_code.clone(),
        // Unknown where another copy of this data folder has sent it: a sync fetches it.
        category_code: report.category_code.clone().unwrap_or_default(),
        severity_code: report.severity_code.clone(),
        cc: report.cc.clone(),
        created_at,
    }
}
