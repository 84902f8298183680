//! The connection check: right for every single permission that is missing, and for each thing that is in the way.

use crate::office::{ARN, KEY, Office, SECRET, open};
use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    orchestrator::{HttpRequest, HttpResponse},
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use desk_aws::{CustomEndpoint, Endpoint, InProcessApi, Operation};
use desk_core::{
    account::{Connection, ConnectionCheck, EdiCategory, ObstacleKind, Permission},
    case::CaseQuery,
};
use desk_model::{Field, Partition, ProblemCode, Secret};
use sign_in_sim::Keys;
use std::sync::{Arc, Mutex};
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
    let door = InProcessApi::new(sim.http_client(), me.access_key_id(), me.secret_access_key());
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
    let refused = desk.accounts.setup.connect_profile("keys", "").await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Certificate);
    assert!(refused.message.contains("certificate"), "{}", refused.message);
    server.abort();
    drop(account);
}

#[tokio::test]
async fn a_wrong_clock_is_measured() {
    let office = Office::new().await;
    let account = office.connect_keys().await.unwrap();
    office.sign_in.set_clock_skew(jiff::SignedDuration::from_mins(4));
    let check = office.check(&account).await;
    assert!(matches!(check.clock_ahead_seconds, Some(-245..=-235)), "{:?}", check.clock_ahead_seconds);
}

#[tokio::test]
async fn credentials_of_another_part_of_aws_are_known_as_such() {
    const CHINESE: (&str, &str) = ("AKIACHINESEEXAMPLE00", "secretOfChina+sEcReToFcHiNa+000000000000");
    let office = Office::new().await;
    office.sign_in.add_keys(Keys::long_term(CHINESE.0, CHINESE.1), "arn:aws-cn:iam::210987654321:user/wei");
    let secret = Secret::new(CHINESE.1);
    let refused = office
        .desk
        .accounts
        .setup
        .connect_keys(CHINESE.0, &secret, Partition::Aws, "China")
        .await
        .unwrap_err();
    assert_eq!((refused.code, refused.field), (ProblemCode::Credentials, Some(Field::Partition)));
    assert!(refused.message.contains("AWS in China"), "{}", refused.message);
    assert!(
        office.sign_in.calls().iter().any(|call| call == "sts.cn-north-1.amazonaws.com.cn GetCallerIdentity")
    );

    let config =
        format!("[keys]\naws_access_key_id = {}\naws_secret_access_key = {}\n", CHINESE.0, CHINESE.1);
    office.files("", &config);
    let refused = office.desk.accounts.setup.connect_profile("keys", "").await.unwrap_err();
    assert!(refused.message.contains("region = cn-north-1"), "{}", refused.message);
}

