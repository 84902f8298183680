//! Drafts of reports and replies, kept from the first keystroke on.

use super::{
    Draft, DraftContent, DraftId, DraftSaved, ReplyContent, ReportContent, ReportPreview,
    rules::{CompleteReply, CompleteReport},
    text::{report_body, report_subject},
};
use crate::{
    account::{Accounts, store::ids},
    attachment::Attachments,
    catalogue::{Catalogue, severity_for},
    delivery::{CaseHead, case_head, entries},
    draft::{
        rows::{self, DraftRow},
        unreadable,
    },
    settings::{Settings, SettingsRoom},
};
use desk_model::{AccountId, CaseKey, Change, Changes, Clock, Problem, ProblemCode, Reference};
use desk_store::{Store, StoreError};
use rusqlite::Connection;

/// Drafts, the form they are entered in, and what is made of them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Reports {
    pub(super) store: Store,
    pub(super) accounts: Accounts,
    pub(super) settings: SettingsRoom,
    pub(super) attachments: Attachments,
    pub(super) changes: Changes,
    pub(super) clock: Clock,
}

impl Reports {
    /// The room over an open store.
    #[must_use]
    pub fn new(
        store: Store,
        accounts: Accounts,
        settings: SettingsRoom,
        attachments: Attachments,
        changes: Changes,
        clock: Clock,
    ) -> Self {
        Self { store, accounts, settings, attachments, changes, clock }
    }

    /// A draft of a new report: one in which nothing was entered yet, or a new one. The account used last is already
    /// chosen, and so is the only one.
    ///
    /// # Errors
    /// Where the databases cannot be used.
    pub async fn begin(&self) -> Result<Draft, Problem> {
        let now = self.clock.now();
        let id = self
            .store
            .desk
            .write(move |desk| {
                let is_report = |draft: &DraftRow| draft.case.is_none();
                if let Some(blank) =
                    rows::all(desk)?.into_iter().find(|draft| is_report(draft) && draft.is_blank())
                {
                    return Ok(blank.id);
                }
                let draft = DraftRow {
                    id: DraftId(uuid::Uuid::new_v4().to_string()),
                    case: None,
                    content: DraftContent::Report(ReportContent {
                        account: likely_account(desk)?,
                        ..ReportContent::default()
                    }),
                    is_unreadable: false,
                    files: Vec::new(),
                    created_at: now,
                    saved_at: now,
                };
                rows::insert(desk, &draft)?;
                Ok(draft.id)
            })
            .await?;
        self.changes.tell(Change::Drafts);
        self.get(&id).await
    }

    /// A draft.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where it was sent or discarded.
    pub async fn get(&self, id: &DraftId) -> Result<Draft, Problem> {
        let wanted = id.clone();
        let draft = self.store.desk.read(move |desk| rows::get(desk, &wanted)).await?.ok_or_else(no_draft)?;
        self.shown(draft).await
    }

    /// The drafts in which something was entered, last saved first.
    ///
    /// # Errors
    /// Where the databases cannot be used.
    pub async fn list(&self) -> Result<Vec<Draft>, Problem> {
        let drafts = self.store.desk.read(rows::all).await?;
        let mut shown = Vec::new();
        for draft in drafts.into_iter().filter(|draft| !draft.is_blank()) {
            shown.push(self.shown(draft).await?);
        }
        Ok(shown)
    }

    /// Saves what was entered; small enough for every keystroke.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where the draft was sent or discarded; [`ProblemCode::Conflict`] where a reply is
    /// saved as a report or the other way round.
    pub async fn save(&self, id: &DraftId, content: DraftContent) -> Result<DraftSaved, Problem> {
        let settings = self.settings.get().await?;
        let now = self.clock.now();
        let wanted = id.clone();
        let saved = self
            .store
            .desk
            .write(move |desk| {
                let Some(mut draft) = rows::get(desk, &wanted)? else { return Ok(Err(no_draft())) };
                if draft.is_unreadable {
                    return Ok(Err(unreadable::problem()));
                }
                if draft.case.is_none() != matches!(content, DraftContent::Report(_)) {
                    let message = "A reply cannot be saved as a report, nor the other way round.";
                    return Ok(Err(Problem::new(ProblemCode::Conflict, message)));
                }
                draft.content = content;
                rows::update(desk, &draft.id, &draft.content, now)?;
                let problems = problems(desk, &draft, &settings)?;
                Ok(Ok((draft.case, problems)))
            })
            .await?;
        let (case, mut problems) = saved?;
        if let Some(case) = case {
            problems.extend(self.case_problem(&case).await?);
        }
        self.changes.tell(Change::Drafts);
        Ok(DraftSaved { saved_at: now, problems })
    }

