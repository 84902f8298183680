//! Who may call what, how often, with which credentials and by which clock.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_support::Client;
use aws_sdk_support::error::ProvideErrorMetadata;
use aws_sdk_support::primitives::Blob;
use aws_sdk_support::types::{Attachment, CompletedUpload};
use aws_smithy_async::time::SystemTimeSource;
use support::{
    START, both_transports, code, config, config_for, hours, in_process, manual_clock, minutes, report,
};
use support_sim::{Action, ClockRate, Customer, Plan, Quotas, SigningTime, Sim, Who};

fn temporary() -> Customer {
    Customer::new("ASIAEXAMPLE", "secret", "Operators (Role) <t@example.com>").session_token("token")
}

fn client_of_temporary(sim: &Sim) -> Client {
    let credentials = Credentials::new("ASIAEXAMPLE", "secret", Some("token".into()), None, "test");
    Client::from_conf(config_for(sim, credentials).build())
}

#[tokio::test]
async fn a_denied_action_is_refused_with_awss_text() {
    let sim = Sim::builder().customer(Customer::example()).customer(temporary()).build().unwrap();
    sim.policy().deny(Customer::example().access_key_id(), Action::CreateCase);
    sim.policy().deny(Who::Everyone, Action::UploadAttachment);
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        for dry in [false, true] {
            let create = client.create_case().subject("s").communication_body("b").dry_run(dry);
            let error = create.send().await.unwrap_err().into_service_error();
            assert_eq!(error.code(), Some("AccessDeniedException"), "{transport}");
            assert_eq!(
                error.message().unwrap(),
                "User: arn:aws:sts::123456789012:assumed-role/AdminRole/jane@example.com is not authorized to \
                 perform: support:CreateCase because no identity-based policy allows the support:CreateCase action"
            );
        }
        let links = client.get_attachment_upload_links().file_name("f").file_size_bytes(1);
        assert_eq!(code(links.send().await), "AccessDeniedException", "{transport}");
        let status = client.describe_attachment_upload_status().upload_id("u");
        assert_eq!(code(status.send().await), "AccessDeniedException", "{transport}");
        client.describe_cases().send().await.unwrap();
    }
    let other = client_of_temporary(&sim);
    other.create_case().subject("s").communication_body("b").send().await.unwrap();
    let links = other.get_attachment_upload_links().file_name("f").file_size_bytes(1);
    let error = links.send().await.unwrap_err().into_service_error();
    assert!(error.message().unwrap().contains(
        "assumed-role/Operators/t@example.com is not authorized to perform: support:UploadAttachment"
    ));
    sim.policy().clear();
    in_process(&sim).create_case().subject("s").communication_body("b").send().await.unwrap();
}

#[tokio::test]
async fn large_attachments_need_the_permissions_of_small_ones_too() {
    let sim = Sim::builder().link_origin("http://links.support-sim.example").build().unwrap();
    let client = in_process(&sim);
    for (denied, up, down) in [
        (Action::UploadAttachment, true, false),
        (Action::AddAttachmentsToSet, true, false),
        (Action::DownloadAttachment, false, true),
        (Action::DescribeAttachment, false, true),
    ] {
        sim.policy().deny(Who::Everyone, denied);
        let links = client.get_attachment_upload_links().file_name("f").file_size_bytes(1).send().await;
        let state = client.describe_attachment_upload_status().upload_id("u").send().await;
        let complete = client.complete_attachment_upload().upload_id("u");
        let part = CompletedUpload::builder().part_index(1).e_tag("e").build().unwrap();
        let complete = complete.completed_uploads(part).send().await;
        let link = client.get_attachment_download_link().attachment_id("a").send().await;
        let refused = "AccessDeniedException";
        assert_eq!(links.is_err(), up, "{denied}: {links:?}");
        for (what, refusal) in [("state", code(state)), ("complete", code(complete))] {
            assert_eq!(refusal == refused, up, "{denied}: {what} says {refusal}");
        }
        assert_eq!(code(link) == refused, down, "{denied}");
        sim.policy().clear();
    }
}

#[tokio::test]
async fn temporary_credentials_expire_by_the_sims_clock_and_keys_are_revoked() {
    let clock = manual_clock();
    let until = START.parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_hours(1);
    let sim = Sim::builder().clock(clock.clone()).customer(temporary().expires(until)).build().unwrap();
    let client = client_of_temporary(&sim);
    clock.advance(minutes(59));
    client.describe_cases().send().await.unwrap();
    clock.advance(minutes(1));
    let error = client.describe_cases().send().await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("ExpiredTokenException"));
    assert_eq!(error.message(), Some("The security token included in the request is expired"));
    sim.add_customer(temporary().expires(until + jiff::SignedDuration::from_hours(1)));
    client.describe_cases().send().await.unwrap();
    assert_eq!(sim.customers().len(), 1, "it took the old one's place");
    assert!(sim.revoke("ASIAEXAMPLE") && !sim.revoke("ASIAEXAMPLE"));
    assert_eq!(code(client.describe_cases().send().await), "UnrecognizedClientException");
}

