//! Everything that is refused: dry runs, broken constraints, wrong signatures, missing plans, faults on demand.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_support::Client;
use aws_sdk_support::config::Region;
use aws_sdk_support::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_support::operation::RequestId;
use aws_sdk_support::operation::create_case::CreateCaseError;
use aws_sdk_support::primitives::Blob;
use aws_sdk_support::types::{Attachment, CompletedUpload};
use aws_smithy_async::time::StaticTimeSource;
use http::StatusCode;
use support::{
    START, both_transports, code, config, config_for, in_process, manual_clock, minutes, report, transfer,
};
use support_sim::{
    Customer, EDI_CATEGORY_CODE, Fault, INCIDENT_SERVICE_CODE, On, Operation, Outcome, Plan, Sim,
};
use tokio::net::TcpListener;

/// Calls each operation with something valid and gives its error code, or `ok`.
async fn call(client: &Client, operation: Operation, world: &World, dry: bool) -> String {
    let World { case, attachment, upload, etag } = world;
    fn name<T, E: ProvideErrorMetadata + std::fmt::Debug, R>(result: Result<T, SdkError<E, R>>) -> String {
        match result {
            Ok(_) => "ok".into(),
            Err(SdkError::ServiceError(error)) => error.err().code().unwrap_or("no code").into(),
            Err(SdkError::DispatchFailure(_)) => "dropped".into(),
            Err(_) => "other".into(),
        }
    }
    let file = Attachment::builder().file_name("f").data(Blob::new([1])).build();
    match operation {
        Operation::AddAttachmentsToSet => {
            name(client.add_attachments_to_set().attachments(file).dry_run(dry).send().await)
        }
        Operation::AddCommunicationToCase => name(
            client
                .add_communication_to_case()
                .case_id(case)
                .communication_body("b")
                .dry_run(dry)
                .send()
                .await,
        ),
        Operation::CreateCase => {
            name(client.create_case().subject("s").communication_body("b").dry_run(dry).send().await)
        }
        Operation::CompleteAttachmentUpload => {
            let part = CompletedUpload::builder().part_index(1).e_tag(etag).build().unwrap();
            let complete = client.complete_attachment_upload().upload_id(upload).completed_uploads(part);
            name(complete.dry_run(dry).send().await)
        }
        Operation::DescribeAttachmentUploadStatus => {
            name(client.describe_attachment_upload_status().upload_id(upload).dry_run(dry).send().await)
        }
        Operation::GetAttachmentDownloadLink => {
            name(client.get_attachment_download_link().attachment_id(attachment).dry_run(dry).send().await)
        }
        Operation::GetAttachmentUploadLinks => name(
            client.get_attachment_upload_links().file_name("f").upload_id(upload).dry_run(dry).send().await,
        ),
        Operation::DescribeAttachment => {
            name(client.describe_attachment().attachment_id(attachment).dry_run(dry).send().await)
        }
        Operation::DescribeCases => name(client.describe_cases().dry_run(dry).send().await),
        Operation::DescribeCommunications => {
            name(client.describe_communications().case_id(case).dry_run(dry).send().await)
        }
        Operation::DescribeCreateCaseOptions => name(
            client
                .describe_create_case_options()
                .issue_type("technical")
                .service_code(INCIDENT_SERVICE_CODE)
                .category_code(EDI_CATEGORY_CODE)
                .language("en")
                .dry_run(dry)
                .send()
                .await,
        ),
        Operation::DescribeServices => name(client.describe_services().dry_run(dry).send().await),
        Operation::DescribeSeverityLevels => {
            name(client.describe_severity_levels().dry_run(dry).send().await)
        }
        Operation::DescribeSupportedLanguages => name(
            client
                .describe_supported_languages()
                .issue_type("technical")
                .service_code(INCIDENT_SERVICE_CODE)
                .category_code(EDI_CATEGORY_CODE)
                .dry_run(dry)
                .send()
                .await,
        ),
        Operation::ResolveCase => name(client.resolve_case().case_id(case).dry_run(dry).send().await),
    }
}

/// What calls can be about.
struct World {
    case: String,
    attachment: String,
    upload: String,
    /// Of the upload's only part.
    etag: String,
}

