//! A case's life, driven by the real SDK through both doors.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::HashSet;

use aws_sdk_support::operation::create_case::CreateCaseError;
use support::{both_transports, code, hours, in_process, manual_clock, minutes, report};
use support_sim::{CaseStatus, EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, IssueType, Severity, Sim};

#[tokio::test]
async fn a_report_is_kept_exactly_and_read_back() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let subject = "Søk <fungerer> ikke — \"Brønn 15/9-F-11\"";
        let body = "Line one\r\nLine two\n\ttabbed, emoji 🛢️, and & < > \\ \u{1}";
        let case_id = client
            .create_case()
            .subject(subject)
            .communication_body(body)
            .service_code(INCIDENT_SERVICE_CODE)
            .category_code(EDI_CATEGORY_CODE)
            .severity_code("critical")
            .cc_email_addresses("a@example.com")
            .cc_email_addresses("b@example.com")
            .language("en")
            .issue_type("technical")
            .send()
            .await
            .unwrap()
            .case_id
            .unwrap();
        let kept = sim.case(&case_id).unwrap();
        assert_eq!((kept.subject.as_str(), kept.description()), (subject, body), "{transport}");
        assert_eq!(kept.severity, Severity::Critical);
        assert_eq!(kept.issue_type, IssueType::Technical);
        assert_eq!(kept.cc, ["a@example.com", "b@example.com"]);
        assert_eq!(kept.status, CaseStatus::Unassigned);
        assert!(!kept.opened_by_eco);

        let described = client.describe_cases().case_id_list(&case_id).send().await.unwrap();
        let [case] = described.cases() else { panic!("{transport}: one case, not {described:?}") };
        assert_eq!(case.display_id(), Some(kept.display_id.as_str()));
        assert_eq!(case.subject(), Some(subject));
        assert_eq!(case.status(), Some("unassigned"));
        assert_eq!(case.service_code(), Some(INCIDENT_SERVICE_CODE));
        assert_eq!(case.category_code(), Some(EDI_CATEGORY_CODE));
        assert_eq!(case.severity_code(), Some("critical"));
        assert_eq!(case.submitted_by(), Some("AdminRole (Role) <jane@example.com>"));
        assert_eq!(case.cc_email_addresses(), ["a@example.com", "b@example.com"]);
        assert_eq!(case.language(), Some("en"));
        let recent = case.recent_communications().unwrap();
        assert_eq!(recent.communications().len(), 1);
        assert_eq!(recent.communications()[0].body(), Some(body));
        assert_eq!(recent.next_token(), None);
    }
}

#[tokio::test]
async fn a_case_that_names_nothing_gets_defaults() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let id = client.create_case().subject("s").communication_body("b").send().await.unwrap().case_id.unwrap();
    let kept = sim.case(id).unwrap();
    assert_eq!((kept.service_code.as_str(), kept.category_code.as_str()), ("general-info", "using-aws"));
    assert_eq!((kept.severity, kept.language.as_str()), (Severity::Low, "en"));
}

#[tokio::test]
async fn the_infix_wanders_and_any_infix_is_taken() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let first = report(&client, "s", "b").await;
    let mut spellings = HashSet::from([first.clone()]);
    for _ in 0..6 {
        let cases = client.describe_cases().send().await.unwrap();
        spellings.insert(cases.cases()[0].case_id().unwrap().to_owned());
    }
    assert!(spellings.len() > 3, "{spellings:?}");
    for spelling in &spellings {
        let said = client.describe_communications().case_id(spelling).send().await.unwrap();
        assert_eq!(said.communications().len(), 1);
    }
    let parts: Vec<&str> = first.split('-').collect();
    let foreign = format!("case-{}-exen-{}-{}", parts[1], parts[3], parts[4]);
    assert!(client.describe_cases().case_id_list(foreign).send().await.is_ok());
}

#[tokio::test]
async fn times_come_in_two_spellings_of_one_instant() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    let cases = client.describe_cases().send().await.unwrap();
    assert_eq!(cases.cases()[0].time_created(), Some("2026-11-22T07:00:00.000Z"));
    let said = client.describe_communications().case_id(id).send().await.unwrap();
    assert_eq!(said.communications()[0].time_created(), Some("2026-11-22T07:00:00.000+0000"));
}

#[tokio::test]
async fn listing_gives_each_case_once_while_new_ones_arrive() {
    let sim = Sim::new();
    sim.seed(37, 1, 5).unwrap();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let there: HashSet<String> = sim.cases().iter().map(|case| case.display_id.to_string()).collect();
        let (mut seen, mut token) = (Vec::new(), None);
        loop {
            let page = client
                .describe_cases()
                .include_resolved_cases(true)
                .max_results(10)
                .set_next_token(token)
                .send()
                .await
                .unwrap();
            assert!(page.cases().len() <= 10);
            seen.extend(page.cases().iter().map(|case| case.display_id().unwrap().to_owned()));
            report(&client, "arrives meanwhile", "b").await;
            token = page.next_token;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), there.len(), "{transport}");
        assert_eq!(seen.into_iter().collect::<HashSet<_>>(), there, "{transport}");
    }
}

