//! The step from a draft to the outbox: one transaction, so that a report is either still a draft or surely on its
//! way, and never both.

use super::{
    DraftContent, DraftId, ReplyContent, ReportContent, Reports,
    reports::{judge_reply, judge_report, no_case, no_draft},
    rules::{CompleteReply, CompleteReport},
};
use crate::{
    delivery::{CaseHead, OutboxId, ReplyRequest, ReportRequest, Request, case_head, entries, hand_over},
    draft::{
        Staged, files,
        rows::{self, DraftRow},
        unreadable,
    },
    settings::Settings,
};
use desk_model::{CaseKey, Change, Millis, Problem};
use desk_store::StoreError;
use rusqlite::Transaction;

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
    let outbox_id = OutboxId(id.0.clone());
    let Some(draft) = rows::get(desk, id)? else {
        // Submitted before: an entry of the outbox has the name of the draft that it came from.
        return Ok(entries::case_of(desk, &outbox_id)?.ok_or_else(no_draft));
    };
    let refused = |problems: Vec<Problem>| Ok(Err(problems.into_iter().next().unwrap_or_else(no_draft)));
    if draft.is_unreadable {
        return refused(vec![unreadable::problem()]);
    }
    let files = files::staged(desk, id)?;
    let (account, case, request) = match &draft.content {
        DraftContent::Report(content) => {
            let report = match judge_report(desk, &draft, content, settings)? {
                Ok(report) => report,
                Err(problems) => return refused(problems),
            };
            let case = CaseKey(id.0.clone());
            if let Some(open) = &report.hand_over {
                hand_over::put(desk, &case, open)?;
            }
            (report.account.clone(), case, report_request(&draft, content, report, files))
        }
        DraftContent::Reply(content) => {
            let reply = match judge_reply(&draft, content) {
                Ok(reply) => reply,
                Err(problems) => return refused(problems),
            };
            let (Some(case), Some(CaseHead { account, subject })) = (draft.case.clone(), head.cloned())
            else {
                return Ok(Err(no_case()));
            };
            (account, case, reply_request(&draft, content, reply, subject, files))
        }
    };
    entries::insert(desk, &outbox_id, &account, &case, &request, now)?;
    rows::delete(desk, id)?;
    Ok(Ok(case))
}

fn report_request(
    draft: &DraftRow,
    content: &ReportContent,
    report: CompleteReport,
    files: Vec<Staged>,
) -> Request {
    Request::Report(Box::new(ReportRequest {
        subject: report.subject,
        text: report.body,
        priority: report.priority,
        severity_code: report.severity_code,
        service_code: report.service.code().to_owned(),
        category_code: report.category_code,
        cc: report.cc,
        files,
        draft: content.clone(),
        draft_created_at: draft.created_at,
    }))
}

fn reply_request(
    draft: &DraftRow,
    content: &ReplyContent,
    reply: CompleteReply,
    subject: String,
    files: Vec<Staged>,
) -> Request {
    Request::Reply(ReplyRequest {
        subject,
        text: reply.body,
        cc: reply.cc,
        files,
        draft: content.clone(),
        draft_created_at: draft.created_at,
    })
}
