//! Events of EventBridge's form: what they say, and that the program delivers them to an SQS queue, here moto's.
#![allow(clippy::unwrap_used)]

mod python;
mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aws_credential_types::Credentials;
use aws_sdk_sqs::config::{BehaviorVersion, Region};
use serde_json::Value;
use support::{in_process, manual_clock, report};
use support_sim::{EventMix, Events, Severity, Sim};

async fn take(events: &mut Events) -> Value {
    let all = tokio::time::timeout(Duration::from_secs(60), events.next()).await.unwrap().unwrap();
    serde_json::from_str(&all[0]).unwrap()
}

#[tokio::test]
async fn an_event_has_eventbridges_form_and_no_text() {
    let sim = Sim::builder().clock(manual_clock()).build().unwrap();
    let mut events = Events::of(&sim, EventMix::default());
    let client = in_process(&sim);
    let id = report(&client, "secret subject", "secret body").await;
    let display = sim.case(&id).unwrap().display_id;
    let created = take(&mut events).await;
    let members: Vec<_> = created.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        members,
        ["account", "detail", "detail-type", "id", "region", "resources", "source", "time", "version"]
    );
    assert_eq!(created["source"], "aws.support");
    assert_eq!(created["detail-type"], "Support Case Update");
    assert_eq!((&created["account"], &created["region"]), (&"123456789012".into(), &"us-east-1".into()));
    assert_eq!((&created["time"], &created["version"]), (&"2026-11-22T07:00:00Z".into(), &"0".into()));
    let detail = &created["detail"];
    assert_eq!(detail.as_object().unwrap().len(), 5);
    assert_eq!(
        (&detail["event-name"], &detail["display-id"]),
        (&"CreateCase".into(), &display.as_str().into())
    );
    assert_eq!((&detail["origin"], &detail["communication-id"]), (&"".into(), &"".into()));
    assert!(sim.case(detail["case-id"].as_str().unwrap()).is_some(), "{detail}");
    assert!(!created.to_string().contains("secret"));

    sim.eco().reply(&id, "On it.").unwrap();
    client.add_communication_to_case().case_id(&id).communication_body("Thanks.").send().await.unwrap();
    sim.eco().resolve(&id).unwrap();
    client.add_communication_to_case().case_id(&id).communication_body("Again.").send().await.unwrap();
    let mut told = Vec::new();
    for _ in 0..5 {
        let event = take(&mut events).await;
        let detail = &event["detail"];
        let named = detail["communication-id"].as_str().unwrap().starts_with("ekko:us-east-1:");
        let (name, origin) = (detail["event-name"].as_str().unwrap(), detail["origin"].as_str().unwrap());
        told.push((name.to_owned(), origin.to_owned(), named));
    }
    let expected = [
        ("AddCommunicationToCase", "AWS", true),
        ("AddCommunicationToCase", "CUSTOMER", true),
        ("ResolveCase", "", false),
        ("ReopenCase", "", false),
        ("AddCommunicationToCase", "CUSTOMER", true),
    ];
    assert_eq!(told, expected.map(|(name, origin, named)| (name.to_owned(), origin.to_owned(), named)));
}

#[tokio::test]
async fn events_are_lost_and_repeated_as_the_seed_says() {
    let run = async |mix: EventMix| {
        let sim = Sim::builder().clock(manual_clock()).build().unwrap();
        let mut events = Events::of(&sim, mix);
        for number in 0..100 {
            sim.eco().open_incident(format!("Case {number}"), "b", Severity::High).unwrap();
        }
        drop(sim);
        let mut all = Vec::new();
        while let Some(some) = events.next().await {
            assert!(some.iter().all(|event| *event == some[0]), "a repeated event is the same");
            let event: Value = serde_json::from_str(&some[0]).unwrap();
            all.push((event["id"].as_str().unwrap().to_owned(), some.len()));
        }
        all
    };
    let whole = run(EventMix::default()).await;
    assert!(whole.len() == 100 && whole.iter().all(|(_, times)| *times == 1));
    let mixed = run(EventMix { lost: 0.3, repeated: 0.3, seed: 7 }).await;
    assert!((50..90).contains(&mixed.len()), "{}", mixed.len());
    let twice = mixed.iter().filter(|(_, times)| *times == 2).count();
    assert!((5..50).contains(&twice), "{twice}");
    assert_eq!(mixed, run(EventMix { lost: 0.3, repeated: 0.3, seed: 7 }).await);
    assert_ne!(mixed, run(EventMix { lost: 0.3, repeated: 0.3, seed: 8 }).await);
}

