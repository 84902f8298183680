//! Answers that get lost: nothing is sent twice, and nothing is lost.

use crate::harness::{Bench, SECOND, answer, failed_inside};
use desk_core::delivery::OutboxState;
use desk_model::ProblemCode;
use std::time::Duration;
use support_sim::{Edit, Fault, Operation};

#[tokio::test]
async fn a_case_whose_answer_got_lost_is_found_and_not_created_again() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    let key = bench.report("Lost").await;
    bench.deliver().await;
    let entry = bench.entry().await;
    assert!(matches!(entry.state, OutboxState::Checking { .. }), "{entry:?}");
    assert!(!entry.editable);
    let refused = bench.rooms.outbox.edit(&entry.id).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::Conflict);
    assert!(!bench.deliver().await, "it is looked for after a pause");
    bench.retry(&entry.id).await;
    assert!(bench.deliver().await, "or at once when asked");
    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(bench.sim.case_count(), 1);
    assert_eq!(bench.mirrored(&key).await.as_deref(), Some("unassigned"));
}

#[tokio::test]
async fn a_case_that_appears_late_is_waited_for() {
    let bench = Bench::with(|sim| sim.appear_after(Duration::from_secs(8 * 60))).await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Late").await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
    assert_eq!(bench.answered(Operation::CreateCase), 0, "the only request is the one whose answer got lost");
}

#[tokio::test]
async fn a_case_with_much_correspondence_is_found_by_its_first_communication() {
    let bench = Bench::new().await;
    bench.report("Another one").await;
    bench.deliver_all().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Busy").await;
    bench.deliver().await;
    let busy = bench.sim.cases().into_iter().find(|case| case.subject == "Busy").unwrap();
    for number in 0..7 {
        bench.sim.eco().reply(&busy.display_id, format!("Message {number}")).unwrap();
    }
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 2);
}

#[tokio::test]
async fn a_case_resolved_meanwhile_is_found() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Resolved meanwhile").await;
    bench.deliver().await;
    bench.sim.eco().resolve(&bench.sim.cases()[0].display_id).unwrap();
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_reply_whose_answer_got_lost_is_there_once() {
    let bench = Bench::new().await;
    let key = bench.report("Replies").await;
    bench.deliver_all().await;
    bench.sim.faults().once(Operation::AddCommunicationToCase, Fault::LoseAnswer);
    bench.reply(&key, "Lost on the way back.").await;
    bench.reply(&key, "The next one.").await;
    bench.deliver().await;
    assert_eq!(bench.entries().await.len(), 2, "the next one waits");
    bench.deliver_all().await;
    let bodies: Vec<String> =
        bench.sim.cases()[0].communications[1..].iter().map(|said| said.body.clone()).collect();
    assert_eq!(bodies.len(), 2, "{bodies:?}");
    assert!(bodies[0].starts_with("Lost on the way back.") && bodies[1].starts_with("The next one."));

    bench.sim.faults().once(Operation::AddCommunicationToCase, failed_inside());
    bench.reply(&key, "Lost on the way there.").await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.cases()[0].communications.len(), 4);
}

#[tokio::test]
async fn a_lost_resolution_is_made_again() {
    let bench = Bench::new().await;
    let key = bench.report("Resolve").await;
    bench.deliver_all().await;
    bench.sim.faults().times(Operation::ResolveCase, 3, Fault::LoseAnswer);
    bench.rooms.outbox.resolve(&key, None).await.unwrap();
    bench.deliver_all().await;
    assert_eq!(bench.mirrored(&key).await.as_deref(), Some("resolved"));
}