async fn world(sim: &Sim) -> World {
    let client = in_process(sim);
    let case = report(&client, "s", "b").await;
    sim.eco().reply_with_files(&case, "see this", &[("f.txt", b"f")]).unwrap();
    let attachment = sim.case(&case).unwrap().communications[1].files[0].attachment_id.clone();
    let server = sim.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    let links =
        client.get_attachment_upload_links().file_name("u.bin").file_size_bytes(200).send().await.unwrap();
    // One part is never sent, so that the upload stays open.
    let put = transfer(sim, "PUT", &links.upload_urls()[0].url, &[0; 100]).await;
    let etag = put.headers()["etag"].to_str().unwrap().to_owned();
    server.shutdown().await;
    World { case, attachment, upload: links.upload_id().to_owned(), etag }
}

fn small_parts() -> Sim {
    Sim::builder().upload_part_size(100).build().unwrap()
}

#[tokio::test]
async fn every_operation_answers_and_its_dry_run_changes_nothing() {
    let sim = small_parts();
    let world = world(&sim).await;
    let before = sim.cases();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in &transports {
        for operation in Operation::ALL {
            sim.clear_calls();
            assert_eq!(
                call(client, operation, &world, true).await,
                "DryRunOperationException",
                "{transport}: {operation:?}"
            );
            let calls = sim.calls();
            assert!(calls.len() == 1 && calls[0].dry_run && calls[0].operation == Some(operation));
        }
        assert_eq!(sim.cases(), before, "{transport}");
    }
    for (transport, client) in &transports {
        for operation in Operation::ALL {
            assert_eq!(call(client, operation, &world, false).await, "ok", "{transport}: {operation:?}");
        }
    }
}

#[tokio::test]
async fn a_dry_run_of_something_invalid_says_what_is_invalid() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let long = client.create_case().subject("s").communication_body("x".repeat(8001)).dry_run(true);
    assert_eq!(code(long.send().await), "ValidationException");
    let gone = client.resolve_case().case_id("case-123456789012-muen-2026-0000000000000000").dry_run(true);
    assert_eq!(code(gone.send().await), "CaseIdNotFound");
}

#[tokio::test]
async fn broken_constraints_are_refused_and_nothing_is_made() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let case = || client.create_case().subject("s").communication_body("b");
        let many: Vec<String> = (0..11).map(|n| format!("a{n}@example.com")).collect();
        for (what, request, expected) in [
            ("no subject", client.create_case().communication_body("b"), "ValidationException"),
            ("no body", client.create_case().subject("s"), "ValidationException"),
            ("empty body", case().communication_body(""), "ValidationException"),
            ("long body", case().communication_body("x".repeat(8001)), "ValidationException"),
            ("11 contacts", case().set_cc_email_addresses(Some(many.clone())), "ValidationException"),
            ("11 uploads", case().set_upload_ids(Some(many.clone())), "ValidationException"),
            ("unknown upload", case().upload_ids("none"), "UploadIdNotFound"),
            ("malformed contact", case().cc_email_addresses("jane"), "InvalidParameterValueException"),
            ("blank subject", case().subject("  "), "InvalidParameterValueException"),
            ("unknown service", case().service_code("none"), "InvalidParameterValueException"),
            (
                "foreign category",
                case().service_code(INCIDENT_SERVICE_CODE).category_code("using-aws"),
                "InvalidParameterValueException",
            ),
            ("unknown severity", case().severity_code("worst"), "InvalidParameterValueException"),
            ("unknown language", case().language("xx"), "InvalidParameterValueException"),
            ("unknown issue type", case().issue_type("personal"), "InvalidParameterValueException"),
        ] {
            assert_eq!(code(request.send().await), expected, "{transport}: {what}");
        }
        assert_eq!(sim.case_count(), 0, "{transport}");
        let list = || client.describe_cases();
        for (what, request, expected) in [
            ("9 results", list().max_results(9), "ValidationException"),
            ("101 results", list().max_results(101), "ValidationException"),
            ("101 ids", list().set_case_id_list(Some(vec!["x".into(); 101])), "ValidationException"),
            ("no time", list().after_time("soon"), "InvalidParameterValueException"),
            ("no token", list().next_token("x"), "InvalidParameterValueException"),
            ("no case id", list().case_id_list("x"), "CaseIdNotFound"),
            ("no display id", list().display_id("1"), "CaseIdNotFound"),
        ] {
            assert_eq!(code(request.send().await), expected, "{transport}: {what}");
        }
        assert_eq!(code(client.resolve_case().send().await), "InvalidParameterValueException");
        let reply = client.add_communication_to_case().communication_body("b");
        assert_eq!(code(reply.send().await), "InvalidParameterValueException");
        assert_eq!(code(client.describe_communications().send().await), "ValidationException");
        assert_eq!(code(client.describe_attachment().send().await), "ValidationException");
        assert_eq!(code(client.describe_create_case_options().send().await), "ValidationException");
        assert_eq!(code(client.describe_supported_languages().send().await), "ValidationException");
    }
}

