//! The steps of sending one entry. Each is recorded before its request.

use super::{
    Outbox, OutboxState, Request, SendingStep,
    entries::{self, Entry},
    finish::Done,
    payload::{FileSet, ReportRequest},
    verdict::{Next, Trouble, after, after_problem, concerns_account, is_mended_at_once},
};
use crate::field::Field;
use crate::{
    aws::{AwsError, AwsErrorKind, NewCase, NewCommunication, Support},
    problem::{Problem, ProblemCode},
    report::{Catalogue, severity_for},
    store::StoreError,
    time::{MINUTE, Millis},
};
use rusqlite::OptionalExtension as _;
use std::sync::PoisonError;
use tokio_util::sync::CancellationToken;

/// A set that expires sooner than this is not used any more.
const SET_MARGIN: Millis = 5 * MINUTE;

/// One of the two requests that must not be made twice.
enum Create {
    Case(NewCase),
    Communication(NewCommunication),
}

impl Create {
    async fn request(&mut self, support: &Support, set: Option<String>) -> Result<Option<String>, AwsError> {
        match self {
            Self::Case(case) => {
                case.attachment_set = set;
                support.create_case(case).await.map(Some)
            }
            Self::Communication(communication) => {
                communication.attachment_set = set;
                support.add_communication(communication).await.map(|()| None)
            }
        }
    }
}