#[tokio::test]
async fn resolved_cases_are_listed_only_when_asked_for() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let open = report(&client, "open", "b").await;
        let done = report(&client, "done", "b").await;
        let resolved = client.resolve_case().case_id(&done).send().await.unwrap();
        assert_eq!(resolved.initial_case_status(), Some("unassigned"), "{transport}");
        assert_eq!(resolved.final_case_status(), Some("resolved"));
        let again = client.resolve_case().case_id(&done).send().await.unwrap();
        assert_eq!(again.initial_case_status(), Some("resolved"));

        let listed = client.describe_cases().case_id_list(&open).case_id_list(&done);
        assert_eq!(listed.clone().send().await.unwrap().cases().len(), 1);
        assert_eq!(listed.include_resolved_cases(true).send().await.unwrap().cases().len(), 2);
        assert!(sim.case(&done).unwrap().resolved.is_some());
    }
}

#[tokio::test]
async fn cases_are_filtered_by_time_language_and_id() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let early = report(&client, "early", "b").await;
    clock.advance(hours(2));
    report(&client, "late", "b").await;
    let subjects = |cases: Vec<aws_sdk_support::types::CaseDetails>| -> Vec<String> {
        cases.into_iter().map(|case| case.subject.unwrap()).collect()
    };
    let list = client.describe_cases();
    let all = list.clone().send().await.unwrap().cases.unwrap();
    assert_eq!(subjects(all), ["late", "early"], "newest first");
    let late = list.clone().after_time("2026-11-22T08:00:00+0000").send().await.unwrap().cases.unwrap();
    assert_eq!(subjects(late), ["late"]);
    let before = list.clone().before_time("2026-11-22T08:00:00").send().await.unwrap().cases.unwrap();
    assert_eq!(subjects(before), ["early"]);
    assert!(list.clone().language("ja").send().await.unwrap().cases().is_empty());
    let display = sim.case(&early).unwrap().display_id;
    let one = list.clone().display_id(display.as_str()).send().await.unwrap().cases.unwrap();
    assert_eq!(subjects(one), ["early"]);
    let bare = list.include_communications(false).send().await.unwrap();
    assert!(bare.cases().iter().all(|case| case.recent_communications().is_none()));
}

#[tokio::test]
async fn the_five_newest_come_along_and_the_token_leads_to_the_rest() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "message 0").await;
    for number in 1..28 {
        clock.advance(minutes(1));
        client
            .add_communication_to_case()
            .case_id(&id)
            .communication_body(format!("message {number}"))
            .send()
            .await
            .unwrap();
    }
    let cases = client.describe_cases().send().await.unwrap();
    let recent = cases.cases()[0].recent_communications().unwrap();
    let mut bodies: Vec<String> =
        recent.communications().iter().map(|said| said.body().unwrap().to_owned()).collect();
    assert_eq!(bodies, (23..28).rev().map(|n| format!("message {n}")).collect::<Vec<_>>());
    let mut token = recent.next_token().map(str::to_owned);
    while let Some(next) = token {
        let page = client
            .describe_communications()
            .case_id(&id)
            .max_results(10)
            .next_token(next)
            .send()
            .await
            .unwrap();
        bodies.extend(page.communications().iter().map(|said| said.body().unwrap().to_owned()));
        token = page.next_token;
    }
    assert_eq!(bodies, (0..28).rev().map(|n| format!("message {n}")).collect::<Vec<_>>());

    let window = client
        .describe_communications()
        .case_id(&id)
        .after_time("2026-11-22T07:03:00Z")
        .before_time("2026-11-22T07:04:00Z")
        .send()
        .await
        .unwrap();
    let bodies: Vec<_> = window.communications().iter().map(|said| said.body().unwrap()).collect();
    assert_eq!(bodies, ["message 4", "message 3"]);
}

#[tokio::test]
async fn a_time_filter_of_cases_holds_for_the_communications_that_come_along() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "message 0").await;
    for number in 1..12 {
        clock.advance(minutes(1));
        let reply = client.add_communication_to_case().case_id(&id);
        reply.communication_body(format!("message {number}")).send().await.unwrap();
    }
    let all = client.describe_cases().send().await.unwrap();
    assert_eq!(all.cases()[0].recent_communications().unwrap().communications().len(), 5);
    // The case was opened within the time, and seven of its messages were written in it.
    let list = client.describe_cases().after_time("2026-11-22T07:00:00Z").before_time("2026-11-22T07:06:00Z");
    let cases = list.send().await.unwrap();
    let recent = cases.cases()[0].recent_communications().unwrap();
    let bodies: Vec<_> = recent.communications().iter().map(|said| said.body().unwrap()).collect();
    assert_eq!(bodies, ["message 6", "message 5", "message 4", "message 3", "message 2"]);
    let rest = client.describe_communications().case_id(&id).next_token(recent.next_token().unwrap());
    let rest = rest.send().await.unwrap();
    let bodies: Vec<_> = rest.communications().iter().map(|said| said.body().unwrap()).collect();
    assert_eq!(bodies, ["message 1", "message 0"]);
    // What was rendered for the filter is not what another call is answered with.
    let again = client.describe_cases().send().await.unwrap();
    let newest = again.cases()[0].recent_communications().unwrap().communications()[0].body();
    assert_eq!(newest, Some("message 11"));
}

