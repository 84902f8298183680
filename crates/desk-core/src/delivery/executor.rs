//! Does what the state machine asks for, and tells it what came of it. Each state is on disk before its effects.

use super::{
    Outbox, ReportRequest, Request,
    backoff::jitter,
    entries::{self, Entry},
    machine::{Effect, Event, Failure, Given, Outcome, step},
    retry::{SendError, remedy},
    state::{FileSet, State},
};
use crate::{
    catalogue::{Catalogue, severity_for},
    mirror::incident,
};
use desk_aws::{AwsError, AwsErrorKind, NewCase, NewCommunication, Support};
use desk_model::{Field, Millis, Problem, ProblemCode};
use desk_store::StoreError;
use std::collections::VecDeque;
use tokio_util::sync::CancellationToken;

/// An entry that is being delivered.
struct Delivery<'a> {
    outbox: &'a Outbox,
    entry: Entry,
    /// Whether its incident is of High priority.
    is_high: bool,
    /// The client of its account, once it was asked for: what it has learned of the time at AWS counts for its
    /// requests.
    client: Option<Support>,
    stop: &'a CancellationToken,
}

impl Outbox {
    /// Performs the effects of an entry's last transition, and of all that follow from them. What becomes of the entry
    /// is on disk when this returns.
    pub(super) async fn deliver(
        &self,
        entry: Entry,
        effects: Vec<Effect>,
        is_high: bool,
        stop: &CancellationToken,
    ) -> Result<(), StoreError> {
        let mut delivery = Delivery { outbox: self, entry, is_high, client: None, stop };
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            if let Some(event) = Box::pin(delivery.perform(effect)).await? {
                let Some(more) = delivery.apply(event).await? else { return Ok(()) };
                effects.extend(more);
            }
        }
        Ok(())
    }

    /// The case's id at AWS.
    pub(super) async fn case_id(&self, entry: &Entry) -> Result<String, SendError> {
        let key = entry.case_key.clone();
        let found = self.0.store.cases.read(move |cases| incident::wanted(cases, &key)).await?;
        found.map(|(_, case)| case.case_id).ok_or_else(|| {
            let message = "The incident has not been fetched from AWS yet. This is sent as soon as it has.";
            SendError::Local(Problem::new(ProblemCode::NotFound, message).retryable())
        })
    }

    /// Writes an entry whose state on disk is `before`. Answers whether it was still there: the user may have taken it
    /// out, or decided something about it, while it was being worked for.
    async fn save(&self, entry: &Entry, before: &State) -> Result<bool, StoreError> {
        let (saved, before) = (entry.clone(), before.clone());
        let is_there = self.0.store.desk.write(move |desk| entries::advance(desk, &saved, &before)).await?;
        self.tell(&entry.case_key);
        Ok(is_there)
    }
}

impl Entry {
    /// What its transitions depend on at `now`.
    pub(super) fn given<'a>(&self, outbox: &'a Outbox, now: Millis, is_high: bool) -> Given<'a> {
        Given {
            now,
            backoff: &outbox.0.backoff,
            jitter: jitter(&self.id.0, self.state.tries()),
            has_files: !self.request.files().is_empty(),
            is_repeatable: self.request.is_repeatable(),
            is_high,
        }
    }
}