#[tokio::test]
async fn one_lists_token_does_not_lead_on_in_another() {
    let sim = Sim::new();
    sim.seed(12, 12, 1).unwrap();
    let client = in_process(&sim);
    let list = client.describe_cases().include_resolved_cases(true).max_results(10).send().await.unwrap();
    let case = &list.cases()[0];
    let said = case.recent_communications().unwrap().next_token().unwrap();
    let other = list.cases()[1].case_id().unwrap();
    let cases_token = list.next_token().unwrap();
    assert_eq!(code(client.describe_cases().next_token(said).send().await), "InvalidParameterValueException");
    for token in [said, cases_token] {
        let page = client.describe_communications().case_id(other).next_token(token);
        assert_eq!(code(page.send().await), "InvalidParameterValueException");
    }
}

#[tokio::test]
async fn the_sdks_signature_is_judged() {
    let clock = manual_clock();
    let temporary =
        Customer::new("ASIAEXAMPLE", "secret", "Temp (Role) <t@example.com>").session_token("token");
    let sim = Sim::builder().clock(clock).customer(Customer::example()).customer(temporary).build().unwrap();
    let example = Customer::example();
    let credentials = |id: &str, secret: &str, token: Option<&str>| {
        Credentials::new(id, secret, token.map(str::to_owned), None, "test")
    };
    let id = example.access_key_id();
    let secret = example.secret_access_key();
    for (given, expected) in [
        (credentials(id, secret, None), "ok"),
        (credentials("ASIAEXAMPLE", "secret", Some("token")), "ok"),
        (credentials(id, "wrong", None), "InvalidSignatureException"),
        (credentials("AKIAUNKNOWN", secret, None), "UnrecognizedClientException"),
        (credentials("ASIAEXAMPLE", "secret", Some("other")), "UnrecognizedClientException"),
        (credentials("ASIAEXAMPLE", "secret", None), "UnrecognizedClientException"),
    ] {
        let client = Client::from_conf(config_for(&sim, given).build());
        let told = match client.create_case().subject("s").communication_body("b").send().await {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.into_service_error().code().unwrap().to_owned(),
        };
        assert_eq!(told, expected);
    }
    let authors: Vec<String> = sim.cases().into_iter().map(|case| case.submitted_by).collect();
    assert_eq!(authors, ["AdminRole (Role) <jane@example.com>", "Temp (Role) <t@example.com>"]);

    let elsewhere = Client::from_conf(config(&sim).region(Region::new("eu-west-1")).build());
    assert_eq!(code(elsewhere.describe_cases().send().await), "InvalidSignatureException");
}

#[tokio::test]
async fn a_wrong_clock_is_refused_with_awss_text() {
    let sim = Sim::builder().clock(manual_clock()).build().unwrap();
    let start: jiff::Timestamp = START.parse().unwrap();
    for (off, says) in [
        (
            -301,
            "Signature expired: 20261122T065459Z is now earlier than 20261122T065500Z (20261122T070000Z - 5 min.)",
        ),
        (301, "Signature not yet current: 20261122T070501Z is still later than 20261122T070500Z"),
    ] {
        let now = start + jiff::SignedDuration::from_secs(off);
        let client = Client::from_conf(config(&sim).time_source(StaticTimeSource::new(now.into())).build());
        let error = client.describe_cases().send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some("InvalidSignatureException"));
        assert!(error.message().unwrap().starts_with(says), "{error:?}");
    }
}

#[tokio::test]
async fn without_a_plan_everything_is_refused() {
    let sim = small_parts();
    let world = world(&sim).await;
    let (transports, _server) = both_transports(&sim).await;
    sim.set_plan(Plan::None);
    for (transport, client) in transports {
        for operation in Operation::ALL {
            for dry in [false, true] {
                let told = call(&client, operation, &world, dry).await;
                assert_eq!(told, "SubscriptionRequiredException", "{transport}: {operation:?}");
            }
        }
    }
}

