//! ECO as a scenario says: the built-in one's stories, stories of a tester's own, chance and ranges that repeat, and
//! progress that outlives a restart.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};

use support::{hours, in_process, manual_clock, minutes};
use support_sim::{
    CaseStatus, CaseView, ClockRate, ContactKind, EDI_CATEGORY_CODE, EventState, Finding,
    INCIDENT_SERVICE_CODE, ManualClock, Party, REQUEST_SERVICE_CODE, Scenario, Severity, Sim,
};
use tokio_util::sync::CancellationToken;

const AWS: &str = "Amazon Web Services";

fn targets() -> Scenario {
    Scenario::standard().at_pace("targets").unwrap()
}

fn sim_with(scenario: Scenario) -> (Sim, ManualClock) {
    let clock = manual_clock();
    (Sim::builder().clock(clock.clone()).scenario(scenario).build().unwrap(), clock)
}

async fn report(sim: &Sim, subject: &str, body: &str, severity: &str) -> String {
    let client = in_process(sim);
    let case = client.create_case().subject(subject).communication_body(body).severity_code(severity);
    let case = case.service_code(INCIDENT_SERVICE_CODE).category_code(EDI_CATEGORY_CODE);
    case.send().await.unwrap().case_id.unwrap()
}

async fn reply(sim: &Sim, id: &str, body: &str) {
    in_process(sim).add_communication_to_case().case_id(id).communication_body(body).send().await.unwrap();
}

fn case(sim: &Sim, id: &str) -> CaseView {
    sim.case(id).unwrap()
}

fn last(sim: &Sim, id: &str) -> String {
    case(sim, id).communications.pop().unwrap().body
}

#[tokio::test]
async fn guidance_is_reclassified_as_a_service_request() {
    let (sim, _) = sim_with(targets());
    let id = report(&sim, "How do I add a data partition?", "We need another one.", "low").await;
    sim.advance(hours(12)).unwrap();
    let case = case(&sim, &id);
    assert_eq!(
        (case.service_code.as_str(), case.status),
        (REQUEST_SERVICE_CODE, CaseStatus::PendingCustomerAction)
    );
    assert!(case.communications[1].body.contains("better handled as a service request"), "{case:?}");
    assert_eq!(case.communications.len(), 3);
}

#[tokio::test]
async fn a_restore_waits_for_the_go_ahead() {
    let (sim, _) = sim_with(targets());
    let id = report(&sim, "Records were deleted in opendes", "Since 02:40 UTC.", "critical").await;
    sim.advance(hours(1)).unwrap();
    let proposed = case(&sim, &id);
    assert_eq!(proposed.status, CaseStatus::PendingCustomerAction);
    let proposal = proposed.communications.last().unwrap();
    assert!(proposal.body.contains("May we go ahead?"), "{}", proposal.body);
    assert_eq!(proposal.files[0].file_name, "restore-plan.txt");
    assert!(String::from_utf8_lossy(&proposal.files[0].data).contains(proposed.display_id.as_str()));

    reply(&sim, &id, "What would we lose?").await;
    sim.advance(hours(1)).unwrap();
    assert!(last(&sim, &id).contains("I need a clear answer"), "{}", last(&sim, &id));
    reply(&sim, &id, "Yes, go ahead please.").await;
    sim.advance(minutes(30)).unwrap();
    assert_eq!(case(&sim, &id).status, CaseStatus::WorkInProgress);
    assert!(last(&sim, &id).contains("The restore has begun"), "{}", last(&sim, &id));
    sim.advance(hours(3)).unwrap();
    assert!(last(&sim, &id).contains("The restore is finished"), "{}", last(&sim, &id));
    // The story is over; a reply is taken up all the same.
    reply(&sim, &id, "One dashboard is still empty.").await;
    sim.advance(hours(1)).unwrap();
    assert!(
        last(&sim, &id).contains("checked the instance once more")
            || last(&sim, &id).contains("gone through")
    );
}

#[tokio::test]
async fn without_the_go_ahead_nothing_is_restored_and_silence_is_reminded_of() {
    let (sim, _) = sim_with(targets());
    let id = report(&sim, "Corrupt records in opendes", "Since 02:40 UTC.", "critical").await;
    sim.advance(hours(1)).unwrap();
    sim.advance(hours(47)).unwrap();
    assert_eq!(case(&sim, &id).communications.len(), 3);
    sim.advance(hours(2)).unwrap();
    assert!(last(&sim, &id).contains("still waiting for your go-ahead"), "{}", last(&sim, &id));
    reply(&sim, &id, "Please do not restore, we can live with it.").await;
    sim.advance(hours(5)).unwrap();
    let said = case(&sim, &id).communications;
    assert!(said.iter().any(|said| said.body.contains("Understood: no restore")), "{said:#?}");
    assert!(!said.iter().any(|said| said.body.contains("The restore has begun")), "{said:#?}");
}