/// The program, ended when dropped.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_support-sim"));
        for (key, _) in std::env::vars_os() {
            let name = key.to_string_lossy().to_ascii_uppercase();
            if name.starts_with("AWS_") || name.ends_with("_PROXY") {
                command.env_remove(key);
            }
        }
        let nowhere = format!("{}/no-aws-configuration", env!("CARGO_TARGET_TMPDIR"));
        command.env("AWS_CONFIG_FILE", &nowhere).env("AWS_SHARED_CREDENTIALS_FILE", &nowhere);
        let command = command.args(["--port", "0", "--pace", "off", "--quotas", "none"]).args(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| Some(line.ok()?.strip_prefix("listening on ")?.to_owned())).unwrap();
        Self { child, url }
    }

    async fn open_incident(&self, subject: &str) -> String {
        let body = serde_json::json!({ "subject": subject, "body": "b" });
        let told = client::Control::at(&self.url).done("POST", "/_eco/api/cases", Some(body)).await;
        told["displayId"].as_str().unwrap().to_owned()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[path = "support/control.rs"]
mod client;

fn sqs(moto: &python::Moto) -> aws_sdk_sqs::Client {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret", None, None, "test");
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials)
        .endpoint_url(moto.url());
    aws_sdk_sqs::Client::from_conf(config.build())
}

/// Takes events from the queue until there are so many.
async fn received(client: &aws_sdk_sqs::Client, queue: &str, wanted: usize) -> Vec<Value> {
    let deadline = Instant::now() + Duration::from_secs(120);
    let mut events: Vec<Value> = Vec::new();
    while events.len() < wanted {
        assert!(Instant::now() < deadline, "{wanted} events, not {events:#?}");
        let answer =
            client.receive_message().queue_url(queue).max_number_of_messages(10).wait_time_seconds(2);
        for message in answer.send().await.unwrap().messages.unwrap_or_default() {
            events.push(serde_json::from_str(message.body().unwrap()).unwrap());
            let handle = message.receipt_handle().unwrap();
            client.delete_message().queue_url(queue).receipt_handle(handle).send().await.unwrap();
        }
    }
    events
}

#[tokio::test]
async fn the_program_sends_to_a_queue_and_tries_again() {
    let moto = python::Moto::start();
    let client = sqs(&moto);
    // The queue is not there yet: nothing of what happens meanwhile is lost.
    let queue = format!("{}/123456789012/support-events", moto.url());
    let program = Program::start(&["--events-queue", &queue]);
    let first = program.open_incident("One").await;
    client.create_queue().queue_name("support-events").send().await.unwrap();
    let second = program.open_incident("Two").await;
    let events = received(&client, &queue, 2).await;
    let mut cases: Vec<_> =
        events.iter().map(|event| event["detail"]["display-id"].as_str().unwrap()).collect();
    cases.sort_unstable();
    let mut expected = [first.as_str(), second.as_str()];
    expected.sort_unstable();
    assert_eq!(cases, expected);
    assert!(events.iter().all(|event| event["detail"]["event-name"] == "CreateCase"));
}

#[tokio::test]
async fn the_program_repeats_events_on_demand() {
    let moto = python::Moto::start();
    let client = sqs(&moto);
    client.create_queue().queue_name("support-events").send().await.unwrap();
    let queue = format!("{}/123456789012/support-events", moto.url());
    let program = Program::start(&["--events-queue", &queue, "--events-repeated", "1.0"]);
    program.open_incident("One").await;
    let events = received(&client, &queue, 2).await;
    assert_eq!(events[0], events[1]);
}
