//! Accounts of profiles, over a real socket: what is checked before one is kept, and what keeps them apart.

use desk_aws::{CustomEndpoint, Endpoint};
use desk_core::{
    Desk, DeskOptions,
    account::{Account, ConfigFiles, Connection, CredentialSource},
    case::{Author, CaseQuery},
    delivery::Backoff,
    report::{DraftContent, ProblemKind, ReportContent},
    sync::SyncPace,
};
use desk_model::{Clock, Field, Partition, Priority, ProblemCode};
use support_sim::{Fault, On, Plan, Server, Severity, Sim};
use tempfile::TempDir;

const CONFIG: &str = "
[profile good]
region = eu-west-1
endpoint_url = http://127.0.0.1:9
[profile same]
region = eu-west-1
[profile wrong]
region = eu-west-1
[profile china]
region = cn-north-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/x
credential_source = Environment
";
const CREDENTIALS: &str = "
[good]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[same]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[wrong]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = mistyped
";

struct Office {
    sim: Sim,
    server: Option<Server>,
    dir: TempDir,
    desk: Desk,
}

impl Office {
    async fn new() -> Self {
        let sim = Sim::new();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = sim.serve(listener).unwrap();
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config"), CONFIG).unwrap();
        std::fs::write(dir.path().join("credentials"), CREDENTIALS).unwrap();
        let desk = open(&dir, server.url()).await;
        Self { sim, server: Some(server), dir, desk }
    }

    async fn connect(&self, profile: &str) -> Result<Account, desk_model::Problem> {
        self.desk.accounts.setup.connect_profile(profile, "").await
    }
}

async fn open(dir: &TempDir, url: String) -> Desk {
    let options = DeskOptions {
        data_dir: dir.path().join("data"),
        clock: Clock::System,
        endpoint: Endpoint::Override(CustomEndpoint::parse(&url).unwrap()),
        config: ConfigFiles {
            config: dir.path().join("config"),
            credentials: dir.path().join("credentials"),
        },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    };
    Desk::open(options).await.unwrap()
}

#[tokio::test]
async fn a_profile_that_works_is_connected_whatever_endpoint_it_names() {
    let office = Office::new().await;
    let account = office.connect("good").await.unwrap();
    assert_eq!((account.name.as_str(), account.partition), ("good", Partition::Aws));
    assert_eq!(account.source, CredentialSource::Profile { name: "good".to_owned() });
    assert!(matches!(account.connection, Connection::Connected { .. }));
    let again = office.connect("good").await.unwrap_err();
    assert_eq!(again.code, ProblemCode::Conflict);
    let renamed = office.desk.accounts.rename(&account.id, " Operations ", 3).await.unwrap();
    assert_eq!((renamed.name.as_str(), renamed.colour), ("Operations", 3));
    assert_eq!(office.desk.accounts.rename(&account.id, " ", 3).await.unwrap_err().field, Some(Field::Name));
    let Office { desk, dir, server, .. } = office;
    desk.shut_down().await;
    let desk = open(&dir, server.as_ref().unwrap().url()).await;
    assert_eq!(desk.accounts.list().await.unwrap(), [renamed]);
}

#[tokio::test]
async fn a_profile_that_does_not_work_is_not_kept() {
    let office = Office::new().await;
    assert_eq!(office.connect("wrong").await.unwrap_err().code, ProblemCode::Credentials);
    assert_eq!(office.connect("nobody").await.unwrap_err().field, Some(Field::Profile));
    let outside = office.connect("role").await.unwrap_err();
    assert!(outside.message.contains("Environment"), "{outside}");
    office.sim.set_plan(Plan::None);
    assert_eq!(office.connect("good").await.unwrap_err().code, ProblemCode::PlanMissing);
    office.sim.set_plan(Plan::Enterprise);
    let mut office = office;
    office.server.take().unwrap().shutdown().await;
    assert_eq!(office.connect("good").await.unwrap_err().code, ProblemCode::Network);
    assert_eq!(office.desk.accounts.list().await.unwrap(), []);
}

#[tokio::test]
async fn nothing_is_promised_to_be_tried_again_while_connecting() {
    let office = Office::new().await;
    let faults = [
        Fault::refuse("InternalServerError"),
        Fault::refuse("ServiceUnavailable"),
        Fault::refuse("ThrottlingException"),
        Fault::Status(http::StatusCode::BAD_GATEWAY),
    ];
    for fault in faults {
        office.sim.faults().always(On::Any, fault.clone());
        let refused = office.connect("good").await.unwrap_err();
        assert!(refused.retryable, "{fault:?}: {refused}");
        for promise in ["tried again", "by itself", "goes on"] {
            assert!(!refused.message.contains(promise), "{fault:?}: {refused}");
        }
        office.sim.faults().clear();
    }
    assert_eq!(office.desk.accounts.list().await.unwrap(), []);
}

