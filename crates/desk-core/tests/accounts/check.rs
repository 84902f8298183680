//! The connection check: right for every single permission that is missing, and for each thing that is in the way.

use crate::office::{ARN, KEY, Office, SECRET, open};
use desk_core::{
    ProblemCode,
    account::{Connection, EdiCategory, ObstacleKind, Partition, Permission, Secret},
    aws::{CustomEndpoint, Door, Endpoint, Operation},
    case::CaseQuery,
};
use sign_in_sim::Keys;
use support_sim::{Customer, EDI_CATEGORY_CODE, Fault, On, Plan, Severity, Sim};

fn at_the_sim(operation: Operation) -> support_sim::Operation {
    operation.name().parse().unwrap()
}

#[tokio::test]
async fn who_may_do_everything_is_told_so_and_nothing_is_created() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    let check = office.check(&account).await;
    let identity = check.identity.unwrap();
    assert_eq!((identity.name.as_str(), identity.role), ("jane", None));
    assert_eq!((identity.account_number.as_str(), identity.arn.as_str()), ("123456789012", ARN));
    assert_eq!(check.obstacle, None);
    assert_eq!(check.policy, None);
    assert!(matches!(check.clock_ahead_seconds, Some(-2..=2)), "{:?}", check.clock_ahead_seconds);
    assert_eq!(check.severities.len(), 5);
    assert!(matches!(check.edi, EdiCategory::Found { category } if category.code == EDI_CATEGORY_CODE));
    let asked: Vec<_> = check.operations.iter().map(|one| one.operation).collect();
    assert_eq!(asked, Operation::ALL);
    assert!(
        check.operations.iter().all(|one| one.permission == Permission::Allowed),
        "{:?}",
        check.operations
    );
    assert_eq!(office.support.case_count(), 0);
    let known = office.desk.accounts.get(&account.id).await.unwrap();
    assert_eq!(known.account_number.as_deref(), Some("123456789012"));
}

#[tokio::test]
async fn each_single_permission_that_is_missing_is_found_and_no_other() {
    // In process there is no limit of calls a second to wait for.
    let (sim, me, dir) = (Sim::new(), Customer::example(), tempfile::tempdir().unwrap());
    let door = Door::new(sim.http_client(), me.access_key_id(), me.secret_access_key());
    let desk = open(&dir, Endpoint::InProcess(door)).await;
    let account = desk.accounts.list().await.unwrap().remove(0);
    for missing in Operation::ALL {
        sim.faults().clear();
        sim.faults().always(at_the_sim(missing), Fault::refuse("AccessDeniedException"));
        let check = desk.check_connection(&account.id).await.unwrap();
        assert_eq!(check.obstacle, None, "{missing:?}");
        for one in &check.operations {
            let expected = match (one.operation == missing, missing.is_optional()) {
                (false, _) => Permission::Allowed,
                (true, true) => Permission::NotNeeded,
                (true, false) => Permission::Denied,
            };
            assert_eq!(one.permission, expected, "{missing:?} is missing, {:?}", one.operation);
        }
        let policy: serde_json::Value = serde_json::from_str(&check.policy.unwrap()).unwrap();
        assert_eq!(
            policy["Statement"][0]["Action"],
            serde_json::json!([format!("support:{}", missing.name())])
        );
        let works = desk.accounts.get(&account.id).await.unwrap().connection;
        let failed = matches!(works, Connection::Failed { ref problem, .. } if problem.code == ProblemCode::AccessDenied);
        assert_eq!(failed, missing == Operation::DescribeCases, "{missing:?}: {works:?}");
    }
}

#[tokio::test]
async fn an_account_without_any_permission_can_be_connected_and_gets_the_whole_policy() {
    let office = Office::new().await;
    office.support.faults().always(On::Any, Fault::refuse("AccessDeniedException"));
    let account = office.connect_keys().await.unwrap();
    let check = office.check(&account).await;
    assert_eq!(check.obstacle, None);
    assert!(check.identity.is_some(), "STS tells who one is whatever is denied");
    let policy: serde_json::Value = serde_json::from_str(&check.policy.unwrap()).unwrap();
    assert_eq!(policy["Statement"][0]["Action"].as_array().unwrap().len(), Operation::ALL.len());
    assert_eq!(check.edi, EdiCategory::Unknown);
}