#[tokio::test]
async fn each_step_comes_at_its_own_time_when_hours_pass_at_once() {
    let (sim, clock) = sim_with(targets());
    let start = clock.now();
    let id = report(&sim, "Search is slow", "All users.", "high").await;
    assert_eq!(sim.next_step(), Some(start + minutes(50)), "monitoring looks first");
    sim.advance(hours(4)).unwrap();
    let times: Vec<_> = case(&sim, &id).communications.iter().map(|said| said.at).collect();
    assert_eq!(times, [start, start + minutes(95), start + minutes(120)]);
    assert_eq!(clock.now(), start + hours(4));
}

const MINE: &str = r#"
[pace.quick]
answer = "1m..9m"

[voice]
engineers = ["Ada"]
greeting = "Dear {customer},"
greeting_of_unknown = "Dear all,"
closing = "{engineer}"

[letter.hello]
paragraphs = ["{subject} at {priority} priority, {service}."]

[letter.luck]
paragraphs = ["A lucky case."]

[[rule]]
on = "case"
chance = 0.5
story = "lucky"

[[rule]]
on = "case"
story = "plain"

[[rule]]
on = "reply"
story = "plain"

[[story]]
name = "lucky"
[[story.step]]
name = "say"
after = "answer"
say = "luck"
attach = [{ name = "noise.bin", size = 70000 }, { name = "note.txt", text = "ok" }]
severity = "critical"
status = "resolved"

[[story]]
name = "plain"
[[story.step]]
name = "maybe"
after = "1s"
chance = 0.5
body = "Perhaps, {customer}."
[[story.step]]
name = "say"
after = "answer"
say = "hello"
status = "opened"
"#;

async fn played(seed: u64) -> Vec<CaseView> {
    let scenario = Scenario::parse("mine.toml", MINE).unwrap();
    let sim = Sim::builder().clock(manual_clock()).seed(seed).scenario(scenario).build().unwrap();
    for number in 0..30 {
        report(&sim, &format!("Case {number}"), "b", "high").await;
        // Anything that is asked in between changes nothing of what ECO does.
        if seed == 1 && number % 3 == 0 {
            in_process(&sim).describe_cases().send().await.unwrap();
        }
    }
    sim.advance(hours(1)).unwrap();
    let mut cases = sim.cases();
    for case in &mut cases {
        for file in case.communications.iter_mut().flat_map(|said| &mut said.files) {
            file.attachment_id.clear();
        }
        case.case_id.clear();
    }
    cases
}