impl Delivery<'_> {
    /// Lets an event happen to the entry, and answers what is to be done next; `None` where nothing is any more, since
    /// what is on disk stands.
    async fn apply(&mut self, event: Event) -> Result<Option<Vec<Effect>>, StoreError> {
        let given = self.entry.given(self.outbox, self.outbox.0.clock.now(), self.is_high);
        let Some(next) = step(self.entry.state.clone(), event, &given) else {
            tracing::error!("something happened to an entry of the outbox that cannot happen in its state");
            return Ok(None);
        };
        if next.state != self.entry.state {
            let before = std::mem::replace(&mut self.entry.state, next.state);
            if !self.outbox.save(&self.entry, &before).await? {
                tracing::info!("an entry of the outbox was changed while it was worked for");
                return Ok(None);
            }
        }
        Ok(Some(next.effects))
    }

    /// Does one thing, and answers what came of it, where that is for the state machine to know.
    async fn perform(&mut self, effect: Effect) -> Result<Option<Event>, StoreError> {
        let rooms = &self.outbox.0;
        match effect {
            Effect::Prepare => or_failed(self.prepare().await).map(Some),
            Effect::UploadFiles => or_failed(self.upload_files().await).map(Some),
            Effect::AskServerTime => or_failed(self.ask_server_time().await).map(Some),
            Effect::Request => self.request().await.map(Some),
            Effect::Reconcile => {
                let reconciled = or_failed(self.reconcile().await)?;
                if let Event::Failed(Failure { problem, .. }) = &reconciled {
                    tracing::warn!(code = ?problem.code, "AWS could not be asked for a lost answer");
                }
                Ok(Some(reconciled))
            }
            Effect::Record(outcome) => {
                self.outbox.record(&self.entry, outcome).await?;
                Ok(Some(Event::Recorded))
            }
            Effect::NoteFailure(problem) => {
                rooms.accounts.note_outcome(&self.entry.account, Err(&problem)).await;
                Ok(None)
            }
            Effect::NoteDelivery => {
                rooms.accounts.note_outcome(&self.entry.account, Ok(())).await;
                let staged = self.entry.request.files().iter().map(|file| file.sha256.clone()).collect();
                rooms.attachments.release(staged).await;
                (rooms.sent)(&self.entry.account);
                Ok(None)
            }
        }
    }

    async fn client(&mut self) -> Result<Support, Problem> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let client = self.outbox.0.accounts.support(&self.entry.account).await?;
        Ok(self.client.insert(client).clone())
    }

    /// Finds out what the request needs. What would keep it from being made is found before any file is sent.
    async fn prepare(&mut self) -> Result<Event, SendError> {
        let client = self.client().await?;
        if let Some(outcome) = self.outbox.find_before_next_request(&self.entry, &client).await? {
            return Ok(Event::Confirmed(outcome));
        }
        if let Some(outcome) = self.outbox.find_earlier_copy(&self.entry, &client).await? {
            return Ok(Event::Confirmed(outcome));
        }
        match self.entry.request.clone() {
            Request::Report(report) => self.look_up_codes(*report, &client).await?,
            Request::Reply(_) | Request::Resolve(_) => {
                self.outbox.case_id(&self.entry).await?;
            }
        }
        Ok(Event::Prepared)
    }

    /// Looks up category and severity code of a report where AWS had not been asked for them when it was submitted.
    async fn look_up_codes(&mut self, report: ReportRequest, client: &Support) -> Result<(), SendError> {
        let rooms = &self.outbox.0;
        let account = self.entry.account.clone();
        let mut catalogue = rooms.store.desk.read(move |desk| Catalogue::read(desk, &account)).await?;
        let asked_before = catalogue.fetched_at.is_some();
        if report.category_code.is_some() && asked_before {
            return Ok(());
        }
        if !asked_before {
            catalogue = Catalogue::fetch(client, rooms.clock.now()).await?;
            let (kept, account) = (catalogue.clone(), self.entry.account.clone());
            rooms.store.desk.write(move |desk| kept.put(desk, &account)).await?;
        }
        let settings = rooms.settings.get().await?;
        let category_code = match report.category_code {
            Some(category) => category,
            None => catalogue.category(report.draft.service, None, &settings)?.ok_or_else(no_category)?,
        };
        let severity_code = severity_for(report.priority, &settings, &catalogue.severities);
        let found = ReportRequest { category_code: Some(category_code), severity_code, ..report };
        self.entry.request = Request::Report(Box::new(found));
        // Where it was taken out meanwhile, its next transition finds that.
        self.outbox.save(&self.entry, &self.entry.state).await?;
        Ok(())
    }

    async fn upload_files(&mut self) -> Result<Event, SendError> {
        let client = self.client().await?;
        let files = self.outbox.0.attachments.load(self.entry.request.files().to_vec()).await?;
        let (id, expires_at) = client.add_attachments_to_set(None, &files).await?;
        Ok(Event::FilesUploaded(FileSet { id, expires_at }))
    }

    /// Asks AWS for its time, which also teaches the client how far this computer's clock is off.
    async fn ask_server_time(&mut self) -> Result<Event, SendError> {
        let at = self.client().await?.server_time().await?;
        Ok(if self.stop.is_cancelled() { Event::ShutDown } else { Event::ServerTime(at) })
    }

    async fn request(&mut self) -> Result<Event, StoreError> {
        let error = match self.make_request().await {
            Ok(outcome) => return Ok(Event::Confirmed(outcome)),
            Err(error) => error,
        };
        if self.entry.request.is_repeatable() {
            return failed(error);
        }
        match error {
            SendError::Refused(error) => {
                let (kind, remedy) = (error.kind, remedy(error.kind));
                let mut failure = Failure::of_aws(error);
                if kind == AwsErrorKind::CaseQuota {
                    let asked_at =
                        self.entry.state.requested_at().unwrap_or_else(|| self.outbox.0.clock.now());
                    failure.decision = self.outbox.after_quota(&self.entry, asked_at).await?;
                }
                Ok(Event::Refused(failure, remedy))
            }
            SendError::Local(problem) => Ok(Event::Refused(Failure::local(problem), None)),
            SendError::AnswerLost(AwsError { operation, kind, .. }) => {
                tracing::warn!(operation, ?kind, "an answer was lost; AWS is asked whether it has it");
                Ok(Event::AnswerLost)
            }
            SendError::Store(error) => Err(error),
        }
    }

    async fn make_request(&mut self) -> Result<Outcome, SendError> {
        let client = self.client().await?;
        let lost_or_refused = |error: AwsError| {
            if error.kind.is_unprocessed() { SendError::Refused(error) } else { SendError::AnswerLost(error) }
        };
        match &self.entry.request {
            Request::Report(report) => {
                let case = NewCase {
                    subject: report.subject.clone(),
                    body: report.text.clone(),
                    service_code: report.service_code.clone(),
                    category_code: report.category_code.clone().ok_or_else(no_category)?,
                    severity_code: report.severity_code.clone(),
                    cc: report.cc.clone(),
                    attachment_set: self.attachment_set()?,
                };
                let case_id = client.create_case(&case).await.map_err(lost_or_refused)?;
                let created_at = self.entry.state.requested_at().unwrap_or_else(|| self.outbox.0.clock.now());
                Ok(Outcome::CaseCreated { case_id, created_at })
            }
            Request::Reply(reply) => {
                let communication = NewCommunication {
                    case_id: self.outbox.case_id(&self.entry).await?,
                    body: reply.text.clone(),
                    cc: reply.cc.clone(),
                    attachment_set: self.attachment_set()?,
                };
                client.add_communication(&communication).await.map_err(lost_or_refused)?;
                Ok(Outcome::CommunicationAdded)
            }
            Request::Resolve(_) => {
                let case_id = self.outbox.case_id(&self.entry).await?;
                let status = client.resolve_case(&case_id).await.map_err(lost_or_refused)?;
                Ok(Outcome::CaseResolved { status })
            }
        }
    }

    /// The attachment set that goes with the request: nothing that has files goes without them.
    fn attachment_set(&self) -> Result<Option<String>, Problem> {
        let set = self.entry.state.file_set().map(|set| set.id.clone());
        if self.entry.request.files().is_empty() || set.is_some() {
            return Ok(set);
        }
        let message = "The files of this message are not at AWS yet. It is tried again.";
        Err(Problem::new(ProblemCode::Internal, message).retryable())
    }

    async fn reconcile(&mut self) -> Result<Event, SendError> {
        let client = self.client().await?;
        let asked_at = client.server_time().await?;
        let State::Reconciling { first_requested_at, .. } = self.entry.state else {
            return Err(Problem::new(ProblemCode::Internal, "There is nothing to ask AWS for.").into());
        };
        self.outbox.reconcile(&self.entry, &client, first_requested_at, asked_at).await
    }
}

/// The event, or that there was none because something failed by which AWS got nothing new.
fn or_failed(event: Result<Event, SendError>) -> Result<Event, StoreError> {
    event.or_else(failed)
}

fn failed(error: SendError) -> Result<Event, StoreError> {
    match error {
        SendError::Refused(error) | SendError::AnswerLost(error) => Ok(Event::Failed(Failure::of_aws(error))),
        SendError::Local(problem) => Ok(Event::Failed(Failure::local(problem))),
        SendError::Store(error) => Err(error),
    }
}

fn no_category() -> Problem {
    let message = "AWS has not told which categories there are. Edit the report and choose one.";
    Problem::field(Field::Category, message)
}
