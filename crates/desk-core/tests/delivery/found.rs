//! Entries that are found when the program starts: another copy of the data folder may have sent them.

use crate::harness::Bench;
use desk_core::{
    delivery::OutboxState,
    report::{DraftContent, ReplyContent},
};
use desk_model::find_reference;
use std::time::Duration;
use support_sim::{Fault, On, Operation, Outcome};

#[tokio::test]
async fn a_data_folder_that_is_put_back_sends_nothing_again() {
    let mut bench = Bench::new().await;
    let key = bench.report("An earlier one").await;
    bench.deliver_all().await;
    bench.report("Waits for the network").await;
    bench.reply(&key, "Waits too.").await;
    let backup = bench.backup().await;
    bench.deliver_all().await;
    assert_eq!((bench.sim.case_count(), bench.sim.cases()[0].communications.len()), (2, 2));

    bench.restore(&backup).await;
    assert_eq!(bench.entries().await.len(), 2);
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 2);
    assert_eq!(bench.sim.cases()[0].communications.len(), 2);
}

#[tokio::test]
async fn whatever_a_found_entry_says_of_itself_it_is_looked_for() {
    // It has waited, was refused, or was cut off while its files were sent: each has certainly sent nothing itself.
    for fault in [Fault::Unreachable, Fault::refuse("AccessDeniedException")] {
        let mut bench = Bench::new().await;
        bench.sim.faults().always(On::Any, fault.clone());
        bench.report("Waits").await;
        bench.deliver().await;
        let backup = bench.backup().await;
        bench.sim.faults().clear();
        let id = bench.entry().await.id;
        bench.retry(&id).await;
        bench.deliver_all().await;
        bench.restore(&backup).await;
        bench.retry(&id).await;
        bench.deliver_all().await;
        assert_eq!(bench.sim.case_count(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_found_entry_that_aws_does_not_have_is_sent_at_once_and_looked_for_once() {
    let mut bench = Bench::new().await;
    bench.report("Never sent").await;
    bench.restart().await;
    bench.sim.clear_calls();
    bench.sim.faults().once(Operation::CreateCase, Fault::refuse("ThrottlingException"));
    bench.deliver().await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
    assert_eq!(bench.answered(Operation::DescribeCases), 1);
}

#[tokio::test]
async fn an_entry_of_this_start_is_not_looked_for() {
    let bench = Bench::new().await;
    bench.report("New").await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
    assert_eq!(bench.answered(Operation::DescribeCases), 0);
}

#[tokio::test]
async fn a_found_entry_waits_until_aws_can_be_asked_but_not_for_a_permission() {
    let mut bench = Bench::new().await;
    bench.report("Found").await;
    bench.restart().await;
    bench.sim.faults().always(Operation::DescribeCases, Fault::refuse("InternalServerError"));
    bench.deliver().await;
    assert!(matches!(bench.state().await, OutboxState::Waiting { .. }));
    assert_eq!(bench.sim.case_count(), 0);
    bench.sim.faults().clear();
    bench.sim.faults().always(Operation::DescribeCases, Fault::refuse("AccessDeniedException"));
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_found_entry_is_known_although_this_clock_was_ahead() {
    let mut bench = Bench::new().await;
    bench.clock.step(5 * 3_600_000);
    bench.report("Ahead").await;
    let backup = bench.backup().await;
    bench.deliver_all().await;
    bench.restore(&backup).await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn what_quotes_a_found_entry_is_not_taken_for_it() {
    let mut bench = Bench::new().await;
    bench.report("Search is down").await;
    let backup = bench.backup().await;
    bench.deliver_all().await;
    let sent = bench.sim.cases()[0].communications[0].body.clone();
    assert!(find_reference(&sent).is_some());

    // At an AWS that does not have it, a colleague's incident and an answer of ECO's quote it.
    let mut other = Bench::new().await;
    other.quoted_by_a_colleague(&sent).await;
    let quoting = other.sim.cases()[0].display_id.clone();
    other.sim.eco().reply(&quoting, format!("We look into it.\n\n{sent}")).unwrap();
    other.restore(&backup).await;
    other.pass(Duration::from_secs(60));
    other.deliver_all().await;
    assert_eq!(other.sim.case_count(), 2, "it was sent");
    let created =
        other.sim.calls().into_iter().filter(|call| {
            call.operation == Some(Operation::CreateCase) && call.outcome == Outcome::Answered
        });
    assert_eq!(created.count(), 2);
}

#[tokio::test]
async fn a_draft_of_a_data_folder_that_is_put_back_is_looked_for_when_it_is_submitted_again() {
    let mut bench = Bench::new().await;
    let key = bench.report("An earlier one").await;
    bench.deliver_all().await;
    let report = bench.draft("Being written").await;
    let reply = bench.rooms.reports.reply_draft(&key).await.unwrap().id;
    let content = ReplyContent { body: "Being written too.".into(), cc: Vec::new() };
    bench.rooms.reports.save(&reply, DraftContent::Reply(content)).await.unwrap();
    let backup = bench.backup().await;
    for draft in [&report, &reply] {
        bench.rooms.reports.submit(draft).await.unwrap();
    }
    bench.deliver_all().await;
    bench.pass(Duration::from_secs(3 * 3_600));

    // Whoever does not remember sees them as drafts.
    bench.restore(&backup).await;
    for draft in [&report, &reply] {
        bench.rooms.reports.submit(draft).await.unwrap();
    }
    bench.deliver_all().await;
    let messages: usize = bench.sim.cases().iter().map(|case| case.communications.len()).sum();
    assert_eq!((bench.sim.case_count(), messages), (2, 3));
}

#[tokio::test]
async fn a_found_entry_that_was_edited_is_looked_for() {
    let mut bench = Bench::new().await;
    bench.report("Waits").await;
    let backup = bench.backup().await;
    bench.deliver_all().await;
    bench.restore(&backup).await;
    let draft = bench.rooms.outbox.edit(&bench.entry().await.id).await.unwrap();
    bench.rooms.reports.submit(&draft).await.unwrap();
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}