#[tokio::test]
async fn the_customers_reply_moves_the_status_on() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let id = report(&client, "s", "b").await;
        for (was, becomes) in [
            (CaseStatus::Unassigned, CaseStatus::Unassigned),
            (CaseStatus::Opened, CaseStatus::Opened),
            (CaseStatus::WorkInProgress, CaseStatus::WorkInProgress),
            (CaseStatus::PendingCustomerAction, CaseStatus::CustomerActionCompleted),
            (CaseStatus::CustomerActionCompleted, CaseStatus::CustomerActionCompleted),
            (CaseStatus::Resolved, CaseStatus::Reopened),
            (CaseStatus::Reopened, CaseStatus::Reopened),
        ] {
            sim.eco().set_status(&id, was).unwrap();
            let reply = client
                .add_communication_to_case()
                .case_id(&id)
                .communication_body("more")
                .cc_email_addresses("c@example.com")
                .send()
                .await
                .unwrap();
            assert!(reply.result());
            assert_eq!(sim.case(&id).unwrap().status, becomes, "{transport}: {was}");
        }
        assert_eq!(sim.case(&id).unwrap().cc, ["c@example.com"], "added once");
    }
}

#[tokio::test]
async fn a_case_can_be_reopened_for_fourteen_days() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    client.resolve_case().case_id(&id).send().await.unwrap();
    let reply = client.add_communication_to_case().case_id(&id).communication_body("again");
    clock.advance(hours(14 * 24));
    reply.clone().send().await.unwrap();
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::Reopened);
    client.resolve_case().case_id(&id).send().await.unwrap();
    clock.advance(hours(14 * 24) + minutes(1));
    assert_eq!(code(reply.send().await), "InvalidParameterValueException");
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::Resolved);
}

#[tokio::test]
async fn a_new_case_may_show_up_late_in_lists() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).appear_after(minutes(3)).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    assert!(client.describe_cases().send().await.unwrap().cases().is_empty());
    assert_eq!(client.describe_cases().case_id_list(&id).send().await.unwrap().cases().len(), 1);
    clock.advance(minutes(3));
    assert_eq!(client.describe_cases().send().await.unwrap().cases().len(), 1);
}

#[tokio::test]
async fn after_24_months_a_case_is_gone() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    clock.advance(hours(24 * 729));
    assert_eq!(client.describe_cases().send().await.unwrap().cases().len(), 1);
    clock.advance(hours(24 * 3));
    assert!(client.describe_cases().send().await.unwrap().cases().is_empty());
    assert_eq!(code(client.describe_cases().case_id_list(&id).send().await), "CaseIdNotFound");
    assert_eq!(code(client.describe_communications().case_id(&id).send().await), "CaseIdNotFound");
}

#[tokio::test]
async fn ten_new_cases_an_hour_where_the_quota_is_on() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).cases_per_hour(10).build().unwrap();
    let client = in_process(&sim);
    for _ in 0..10 {
        report(&client, "s", "b").await;
    }
    let one_more = client.create_case().subject("s").communication_body("b");
    let error = one_more.clone().send().await.unwrap_err().into_service_error();
    assert!(matches!(error, CreateCaseError::CaseCreationLimitExceeded(_)), "{error:?}");
    clock.advance(hours(1));
    one_more.send().await.unwrap();
    assert_eq!(sim.case_count(), 11);
}

#[tokio::test]
async fn an_answer_that_was_given_before_follows_every_change_and_touches_no_text() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    let body = format!("as in {id}, aaaa and bbbb");
    let add = client.add_communication_to_case().case_id(&id).communication_body(&body);
    add.send().await.unwrap();
    let mut infixes = std::collections::BTreeSet::new();
    for turn in 0..12 {
        let list = client.describe_cases().send().await.unwrap();
        let case = &list.cases()[0];
        let said = case.recent_communications().unwrap().communications();
        assert_eq!(said[turn.min(4) % said.len()].case_id(), case.case_id());
        let texts: Vec<&str> = said.iter().filter_map(|said| said.body()).collect();
        assert_eq!(texts.iter().filter(|text| **text == body).count(), usize::from(turn < 5));
        assert_eq!(texts[0], if turn == 0 { body.clone() } else { format!("reply {turn}") });
        let status = if turn == 0 { "unassigned" } else { "work-in-progress" };
        assert_eq!(case.status(), Some(status));
        infixes.insert(case.case_id().unwrap().to_owned());
        sim.eco().reply(&id, format!("reply {}", turn + 1)).unwrap();
    }
    assert!(infixes.len() > 1, "the infix wanders: {infixes:?}");
}