    /// Throws a draft away, with the copies of its files. One that is not there is fine.
    ///
    /// # Errors
    /// Where the databases cannot be used.
    pub async fn discard(&self, id: &DraftId) -> Result<(), Problem> {
        let id = id.clone();
        let staged = self.store.desk.write(move |desk| rows::delete(desk, &id)).await?;
        self.changes.tell(Change::Drafts);
        self.attachments.release(staged).await;
        Ok(())
    }

    /// Ends the work on a draft for now: one in which nothing was entered goes, any other is kept. Answers whether it is
    /// kept.
    ///
    /// # Errors
    /// Where the databases cannot be used.
    pub async fn close(&self, id: &DraftId) -> Result<bool, Problem> {
        let id = id.clone();
        let kept = self
            .store
            .desk
            .write(move |desk| match rows::get(desk, &id)? {
                Some(draft) if !draft.is_blank() => Ok(true),
                Some(_) | None => rows::delete(desk, &id).map(|_| false),
            })
            .await?;
        if !kept {
            self.changes.tell(Change::Drafts);
        }
        Ok(kept)
    }

    /// The one draft of a reply in a case, made where there is none.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where the case is not known.
    pub async fn reply_draft(&self, case: &CaseKey) -> Result<Draft, Problem> {
        let wanted = case.clone();
        let found = self.store.desk.read(move |desk| rows::of_case(desk, &wanted)).await?;
        let draft = match found {
            Some(draft) if !draft.is_unreadable => draft,
            Some(_) | None => {
                case_head(&self.store.cases, case).await?.ok_or_else(no_case)?;
                let now = self.clock.now();
                let case = case.clone();
                self.store
                    .desk
                    .write(move |desk| {
                        // Two views of one case may ask at the same time.
                        match rows::of_case(desk, &case)? {
                            Some(draft) if !draft.is_unreadable => return Ok(draft),
                            // It stays in the list of drafts.
                            Some(unreadable) => rows::detach(desk, &unreadable.id)?,
                            None => {}
                        }
                        let draft = DraftRow {
                            id: DraftId(uuid::Uuid::new_v4().to_string()),
                            case: Some(case),
                            content: DraftContent::Reply(ReplyContent::default()),
                            is_unreadable: false,
                            files: Vec::new(),
                            created_at: now,
                            saved_at: now,
                        };
                        rows::insert(desk, &draft)?;
                        Ok(draft)
                    })
                    .await?
            }
        };
        self.shown(draft).await
    }

    /// What a draft of a report will send, word for word, complete or not. For an incomplete one the severity
    /// code is empty while no priority is chosen.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where it is no draft of a report.
    pub async fn preview(&self, id: &DraftId) -> Result<ReportPreview, Problem> {
        let settings = self.settings.get().await?;
        let id = id.clone();
        let previewed = self
            .store
            .desk
            .read(move |desk| {
                let Some(draft) = rows::get(desk, &id)? else { return Ok(None) };
                let content = match draft.content {
                    DraftContent::Report(content) => content,
                    DraftContent::Reply(_) => return Ok(None),
                };
                let catalogue = known(desk, content.account.as_ref())?;
                let reference = Reference::of(&id.0);
                let without_text = ReportContent { body: String::new(), ..content.clone() };
                Ok(Some(ReportPreview {
                    subject: report_subject(&content),
                    body: report_body(&content, &reference),
                    added: report_body(&without_text, &reference).chars().count(),
                    service_code: content.service.code().to_owned(),
                    category_code: catalogue
                        .category(content.service, content.category_code.as_deref(), &settings)
                        .unwrap_or_default(),
                    severity_code: content
                        .priority
                        .map(|priority| severity_for(priority, &settings, &catalogue.severities))
                        .unwrap_or_default(),
                }))
            })
            .await?;
        previewed.ok_or_else(no_draft)
    }