#[tokio::test]
async fn any_error_can_be_asked_for_and_is_used_up() {
    let sim = small_parts();
    let world = world(&sim).await;
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        for wanted in
            ["ThrottlingException", "AccessDeniedException", "ExpiredTokenException", "InternalServerError"]
        {
            for operation in Operation::ALL {
                sim.faults().once(operation, Fault::refuse(wanted));
                assert_eq!(call(&client, operation, &world, false).await, wanted, "{transport}");
            }
        }
        assert_eq!(sim.faults().pending(), 0);
        assert_eq!(call(&client, Operation::DescribeCases, &world, false).await, "ok");
    }
}

#[tokio::test]
async fn a_lost_answer_was_processed_and_an_unreachable_service_did_nothing() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let before = sim.case_count();
        sim.clear_calls();
        sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
        sim.faults().once(Operation::CreateCase, Fault::Unreachable);
        let create = client.create_case().subject("s").communication_body("b");
        let lost = create.clone().send().await.unwrap_err();
        assert!(matches!(lost, SdkError::DispatchFailure(_)), "{transport}: {lost:?}");
        assert_eq!(sim.case_count(), before + 1, "{transport}");
        let unreachable = create.clone().send().await.unwrap_err();
        assert!(matches!(unreachable, SdkError::DispatchFailure(_)), "{transport}: {unreachable:?}");
        assert_eq!(sim.case_count(), before + 1, "{transport}");
        create.send().await.unwrap();
        let outcomes: Vec<Outcome> = sim.calls().into_iter().map(|call| call.outcome).collect();
        assert_eq!(
            outcomes,
            [Outcome::AnswerLost(Box::new(Outcome::Answered)), Outcome::Unreachable, Outcome::Answered],
            "{transport}"
        );
    }
}

#[tokio::test]
async fn bare_statuses_and_delays() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        sim.faults().once(On::Any, Fault::Status(StatusCode::SERVICE_UNAVAILABLE));
        let error = client.create_case().subject("s").communication_body("b").send().await.unwrap_err();
        assert_eq!(error.raw_response().unwrap().status().as_u16(), 503, "{transport}");

        sim.faults().once(On::Any, Fault::Delay(Duration::from_millis(80)));
        let began = std::time::Instant::now();
        client.describe_cases().send().await.unwrap();
        assert!(began.elapsed() >= Duration::from_millis(80), "{transport}");
    }
    assert_eq!(sim.case_count(), 0);
}

#[tokio::test]
async fn the_sdks_read_timeout_holds_in_process() {
    let sim = Sim::new();
    let timeouts = aws_sdk_support::config::timeout::TimeoutConfig::builder()
        .read_timeout(Duration::from_millis(30))
        .build();
    let client = Client::from_conf(config(&sim).timeout_config(timeouts).build());
    sim.faults().once(On::Any, Fault::Delay(Duration::from_secs(30)));
    let error = client.describe_cases().send().await.unwrap_err();
    assert!(error.as_service_error().is_none(), "{error:?}");
    // By a client that leaves a busy machine its time.
    in_process(&sim).describe_cases().send().await.unwrap();
}

#[tokio::test]
async fn modelled_errors_arrive_as_their_own_type_with_a_request_id() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        sim.clear_calls();
        let error = client
            .create_case()
            .subject("s")
            .communication_body("b")
            .attachment_set_id("as-none")
            .send()
            .await
            .unwrap_err();
        let id = error.request_id().map(str::to_owned);
        let error = error.into_service_error();
        assert!(matches!(error, CreateCaseError::AttachmentSetIdNotFound(_)), "{transport}: {error:?}");
        assert_eq!(id.as_deref(), Some(sim.calls()[0].request_id.as_str()), "{transport}");
    }
}

#[tokio::test]
async fn the_date_header_tells_the_sims_time() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    clock.advance(minutes(30));
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let error = client.resolve_case().case_id("x").send().await.unwrap_err();
        let raw = error.raw_response().unwrap();
        assert_eq!(raw.headers().get("date"), Some("Sun, 22 Nov 2026 07:30:00 GMT"), "{transport}");
        assert_eq!(raw.headers().get("x-amzn-errortype"), Some("CaseIdNotFound"), "{transport}");
        assert_eq!(raw.headers().get("content-type"), Some("application/x-amz-json-1.1"), "{transport}");
        assert_eq!(raw.status().as_u16(), 400);
    }
}
