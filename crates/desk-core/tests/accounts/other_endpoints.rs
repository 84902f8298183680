//! An endpoint in the place of AWS Support: it never sees what is meant for AWS, nor the other way round.

use crate::office::{KEY, Office, SECRET, open, try_open};
use desk_aws::{CustomEndpoint, Endpoint};
use desk_core::{
    account::SignInWay,
    report::{DraftContent, ProblemKind, ReportContent},
};
use desk_model::{AccountId, Partition, Priority, ProblemCode, Secret};
use support_sim::{Customer, Server, Sim};

pub(crate) fn at(url: &str) -> Endpoint {
    Endpoint::Override(CustomEndpoint::parse(url).unwrap())
}

/// Somebody else's Support API that takes the same key.
pub(crate) async fn foreign() -> (Sim, Server) {
    let sim = Sim::builder().customer(Customer::new(KEY, SECRET, "jane (User)")).build().unwrap();
    let server = sim.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    (sim, server)
}

async fn submit(desk: &desk_core::Desk, account: &AccountId) {
    let draft = desk.reports.begin().await.unwrap().id;
    let content = ReportContent {
        account: Some(account.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::High),
        subject: "Ingestion fails".to_owned(),
        body: "Since 05:10 every run ends with 500.".to_owned(),
        ..ReportContent::default()
    };
    desk.reports.save(&draft, DraftContent::Report(content)).await.unwrap();
    desk.reports.submit(&draft).await.unwrap();
}

#[tokio::test]
async fn a_report_that_waits_for_aws_never_goes_to_another_endpoint() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    submit(&office.desk, &account.id).await;
    office.desk.shut_down().await;

    let (sim, server) = foreign().await;
    let refused = try_open(&office.dir, at(&server.url())).await;
    if let Ok(desk) = &refused {
        desk.outbox.deliver_due().await.unwrap();
    }
    assert_eq!(sim.case_count(), 0, "the report went to somebody else");
    let problem = refused.map(drop).expect_err("what was made with AWS is not for others");
    assert_eq!(problem.code, ProblemCode::Storage);
    assert!(problem.message.contains("AWS Support") && problem.message.contains(&server.url()), "{problem}");
    assert!(sim.calls().is_empty());

    let desk = open(&office.dir, office.endpoint.clone()).await;
    assert_eq!(desk.outbox.list().await.unwrap().len(), 1, "it waits as before");
    desk.shut_down().await;
}

#[tokio::test]
async fn an_endpoints_accounts_never_go_to_aws_nor_to_a_second_endpoint() {
    let office = Office::new().await;
    office.desk.shut_down().await;
    let dir = tempfile::tempdir().unwrap();
    let ((_sim, server), (_other_sim, other)) = (foreign().await, foreign().await);
    let desk = open(&dir, at(&server.url())).await;
    let keys = desk.accounts.setup.connect_keys(KEY, &Secret::new(SECRET), Partition::Aws, "Trial").await;
    submit(&desk, &keys.unwrap().id).await;
    desk.shut_down().await;

    for elsewhere in [office.endpoint.clone(), at(&other.url())] {
        let refused = try_open(&dir, elsewhere).await.map(drop).expect_err("it is another's");
        assert!(refused.message.contains(&server.url()), "{refused}");
    }
    assert_eq!(office.support.case_count(), 0);
    let desk = open(&dir, at(&server.url())).await;
    assert_eq!(desk.outbox.list().await.unwrap().len(), 1, "it waits as before");
    desk.shut_down().await;
}

#[tokio::test]
async fn data_of_before_belong_to_aws_where_they_hold_accounts() {
    let office = Office::new().await;
    office.connect_keys().await.unwrap();
    office.desk.shut_down().await;
    // As an earlier program left it, which noted nothing.
    let file = rusqlite::Connection::open(office.dir.path().join("data/desk.db")).unwrap();
    assert_eq!(file.execute("DELETE FROM setting WHERE name = 'backend'", []).unwrap(), 1);
    drop(file);
    let (_sim, server) = foreign().await;
    assert!(try_open(&office.dir, at(&server.url())).await.is_err());
    open(&office.dir, office.endpoint.clone()).await.shut_down().await;
}

#[tokio::test]
async fn profiles_and_sign_ins_go_to_aws_or_to_this_computer_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("config"), "[profile production]\nregion = eu-west-1\n").unwrap();
    let keys = format!("[production]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n");
    std::fs::write(dir.path().join("credentials"), keys).unwrap();

    let desk = open(&dir, at("https://support.example.com")).await;
    assert_eq!(desk.accounts.credentials.profiles().await, Vec::new());
    let by_profile = desk.accounts.setup.connect_profile("production", "").await.map(drop).unwrap_err();
    let way = SignInWay::Code;
    let portal = "https://norvik.awsapps.com/start";
    let by_portal = desk.accounts.sign_ins.begin(portal, "eu-west-1", way).await.map(drop).unwrap_err();
    for refused in [by_profile, by_portal] {
        assert_eq!(refused.code, ProblemCode::Credentials);
        assert!(refused.message.contains("https://support.example.com"), "{refused}");
    }
    desk.shut_down().await;

    let (_sim, server) = foreign().await;
    let here = tempfile::tempdir().unwrap();
    for name in ["config", "credentials"] {
        std::fs::copy(dir.path().join(name), here.path().join(name)).unwrap();
    }
    let desk = open(&here, at(&server.url())).await;
    desk.accounts.setup.connect_profile("production", "").await.unwrap();
    desk.shut_down().await;
}
