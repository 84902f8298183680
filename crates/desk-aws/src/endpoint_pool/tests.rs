use super::*;
use crate::{CasesFilter, NewCase, http, provider_of_keys};
use aws_sdk_support::{Config, config::BehaviorVersion};
use desk_network::Connector;
use support_sim::{Customer, Fault, On, Operation, Server, Sim};

/// AWS Support in one Region, at a socket.
struct Region {
    name: &'static str,
    sim: Sim,
    server: Server,
}

impl Region {
    async fn new(name: &'static str) -> Self {
        let sim = Sim::builder().region(name).build().unwrap();
        let server = sim.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        Self { name, sim, server }
    }
}

/// An address at which nobody listens.
async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn client(endpoints: &[(&'static str, &str)]) -> Support {
    let me = Customer::example();
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http::client(Connector::default()))
        .credentials_provider(provider_of_keys(me.access_key_id(), me.secret_access_key()));
    Support::with_endpoints(&config, endpoints)
}

fn case() -> NewCase {
    NewCase {
        subject: "A subject".to_owned(),
        body: "A body".to_owned(),
        service_code: support_sim::INCIDENT_SERVICE_CODE.to_owned(),
        category_code: support_sim::EDI_CATEGORY_CODE.to_owned(),
        severity_code: "high".to_owned(),
        cc: Vec::new(),
        attachment_set: None,
    }
}

#[tokio::test]
async fn a_standby_answers_where_the_main_endpoint_cannot_be_reached() {
    let (nowhere, standby) = (nobody().await, Region::new("us-west-2").await);
    let support = client(&[("us-east-1", &nowhere), (standby.name, &standby.server.url())]);
    assert_eq!(support.standby(), None);
    // What creates something was certainly not taken by the other one.
    support.create_case(&case()).await.unwrap();
    assert_eq!(standby.sim.case_count(), 1);
    assert_eq!(support.standby(), Some("us-west-2"));
    let found = support.describe_cases(&CasesFilter::default(), None).await.unwrap();
    assert_eq!(found.items.len(), 1);
    assert!(support.server_time().await.is_ok());
}

#[tokio::test]
async fn a_standby_is_left_alone_while_the_main_endpoint_answers() {
    let (main, standby) = (Region::new("us-east-1").await, Region::new("eu-west-1").await);
    let support = client(&[(main.name, &main.server.url()), (standby.name, &standby.server.url())]);
    support.severity_levels().await.unwrap();
    for code in
        ["AccessDeniedException", "ExpiredTokenException", "ThrottlingException", "ValidationException"]
    {
        main.sim.faults().once(Operation::DescribeCases, Fault::refuse(code));
        let _ = support.describe_cases(&CasesFilter::default(), None).await;
    }
    assert_eq!(standby.sim.calls().len(), 0);
    // One that fails for good, though it can be reached, is read around, and not written around.
    main.sim.faults().always(On::Any, Fault::refuse("InternalServerError"));
    assert_eq!(support.create_case(&case()).await.unwrap_err().kind, AwsErrorKind::Service);
    assert_eq!(standby.sim.calls().len(), 0, "it may have been created");
    support.severity_levels().await.unwrap();
    assert_eq!(support.standby(), Some("eu-west-1"));
}

#[tokio::test]
async fn an_answer_that_got_lost_at_a_standby_is_told_as_such() {
    let (nowhere, standby) = (nobody().await, Region::new("us-west-2").await);
    let support = client(&[("us-east-1", &nowhere), (standby.name, &standby.server.url())]);
    standby.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    let lost = support.create_case(&case()).await.unwrap_err();
    assert!(!lost.kind.is_unprocessed(), "{lost}");
    assert_eq!(standby.sim.case_count(), 1);
}

#[tokio::test]
async fn a_standby_that_may_not_be_used_is_not_blamed_on_the_user() {
    let (nowhere, standby) = (nobody().await, Region::new("us-west-2").await);
    standby.sim.faults().always(On::Any, Fault::refuse("AccessDeniedException"));
    let support = client(&[("us-east-1", &nowhere), (standby.name, &standby.server.url())]);
    assert_eq!(support.severity_levels().await.unwrap_err().kind, AwsErrorKind::Unreachable);
    assert_eq!(support.standby(), None);
    let tried = standby.sim.calls().len();
    assert_eq!(support.severity_levels().await.unwrap_err().kind, AwsErrorKind::Unreachable);
    assert_eq!(standby.sim.calls().len(), tried, "not at every call");
}

#[test]
fn the_main_endpoint_is_gone_back_to_after_a_while() {
    let now = Instant::now();
    let state = State { standby: Some((1, now)), all_failed_at: Some(now) };
    assert_eq!(state.current(now + FAILOVER_TTL / 2), 1);
    assert_eq!(state.current(now + FAILOVER_TTL), 0);
    assert!(!state.may_try_others(now + RETRY_COOLDOWN / 2));
    assert!(state.may_try_others(now + RETRY_COOLDOWN));
    assert_eq!(State::default().current(now), 0);
}
