//! Every way in which AWS fails, as the SDK lets this program see it.

use crate::world::{World, demo, new_case};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use desk_aws::{AwsErrorKind as Kind, CasesFilter, CustomEndpoint, Endpoint, FileBytes, Support};
use desk_core::account::Connection;
use desk_model::{Partition, ProblemCode};
use support_sim::{Fault, Operation, Plan, Sim};

#[tokio::test]
async fn each_refusal_is_told_apart() {
    let world = World::new().await;
    let support = world.support();
    let table = [
        ("SubscriptionRequiredException", Kind::PlanMissing),
        ("AccessDeniedException", Kind::AccessDenied),
        ("UnrecognizedClientException", Kind::WrongCredentials),
        ("InvalidSignatureException", Kind::WrongCredentials),
        ("IncompleteSignatureException", Kind::WrongCredentials),
        ("MissingAuthenticationTokenException", Kind::WrongCredentials),
        ("ExpiredTokenException", Kind::Expired),
        ("ThrottlingException", Kind::Throttled),
        ("CaseCreationLimitExceeded", Kind::CaseQuota),
        ("AttachmentSetIdNotFound", Kind::SetGone),
        ("AttachmentSetExpired", Kind::SetGone),
        ("InvalidParameterValueException", Kind::Invalid),
        ("ValidationException", Kind::Invalid),
        ("InternalServerError", Kind::Service),
    ];
    for (code, kind) in table {
        world.sim.faults().once(Operation::CreateCase, Fault::refuse(code));
        let error = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
        assert_eq!(error.kind, kind, "{code}: {error}");
        assert_eq!(error.operation, "CreateCase");
        assert!(error.request_id.is_some(), "{code} has AWS's request id");
        assert_eq!(world.sim.faults().pending(), 0, "a creating call is made once");
    }
    assert_eq!(world.sim.case_count(), 0);
}

#[tokio::test]
async fn a_lost_answer_is_told_from_none_and_is_never_sent_again() {
    let world = World::new().await;
    let support = world.support();
    world.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    let error = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
    assert_eq!(error.kind, Kind::AnswerLost);
    assert!(!error.kind.is_unprocessed());
    assert_eq!(world.sim.case_count(), 1, "AWS has it once");
    for status in [503_u16, 502] {
        world.sim.faults().once(Operation::CreateCase, Fault::Status(status.try_into().unwrap()));
        let error = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
        assert_eq!(error.kind, Kind::Service, "{status}");
    }
    assert_eq!(world.sim.case_count(), 1);
}

#[tokio::test]
async fn reads_are_tried_again_and_creating_calls_are_not() {
    let world = World::new().await;
    let support = world.support();
    world.sim.faults().times(Operation::DescribeServices, 2, Fault::refuse("ThrottlingException"));
    assert!(!support.services().await.unwrap().is_empty());
    world.sim.faults().times(Operation::AddCommunicationToCase, 2, Fault::refuse("ThrottlingException"));
    let new = crate::world::new_communication("case-123456789012-muen-2026-00", "b");
    assert_eq!(support.add_communication(&new).await.unwrap_err().kind, Kind::Throttled);
    assert_eq!(world.sim.faults().pending(), 1);
}

#[tokio::test]
async fn what_aws_does_not_have_is_not_found() {
    let world = World::new().await;
    let support = world.support();
    let filter =
        CasesFilter { case_ids: vec!["case-123456789012-muen-2026-00".to_owned()], ..CasesFilter::default() };
    assert_eq!(support.describe_cases(&filter, None).await.unwrap_err().kind, Kind::CaseNotFound);
    let unknown = support.describe_communications("case-123456789012-muen-2026-00", None, None).await;
    assert_eq!(unknown.unwrap_err().kind, Kind::CaseNotFound);
    assert_eq!(support.describe_attachment("nothing").await.unwrap_err().kind, Kind::AttachmentNotFound);
    let file = |size: usize| FileBytes { name: "a.log".to_owned(), bytes: vec![b'x'; size].into() };
    let full = support.add_attachments_to_set(None, &[file(5 * 1024 * 1024 + 1)]).await.unwrap_err();
    assert_eq!(full.kind, Kind::SetFull);
    let gone = support.add_attachments_to_set(Some("as-unknown"), &[file(1)]).await.unwrap_err();
    assert_eq!(gone.kind, Kind::SetGone);
}

#[tokio::test]
async fn files_travel_unchanged_both_ways() {
    let world = World::followed().await;
    let support = world.support();
    let bytes: bytes::Bytes = (0..=255_u8).cycle().take(100_000).collect();
    let file = FileBytes { name: "grün é.log".to_owned(), bytes: bytes.clone() };
    let (set, expires) = support.add_attachments_to_set(None, &[file]).await.unwrap();
    assert!(expires > jiff::Timestamp::now().as_millisecond());
    let case = support
        .create_case(&desk_aws::NewCase { attachment_set: Some(set), ..new_case("s", "b", "high") })
        .await
        .unwrap();
    assert_eq!(world.sim.case(&case).unwrap().communications[0].files[0].data, bytes);
    world.sync().await;
    let row = world.only().await;
    assert_eq!(row.attachments, 1);
    let message = world.desk.cases.correspondence(&row.key, 5).await.unwrap().recent.remove(0);
    assert_eq!(message.files[0].name, "grün é.log");
    let id = message.files[0].attachment_id.clone().unwrap();
    let (account, name) = world.desk.cases.attachment(&row.key, &id).await.unwrap();
    assert_eq!((account, name.as_str()), (demo(), "grün é.log"));
    assert_eq!(support.describe_attachment(&id).await.unwrap().bytes, bytes);
    assert_eq!(world.desk.cases.attachment(&row.key, "x").await.unwrap_err().code, ProblemCode::NotFound);
}

