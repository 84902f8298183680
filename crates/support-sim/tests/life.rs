//! What becomes of a case with time, and what others are told of it.
#![allow(clippy::unwrap_used)]

mod support;

use support::{code, hours, in_process, manual_clock, minutes, report};
use support_sim::{CaseEvent, CaseEventKind, CaseStatus, ManualClock, Origin, Sim};

const DAY: u64 = 24;

fn patient(clock: &ManualClock) -> Sim {
    Sim::builder().clock(clock.clone()).auto_resolve_after(hours(5 * DAY)).build().unwrap()
}

#[tokio::test]
async fn a_case_that_waits_too_long_is_resolved_as_of_then() {
    let clock = manual_clock();
    let sim = patient(&clock);
    let client = in_process(&sim);
    let waiting = report(&client, "waits", "b").await;
    let answered = report(&client, "answered", "b").await;
    let working = report(&client, "in work", "b").await;
    for id in [&waiting, &answered] {
        sim.eco().ask(id, "Which partition?").unwrap();
    }
    sim.eco().reply(&working, "We look into it.").unwrap();
    clock.advance(hours(DAY));
    let reply = client.add_communication_to_case().case_id(&answered).communication_body("northsea");
    reply.send().await.unwrap();
    clock.advance(hours(4 * DAY) - minutes(1));
    let open = client.describe_cases().send().await.unwrap();
    assert_eq!(open.cases().len(), 3);
    clock.advance(hours(2 * DAY));
    let open = client.describe_cases().send().await.unwrap();
    let subjects: Vec<&str> = open.cases().iter().map(|case| case.subject().unwrap()).collect();
    assert_eq!(subjects, ["in work", "answered"]);
    let case = sim.case(&waiting).unwrap();
    assert_eq!(case.status, CaseStatus::Resolved);
    assert_eq!(case.resolved.unwrap(), case.created + jiff::SignedDuration::from_hours(5 * 24));

    let again = || client.add_communication_to_case().case_id(&waiting).communication_body("still there");
    clock.advance(hours(12 * DAY));
    again().send().await.unwrap();
    assert_eq!(sim.case(&waiting).unwrap().status, CaseStatus::Reopened);
    client.resolve_case().case_id(&waiting).send().await.unwrap();
    clock.advance(hours(14 * DAY) + minutes(1));
    assert_eq!(code(again().send().await), "InvalidParameterValueException", "fourteen days have passed");
}

#[tokio::test]
async fn another_question_prolongs_the_wait_and_a_tick_ends_it() {
    let clock = manual_clock();
    let sim = patient(&clock);
    let id = report(&in_process(&sim), "s", "b").await;
    sim.eco().ask(&id, "Which partition?").unwrap();
    clock.advance(hours(4 * DAY));
    sim.eco().ask(&id, "Are you still there?").unwrap();
    clock.advance(hours(4 * DAY));
    assert_eq!(sim.tick().unwrap(), 0);
    clock.advance(hours(DAY));
    assert_eq!(sim.tick().unwrap(), 1);
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::Resolved);
}

#[tokio::test]
async fn waiting_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = manual_clock();
    let open = || {
        let builder = Sim::builder().clock(clock.clone()).data_dir(folder.path());
        builder.auto_resolve_after(hours(5 * DAY)).build().unwrap()
    };
    let sim = open();
    let id = report(&in_process(&sim), "s", "b").await;
    sim.eco().ask(&id, "Which partition?").unwrap();
    drop(sim);
    clock.advance(hours(5 * DAY));
    let sim = open();
    assert!(in_process(&sim).describe_cases().send().await.unwrap().cases().is_empty());
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::Resolved);
}

#[tokio::test]
async fn secrets_that_customers_write_are_redacted() {
    let secret = "key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, card 4111 1111 1111 1111";
    let redacted = "key [REDACTED_BY_AWS], card [REDACTED_BY_AWS]-1111";
    for (sim, expected) in
        [(Sim::new(), redacted), (Sim::builder().redaction(false).build().unwrap(), secret)]
    {
        let client = in_process(&sim);
        let id = report(&client, secret, secret).await;
        let reply = client.add_communication_to_case().case_id(&id).communication_body(secret);
        reply.send().await.unwrap();
        let said = client.describe_communications().case_id(&id).send().await.unwrap();
        for communication in said.communications() {
            assert_eq!(communication.body(), Some(expected));
        }
        assert_eq!(sim.case(&id).unwrap().subject, secret, "only bodies are redacted");
    }
}

#[tokio::test]
async fn whoever_listens_is_told_what_happens_and_by_whom() {
    use CaseEventKind::{CaseCreated, CaseReopened, CaseResolved, CommunicationAdded};
    let clock = manual_clock();
    let sim = patient(&clock);
    let client = in_process(&sim);
    report(&client, "before anybody listens", "b").await;
    let mut told = sim.case_events();
    let id = report(&client, "s", "b").await;
    let reply = || client.add_communication_to_case().case_id(&id).communication_body("b");
    reply().send().await.unwrap();
    sim.eco().reply(&id, "b").unwrap();
    client.resolve_case().case_id(&id).send().await.unwrap();
    client.resolve_case().case_id(&id).send().await.unwrap();
    reply().send().await.unwrap();
    sim.eco().ask(&id, "b").unwrap();
    client.create_case().subject("s").communication_body("b").dry_run(true).send().await.unwrap_err();
    clock.advance(hours(5 * DAY));
    sim.tick().unwrap();
    let mut all = Vec::new();
    while let Ok(CaseEvent { kind, origin, display_id, case_id, .. }) = told.try_recv() {
        assert_eq!(sim.case(&case_id).unwrap().display_id, display_id);
        all.push((kind, origin));
    }
    assert_eq!(
        all,
        [
            (CaseCreated, Origin::Customer),
            (CommunicationAdded, Origin::Customer),
            (CommunicationAdded, Origin::Aws),
            (CaseResolved, Origin::Customer),
            (CaseReopened, Origin::Customer),
            (CommunicationAdded, Origin::Customer),
            (CommunicationAdded, Origin::Aws),
            (CaseResolved, Origin::Aws),
        ]
    );
}