#[tokio::test]
async fn a_profile_that_leads_to_another_account_than_before_is_told_and_nothing_is_read_or_sent() {
    let office = Office::new().await;
    let keys = |id: &str, secret: &str| {
        format!("[work]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
    };
    office.files("", &keys(KEY, SECRET));
    let account = office.desk.accounts.setup.connect_profile("work", "Work").await.unwrap();
    assert_eq!(account.account_number.as_deref(), Some("123456789012"), "known before there is any incident");
    assert_eq!(office.check(&account).await.obstacle, None);

    let (id, secret) = ("AKIAOTHEREXAMPLE0000", "secretOfAnother+SeCrEtOfAnOtHeR+00000000");
    office.sign_in.add_keys(Keys::long_term(id, secret), "arn:aws:iam::999988887777:user/jane");
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
    let account = office.desk.accounts.setup.connect_profile("work", "Work").await.unwrap();
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

#[tokio::test]
async fn nothing_is_sent_while_nobody_tells_to_which_account_changed_credentials_belong() {
    let office = Office::new().await;
    office.files("", &format!("[work]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"));
    let account = office.desk.accounts.setup.connect_profile("work", "Work").await.unwrap();
    // STS is out of reach, and AWS Support is that of another account without any case.
    let other = Sim::builder().account("999988887777").customer(Customer::new(KEY, SECRET, "jane (User)"));
    let other = other.build().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = other.serve(listener).unwrap();
    office.desk.shut_down().await;
    let endpoint = Endpoint::Emulated { support: server.url(), sign_in: "http://127.0.0.1:9".to_owned() };
    let desk = open(&office.dir, endpoint).await;
    let refused = desk.accounts.support(&account.id).await.unwrap_err();
    assert_eq!((refused.code, refused.retryable), (ProblemCode::Network, true), "{refused}");
    assert!(refused.message.contains("sts.us-east-1.amazonaws.com"), "{refused}");
    // Nor does the check leave a client behind that would send.
    let check = desk.check_connection(&account.id).await.unwrap();
    assert_eq!(check.obstacle.unwrap().kind, ObstacleKind::Unreachable);
    assert_eq!(desk.accounts.support(&account.id).await.unwrap_err(), refused);
    desk.shut_down().await;

    // A case of the same account is proof enough: STS being out of reach keeps no incident back.
    office.support.eco().open_incident("Of this account", "A body", Severity::High).unwrap();
    let (support, sign_in) = match &office.endpoint {
        Endpoint::Emulated { support, .. } => (support.clone(), "http://127.0.0.1:9".to_owned()),
        other => panic!("{other:?}"),
    };
    let desk = open(&office.dir, Endpoint::Emulated { support, sign_in }).await;
    desk.accounts.support(&account.id).await.unwrap();
    desk.shut_down().await;
}

/// Something that does whatever it is asked for, dry run or not, and checks nothing, as moto does.
#[derive(Debug, Clone, Default)]
struct Overlooking {
    /// The operations that were asked for, with their bodies.
    asked: Arc<Mutex<Vec<(String, String)>>>,
    /// Whether those that only read are refused.
    refuses_reads: bool,
}

impl HttpClient for Overlooking {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Overlooking {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = request.body().bytes().map(|body| String::from_utf8_lossy(body).into_owned());
        let is_read = operation.starts_with("Describe") && operation != "DescribeSeverityLevels";
        self.asked.lock().unwrap().push((operation, body.unwrap_or_default()));
        let (status, body) = if self.refuses_reads && is_read {
            (400, r#"{"__type":"AccessDeniedException","message":"no"}"#)
        } else {
            (
                200,
                r#"{"caseId":"case-12345678910-2020-abc","result":true,"finalCaseStatus":"resolved","cases":[],"communications":[],"services":[],"severityLevels":[]}"#,
            )
        };
        let response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl Overlooking {
    async fn checked(&self) -> (Vec<(String, String)>, ConnectionCheck) {
        let dir = tempfile::tempdir().unwrap();
        let me = Customer::example();
        let door = InProcessApi::new(self.clone(), me.access_key_id(), me.secret_access_key());
        let desk = open(&dir, Endpoint::InProcess(door)).await;
        let account = desk.accounts.list().await.unwrap().remove(0);
        let check = desk.check_connection(&account.id).await.unwrap();
        desk.shut_down().await;
        (self.asked.lock().unwrap().clone(), check)
    }
}

#[tokio::test]
async fn where_dry_runs_are_overlooked_nothing_that_changes_something_is_tried() {
    let (asked, check) = Overlooking::default().checked().await;
    let changing = Operation::ALL.into_iter().filter(|operation| operation.changes_something());
    for operation in changing {
        assert!(asked.iter().all(|(name, _)| name != operation.name()), "{operation:?} was asked for");
        let found = check.operations.iter().find(|one| one.operation == operation).unwrap();
        assert!(
            matches!(&found.permission, Permission::Unknown { problem } if problem.message.contains("dry run")),
            "{found:?}"
        );
    }
    assert_eq!(check.obstacle, None);
}

#[tokio::test]
async fn where_nothing_tells_of_dry_runs_only_what_cannot_exist_is_named() {
    let overlooking = Overlooking { refuses_reads: true, ..Overlooking::default() };
    let (asked, _) = overlooking.checked().await;
    let body = |operation: &str| asked.iter().find(|(name, _)| name == operation).unwrap().1.clone();
    let create = body("CreateCase");
    for code in ["serviceCode", "categoryCode", "severityCode"] {
        let json: serde_json::Value = serde_json::from_str(&create).unwrap();
        assert!(json[code].as_str().unwrap().starts_with("eco-desk-connection-check-no-"), "{create}");
    }
    assert!(body("AddCommunicationToCase").contains("case-000000000000-muen-2013-0000000000000000"));
    assert!(body("ResolveCase").contains("case-000000000000-muen-2013-0000000000000000"));
    assert!(asked.iter().filter(|(name, _)| name == "CreateCase").count() == 1);
}