#[tokio::test]
async fn a_scenario_of_ones_own_plays_by_chance_and_the_same_seed_repeats_it() {
    let cases = played(1).await;
    let lucky: Vec<_> = cases.iter().filter(|case| case.severity == Severity::Critical).collect();
    let plain: Vec<_> = cases.iter().filter(|case| case.severity == Severity::High).collect();
    assert!((5..25).contains(&lucky.len()), "{} of 30", lucky.len());
    for case in &lucky {
        assert_eq!((case.status, case.communications.len()), (CaseStatus::Resolved, 2));
        let files = &case.communications[1].files;
        assert_eq!((files[0].data.len(), &files[1].data[..]), (70_000, &b"ok"[..]));
    }
    let texts =
        |case: &&CaseView| case.communications.iter().map(|said| said.body.clone()).collect::<Vec<_>>();
    let perhaps = plain.iter().filter(|case| texts(case).iter().any(|text| text == "Perhaps, Jane.")).count();
    assert!((1..plain.len()).contains(&perhaps), "{perhaps} of {}", plain.len());
    let subject = &plain[0].subject;
    let said =
        format!("Dear Jane,\n\n{subject} at Medium priority, AMS Operations - Report Incident.\n\nAda");
    assert!(texts(&plain[0]).contains(&said), "{:#?}", plain[0]);
    let waits: std::collections::BTreeSet<_> = cases
        .iter()
        .map(|case| case.communications.last().unwrap().at - case.created)
        .map(|s| s.to_string())
        .collect();
    assert!(waits.len() > 10, "the range is drawn from: {waits:?}");

    let again: Vec<_> = played(1).await;
    assert_eq!(cases, again);
    let other = played(2).await;
    assert_ne!(
        cases.iter().map(|case| case.severity).collect::<Vec<_>>(),
        other.iter().map(|case| case.severity).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_scenario_goes_on_where_it_was_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = manual_clock();
    let open = || {
        let builder = Sim::builder().clock(clock.clone()).scenario(targets());
        builder.data_dir(folder.path()).build().unwrap()
    };
    let sim = open();
    let id = report(&sim, "Records were deleted", "b", "critical").await;
    sim.advance(hours(1)).unwrap();
    reply(&sim, &id, "yes").await;
    let planned = sim.eco().plan(&id).unwrap();
    assert_eq!((planned.story.as_str(), planned.step.as_deref()), ("restore", Some("restoring")));
    sim.eco().raise_event("api-latency", 5000, None).unwrap();
    let chat = sim.begin_contact(&id, ContactKind::Chat).unwrap();
    sim.say_in_contact(chat, Party::Customer, "Hello?").unwrap();
    let (events, contacts) = (sim.eco().events(), sim.contacts());
    drop(sim);

    let sim = open();
    assert_eq!(sim.eco().plan(&id), Some(planned));
    assert_eq!((sim.eco().events(), sim.contacts()), (events.clone(), contacts));
    let background = sim.next_step();
    sim.advance(hours(9)).unwrap();
    assert!(case(&sim, &id).communications.iter().any(|said| said.body.contains("The restore is finished")));
    assert!(background.is_some() && sim.eco().events().len() > events.len(), "monitoring goes on");
}

#[tokio::test]
async fn what_a_scenario_no_longer_has_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let clock = manual_clock();
    let open = |scenario| {
        let builder = Sim::builder().clock(clock.clone()).scenario(scenario);
        builder.data_dir(folder.path()).build().unwrap()
    };
    let sim = open(targets());
    let id = report(&sim, "Search is slow", "b", "high").await;
    assert!(sim.eco().plan(&id).is_some());
    drop(sim);
    let sim = open(Scenario::parse("mine.toml", MINE).unwrap());
    sim.advance(hours(5)).unwrap();
    assert_eq!((case(&sim, &id).communications.len(), sim.eco().plan(&id)), (1, None));
    reply(&sim, &id, "Hello?").await;
    sim.advance(hours(1)).unwrap();
    assert!(last(&sim, &id).starts_with("Dear Jane,"), "{}", last(&sim, &id));
}

#[tokio::test]
async fn an_operator_plays_stories_while_eco_keeps_silent() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let id = report(&sim, "Search is slow", "b", "critical").await;
    sim.advance(hours(100)).unwrap();
    assert_eq!(case(&sim, &id).communications.len(), 1, "nobody acts");
    let eco = sim.eco();
    assert!(!eco.is_acting());
    eco.play(&id, "restore").unwrap();
    sim.advance(minutes(1)).unwrap();
    assert_eq!(case(&sim, &id).status, CaseStatus::PendingCustomerAction);
    reply(&sim, &id, "yes").await;
    sim.advance(minutes(1)).unwrap();
    assert!(last(&sim, &id).contains("The restore is finished"), "{}", last(&sim, &id));

    eco.play(&id, "incident").unwrap();
    eco.hurry(&id).unwrap();
    assert_eq!(sim.tick().unwrap(), 1);
    eco.stop(&id).unwrap();
    assert_eq!((eco.plan(&id), sim.advance(hours(1)).unwrap()), (None, 0));
    let known = eco.play(&id, "magic").unwrap_err().to_string();
    assert!(known.starts_with("there is no story \"magic\"; there are: incident, reopened"), "{known}");
    assert!(eco.hurry(&id).unwrap_err().to_string().contains("nothing is planned"));
}

#[test]
fn only_incidents_and_problems_become_cases() {
    let (sim, _) = sim_with(targets());
    let eco = sim.eco();
    let state = |id: u64| eco.events().into_iter().find(|event| event.id == id).unwrap().state;

    let below = eco.raise_event("api-latency", 3999, None).unwrap();
    assert_eq!(state(below), EventState::BelowThreshold);
    assert!(
        eco.settle_event(below, Finding::Incident).unwrap_err().to_string().contains("below its threshold")
    );

    let nothing = eco.raise_event("api-latency", 4000, Some(Finding::NonImpacting)).unwrap();
    assert!(matches!(state(nothing), EventState::Found { found: Finding::NonImpacting, case: None, .. }));
    assert_eq!(sim.case_count(), 0);

    for (found, text, severity) in [
        (Finding::Incident, "determined it to be an incident", Severity::High),
        (Finding::Problem, "determined it to be a problem", Severity::Normal),
    ] {
        let id = eco.raise_event("api-latency", 5200, Some(found)).unwrap();
        let EventState::Found { case: Some(case), .. } = state(id) else { panic!("{:?}", state(id)) };
        let case = sim.case(case).unwrap();
        assert!(case.opened_by_eco && case.severity == severity, "{case:?}");
        assert!(case.description().contains(text) && case.description().contains("5200 ms"), "{case:?}");
        assert_eq!(case.communications[0].author, AWS);
    }

    let open = eco.raise_event("api-latency", 5200, None).unwrap();
    assert!(matches!(state(open), EventState::Alarm { until: Some(_) }));
    eco.settle_event(open, Finding::NonImpacting).unwrap();
    assert!(eco.settle_event(open, Finding::Incident).unwrap_err().to_string().contains("settled already"));
    assert!(eco.raise_event("dust", 1, None).unwrap_err().to_string().contains("there are: index-backlog"));
}