#[tokio::test]
async fn what_is_in_the_way_is_named_and_nothing_is_called_denied() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    let expect = async |kind: ObstacleKind, identity: bool| {
        let check = office.check(&account).await;
        assert_eq!(check.obstacle.as_ref().map(|found| found.kind), Some(kind), "{check:?}");
        assert_eq!(check.identity.is_some(), identity, "{kind:?}");
        assert_eq!(check.operations.len(), Operation::ALL.len());
        let unknown = |permission: &Permission| matches!(permission, Permission::Unknown { .. });
        assert!(
            check.operations.iter().all(|one| unknown(&one.permission)),
            "{kind:?}: {:?}",
            check.operations
        );
        assert_eq!(check.policy, None, "a policy does not help against {kind:?}");
        office.support.faults().clear();
    };
    office.support.set_plan(Plan::None);
    expect(ObstacleKind::Plan, true).await;
    office.support.set_plan(Plan::Enterprise);

    let all = |code| office.support.faults().always(On::Any, Fault::refuse(code));
    all("ExpiredTokenException");
    expect(ObstacleKind::SignInEnded, true).await;
    all("RequestExpired");
    expect(ObstacleKind::Clock, true).await;
    all("InternalServerError");
    expect(ObstacleKind::Service, true).await;
    let page = |status: u16| Fault::Status(http::StatusCode::from_u16(status).unwrap());
    office.support.faults().always(On::Any, page(407));
    expect(ObstacleKind::Proxy, true).await;
    office.support.faults().always(On::Any, page(302));
    expect(ObstacleKind::NotAws, true).await;
    expect_working(&office, &account).await;
}

async fn expect_working(office: &Office, account: &desk_core::account::Account) {
    let check = office.check(account).await;
    assert_eq!(check.obstacle, None);
    let account = office.desk.accounts.get(&account.id).await.unwrap();
    assert!(matches!(account.connection, Connection::Connected { .. }), "{account:?}");
}

#[tokio::test]
async fn a_network_that_is_down_is_found_within_seconds() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    office.desk.shut_down().await;
    // Nobody listens at a port that was just given back.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nowhere = format!("http://{gone}");
    let desk = open(&office.dir, Endpoint::Emulated { support: nowhere.clone(), sign_in: nowhere }).await;
    let check = desk.check_connection(&account.id).await.unwrap();
    assert_eq!(check.identity, None);
    // Without a keyring the secret went with the first desk; with one it is still there.
    let kind = check.obstacle.unwrap().kind;
    assert!(matches!(kind, ObstacleKind::Unreachable | ObstacleKind::Credentials), "{kind:?}");
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_from_a_network_that_is_down() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    // Something that answers, but not with TLS: as a proxy's sign-in page does.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    let endpoint = Endpoint::Override(CustomEndpoint::parse(&format!("https://{address}")).unwrap());
    office.files("", &format!("[keys]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"));
    let elsewhere = tempfile::tempdir().unwrap();
    for file in ["config", "credentials"] {
        std::fs::copy(office.dir.path().join(file), elsewhere.path().join(file)).unwrap();
    }
    let desk = open(&elsewhere, endpoint).await;
    let refused = desk.accounts.connect_profile("keys", "").await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Certificate);
    assert!(refused.message.contains("certificate"), "{}", refused.message);
    server.abort();
    drop(account);
}

#[tokio::test]
async fn a_wrong_clock_is_measured() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    office.sign_in.set_ahead(jiff::SignedDuration::from_mins(4));
    let check = office.check(&account).await;
    assert!(matches!(check.clock_ahead_seconds, Some(-245..=-235)), "{:?}", check.clock_ahead_seconds);
}

