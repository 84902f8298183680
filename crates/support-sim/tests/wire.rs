//! Requests that no SDK would send.
#![allow(clippy::unwrap_used)]

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use support_sim::{Answer, Sim, Transport};

async fn answer(sim: &Sim, request: Request<Bytes>) -> (StatusCode, String) {
    match sim.handle(request.map(Full::new), Transport::InProcess).await {
        Answer::Response(response) => (
            response.status(),
            String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap(),
        ),
        Answer::Dropped | Answer::Reset => panic!("dropped without a fault"),
    }
}

fn post(target: &str) -> http::request::Builder {
    Request::builder().method("POST").uri("/").header("host", "h").header("x-amz-target", target)
}

#[tokio::test]
async fn an_unsigned_call_is_refused() {
    let sim = Sim::new();
    let request = post("AWSSupport_20130415.DescribeCases").body(Bytes::from("{}")).unwrap();
    let (status, body) = answer(&sim, request).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        body,
        r#"{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}"#
    );
}

#[tokio::test]
async fn a_malformed_signature_is_incomplete() {
    let sim = Sim::new();
    let request = post("AWSSupport_20130415.DescribeCases")
        .header("authorization", "AWS4-HMAC-SHA256 Credential=a/b")
        .body(Bytes::new())
        .unwrap();
    let (status, body) = answer(&sim, request).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body.contains("IncompleteSignatureException"), "{body}");
}

#[tokio::test]
async fn other_paths_and_methods_are_not_found() {
    let sim = Sim::new();
    for (method, path) in [("GET", "/"), ("POST", "/cases"), ("PUT", "/")] {
        let request = Request::builder().method(method).uri(path).body(Bytes::new()).unwrap();
        assert_eq!(answer(&sim, request).await.0, StatusCode::NOT_FOUND, "{method} {path}");
    }
    assert!(sim.calls().is_empty());
}

/// Operations of the service that the sim does not have, and bodies that are no JSON, through a real signature.
#[tokio::test]
async fn unknown_operations_and_broken_bodies_are_told_apart() {
    use aws_credential_types::Credentials;
    use aws_sdk_support::Client;
    use aws_sdk_support::config::retry::RetryConfig;
    use aws_sdk_support::config::{BehaviorVersion, Config, Region};
    use aws_sdk_support::error::ProvideErrorMetadata;
    use aws_smithy_types::body::SdkBody;
    use support_sim::Customer;

    let sim = Sim::new();
    let customer = Customer::example();
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(
            customer.access_key_id(),
            customer.secret_access_key(),
            None,
            None,
            "test",
        ))
        .retry_config(RetryConfig::disabled())
        .endpoint_url("http://support-sim.invalid")
        .http_client(sim.http_client());
    let client = Client::from_conf(config.build());

    let unknown = client.describe_trusted_advisor_checks().language("en").send().await.unwrap_err();
    assert_eq!(unknown.into_service_error().code(), Some("UnknownOperationException"));
    for body in ["{", "[]", r#"{"maxResults":"ten"}"#, r#"{"caseIdList":"x"}"#] {
        let broken = client
            .describe_cases()
            .customize()
            .mutate_request(move |request| *request.body_mut() = SdkBody::from(body))
            .send()
            .await
            .unwrap_err();
        assert_eq!(broken.into_service_error().code(), Some("SerializationException"), "{body}");
    }
    // Members that the model does not know are ignored, as AWS does.
    client
        .describe_cases()
        .customize()
        .mutate_request(|request| *request.body_mut() = SdkBody::from(r#"{"colour":"red"}"#))
        .send()
        .await
        .unwrap();
}
