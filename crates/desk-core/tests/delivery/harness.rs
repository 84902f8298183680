//! The rooms over a folder of their own, and an emulator whose clock goes with theirs.

use desk_aws::{Endpoint, InProcessApi};
use desk_core::{
    account::{Accounts, ConfigFiles},
    attachment::{Attachments, OpenedFile},
    delivery::{Backoff, Outbox, OutboxEntry, OutboxId, OutboxState},
    report::{DraftContent, DraftId, ProblemKind, ReplyContent, ReportContent, Reports},
    settings::{Settings, SettingsRoom},
};
use desk_model::{AccountId, CaseKey, Changes, Clock, Priority, Problem};
use desk_store::Store;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};
use support_sim::{Customer, Fault, ManualClock, Operation, Outcome, Sim, SimBuilder};

/// Longer than any pause of the outbox but the wait for a lost answer.
pub(crate) const PAUSE: Duration = Duration::from_secs(5 * 60);
pub(crate) const SECOND: Duration = Duration::from_secs(1);

pub(crate) struct Bench {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) sim: Sim,
    pub(crate) sim_clock: ManualClock,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) rooms: Rooms,
}

/// What a start of the program makes.
pub(crate) struct Rooms {
    pub(crate) accounts: Accounts,
    pub(crate) settings: SettingsRoom,
    pub(crate) attachments: Attachments,
    pub(crate) reports: Reports,
    pub(crate) outbox: Outbox,
    pub(crate) sent: Arc<Mutex<Vec<AccountId>>>,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(|sim| sim).await
    }

    pub(crate) async fn with(build: impl FnOnce(SimBuilder) -> SimBuilder) -> Self {
        let now = jiff::Timestamp::now();
        let sim_clock = ManualClock::at(now);
        let sim = build(Sim::builder().clock(sim_clock.clone())).build().unwrap();
        let clock = Clock::stepped(now.as_millisecond());
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap().store;
        let rooms = rooms(&store, &sim, &clock, dir.path()).await;
        Self { dir, sim, sim_clock, clock, store, rooms }
    }

    /// An AWS that lists new cases only after half a minute.
    pub(crate) fn late_sim() -> Sim {
        Sim::builder().appear_after(30 * SECOND).build().unwrap()
    }

    /// The whole data folder as it is now, to be put back later.
    pub(crate) async fn backup(&mut self) -> tempfile::TempDir {
        self.store.close().await;
        let backup = tempfile::tempdir().unwrap();
        copy_all(self.dir.path(), backup.path());
        self.open_again().await;
        backup
    }

    /// Starts the program on the data folder as it was.
    pub(crate) async fn restore(&mut self, backup: &tempfile::TempDir) {
        self.store.close().await;
        for entry in std::fs::read_dir(self.dir.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                std::fs::remove_dir_all(path).unwrap();
            } else {
                std::fs::remove_file(path).unwrap();
            }
        }
        copy_all(backup.path(), self.dir.path());
        self.open_again().await;
    }

    /// Ends the program without a word and starts it again.
    pub(crate) async fn restart(&mut self) {
        self.store.close().await;
        self.open_again().await;
    }

    async fn open_again(&mut self) {
        self.store = Store::open(self.dir.path()).await.unwrap().store;
        self.rooms = rooms(&self.store, &self.sim, &self.clock, self.dir.path()).await;
    }

    /// Lets time pass here and at AWS.
    pub(crate) fn pass(&self, time: Duration) {
        self.clock.step(i64::try_from(time.as_millis()).unwrap());
        self.sim_clock.advance(time);
    }

    pub(crate) async fn deliver(&self) -> bool {
        self.rooms.outbox.deliver_due().await.unwrap()
    }

    /// Delivers until nothing is left, over at most a day. What AWS does not list after its settling time is sent again,
    /// as its user wants it.
    pub(crate) async fn deliver_all(&self) {
        for _ in 0..288 {
            self.deliver().await;
            let entries = self.entries().await;
            if entries.is_empty() {
                return;
            }
            for entry in entries.iter().filter(|entry| entry.is_undecided()) {
                self.rooms.outbox.send_again(&entry.id).await.unwrap();
            }
            self.pass(PAUSE);
        }
        panic!("still in the outbox: {:?}", self.entries().await);
    }

    /// The only entry of the outbox.
    pub(crate) async fn entry(&self) -> OutboxEntry {
        let mut entries = self.entries().await;
        assert_eq!(entries.len(), 1, "{entries:?}");
        entries.remove(0)
    }

    pub(crate) async fn state(&self) -> OutboxState {
        self.entry().await.state
    }

    /// Whether it is open if AWS has the only entry.
    pub(crate) async fn is_checking(&self) -> bool {
        matches!(self.state().await, OutboxState::Checking { .. })
    }

    /// Delivers what is due after each of so many of the longest pauses.
    pub(crate) async fn deliver_for(&self, pauses: usize) {
        for _ in 0..pauses {
            self.pass(PAUSE);
            self.deliver().await;
        }
    }

    /// Tries an entry now, or asks AWS for it.
    pub(crate) async fn retry(&self, id: &OutboxId) {
        self.rooms.outbox.retry(id).await.unwrap();
    }

    /// What is not delivered yet, in the order of sending.
    pub(crate) async fn entries(&self) -> Vec<OutboxEntry> {
        self.rooms.outbox.list().await.unwrap()
    }

    /// A complete draft of a report.
    pub(crate) async fn draft(&self, subject: &str) -> DraftId {
        let draft = self.rooms.reports.begin().await.unwrap();
        let content = ReportContent { subject: subject.into(), ..report() };
        let saved = self.rooms.reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
        assert_eq!(saved.problems, Vec::new());
        draft.id
    }

    /// A submitted report.
    pub(crate) async fn report(&self, subject: &str) -> CaseKey {
        let draft = self.draft(subject).await;
        self.rooms.reports.submit(&draft).await.unwrap()
    }

    /// Adds a file to a draft.
    pub(crate) async fn attach(&self, draft: &DraftId, name: &str, bytes: &[u8]) {
        let file = OpenedFile::open_all(&[self.file(name, bytes)]);
        self.rooms.attachments.add(draft, file).await.unwrap();
    }

    /// A submitted report with a file.
    pub(crate) async fn report_with_file(&self, subject: &str, name: &str, bytes: &[u8]) -> CaseKey {
        let draft = self.draft(subject).await;
        self.attach(&draft, name, bytes).await;
        self.rooms.reports.submit(&draft).await.unwrap()
    }

    /// A submitted reply.
    pub(crate) async fn reply(&self, case: &CaseKey, body: &str) {
        let draft = self.rooms.reports.reply_draft(case).await.unwrap();
        let content = ReplyContent { body: body.into(), cc: Vec::new() };
        self.rooms.reports.save(&draft.id, DraftContent::Reply(content)).await.unwrap();
        self.rooms.reports.submit(&draft.id).await.unwrap();
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let folder = self.dir.path().join("users files");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The names in the staging folder.
    pub(crate) fn staged(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.store.staging()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    /// How many calls of `operation` the emulator has answered.
    pub(crate) fn answered(&self, operation: Operation) -> usize {
        let calls = self.sim.calls();
        calls
            .iter()
            .filter(|call| call.operation == Some(operation) && call.outcome == Outcome::Answered)
            .count()
    }

    /// A colleague opens an incident in which they answer to a text and leave all of it below theirs.
    pub(crate) async fn quoted_by_a_colleague(&self, text: &str) {
        let bob =
            Customer::new("AKIACOLLEAGUEEXAMPLE", "colleague-secret", "OpsRole (Role) <bob@example.com>");
        self.sim.add_customer(bob.clone());
        let keys = aws_credential_types::Credentials::new(
            bob.access_key_id(),
            bob.secret_access_key(),
            None,
            None,
            "test",
        );
        let endpoint = Endpoint::InProcess(InProcessApi::new(
            self.sim.http_client(),
            bob.access_key_id(),
            bob.secret_access_key(),
        ));
        let support = desk_aws::Support::new(
            aws_credential_types::provider::SharedCredentialsProvider::new(keys),
            desk_model::Partition::Aws,
            &endpoint.into(),
        );
        let case = desk_aws::NewCase {
            subject: "Same here".into(),
            body: format!("Works for me since the restart.\n\n{text}"),
            service_code: support_sim::INCIDENT_SERVICE_CODE.into(),
            category_code: support_sim::EDI_CATEGORY_CODE.into(),
            severity_code: "normal".into(),
            cc: Vec::new(),
            attachment_set: None,
        };
        support.create_case(&case).await.unwrap();
    }

    /// The status of a case in the mirror.
    pub(crate) async fn mirrored(&self, key: &CaseKey) -> Option<String> {
        use rusqlite::OptionalExtension as _;
        let key = key.0.clone();
        let read = self.store.cases.read(move |cases| {
            let status =
                cases.query_row("SELECT status FROM incident WHERE key = ?1", [key], |row| row.get(0));
            Ok(status.optional()?)
        });
        read.await.unwrap()
    }
}

/// Why an entry waits.
pub(crate) fn waits(state: &OutboxState) -> &Problem {
    match state {
        OutboxState::Waiting { problem, .. } => problem,
        other => panic!("should wait: {other:?}"),
    }
}

/// Why an entry is stopped.
pub(crate) fn stopped(state: &OutboxState) -> &Problem {
    match state {
        OutboxState::Stopped { problem } => problem,
        other => panic!("should have stopped: {other:?}"),
    }
}

/// AWS failed before it did anything, but nobody can know.
pub(crate) fn failed_inside() -> Fault {
    Fault::Status(http::StatusCode::SERVICE_UNAVAILABLE)
}

/// Something answers 200 with this in the place of what AWS says.
pub(crate) fn answer(body: &str, processed: bool) -> Fault {
    Fault::Answer { body: body.to_owned(), processed }
}

async fn rooms(store: &Store, sim: &Sim, clock: &Clock, dir: &Path) -> Rooms {
    let changes = Changes::default();
    let endpoint = Endpoint::InProcess(door(sim));
    let accounts =
        Accounts::open(store.desk.clone(), changes.clone(), clock.clone(), endpoint, no_profiles(dir))
            .await
            .unwrap();
    rooms_with(store, accounts, clock, &changes).await
}

/// The rooms over open accounts.
pub(crate) async fn rooms_with(store: &Store, accounts: Accounts, clock: &Clock, changes: &Changes) -> Rooms {
    let settings = SettingsRoom::new(store.desk.clone(), changes.clone());
    let attachments = Attachments::new(store.clone(), changes.clone(), clock.clone());
    let reports = Reports::new(
        store.clone(),
        accounts.clone(),
        settings.clone(),
        attachments.clone(),
        changes.clone(),
        clock.clone(),
    );
    let sent: Arc<Mutex<Vec<AccountId>>> = Arc::default();
    let told = sent.clone();
    let outbox = Outbox::open(
        store.clone(),
        accounts.clone(),
        settings.clone(),
        attachments.clone(),
        changes.clone(),
        clock.clone(),
        Backoff::default(),
        Arc::new(move |account: &AccountId| told.lock().unwrap().push(account.clone())),
    )
    .await
    .unwrap();
    Rooms { accounts, settings, attachments, reports, outbox, sent }
}

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            std::fs::create_dir_all(to.join(&name)).unwrap();
            copy_all(&path, &to.join(&name));
        } else {
            std::fs::copy(&path, to.join(&name)).unwrap();
        }
    }
}

pub(crate) fn door(sim: &Sim) -> InProcessApi {
    let customer = Customer::example();
    InProcessApi::new(sim.http_client(), customer.access_key_id(), customer.secret_access_key())
}

pub(crate) fn no_profiles(dir: &Path) -> ConfigFiles {
    ConfigFiles { config: dir.join("config"), credentials: dir.join("credentials") }
}

pub(crate) fn account() -> AccountId {
    AccountId("demo".into())
}

pub(crate) fn report() -> ReportContent {
    ReportContent {
        account: Some(account()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::Medium),
        subject: "Manifest ingestion fails".into(),
        body: "Since 05:10 CET every run ends with 500.".into(),
        cc: vec!["joe@example.com".into()],
        ..ReportContent::default()
    }
}

pub(crate) fn severities(high: &str, medium: &str, low: &str) -> Settings {
    Settings {
        severity_high: high.into(),
        severity_medium: medium.into(),
        severity_low: low.into(),
        ..Settings::default()
    }
}