#[tokio::test]
async fn credentials_of_another_part_of_aws_are_known_as_such() {
    const CHINESE: (&str, &str) = ("AKIACHINESEEXAMPLE00", "secretOfChina+sEcReToFcHiNa+000000000000");
    let office = Office::new().await;
    office.sign_in.knows(Keys::long_term(CHINESE.0, CHINESE.1), "arn:aws-cn:iam::210987654321:user/wei");
    let secret = Secret::new(CHINESE.1);
    let refused =
        office.desk.accounts.connect_keys(CHINESE.0, &secret, Partition::Aws, "China").await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ProblemCode::Credentials, Some("partition")));
    assert!(refused.message.contains("AWS in China"), "{}", refused.message);
    assert!(
        office.sign_in.calls().iter().any(|call| call == "sts.cn-north-1.amazonaws.com.cn GetCallerIdentity")
    );

    let config =
        format!("[keys]\naws_access_key_id = {}\naws_secret_access_key = {}\n", CHINESE.0, CHINESE.1);
    office.files("", &config);
    let refused = office.desk.accounts.connect_profile("keys", "").await.unwrap_err();
    assert!(refused.message.contains("region = cn-north-1"), "{}", refused.message);
}

#[tokio::test]
async fn a_profile_that_leads_to_another_account_than_before_is_told_and_nothing_is_read_or_sent() {
    let office = Office::new().await;
    let keys = |id: &str, secret: &str| {
        format!("[work]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
    };
    office.files("", &keys(KEY, SECRET));
    let account = office.desk.accounts.connect_profile("work", "Work").await.unwrap();
    assert_eq!(account.account_number.as_deref(), Some("123456789012"), "known before there is any incident");
    assert_eq!(office.check(&account).await.obstacle, None);

    let (id, secret) = ("AKIAOTHEREXAMPLE0000", "secretOfAnother+SeCrEtOfAnOtHeR+00000000");
    office.sign_in.knows(Keys::long_term(id, secret), "arn:aws:iam::999988887777:user/jane");
    office.support.add_customer(Customer::new(id, secret, "jane (User)"));
    office.files("", &keys(id, secret));
    for _ in 0..2 {
        let checked = office.desk.accounts.check(&account.id).await.unwrap();
        let Connection::Failed { problem, .. } = checked.connection else { panic!("it counts as connected") };
        assert!(problem.message.contains("999988887777"), "{problem}");
        let refused = office.desk.sync.sync_account(&account.id).await.unwrap_err();
        assert_eq!(refused, problem);
        assert_eq!(
            office.desk.accounts.support(&account.id).await.unwrap_err(),
            problem,
            "nor is anything sent"
        );
        let obstacle = office.check(&account).await.obstacle.unwrap();
        assert_eq!((obstacle.kind, &obstacle.problem), (ObstacleKind::OtherAccount, &problem));
    }
    let now = office.desk.accounts.get(&account.id).await.unwrap();
    assert_eq!(now.account_number.as_deref(), Some("123456789012"));

    office.files("", &keys(KEY, SECRET));
    let mended = office.desk.accounts.check(&account.id).await.unwrap();
    assert!(matches!(mended.connection, Connection::Connected { .. }));
    office.desk.sync.sync_account(&account.id).await.unwrap();
}

#[tokio::test]
async fn cases_of_another_account_are_not_put_where_sts_could_not_be_asked() {
    let office = Office::new().await;
    office.files("", &format!("[work]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"));
    let account = office.desk.accounts.connect_profile("work", "Work").await.unwrap();
    // STS knows nobody any more, and AWS Support is that of another account.
    let other = Sim::builder().account("999988887777").customer(Customer::new(KEY, SECRET, "jane (User)"));
    let other = other.build().unwrap();
    other.eco().open_incident("Not of this account", "A body", Severity::High).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = other.serve(listener).unwrap();
    office.desk.shut_down().await;
    let endpoint = Endpoint::Emulated { support: server.url(), sign_in: "http://127.0.0.1:9".to_owned() };
    let desk = open(&office.dir, endpoint).await;
    let refused = desk.sync.sync_account(&account.id).await.unwrap_err();
    assert!(refused.message.contains("999988887777"), "{refused}");
    assert_eq!(desk.cases.list(CaseQuery::default()).await.unwrap().matches, 0);
}