impl Outbox {
    /// Takes an entry one step further: sends it, or looks for a lost answer. What becomes of it is on disk when
    /// this returns.
    pub(super) async fn deliver(&self, mut entry: Entry, stop: &CancellationToken) -> Result<(), StoreError> {
        let result = match entry.state.clone() {
            OutboxState::Checking { since, .. } => self.look(&mut entry, since).await,
            OutboxState::Queued
            | OutboxState::Sending { .. }
            | OutboxState::Waiting { .. }
            | OutboxState::Stopped { .. } => self.send(&mut entry, stop).await,
        };
        let now = self.0.clock.now();
        let (problem, next) = match result {
            Ok(Some(done)) => return self.finish(&entry, done).await,
            Ok(None) => return Ok(()),
            Err(Trouble::Store(error)) => return Err(error),
            Err(Trouble::Lost(error)) => {
                let (operation, kind) = (error.operation, error.kind);
                tracing::warn!(operation, ?kind, "an answer was lost; AWS is asked whether it has it");
                let next_check_at = now + self.0.pace.next_look(0);
                entry.state = OutboxState::Checking { since: now, next_check_at };
                return self.save(&entry).await;
            }
            Err(Trouble::Aws(error)) => {
                let (next, told) = (after(error.kind), concerns_account(error.kind));
                let problem = Problem::from(error);
                if told {
                    self.0.accounts.note_outcome(&entry.account, Err(&problem)).await;
                }
                (problem, next)
            }
            Err(Trouble::Told(problem)) => {
                let next = after_problem(&problem);
                (problem, next)
            }
        };
        let waiting = |pause| OutboxState::Waiting { next_try_at: now + pause, problem: problem.clone() };
        entry.state = match next {
            Next::Wait => waiting(self.0.pace.after_try(&entry.id.0, entry.tries)),
            Next::WaitLong => waiting(self.0.pace.longest()),
            Next::Stop => OutboxState::Stopped { problem },
        };
        // Whatever works in the account from the next millisecond on is news.
        let failed_at = self.0.clock.now();
        self.0.failed_at.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.id.clone(), failed_at);
        self.save(&entry).await
    }

    /// Sends an entry. `None` where the program ends before anything was asked for.
    async fn send(&self, entry: &mut Entry, stop: &CancellationToken) -> Result<Option<Done>, Trouble> {
        let support = self.0.accounts.support(&entry.account).await?;
        if let Some(done) = self.look_before_first_request(entry, &support).await? {
            return Ok(Some(done));
        }
        match entry.payload.request.clone() {
            Request::Report(report) => {
                let (category_code, severity_code) = self.codes(entry, *report.clone(), &support).await?;
                let create = Create::Case(NewCase {
                    subject: entry.subject.clone(),
                    body: entry.body.clone().unwrap_or_default(),
                    service_code: report.service_code,
                    category_code,
                    severity_code,
                    cc: report.cc,
                    attachment_set: None,
                });
                let Some((at, case_id)) = self.create(entry, create, &support, stop).await? else {
                    return Ok(None);
                };
                let case_id = case_id.unwrap_or_default();
                Ok(Some(Done::Created { case_id, created_at: at }))
            }
            Request::Reply(reply) => {
                let create = Create::Communication(NewCommunication {
                    case_id: self.case_id(entry).await?,
                    body: entry.body.clone().unwrap_or_default(),
                    cc: reply.cc,
                    attachment_set: None,
                });
                Ok(self.create(entry, create, &support, stop).await?.map(|_| Done::Added))
            }
            Request::Resolve => {
                let case_id = self.case_id(entry).await?;
                let status = support.resolve_case(&case_id).await?;
                Ok(Some(Done::Resolved { status }))
            }
        }
    }

    /// Makes one of the two requests that must not be made twice; answers AWS's time of it and its answer.
    async fn create(
        &self,
        entry: &mut Entry,
        mut create: Create,
        support: &Support,
        stop: &CancellationToken,
    ) -> Result<Option<(Millis, Option<String>)>, Trouble> {
        let mut again = true;
        loop {
            let set = self.file_set(entry, support).await?;
            // Also teaches the client how far this computer's clock is off.
            let at = support.server_time().await?;
            if stop.is_cancelled() {
                return Ok(None);
            }
            entry.state = OutboxState::Sending { step: SendingStep::Message };
            entry.attempted_at = Some(entry.payload.progress.look_from.unwrap_or(at));
            entry.payload.progress.requested_at = Some(at);
            self.save(entry).await?;
            let error = match create.request(support, set.clone()).await {
                Ok(answer) => return Ok(Some((at, answer))),
                Err(error) => error,
            };
            if !error.kind.is_unprocessed() {
                // If it did arrive, the set is used up.
                entry.payload.progress.set = None;
                return Err(Trouble::Lost(error));
            }
            entry.attempted_at = None;
            entry.payload.progress.requested_at = None;
            if error.kind == AwsErrorKind::SetGone {
                entry.payload.progress.set = None;
            }
            self.save(entry).await?;
            if !(again && is_mended_at_once(error.kind)) {
                return Err(Trouble::Aws(error));
            }
            again = false;
        }
    }

    /// The attachment set with the entry's files, made now where there is none that is still good.
    async fn file_set(&self, entry: &mut Entry, support: &Support) -> Result<Option<String>, Trouble> {
        let id = entry.id.clone();
        let files = self.0.store.desk.read(move |desk| entries::files(desk, &id)).await?;
        if files.is_empty() {
            return Ok(None);
        }
        let good_until = self.0.clock.now() + SET_MARGIN;
        if let Some(set) = entry.payload.progress.set.as_ref().filter(|set| set.expires_at > good_until) {
            return Ok(Some(set.id.clone()));
        }
        let files = self.0.attachments.load(files).await?;
        let (id, expires_at) = support.add_attachments_to_set(None, &files).await?;
        entry.payload.progress.set = Some(FileSet { id: id.clone(), expires_at });
        self.save(entry).await?;
        Ok(Some(id))
    }

    /// Category and severity code of a report; AWS is asked where it had not been when the report was submitted.
    async fn codes(
        &self,
        entry: &mut Entry,
        report: ReportRequest,
        support: &Support,
    ) -> Result<(String, String), Trouble> {
        let account = entry.account.clone();
        let mut catalogue = self.0.store.desk.read(move |desk| Catalogue::read(desk, &account)).await?;
        let asked_before = catalogue.fetched_at.is_some();
        if let (Some(category), Some(severity), true) = (&report.category_code, &entry.severity, asked_before)
        {
            return Ok((category.clone(), severity.clone()));
        }
        if !asked_before {
            catalogue = Catalogue::fetch(support, self.0.clock.now()).await?;
            let (kept, account) = (catalogue.clone(), entry.account.clone());
            self.0.store.desk.write(move |desk| kept.put(desk, &account)).await?;
        }
        let settings = self.0.settings.get().await?;
        let category = match report.category_code {
            Some(category) => category,
            None => catalogue.category(report.draft.service, None, &settings)?.ok_or_else(|| {
                Problem::field(
                    Field::Category,
                    "AWS has not told which categories there are. Edit the report and choose one.",
                )
            })?,
        };
        let severity = severity_for(report.priority, &settings, &catalogue.severities);
        entry.severity = Some(severity.clone());
        entry.payload.request =
            Request::Report(Box::new(ReportRequest { category_code: Some(category.clone()), ..report }));
        self.save(entry).await?;
        Ok((category, severity))
    }

    /// The case's id at AWS.
    pub(super) async fn case_id(&self, entry: &Entry) -> Result<String, Trouble> {
        let key = entry.case_key.0.clone();
        let found: Option<String> = self
            .0
            .store
            .cases
            .read(move |cases| {
                let found =
                    cases.query_row("SELECT case_id FROM incident WHERE key = ?1", [key], |row| row.get(0));
                Ok(found.optional()?)
            })
            .await?;
        found.ok_or_else(|| {
            let message = "The incident has not been fetched from AWS yet. This is sent as soon as it has.";
            Trouble::Told(Problem::new(ProblemCode::NotFound, message).retryable())
        })
    }

    pub(super) async fn save(&self, entry: &Entry) -> Result<(), StoreError> {
        let saved = entry.clone();
        self.0.store.desk.write(move |desk| entries::update(desk, &saved)).await?;
        self.tell(&entry.case_key);
        Ok(())
    }
}
