//! ECO, by its pace and by hand.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use support::{code, hours, in_process, manual_clock, minutes, report};
use support_sim::{
    ByPriority, CaseStatus, CaseView, EcoError, EcoPace, INCIDENT_SERVICE_CODE, ManualClock,
    REQUEST_SERVICE_CODE, Severity, Sim,
};
use tokio_util::sync::CancellationToken;

const AWS: &str = "Amazon Web Services";

fn paced() -> EcoPace {
    EcoPace {
        acknowledge: ByPriority { high: minutes(1), medium: minutes(10), low: minutes(20) },
        ask: minutes(5),
        answer: minutes(3),
        fix: minutes(30),
        own_incident_first: None,
        own_incident_every: None,
    }
}

fn sim_with(pace: EcoPace) -> (Sim, ManualClock) {
    let clock = manual_clock();
    (Sim::builder().clock(clock.clone()).pace(pace).build().unwrap(), clock)
}

fn step(sim: &Sim, clock: &ManualClock, by: Duration) -> usize {
    clock.advance(by);
    sim.tick().unwrap()
}

#[tokio::test]
async fn a_case_goes_its_whole_way() {
    let (sim, clock) = sim_with(paced());
    let client = in_process(&sim);
    let id = report(&client, "Manifest ingestion stuck in northsea", "Nothing moves.").await;
    let status = || sim.case(&id).unwrap().status;
    let last = || sim.case(&id).unwrap().communications.pop().unwrap();
    let reply =
        |text: &str| client.add_communication_to_case().case_id(id.clone()).communication_body(text).send();

    assert_eq!(step(&sim, &clock, minutes(9)), 0, "not before its time");
    assert_eq!(step(&sim, &clock, minutes(1)), 1);
    assert_eq!(status(), CaseStatus::Opened);
    assert_eq!(last().author, AWS);
    assert!(last().body.contains("Manifest ingestion stuck in northsea"), "{}", last().body);

    assert_eq!(step(&sim, &clock, minutes(5)), 1);
    assert_eq!(status(), CaseStatus::PendingCustomerAction);
    assert!(last().body.contains('?'), "{}", last().body);
    assert_eq!(step(&sim, &clock, hours(100)), 0, "waits for the customer");

    reply("The runId is 8d1f.").await.unwrap();
    assert_eq!(status(), CaseStatus::CustomerActionCompleted);
    assert_eq!(step(&sim, &clock, minutes(3)), 1);
    assert_eq!(status(), CaseStatus::WorkInProgress);

    assert_eq!(step(&sim, &clock, minutes(30)), 1);
    assert_eq!(status(), CaseStatus::PendingCustomerAction);
    assert!(last().body.contains("resolve"), "{}", last().body);

    reply("Not quite.").await.unwrap();
    assert_eq!(step(&sim, &clock, minutes(3)), 1);
    assert_eq!(status(), CaseStatus::PendingCustomerAction);

    client.resolve_case().case_id(&id).send().await.unwrap();
    assert_eq!(step(&sim, &clock, hours(1)), 0);
    reply("It is back.").await.unwrap();
    assert_eq!(status(), CaseStatus::Reopened);
    assert_eq!(step(&sim, &clock, minutes(10)), 1);
    assert_eq!(status(), CaseStatus::WorkInProgress);
    assert!(last().body.contains("reopened"), "{}", last().body);
    assert_eq!(step(&sim, &clock, minutes(30)), 1);
    assert_eq!(status(), CaseStatus::PendingCustomerAction);
}

#[tokio::test]
async fn resolving_ends_what_was_planned() {
    let (sim, clock) = sim_with(paced());
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    client.resolve_case().case_id(&id).send().await.unwrap();
    assert_eq!(step(&sim, &clock, hours(1)), 0);
    assert_eq!(sim.case(&id).unwrap().communications.len(), 1);
}

