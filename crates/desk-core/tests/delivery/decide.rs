//! What AWS does not list after a lost answer: the user decides, a High incident goes again by itself, and the message
//! records which.

use crate::desk::open;
use crate::harness::{Bench, account, failed_inside, report};
use desk_core::{
    delivery::{OutboxState, ResentBy, SendingStep},
    report::{DraftContent, ReportContent},
};
use desk_model::{CaseKey, Priority, ProblemCode};
use std::time::Duration;
use support_sim::{Fault, Operation};

const MINUTE: Duration = Duration::from_secs(60);

/// A submitted report of High priority.
async fn high_report(bench: &Bench, subject: &str) -> CaseKey {
    let draft = bench.rooms.reports.begin().await.unwrap();
    let content = ReportContent { subject: subject.into(), priority: Some(Priority::High), ..report() };
    bench.rooms.reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    bench.rooms.reports.submit(&draft.id).await.unwrap()
}

/// Whether the only entry is an alarm for its user to decide.
async fn is_undecided(bench: &Bench) -> bool {
    bench.entry().await.is_undecided()
}

#[tokio::test]
async fn what_never_arrived_waits_as_an_alarm_until_its_user_sends_it_again() {
    // The second is a connection that broke: whether before or after the request arrived, nobody can know.
    for fault in [failed_inside(), Fault::Unreachable] {
        let bench = Bench::new().await;
        bench.sim.faults().once(Operation::CreateCase, fault.clone());
        bench.report("Never arrived").await;
        bench.deliver().await;
        for _ in 0..9 {
            bench.pass(MINUTE);
            bench.deliver().await;
            assert!(!is_undecided(&bench).await, "{fault:?}");
        }
        bench.deliver_for(20).await;
        assert!(is_undecided(&bench).await, "{fault:?}");
        assert_eq!(bench.sim.case_count(), 0, "it is not sent again by itself: {fault:?}");
        let entry = bench.entry().await;
        assert!(entry.is_alarm() && entry.discardable && !entry.editable && entry.may_be_with_eco);

        bench.rooms.outbox.send_again(&entry.id).await.unwrap();
        bench.deliver().await;
        assert_eq!(bench.entries().await, Vec::new(), "{fault:?}");
        assert_eq!(bench.sim.case_count(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_high_incident_that_never_arrived_goes_again_by_itself_after_two_minutes() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, failed_inside());
    high_report(&bench, "Urgent").await;
    bench.deliver().await;
    let entry = bench.entry().await;
    let OutboxState::Checking { since, settles_at, goes_again, .. } = entry.state else {
        panic!("{entry:?}")
    };
    assert_eq!((settles_at - since, goes_again), (120_000, true));
    bench.pass(MINUTE + MINUTE / 2);
    bench.deliver().await;
    assert!(bench.is_checking().await);
    assert_eq!(bench.sim.case_count(), 0);
    bench.pass(MINUTE);
    bench.deliver().await;
    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_reply_in_a_high_incident_goes_again_after_two_minutes_too() {
    let bench = Bench::new().await;
    let key = high_report(&bench, "Urgent").await;
    bench.deliver_all().await;
    bench.sim.faults().once(Operation::AddCommunicationToCase, failed_inside());
    bench.reply(&key, "Still down.").await;
    bench.deliver().await;
    bench.pass(MINUTE * 5 / 2);
    bench.deliver().await;
    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(bench.sim.cases()[0].communications.len(), 2);
}

#[tokio::test]
async fn what_aws_lists_late_is_not_sent_again_although_its_user_wanted_it() {
    let bench = Bench::with(|sim| sim.appear_after(MINUTE)).await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Late").await;
    bench.deliver().await;
    bench.pass(MINUTE * 2);
    bench.rooms.outbox.send_again(&bench.entry().await.id).await.unwrap();
    bench.deliver().await;
    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn what_is_sent_again_has_the_same_reference_and_records_who_decided_it() {
    let (dir, sim) = (tempfile::tempdir().unwrap(), Bench::late_sim());
    let desk = open(dir.path(), &sim).await;
    let draft = desk.reports.begin().await.unwrap().id;
    desk.reports.save(&draft, DraftContent::Report(report())).await.unwrap();
    let key = desk.reports.submit(&draft).await.unwrap();
    sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    desk.outbox.deliver_due().await.unwrap();
    let id = desk.outbox.list().await.unwrap().remove(0).id;
    desk.outbox.send_again(&id).await.unwrap();
    desk.outbox.deliver_due().await.unwrap();
    assert_eq!(desk.outbox.list().await.unwrap(), Vec::new());

    let cases = sim.cases();
    assert_eq!(cases.len(), 2, "AWS lists the first only later");
    let references = cases.iter().map(|case| desk_model::find_reference(case.description()).unwrap());
    assert_eq!(references.collect::<std::collections::HashSet<_>>().len(), 1);
    let shown = desk.cases.correspondence(&key, 20).await.unwrap().recent;
    assert_eq!(shown[0].sent_again.map(|again| again.by), Some(ResentBy::User));
    desk.sync.sync_account(&account()).await.unwrap();
    let shown = desk.cases.correspondence(&key, 20).await.unwrap().recent;
    assert_eq!(shown[0].sent_again.map(|again| again.by), Some(ResentBy::User), "also once AWS lists it");
    let late = desk.outbox.send_again(&id).await.unwrap_err();
    assert_eq!(late.code, ProblemCode::NotFound);
    desk.shut_down().await;
}

#[tokio::test]
async fn what_is_not_being_looked_for_cannot_be_sent_again() {
    let bench = Bench::new().await;
    bench.report("New").await;
    let id = bench.entry().await.id;
    let refused = bench.rooms.outbox.send_again(&id).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Conflict);
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn what_is_reported_another_way_is_discarded_and_never_sent_again() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, failed_inside());
    high_report(&bench, "Reported in Support Center").await;
    bench.deliver().await;
    bench.rooms.outbox.discard(&bench.entry().await.id).await.unwrap();
    bench.deliver_for(5).await;
    assert_eq!(bench.sim.case_count(), 0);
}

#[tokio::test]
async fn what_is_discarded_or_edited_while_its_files_go_up_is_not_sent() {
    for edited in [false, true] {
        let bench = Bench::new().await;
        let pause = Fault::Delay(Duration::from_millis(300));
        bench.sim.faults().once(Operation::AddAttachmentsToSet, pause);
        bench.report_with_file("Wrong file", "a.log", b"abc").await;
        let id = bench.entry().await.id;
        let outbox = bench.rooms.outbox.clone();
        let work = tokio::spawn(async move { outbox.deliver_due().await });
        while bench.answered(Operation::DescribeServices) + bench.answered(Operation::DescribeSeverityLevels)
            == 0
            || bench.state().await != (OutboxState::Sending { step: SendingStep::Files })
        {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        assert!(bench.entry().await.editable);
        if edited {
            bench.rooms.outbox.edit(&id).await.unwrap();
        } else {
            bench.rooms.outbox.discard(&id).await.unwrap();
        }
        work.await.unwrap().unwrap();
        assert_eq!(bench.answered(Operation::CreateCase), 0);
        assert_eq!(bench.entries().await, Vec::new());
        bench.deliver_for(3).await;
        assert_eq!(bench.sim.case_count(), 0);
    }
}

#[tokio::test]
async fn an_hourly_limit_says_when_it_goes_on_and_does() {
    let bench = Bench::with(|sim| sim.cases_per_hour(10)).await;
    for number in 0..10 {
        bench.report(&format!("Number {number}")).await;
        bench.deliver_all().await;
        bench.pass(MINUTE);
    }
    bench.report("The eleventh").await;
    bench.deliver().await;
    let entry = bench.entry().await;
    let OutboxState::Waiting { next_try_at, problem } = entry.state else { panic!("{entry:?}") };
    assert_eq!(problem.code, ProblemCode::QuotaReached);
    let minutes = (next_try_at - bench.clock.now() + 30_000) / 60_000;
    assert_eq!(minutes, 50, "an hour after the first");
    bench.pass(MINUTE * 49);
    assert!(!bench.deliver().await);
    bench.pass(MINUTE * 2);
    bench.deliver().await;
    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(bench.sim.case_count(), 11);
}
