//! What is recorded once AWS is known to have something.

use super::{
    Outbox, Request,
    entries::{self, Entry},
};
use crate::mirror::{self, CreatedCase};
use desk_aws::canonical_case_id;
use desk_model::Millis;
use desk_store::StoreError;

/// What AWS is known to have done.
pub(super) enum Done {
    Created { case_id: String, created_at: Millis },
    Added,
    Resolved { status: String },
}

impl Outbox {
    /// Records what AWS is known to have: the mirror first, then the entry, so that a cut between the two is mended
    /// by looking again.
    pub(super) async fn finish(&self, entry: &Entry, done: Done) -> Result<(), StoreError> {
        let now = self.0.clock.now();
        match done {
            Done::Created { case_id, created_at } => {
                let created = created_case(entry, case_id, created_at);
                let link = created.clone();
                self.0
                    .store
                    .desk
                    .write(move |desk| {
                        desk.execute(
                            "INSERT OR REPLACE INTO case_link (case_key, account, canonical_id) VALUES (?1, ?2, ?3)",
                            [&link.key.0, &link.account.0, &canonical_case_id(&link.case_id)],
                        )?;
                        Ok(())
                    })
                    .await?;
                self.0.store.cases.write(move |cases| mirror::put_created(cases, &created)).await?;
            }
            Done::Added => {}
            Done::Resolved { status } => {
                let key = entry.case_key.clone();
                self.0.store.cases.write(move |cases| mirror::put_status(cases, &key, &status, now)).await?;
            }
        }
        let id = entry.id.clone();
        let staged = self
            .0
            .store
            .desk
            .write(move |desk| {
                entries::done(desk, &id, now)?;
                entries::files(desk, &id)
            })
            .await?;
        self.forget(&entry.id);
        self.tell(&entry.case_key);
        self.0.accounts.note_outcome(&entry.account, Ok(())).await;
        self.0.attachments.release(staged.into_iter().map(|file| file.sha256).collect()).await;
        (self.0.sent)(&entry.account);
        Ok(())
    }
}

fn created_case(entry: &Entry, case_id: String, created_at: Millis) -> CreatedCase {
    let (service_code, category_code, cc) = match &entry.payload.request {
        Request::Report(report) => {
            (report.service_code.clone(), report.category_code.clone().unwrap_or_default(), report.cc.clone())
        }
        Request::Reply(_) | Request::Resolve => (String::new(), String::new(), Vec::new()),
    };
    CreatedCase {
        key: entry.case_key.clone(),
        account: entry.account.clone(),
        case_id,
        subject: entry.subject.clone(),
        service_code,
        category_code,
        severity_code: entry.severity.clone().unwrap_or_default(),
        cc,
        created_at,
    }
}
