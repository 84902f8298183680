//! A desk beside an emulated AWS Support in the same process, and two people who work in the account.

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use desk_aws::{Endpoint, InProcessApi, NewCase, NewCommunication, Support};
use desk_core::{
    Desk, DeskOptions,
    account::ConfigFiles,
    case::{CasePage, CaseQuery, CaseRow, CaseView},
    delivery::Backoff,
    notify::Notification,
    sync::SyncPace,
};
use desk_model::{AccountId, CaseKey, Clock, Millis, Partition};
use jiff::Timestamp;
use std::time::Duration;
use support_sim::{Customer, EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, ManualClock, Sim, SimBuilder};
use tempfile::TempDir;

const COLLEAGUE: &str = "OpsRole (Role) <bob@example.com>";

pub(crate) struct World {
    pub(crate) sim: Sim,
    pub(crate) desk: Desk,
    pub(crate) dir: TempDir,
    sim_clock: ManualClock,
    clock: Clock,
}

pub(crate) fn demo() -> AccountId {
    AccountId("demo".to_owned())
}

pub(crate) fn colleague() -> Customer {
    Customer::new("AKIACOLLEAGUEEXAMPLE", "colleague-secret", COLLEAGUE)
}

fn options(dir: &TempDir, sim: &Sim, clock: &Clock) -> DeskOptions {
    let me = Customer::example();
    DeskOptions {
        data_dir: dir.path().join("data"),
        clock: clock.clone(),
        endpoint: Endpoint::InProcess(InProcessApi::new(
            sim.http_client(),
            me.access_key_id(),
            me.secret_access_key(),
        )),
        config: ConfigFiles {
            config: dir.path().join("config"),
            credentials: dir.path().join("credentials"),
        },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::of(Sim::builder()).await
    }

    pub(crate) async fn of(sim: SimBuilder) -> Self {
        // The SDK signs with the real time, so the emulated one begins there.
        let start = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
        let sim_clock = ManualClock::at(start);
        let clock = Clock::stepped(start.as_millisecond());
        let sim =
            sim.clock(sim_clock.clone()).customer(Customer::example()).customer(colleague()).build().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let desk = Box::pin(Desk::open(options(&dir, &sim, &clock))).await.unwrap();
        Self { sim, desk, dir, sim_clock, clock }
    }

    /// A world whose account has been read once, with nothing in it.
    pub(crate) async fn followed() -> Self {
        let world = Self::new().await;
        world.sync().await;
        world.pass(1);
        world
    }

    /// Ends the program and starts it again on the same data.
    pub(crate) async fn restart(self) -> Self {
        self.restart_after(|_| {}).await
    }

    /// Ends the program, does something to its data folder, and starts it again.
    pub(crate) async fn restart_after(self, between: impl FnOnce(&std::path::Path)) -> Self {
        self.desk.shut_down().await;
        let Self { sim, dir, sim_clock, clock, .. } = self;
        between(&dir.path().join("data"));
        let desk = Box::pin(Desk::open(options(&dir, &sim, &clock))).await.unwrap();
        Self { sim, desk, dir, sim_clock, clock }
    }

    /// Ends the program and starts it again without its mirror.
    pub(crate) async fn lose_mirror(self) -> Self {
        self.restart_after(|data| std::fs::remove_file(data.join("cases.db")).unwrap()).await
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.sim_clock.advance(Duration::from_secs(seconds));
        self.clock.step(Millis::try_from(seconds).unwrap() * 1000);
    }

    /// Lets time pass on this computer alone, where AWS's clock does not matter.
    pub(crate) fn pass_here(&self, seconds: i64) {
        self.clock.step(seconds * 1000);
    }

    pub(crate) async fn sync(&self) {
        Box::pin(self.desk.sync.sync_account(&demo())).await.unwrap();
    }

    pub(crate) async fn page(&self, query: CaseQuery) -> CasePage {
        self.desk.cases.list(query).await.unwrap()
    }

    pub(crate) async fn rows(&self) -> Vec<CaseRow> {
        self.page(CaseQuery::default()).await.rows
    }

    pub(crate) async fn only(&self) -> CaseRow {
        let mut rows = self.rows().await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    pub(crate) async fn view(&self, view: CaseView) -> Vec<String> {
        self.page(CaseQuery { view, ..CaseQuery::default() })
            .await
            .rows
            .into_iter()
            .map(|row| row.subject)
            .collect()
    }

    /// Subjects of what a search finds, sorted.
    pub(crate) async fn search(&self, text: &str) -> Vec<String> {
        let query = CaseQuery { text: text.to_owned(), ..CaseQuery::default() };
        let mut found: Vec<String> = self.page(query).await.rows.into_iter().map(|row| row.subject).collect();
        found.sort();
        found
    }

    /// The notifications that are due, taken as shown.
    pub(crate) async fn notified(&self) -> Vec<Notification> {
        let due = self.desk.notifier.due().await.unwrap();
        self.desk.notifier.shown(&due).await.unwrap();
        due.notifications
    }

    pub(crate) async fn titles(&self) -> Vec<String> {
        self.notified().await.into_iter().map(|shown| shown.title).collect()
    }

    pub(crate) async fn bodies(&self, key: &CaseKey) -> Vec<String> {
        let correspondence = self.desk.cases.correspondence(key, 100).await.unwrap();
        correspondence.recent.into_iter().map(|message| message.body).collect()
    }

    /// A client with somebody's keys, as if that person worked elsewhere.
    pub(crate) fn support_of(&self, customer: &Customer) -> Support {
        let keys =
            Credentials::new(customer.access_key_id(), customer.secret_access_key(), None, None, "test");
        let door =
            InProcessApi::new(self.sim.http_client(), customer.access_key_id(), customer.secret_access_key());
        Support::new(SharedCredentialsProvider::new(keys), Partition::Aws, &Endpoint::InProcess(door).into())
    }

    pub(crate) fn support(&self) -> Support {
        self.support_of(&Customer::example())
    }

    /// A colleague reports an incident; answers AWS's case id.
    pub(crate) async fn colleague_reports(&self, subject: &str, body: &str, severity: &str) -> String {
        self.support_of(&colleague()).create_case(&new_case(subject, body, severity)).await.unwrap()
    }

    /// What the outbox holds of a report, written as the outbox writes it.
    pub(crate) fn outbox_report(&self, key: &str, reference: &str, subject: &str, body: &str, done: bool) {
        self.outbox_row(key, "report", reference, subject, body, done);
    }

    pub(crate) fn outbox_reply(&self, key: &CaseKey, reference: &str, body: &str) {
        self.outbox_row(&key.0, "reply", reference, "", body, true);
    }

    /// What the outbox keeps of a case that it has created.
    pub(crate) fn link(&self, key: &str, case_id: &str) {
        let desk = rusqlite::Connection::open(self.dir.path().join("data/desk.db")).unwrap();
        desk.execute(
            "INSERT INTO case_link (case_key, account, canonical_id) VALUES (?1, 'demo', ?2)",
            [key, &desk_aws::canonical_case_id(case_id)],
        )
        .unwrap();
    }

    fn outbox_row(&self, key: &str, kind: &str, reference: &str, subject: &str, body: &str, done: bool) {
        let now = self.clock.now();
        let mut request = serde_json::json!({
            "what": kind, "subject": subject, "text": body, "cc": [], "files": [], "draft": {}, "draftCreatedAt": now,
        });
        if kind == "report" {
            request["priority"] = "high".into();
            request["severityCode"] = "critical".into();
            request["serviceCode"] = INCIDENT_SERVICE_CODE.into();
            request["categoryCode"] = EDI_CATEGORY_CODE.into();
        }
        let state = if done {
            serde_json::json!({ "state": "done", "doneAt": now, "requestedAt": null })
        } else {
            serde_json::json!({ "state": "queued", "attempts": {} })
        };
        let desk = rusqlite::Connection::open(self.dir.path().join("data/desk.db")).unwrap();
        desk.execute(
            "INSERT INTO outbox (id, account, case_key, reference, created_at, request, state)
             VALUES (?1, 'demo', ?2, ?1, ?3, ?4, ?5)",
            rusqlite::params![reference, key, now, request.to_string(), state.to_string()],
        )
        .unwrap();
    }

    /// What `desk.db` answers to a query for one number.
    pub(crate) fn in_desk(&self, select: &str) -> i64 {
        let desk = rusqlite::Connection::open(self.dir.path().join("data/desk.db")).unwrap();
        desk.query_row(select, [], |row| row.get(0)).unwrap()
    }

    /// Changes the mirror as no program would, to stand for what happened before.
    pub(crate) fn mirror(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.dir.path().join("data/cases.db")).unwrap()
    }
}

pub(crate) fn new_case(subject: &str, body: &str, severity: &str) -> NewCase {
    NewCase {
        subject: subject.to_owned(),
        body: body.to_owned(),
        service_code: INCIDENT_SERVICE_CODE.to_owned(),
        category_code: EDI_CATEGORY_CODE.to_owned(),
        severity_code: severity.to_owned(),
        cc: vec!["ops@example.com".to_owned()],
        attachment_set: None,
    }
}

pub(crate) fn new_communication(case_id: &str, body: &str) -> NewCommunication {
    NewCommunication {
        case_id: case_id.to_owned(),
        body: body.to_owned(),
        cc: Vec::new(),
        attachment_set: None,
    }
}
