//! What the tests share: the real SDK's client through either door, and its time taken from the sim's clock.
#![allow(dead_code)] // each test file uses its own part of it

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sdk_support::Client;
use aws_sdk_support::config::retry::RetryConfig;
use aws_sdk_support::config::{BehaviorVersion, Config, Region};
use aws_sdk_support::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_async::time::TimeSource;
use bytes::Bytes;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use jiff::Timestamp;
use support_sim::{
    Answer, Clock, Customer, EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, ManualClock, Server, Sim, Transport,
};
use tokio::net::TcpListener;

pub(crate) const START: &str = "2026-11-22T07:00:00Z";

pub(crate) fn manual_clock() -> ManualClock {
    ManualClock::at(START.parse::<Timestamp>().unwrap())
}

pub(crate) fn hours(hours: u64) -> Duration {
    Duration::from_secs(hours * 3600)
}

pub(crate) fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

#[derive(Debug)]
struct SimTime(Clock);

impl TimeSource for SimTime {
    fn now(&self) -> SystemTime {
        self.0.now().into()
    }
}

/// A configuration without retries for one caller, to be completed with a door.
fn undecided(sim: &Sim, credentials: Credentials) -> aws_sdk_support::config::Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(sim.region().to_owned()))
        .credentials_provider(credentials)
        .retry_config(RetryConfig::disabled())
        .time_source(SimTime(sim.clock().clone()))
}

fn keys(of: &Customer) -> Credentials {
    Credentials::new(of.access_key_id(), of.secret_access_key(), None, None, "test")
}

/// A configuration in process for these credentials.
pub(crate) fn config_for(sim: &Sim, credentials: Credentials) -> aws_sdk_support::config::Builder {
    undecided(sim, credentials).endpoint_url("http://support-sim.invalid").http_client(sim.http_client())
}

/// A configuration in process for AWS's example pair.
pub(crate) fn config(sim: &Sim) -> aws_sdk_support::config::Builder {
    config_for(sim, keys(&Customer::example()))
}

pub(crate) fn in_process(sim: &Sim) -> Client {
    Client::from_conf(config(sim).build())
}

/// A client over a socket; the server runs for as long as it is kept.
pub(crate) async fn over_socket(sim: &Sim) -> (Client, Server) {
    let server = sim.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    let client = client_at(sim, &server.url());
    (client, server)
}

/// A client at an address; `sim` gives the Region and the time.
pub(crate) fn client_at(sim: &Sim, url: &str) -> Client {
    Client::from_conf(undecided(sim, keys(&Customer::example())).endpoint_url(url).build())
}

/// Both doors of one sim.
pub(crate) async fn both_transports(sim: &Sim) -> ([(&'static str, Client); 2], Server) {
    let (socket, server) = over_socket(sim).await;
    ([("in process", in_process(sim)), ("over a socket", socket)], server)
}

/// Sends a request without a signature of its own, as a link needs none, and gives the whole answer.
pub(crate) async fn transfer(sim: &Sim, method: &str, url: &str, data: &[u8]) -> Response<Bytes> {
    transfer_with(sim, method, url, data, &[]).await
}

/// The same with headers of its own.
pub(crate) async fn transfer_with(
    sim: &Sim,
    method: &str,
    url: &str,
    data: &[u8],
    headers: &[(&str, &str)],
) -> Response<Bytes> {
    let uri: Uri = url.parse().unwrap();
    let mut request = Request::builder().method(method).header("host", uri.authority().unwrap().as_str());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.uri(uri).body(Full::new(Bytes::copy_from_slice(data))).unwrap();
    match sim.handle(request, Transport::InProcess).await {
        Answer::Response(response) => {
            let (parts, body) = response.into_parts();
            Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
        }
        other => panic!("no answer: {other:?}"),
    }
}

/// Reports an EDI incident and gives its case id.
pub(crate) async fn report(client: &Client, subject: &str, body: &str) -> String {
    client
        .create_case()
        .subject(subject)
        .communication_body(body)
        .service_code(INCIDENT_SERVICE_CODE)
        .category_code(EDI_CATEGORY_CODE)
        .severity_code("high")
        .language("en")
        .send()
        .await
        .unwrap()
        .case_id
        .unwrap()
}

/// The error code of a refused call.
#[track_caller]
pub(crate) fn code<T: std::fmt::Debug, E, R>(result: Result<T, SdkError<E, R>>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match result.unwrap_err() {
        SdkError::ServiceError(error) => error.err().code().unwrap_or("no code").to_owned(),
        other => panic!("no answer of the service: {other:?}"),
    }
}