#[tokio::test]
async fn wrong_keys_and_a_wrong_clock_are_told_apart() {
    let world = World::new().await;
    let wrong = |key: &str| {
        let keys = Credentials::new(key, "wrong", None, None, "test");
        let door = desk_aws::InProcessApi::new(world.sim.http_client(), key, "wrong");
        Support::new(SharedCredentialsProvider::new(keys), Partition::Aws, &Endpoint::InProcess(door).into())
    };
    for key in ["AKIAIOSFODNN7EXAMPLE", "AKIANOBODY"] {
        assert_eq!(wrong(key).severity_levels().await.unwrap_err().kind, Kind::WrongCredentials, "{key}");
    }
    // AWS's clock an hour ahead of this computer's.
    world.pass(3600);
    let support = world.support();
    let refused = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
    assert_eq!(refused.kind, Kind::ClockSkew);
    assert!(refused.kind.is_unprocessed());
    let time = support.server_time().await.unwrap();
    let ahead = time - jiff::Timestamp::now().as_millisecond();
    assert!((3_500_000..3_700_000).contains(&ahead), "{ahead}");
    world.sim.faults().once(Operation::DescribeSeverityLevels, Fault::refuse("AccessDeniedException"));
    support.server_time().await.expect("the time is told even by a refusal of the read");
    support
        .create_case(&new_case("s", "b", "high"))
        .await
        .expect("the SDK has learned how far the clock is off");
}

#[tokio::test]
async fn nothing_listening_is_unreachable_and_proven_to_be_unsent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    for url in [format!("http://{closed}"), "https://no-such-host.invalid".to_owned()] {
        let keys = Credentials::new("AKIAIOSFODNN7EXAMPLE", "x", None, None, "test");
        let support = Support::new(
            SharedCredentialsProvider::new(keys),
            Partition::Aws,
            &Endpoint::Override(CustomEndpoint::parse(&url).unwrap()).into(),
        );
        let error = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
        assert_eq!(error.kind, Kind::Unreachable, "{url}: {error}");
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_after_the_request_is_a_lost_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        use tokio::io::AsyncReadExt as _;
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut first = [0_u8; 64];
        let _ = stream.read(&mut first).await;
    });
    let keys = Credentials::new("AKIAIOSFODNN7EXAMPLE", "x", None, None, "test");
    let url = Endpoint::Override(CustomEndpoint::parse(&format!("http://{address}")).unwrap()).into();
    let support = Support::new(SharedCredentialsProvider::new(keys), Partition::Aws, &url);
    let error = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
    assert_eq!(error.kind, Kind::AnswerLost, "{error}");
    server.await.unwrap();
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let provider = aws_credential_types::credential_fn::provide_credentials_fn(async || {
        Err(aws_credential_types::provider::error::CredentialsError::not_loaded("no profile"))
    });
    let sim = Sim::new();
    let door = desk_aws::InProcessApi::new(sim.http_client(), "x", "y");
    let support = Support::new(
        SharedCredentialsProvider::new(provider),
        Partition::Aws,
        &Endpoint::InProcess(door).into(),
    );
    let error = support.create_case(&new_case("s", "b", "high")).await.unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (Kind::NoCredentials, "no profile"));
    assert!(sim.calls().is_empty());
}

#[tokio::test]
async fn a_sync_without_a_plan_says_so_at_the_account_and_mends_itself() {
    let world = World::followed().await;
    world.sim.set_plan(Plan::None);
    let problem = world.desk.sync.sync_account(&demo()).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanMissing);
    let connection = || async { world.desk.accounts.get(&demo()).await.unwrap().connection };
    assert!(matches!(connection().await, Connection::Failed { problem: said, .. } if said == problem));
    assert_eq!(world.desk.sync.status().await.unwrap()[0].problem, Some(problem));
    world.sim.set_plan(Plan::Enterprise);
    world.sync().await;
    assert!(matches!(connection().await, Connection::Connected { .. }));
    assert_eq!(world.desk.sync.status().await.unwrap()[0].problem, None);
}

#[tokio::test]
async fn a_network_that_is_down_says_nothing_about_the_account() {
    let world = World::followed().await;
    world.sim.faults().always(Operation::DescribeCases, Fault::Unreachable);
    let problem = world.desk.sync.sync_account(&demo()).await.unwrap_err();
    assert_eq!((problem.code, problem.retryable), (ProblemCode::Network, true));
    let account = world.desk.accounts.get(&demo()).await.unwrap();
    assert!(matches!(account.connection, Connection::Connected { .. }), "{account:?}");
}