#[test]
fn monitoring_finds_all_three_in_time() {
    let (sim, _) = sim_with(targets());
    sim.advance(Duration::from_secs(40 * 24 * 3600)).unwrap();
    let events = sim.eco().events();
    let count = |wanted: Finding| {
        events
            .iter()
            .filter(|event| matches!(event.state, EventState::Found { found, .. } if found == wanted))
            .count()
    };
    assert!(events.iter().any(|event| event.state == EventState::BelowThreshold), "{events:?}");
    for found in Finding::ALL {
        assert!(count(found) > 2, "{found:?}: {}", count(found));
    }
    assert_eq!(sim.case_count(), count(Finding::Incident) + count(Finding::Problem));
    let (again, _) = sim_with(targets());
    again.advance(Duration::from_secs(40 * 24 * 3600)).unwrap();
    assert_eq!(
        again.eco().events().iter().map(|event| (event.value, event.at)).collect::<Vec<_>>(),
        events.iter().map(|event| (event.value, event.at)).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_clock_that_runs_fast_keeps_the_targets() {
    let (sim, _) = sim_with(targets());
    let id = report(&sim, "Search is down", "b", "critical").await;
    // Ten hours a second: ECO looks at the clock every two hours of it.
    sim.set_clock_rate(ClockRate::Faster(36_000.0)).unwrap();
    let cancel = CancellationToken::new();
    let eco = tokio::spawn({
        let (sim, cancel) = (sim.clone(), cancel.clone());
        async move { sim.run_eco(cancel).await }
    });
    let deadline = Instant::now() + Duration::from_secs(60);
    while case(&sim, &id).communications.len() < 3 {
        assert!(Instant::now() < deadline, "ECO does not act");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    cancel.cancel();
    eco.await.unwrap();
    let case = case(&sim, &id);
    let waited = case.communications[1].at.duration_since(case.created);
    let asked = case.communications[2].at.duration_since(case.communications[1].at);
    assert_eq!((waited.as_mins(), asked.as_mins()), (8, 25), "as if somebody had watched the clock");
}

#[tokio::test]
async fn a_journal_from_before_scenarios_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let clock = manual_clock();
    let open = || {
        let builder = Sim::builder().clock(clock.clone()).scenario(targets());
        builder.data_dir(folder.path()).build().unwrap()
    };
    let sim = open();
    sim.eco().set_acting(false);
    let id = report(&sim, "Search is slow", "b", "high").await;
    drop(sim);
    let path = folder.path().join("journal.jsonl");
    let (mut lines, mut plans) = (Vec::new(), 0);
    for line in std::fs::read_to_string(&path).unwrap().lines() {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        for record in line.as_array_mut().into_iter().flatten() {
            if let Some(case) = record.get_mut("case").filter(|case| case.get("eco").is_some()) {
                let then = serde_json::json!(["ask", "2026-11-22T08:00:00Z"]);
                case["eco"] = serde_json::json!({ "stage": "acknowledged", "next": then, "variety": 7 });
                plans += 1;
            }
        }
        lines.push(line.to_string());
    }
    assert_eq!(plans, 1);
    lines.push(r#"[{"next_own_incident":"2026-11-22T09:00:00Z"}]"#.to_owned());
    std::fs::write(&path, lines.join("\n") + "\n").unwrap();

    let sim = open();
    sim.advance(hours(3)).unwrap();
    assert!(
        sim.cases().iter().any(|case| case.created.to_string() == "2026-11-22T09:00:00Z"),
        "as planned then"
    );
    assert_eq!(case(&sim, &id).communications.len(), 1, "what was planned in a case waits for the customer");
    reply(&sim, &id, "Hello?").await;
    sim.advance(hours(4)).unwrap();
    assert!(case(&sim, &id).communications.len() > 2, "and then goes on");
}