#[tokio::test]
async fn the_first_response_is_within_the_priorities_target() {
    for (severity, target) in [
        ("critical", minutes(15)),
        ("urgent", minutes(15)),
        ("high", hours(4)),
        ("normal", hours(12)),
        ("low", hours(12)),
    ] {
        let (sim, clock) = sim_with(EcoPace::targets());
        let client = in_process(&sim);
        let id = client
            .create_case()
            .subject("s")
            .communication_body("b")
            .service_code(INCIDENT_SERVICE_CODE)
            .category_code(support_sim::EDI_CATEGORY_CODE)
            .severity_code(severity)
            .send()
            .await
            .unwrap()
            .case_id
            .unwrap();
        step(&sim, &clock, target);
        assert_eq!(sim.case(id).unwrap().status, CaseStatus::Opened, "{severity}");
    }
}

#[tokio::test]
async fn a_test_case_is_not_acted_on() {
    let (sim, clock) = sim_with(paced());
    let client = in_process(&sim);
    let id = report(&client, "AMSTestNoOpsActionRequired trying it out", "b").await;
    assert_eq!(step(&sim, &clock, minutes(10)), 1);
    let case = sim.case(&id).unwrap();
    assert_eq!((case.status, case.communications.len()), (CaseStatus::Unassigned, 2));
    assert!(case.communications[1].body.contains("No action is taken"));
    client.add_communication_to_case().case_id(&id).communication_body("more").send().await.unwrap();
    assert_eq!(step(&sim, &clock, hours(100)), 0);
}

#[tokio::test]
async fn eco_looks_after_its_own_services_only() {
    let (sim, clock) = sim_with(paced());
    let client = in_process(&sim);
    client.create_case().subject("s").communication_body("b").send().await.unwrap();
    assert_eq!(step(&sim, &clock, hours(100)), 0);
}

#[tokio::test]
async fn eco_opens_incidents_of_its_own_and_answers_to_them() {
    let pace = EcoPace { own_incident_first: Some(hours(1)), own_incident_every: Some(hours(5)), ..paced() };
    let (sim, clock) = sim_with(pace);
    let client = in_process(&sim);
    assert_eq!(step(&sim, &clock, minutes(59)), 0);
    assert_eq!(step(&sim, &clock, minutes(1)), 1);
    let listed = client.describe_cases().send().await.unwrap();
    let [case] = listed.cases() else { panic!("one case, not {listed:?}") };
    assert_eq!(case.submitted_by(), Some(AWS));
    assert_eq!(case.service_code(), Some(INCIDENT_SERVICE_CODE));
    assert!(sim.cases()[0].opened_by_eco);
    let id = case.case_id().unwrap();
    client.add_communication_to_case().case_id(id).communication_body("We see it too.").send().await.unwrap();
    assert_eq!(step(&sim, &clock, minutes(3)), 1);
    assert_eq!(sim.cases()[0].communications.len(), 3);
    assert_eq!(step(&sim, &clock, hours(5)), 2, "the fix, and the next incident");
    assert_eq!(sim.case_count(), 2);
}

#[tokio::test]
async fn a_running_eco_acts_by_itself_and_stops() {
    let pace = EcoPace {
        acknowledge: ByPriority::all(Duration::from_millis(20)),
        ask: Duration::from_millis(20),
        ..paced()
    };
    let sim = Sim::builder().pace(pace).build().unwrap();
    let cancel = CancellationToken::new();
    let eco = tokio::spawn({
        let (sim, cancel) = (sim.clone(), cancel.clone());
        async move { sim.run_eco(cancel).await }
    });
    let id = report(&in_process(&sim), "s", "b").await;
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while sim.case(&id).unwrap().status != CaseStatus::PendingCustomerAction {
        assert!(std::time::Instant::now() < deadline, "ECO did not ask");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    cancel.cancel();
    eco.await.unwrap();
}

#[tokio::test]
async fn the_operators_hand() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    let display = sim.case(&id).unwrap().display_id;
    let eco = sim.eco();
    clock.advance(minutes(1));
    eco.reply(&display, "We are on it.").unwrap();
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::WorkInProgress);
    eco.ask(&id, "Which run?").unwrap();
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::PendingCustomerAction);
    eco.set_service_code(&id, REQUEST_SERVICE_CODE).unwrap();
    eco.resolve(&id).unwrap();
    let case = sim.case(&id).unwrap();
    assert_eq!((case.status, case.resolved), (CaseStatus::Resolved, Some(clock.now())));
    assert_eq!(case.service_code, REQUEST_SERVICE_CODE);
    assert_eq!(case.communications.iter().filter(|said| said.author == AWS).count(), 2);

    let own = eco.open_incident("Index behind", "We see a backlog.", Severity::Urgent).unwrap();
    let own = sim.case(own).unwrap();
    assert!(own.opened_by_eco && own.severity == Severity::Urgent && own.subject == "Index behind");

    assert!(matches!(eco.reply("1", "x"), Err(EcoError::NoSuchCase(_))));
    assert!(matches!(eco.reply(&id, ""), Err(EcoError::BadLength(0))));
    assert!(matches!(eco.ask(&id, "x".repeat(8001)), Err(EcoError::BadLength(8001))));
    assert!(matches!(eco.set_service_code(&id, "none"), Err(EcoError::NoSuchService(_))));
}

