//! The step from a draft to the outbox: one transaction, so that a report is either still a draft or surely on its
//! way, and never both.

use super::{
    DraftContent, DraftId, Reports,
    reports::{Complete, judge, no_case, no_draft},
    rows::{self, CaseHead, DraftRow, case_head},
};
use crate::{
    case::HandOver,
    delivery::{OutboxKind, Payload, ReplyRequest, ReportRequest, Request, entries},
    settings::Settings,
};
use desk_model::{AccountId, CaseKey, Change, Millis, Problem};
use desk_store::StoreError;
use rusqlite::{OptionalExtension as _, Transaction};

impl Reports {
    /// Puts a complete draft into the outbox and answers its case. Submitting the same draft twice gives the same
    /// case and one entry.
    ///
    /// # Errors
    /// The first of the draft's problems, with its field; nothing is changed then. [`desk_model::ProblemCode::NotFound`]
    /// where the draft was discarded.
    pub async fn submit(&self, id: &DraftId) -> Result<CaseKey, Problem> {
        let settings = self.settings.get().await?;
        let now = self.clock.now();
        let wanted = id.clone();
        let draft = self.store.desk.read(move |desk| rows::get(desk, &wanted)).await?;
        let head = match draft.and_then(|draft| draft.case) {
            None => None,
            Some(case) => Some(case_head(&self.store.cases, &case).await?.ok_or_else(no_case)?),
        };
        let id = id.clone();
        let submitted =
            self.store.desk.write(move |desk| submitted(desk, &id, head.as_ref(), &settings, now)).await?;
        let key = submitted?;
        for change in [Change::Drafts, Change::Outbox, Change::Cases, Change::Case { key: key.clone() }] {
            self.changes.tell(change);
        }
        Ok(key)
    }
}

fn submitted(
    desk: &Transaction<'_>,
    id: &DraftId,
    head: Option<&CaseHead>,
    settings: &Settings,
    now: Millis,
) -> Result<Result<CaseKey, Problem>, StoreError> {
    let Some(draft) = rows::get(desk, id)? else {
        // Submitted before: an entry of the outbox has the name of the draft that it came from.
        let earlier: Option<String> = desk
            .query_row("SELECT case_key FROM outbox WHERE id = ?1", [&id.0], |row| row.get(0))
            .optional()?;
        return Ok(earlier.map(CaseKey).ok_or_else(no_draft));
    };
    let complete = match judge(desk, &draft, settings)? {
        Ok(complete) => complete,
        Err(problems) => return Ok(Err(problems.into_iter().next().unwrap_or_else(no_draft))),
    };
    let Some((entry, hand_over)) = entry_of(&draft, complete, head, now) else { return Ok(Err(no_case())) };
    entries::insert(desk, &entry)?;
    desk.execute(
        "INSERT INTO outbox_file (outbox, position, name, size, sha256)
         SELECT draft, position, name, size, sha256 FROM draft_file WHERE draft = ?1 AND sha256 IS NOT NULL",
        [&id.0],
    )?;
    if let Some(hand_over) = hand_over {
        desk.execute(
            "INSERT OR REPLACE INTO hand_over (case_key, hand_over) VALUES (?1, ?2)",
            [&entry.case_key.0, &serde_json::to_string(&hand_over)?],
        )?;
    }
    rows::delete(desk, id)?;
    Ok(Ok(entry.case_key))
}

/// The outbox entry of a complete draft, and the call or chat that the user still has to start.
fn entry_of(
    draft: &DraftRow,
    complete: Complete,
    head: Option<&CaseHead>,
    now: Millis,
) -> Option<(entries::NewEntry, Option<HandOver>)> {
    let id = &draft.id;
    match (complete, &draft.content) {
        (Complete::Report(report), DraftContent::Report(content)) => {
            let request = Request::Report(Box::new(ReportRequest {
                draft: content.clone(),
                draft_created_at: draft.created_at,
                priority: report.priority,
                service_code: report.service.code().to_owned(),
                category_code: report.category_code,
                cc: report.cc,
            }));
            let entry = entries::NewEntry {
                id: id.0.clone(),
                kind: OutboxKind::Report,
                account: report.account,
                case_key: CaseKey(id.0.clone()),
                subject: report.subject,
                severity: Some(report.severity_code),
                body: Some(report.body),
                payload: Payload::new(request),
                created_at: now,
            };
            Some((entry, report.hand_over))
        }
        (Complete::Reply(reply), DraftContent::Reply(content)) => {
            let case: CaseKey = draft.case.clone()?;
            let CaseHead { account, subject } = head?.clone();
            let account: AccountId = account;
            let request = Request::Reply(ReplyRequest {
                draft: content.clone(),
                draft_created_at: draft.created_at,
                cc: reply.cc,
            });
            let entry = entries::NewEntry {
                id: id.0.clone(),
                kind: OutboxKind::Reply,
                account,
                case_key: case,
                subject,
                severity: None,
                body: Some(reply.body),
                payload: Payload::new(request),
                created_at: now,
            };
            Some((entry, None))
        }
        (Complete::Report(_), DraftContent::Reply(_)) | (Complete::Reply(_), DraftContent::Report(_)) => None,
    }
}