#[tokio::test]
async fn five_calls_a_second_for_all_operations_together() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).quotas(Quotas::aws()).build().unwrap();
    let client = in_process(&sim);
    for _ in 0..2 {
        client.describe_cases().send().await.unwrap();
        client.describe_services().send().await.unwrap();
    }
    client.describe_severity_levels().send().await.unwrap();
    let create = || client.create_case().subject("s").communication_body("b");
    let error = create().send().await.unwrap_err().into_service_error();
    assert_eq!((error.code(), error.message()), (Some("ThrottlingException"), Some("Rate exceeded")));
    assert_eq!(sim.case_count(), 0);
    clock.advance(Duration::from_millis(200));
    create().send().await.unwrap();
    assert_eq!(code(create().dry_run(true).send().await), "ThrottlingException");
    sim.set_quotas(Quotas { calls_per_second: None, ..Quotas::aws() });
    for _ in 0..9 {
        create().send().await.unwrap();
    }
    assert_eq!(code(create().send().await), "CaseCreationLimitExceeded");
    assert_eq!(code(create().dry_run(true).send().await), "CaseCreationLimitExceeded");
    clock.advance(hours(1));
    create().send().await.unwrap();
}

#[tokio::test]
async fn reading_attachments_can_be_limited() {
    let clock = manual_clock();
    let quotas = Quotas { described_attachments_per_minute: Some(2), ..Quotas::none() };
    let sim = Sim::builder().clock(clock.clone()).quotas(quotas).build().unwrap();
    let client = in_process(&sim);
    let file = Attachment::builder().file_name("f").data(Blob::new([1])).build();
    let set = client.add_attachments_to_set().attachments(file).send().await.unwrap();
    let case = report(&client, "s", "b").await;
    let reply = client.add_communication_to_case().case_id(&case).communication_body("b");
    reply.set_attachment_set_id(set.attachment_set_id).send().await.unwrap();
    let id = sim.case(&case).unwrap().communications[1].files[0].attachment_id.clone();
    let read = || client.describe_attachment().attachment_id(&id);
    read().send().await.unwrap();
    read().send().await.unwrap();
    let error = read().send().await.unwrap_err().into_service_error();
    assert!(error.is_describe_attachment_limit_exceeded(), "{error:?}");
    clock.advance(Duration::from_secs(30));
    read().send().await.unwrap();
}

#[tokio::test]
async fn clients_by_the_computers_clock_can_be_let_in_while_the_sims_runs_ahead() {
    let (strict, lenient) =
        (Sim::new(), Sim::builder().signing_time(SigningTime::SimOrComputer).build().unwrap());
    for (sim, expected) in [(strict, "InvalidSignatureException"), (lenient, "ok")] {
        sim.step_clock(hours(3)).unwrap();
        let by_computer = config(&sim).time_source(SystemTimeSource::new()).build();
        let told = match Client::from_conf(by_computer).describe_cases().send().await {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.into_service_error().code().unwrap().to_owned(),
        };
        assert_eq!(told, expected);
        in_process(&sim).describe_cases().send().await.unwrap();
    }
}

#[tokio::test]
async fn the_severities_depend_on_the_plan() {
    let sim = Sim::new();
    let client = in_process(&sim);
    for (plan, codes) in [
        (Plan::Enterprise, &["low", "normal", "high", "urgent", "critical"][..]),
        (Plan::Business, &["low", "normal", "high", "urgent"]),
    ] {
        sim.set_plan(plan);
        let levels = client.describe_severity_levels().send().await.unwrap();
        let offered: Vec<&str> = levels.severity_levels().iter().map(|level| level.code().unwrap()).collect();
        assert_eq!(offered, codes);
        let create = client.create_case().subject("s").communication_body("b").severity_code("critical");
        assert_eq!(create.send().await.is_ok(), codes.contains(&"critical"), "{plan:?}");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Sim::builder().data_dir(folder.path()).build().unwrap();
    let sim = open();
    sim.set_clock(START.parse().unwrap()).unwrap();
    sim.set_clock_rate(ClockRate::Standing).unwrap();
    sim.step_clock(hours(5)).unwrap();
    let shown = sim.clock().now();
    report(&in_process(&sim), "s", "b").await;
    drop(sim);
    let sim = open();
    assert_eq!((sim.clock().now(), sim.clock().rate()), (shown, ClockRate::Standing));
    sim.set_clock_rate(ClockRate::Faster(3_600.0)).unwrap();
    drop(sim);
    let sim = open();
    assert_eq!(sim.clock().rate(), ClockRate::Faster(3_600.0));
    assert!(sim.clock().now() >= shown);
    drop(sim);
    let told = Sim::builder().clock(manual_clock()).data_dir(folder.path()).build().unwrap();
    assert_eq!(told.clock().now(), START.parse().unwrap(), "a clock that is given goes before");
}