    async fn shown(&self, draft: DraftRow) -> Result<Draft, Problem> {
        let settings = self.settings.get().await?;
        let judged = draft.clone();
        let mut problems = self.store.desk.read(move |desk| problems(desk, &judged, &settings)).await?;
        let mut head: Option<CaseHead> = None;
        if let Some(case) = &draft.case {
            head = case_head(&self.store.cases, case).await?;
            problems.extend(head.is_none().then(no_case));
        }
        Ok(shown(draft, head.as_ref(), problems))
    }

    async fn case_problem(&self, case: &CaseKey) -> Result<Option<Problem>, StoreError> {
        Ok(case_head(&self.store.cases, case).await?.is_none().then(no_case))
    }
}

/// A draft as the UI shows it.
fn shown(draft: DraftRow, case: Option<&CaseHead>, problems: Vec<Problem>) -> Draft {
    let (subject, account) = match &draft.content {
        DraftContent::Report(report) => (report.subject.clone(), report.account.clone()),
        DraftContent::Reply(_) => {
            (case.map(|case| case.subject.clone()).unwrap_or_default(), case.map(|case| case.account.clone()))
        }
    };
    Draft {
        id: draft.id,
        case: draft.case,
        subject,
        account,
        content: draft.content,
        is_unreadable: draft.is_unreadable,
        files: draft.files,
        problems,
        created_at: draft.created_at,
        saved_at: draft.saved_at,
    }
}

/// The connected account that was last written in, else the one that the last draft is for, else the only one.
fn likely_account(desk: &Connection) -> Result<Option<AccountId>, StoreError> {
    let connected = ids(desk)?;
    let written_in = entries::accounts_used(desk)?.into_iter().chain(rows::accounts_chosen(desk)?);
    let last = written_in.into_iter().find(|account| connected.contains(account));
    let only = || connected.iter().next().filter(|_| connected.len() == 1).cloned();
    Ok(last.or_else(only))
}

/// What keeps a draft from being sent; whether the case of a reply is still known is for the caller to find out.
fn problems(desk: &Connection, draft: &DraftRow, settings: &Settings) -> Result<Vec<Problem>, StoreError> {
    if draft.is_unreadable {
        return Ok(vec![unreadable::problem()]);
    }
    Ok(match &draft.content {
        DraftContent::Report(content) => judge_report(desk, draft, content, settings)?.err(),
        DraftContent::Reply(content) => judge_reply(draft, content).err(),
    }
    .unwrap_or_default())
}

/// Judges a draft of a report by what is known here of its account.
pub(super) fn judge_report(
    desk: &Connection,
    draft: &DraftRow,
    content: &ReportContent,
    settings: &Settings,
) -> Result<Result<CompleteReport, Vec<Problem>>, StoreError> {
    let account_known = match &content.account {
        None => false,
        Some(account) => ids(desk)?.contains(account),
    };
    let catalogue = known(desk, content.account.as_ref())?;
    let reference = Reference::of(&draft.id.0);
    Ok(CompleteReport::of(content, &draft.files, &reference, &catalogue, settings, account_known))
}

/// Judges a draft of a reply.
pub(super) fn judge_reply(draft: &DraftRow, content: &ReplyContent) -> Result<CompleteReply, Vec<Problem>> {
    CompleteReply::of(content, &draft.files, &Reference::of(&draft.id.0))
}

fn known(desk: &Connection, account: Option<&AccountId>) -> Result<Catalogue, StoreError> {
    account.map_or_else(|| Ok(Catalogue::default()), |account| Catalogue::read(desk, account))
}

pub(super) fn no_draft() -> Problem {
    Problem::new(ProblemCode::NotFound, "This draft is no longer there: it was sent or discarded.")
}

pub(super) fn no_case() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "The incident of this reply is not known on this computer. If its report is a draft again, send that first.",
    )
}