#[tokio::test]
async fn the_demos_past_is_put_in_once() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    assert!(sim.demo_seed().unwrap());
    assert!(!sim.demo_seed().unwrap(), "not twice");
    let cases = sim.cases();
    assert_eq!(cases.len(), 15);
    for status in [
        CaseStatus::Unassigned,
        CaseStatus::Opened,
        CaseStatus::WorkInProgress,
        CaseStatus::PendingCustomerAction,
        CaseStatus::CustomerActionCompleted,
        CaseStatus::Reopened,
        CaseStatus::Resolved,
    ] {
        assert!(cases.iter().any(|case| case.status == status), "{status}");
    }
    // What shows the product in a minute: a High one that waits for a decision, and one that is late without an answer.
    let proposal =
        |case: &&CaseView| case.communications.iter().any(|said| said.body.contains("Restore point:"));
    let proposed = cases.iter().find(proposal).expect("a restore is proposed");
    assert_eq!((proposed.severity, proposed.status), (Severity::Critical, CaseStatus::PendingCustomerAction));
    let late = cases.iter().find(|case| case.subject.starts_with("Search index lags")).expect("it is there");
    assert_eq!((late.severity, late.communications.len()), (Severity::High, 1));
    assert!(
        clock.now().duration_since(late.created) > jiff::SignedDuration::from_hours(4),
        "its target has passed"
    );
    assert!(cases.iter().filter(|case| case.opened_by_eco).count() >= 3);
    let files = cases.iter().flat_map(|case| &case.communications).flat_map(|said| &said.files);
    assert!(files.clone().count() >= 1 && files.clone().all(|file| !file.data.is_empty()));
    for case in &cases {
        assert!(case.created < clock.now());
        let times: Vec<_> = case.communications.iter().map(|said| said.at).collect();
        assert!(times.is_sorted(), "{}: {times:?}", case.subject);
        assert!(times.iter().all(|at| *at <= clock.now()), "{}: {times:?}", case.subject);
        assert_eq!(case.opened_by_eco, case.communications[0].author == AWS, "{}", case.subject);
        assert!(case.status != CaseStatus::Resolved || case.resolved.is_some());
    }
    assert_eq!(code(in_process(&sim).describe_cases().display_id("1").send().await), "CaseIdNotFound");
}

#[test]
fn generated_cases_are_believable_and_repeatable() {
    let texts = |seed| {
        let sim = Sim::builder().clock(manual_clock()).build().unwrap();
        sim.seed(60, 9, seed).unwrap();
        sim.cases()
    };
    let cases = texts(7);
    assert_eq!(cases, texts(7));
    assert_ne!(cases, texts(8));
    assert_eq!(cases.len(), 60);
    for case in &cases {
        assert_eq!(case.communications.len(), 9);
        for place in ["{p}", "{r}", "{n}"] {
            assert!(!case.subject.contains(place), "{}", case.subject);
            assert!(case.communications.iter().all(|said| !said.body.contains(place)), "{}", case.subject);
        }
        assert!(case.communications.is_sorted_by_key(|said| said.at));
        assert!(case.communications.iter().all(|said| said.at <= manual_clock().now()));
    }
}