#[tokio::test]
async fn keys_that_are_mended_in_the_file_work_without_a_restart() {
    let office = Office::new().await;
    let account = office.connect("good").await.unwrap();
    let credentials = office.dir.path().join("credentials");
    std::fs::write(&credentials, CREDENTIALS.replace("wJalr", "other")).unwrap();
    let failed = office.desk.accounts.check(&account.id).await.unwrap();
    assert!(matches!(failed.connection, Connection::Failed { .. }), "{failed:?}");
    assert!(office.desk.sync.sync_account(&account.id).await.is_err());
    std::fs::write(&credentials, CREDENTIALS).unwrap();
    office.desk.sync.sync_account(&account.id).await.unwrap();
    let mended = office.desk.accounts.get(&account.id).await.unwrap();
    assert!(matches!(mended.connection, Connection::Connected { .. }), "{mended:?}");
}

#[tokio::test]
async fn one_accounts_trouble_does_not_stop_another_and_removing_one_forgets_its_cases() {
    let office = Office::new().await;
    let good = office.connect("good").await.unwrap();
    // The second account works when it is connected, and fails afterwards.
    let credentials = office.dir.path().join("credentials");
    std::fs::write(&credentials, CREDENTIALS.replace("mistyped", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
        .unwrap();
    let other = office.connect("wrong").await.unwrap();
    assert_ne!(good.colour, other.colour);
    std::fs::write(&credentials, CREDENTIALS).unwrap();
    assert!(matches!(
        office.desk.accounts.check(&other.id).await.unwrap().connection,
        Connection::Failed { .. }
    ));
    office.sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    office.desk.start();
    let mut changes = office.desk.changes.listen();
    let found = async {
        loop {
            let page = office.desk.cases.list(CaseQuery::default()).await.unwrap();
            if let Some(row) = page.rows.into_iter().next() {
                return row;
            }
            let _ = tokio::time::timeout(std::time::Duration::from_millis(200), changes.recv()).await;
        }
    };
    let row = tokio::time::timeout(std::time::Duration::from_secs(60), found).await.unwrap();
    assert_eq!(row.account, good.id);
    let url = office.desk.cases.get(&row.key).await.unwrap().console_url.unwrap();
    assert_eq!(
        url,
        format!(
            "https://console.aws.amazon.com/support/home#/case/?displayId={}&language=en",
            row.display_id.unwrap()
        )
    );
    office.desk.remove_account(&good.id).await.unwrap();
    assert_eq!(office.desk.cases.list(CaseQuery::default()).await.unwrap().matches, 0);
    let left = office.desk.accounts.list().await.unwrap();
    assert_eq!(left.iter().map(|account| &account.id).collect::<Vec<_>>(), [&other.id]);
    office.desk.shut_down().await;
}

#[tokio::test]
async fn two_profiles_of_one_aws_account_each_have_its_cases() {
    let office = Office::new().await;
    let (good, same) = (office.connect("good").await.unwrap(), office.connect("same").await.unwrap());
    let draft = office.desk.reports.begin().await.unwrap();
    let content = ReportContent {
        account: Some(good.id.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::Medium),
        subject: "Ingestion fails".to_owned(),
        body: "Since 05:10 every run ends with 500.".to_owned(),
        ..ReportContent::default()
    };
    office.desk.reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    let key = office.desk.reports.submit(&draft.id).await.unwrap();
    office.desk.outbox.deliver_due().await.unwrap();
    // Whichever is asked first, and again.
    for account in [&same.id, &good.id, &same.id] {
        office.desk.sync.sync_account(account).await.unwrap();
    }
    let mut rows = office.desk.cases.list(CaseQuery::default()).await.unwrap().rows;
    assert_eq!(rows.len(), 2, "{rows:?}");
    rows.sort_by_key(|row| row.key != key);
    assert_eq!((&rows[0].key, &rows[0].account, &rows[1].account), (&key, &good.id, &same.id));

    // Removed, they leave nothing behind by which this computer would know later that it was it that reported.
    for account in [&good.id, &same.id] {
        office.desk.remove_account(account).await.unwrap();
    }
    let again = office.connect("good").await.unwrap();
    office.desk.sync.sync_account(&again.id).await.unwrap();
    let rows = office.desk.cases.list(CaseQuery::default()).await.unwrap().rows;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_ne!(rows[0].key, key);
    assert_eq!(rows[0].reported_by, Author::Colleague { name: "jane".to_owned() });
}