#[tokio::test]
async fn while_aws_cannot_be_asked_nothing_is_sent_again_however_long_it_takes() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Unsure").await;
    bench.deliver().await;
    bench.sim.faults().always(Operation::DescribeCases, Fault::refuse("AccessDeniedException"));
    bench.deliver_for(12).await;
    assert!(bench.is_checking().await);
    bench.sim.faults().clear();
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_second_lost_answer_is_looked_for_from_the_first_request_on() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, failed_inside());
    bench.report("Twice lost").await;
    bench.deliver().await;
    bench.pass(Duration::from_secs(11 * 60));
    bench.deliver().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.rooms.outbox.send_again(&bench.entry().await.id).await.unwrap();
    bench.deliver().await;
    assert!(bench.is_checking().await);
    assert_eq!(bench.sim.case_count(), 1);
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_clock_that_jumps_here_does_not_make_it_sure_sooner() {
    let bench = Bench::with(|sim| sim.appear_after(Duration::from_secs(5 * 60))).await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Jump").await;
    bench.deliver().await;
    bench.clock.step(3 * 3_600_000);
    bench.deliver().await;
    assert!(bench.is_checking().await, "at AWS no time has passed");
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_kill_while_an_answer_is_missing_loses_and_doubles_nothing() {
    let mut bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    let key = bench.report("Killed").await;
    bench.deliver().await;
    bench.restart().await;
    assert!(bench.is_checking().await);
    bench.pass(60 * SECOND);
    bench.deliver().await;
    assert_eq!(bench.sim.case_count(), 1);
    assert_eq!(bench.mirrored(&key).await.as_deref(), Some("unassigned"));
}

/// Lists without communications, as an emulator or a gateway may give them, and lists that leave out only texts.
fn without_communications() -> Vec<Fault> {
    let edits = [
        Edit::remove("cases/*/recentCommunications"),
        Edit::set("cases/*/recentCommunications", serde_json::json!({})),
        Edit::set("cases/*/recentCommunications/communications", serde_json::json!([])),
        Edit::remove("cases/*/recentCommunications/communications/*/body"),
        Edit::set("cases/*/recentCommunications/communications/*/body", ""),
        Edit::set("cases/*/recentCommunications/communications/*/body", 7),
    ];
    edits.into_iter().map(|edit| Fault::Edit { edits: vec![edit] }).collect()
}

#[tokio::test]
async fn a_case_that_is_listed_without_its_communications_is_found() {
    for listing in without_communications() {
        let bench = Bench::new().await;
        bench.sim.faults().always(Operation::DescribeCases, listing.clone());
        bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
        bench.report("Listed bare").await;
        bench.deliver_all().await;
        assert_eq!(bench.sim.case_count(), 1, "{listing:?}");
    }
}

#[tokio::test]
async fn while_its_text_is_not_shown_at_all_a_case_that_may_be_it_keeps_the_answer_open() {
    let bench = Bench::new().await;
    bench.sim.faults().always(
        Operation::DescribeCases,
        Fault::Edit { edits: vec![Edit::remove("cases/*/recentCommunications")] },
    );
    let none = answer(r#"{"communications":[]}"#, false);
    bench.sim.faults().always(Operation::DescribeCommunications, none);
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Not shown").await;
    bench.deliver().await;
    bench.deliver_for(12).await;
    assert!(bench.is_checking().await);
    bench.sim.faults().clear();
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_case_of_somebody_else_that_cannot_be_seen_does_not_keep_it_open() {
    let bench = Bench::new().await;
    bench.quoted_by_a_colleague("Something else.").await;
    bench.sim.faults().always(
        Operation::DescribeCases,
        Fault::Edit { edits: vec![Edit::remove("cases/*/recentCommunications")] },
    );
    bench.sim.faults().always(Operation::DescribeCommunications, Fault::refuse("AccessDeniedException"));
    bench.sim.faults().once(Operation::CreateCase, failed_inside());
    bench.report("Never arrived").await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 2);
}

#[tokio::test]
async fn a_text_that_quotes_a_lost_one_is_not_taken_for_it() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, failed_inside());
    let key = bench.report("Never arrived").await;
    bench.deliver().await;
    let id = bench.entry().await.id;
    let text = format!("It fails.\n\n{}", desk_model::Reference::of(&id.0).line());
    bench.quoted_by_a_colleague(&text).await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 2, "ours was sent");

    bench.sim.faults().once(Operation::AddCommunicationToCase, failed_inside());
    bench.reply(&key, "Never arrived either.").await;
    bench.deliver().await;
    let id = bench.entry().await.id;
    let ours = bench.sim.cases().into_iter().find(|case| case.subject == "Never arrived").unwrap();
    let line = desk_model::Reference::of(&id.0).line();
    bench.sim.eco().reply(&ours.display_id, format!("Yes.\n\nNever arrived either.\n\n{line}")).unwrap();
    bench.deliver_all().await;
    let ours = bench.sim.cases().into_iter().find(|case| case.subject == "Never arrived").unwrap();
    assert_eq!(ours.communications.len(), 3);
}

#[tokio::test]
async fn a_list_that_never_ends_ends_the_look_and_nothing_is_sent_again() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Endless").await;
    bench.deliver().await;
    let endless = answer(r#"{"cases":[],"nextToken":"again"}"#, false);
    bench.sim.faults().always(Operation::DescribeCases, endless);
    bench.deliver_for(6).await;
    assert!(bench.is_checking().await);
    bench.sim.faults().clear();
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_lost_reply_is_found_where_only_listing_cases_is_permitted() {
    let bench = Bench::new().await;
    let key = bench.report("Replies").await;
    bench.deliver_all().await;
    bench.sim.faults().always(Operation::DescribeCommunications, Fault::refuse("AccessDeniedException"));
    for fault in [Fault::LoseAnswer, failed_inside()] {
        bench.sim.faults().once(Operation::AddCommunicationToCase, fault);
        bench.reply(&key, "Did this arrive?").await;
        bench.deliver_all().await;
    }
    assert_eq!(bench.sim.cases()[0].communications.len(), 3);
}
