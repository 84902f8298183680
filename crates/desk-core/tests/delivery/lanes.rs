//! The order of sending: High first, in the order within a case, and no case waits for another.

use crate::harness::{Bench, report};
use desk_core::{
    attachment::OpenedFile,
    report::{DraftContent, ReportContent},
};
use desk_model::{CaseKey, Priority};
use std::time::Duration;
use support_sim::{Fault, On, Operation};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(3_600);

async fn with_priority(bench: &Bench, subject: &str, priority: Priority, file: Option<&[u8]>) -> CaseKey {
    let draft = bench.draft(subject).await;
    let content = ReportContent { subject: subject.into(), priority: Some(priority), ..report() };
    bench.rooms.reports.save(&draft, DraftContent::Report(content)).await.unwrap();
    if let Some(bytes) = file {
        let path = bench.file(&format!("{subject}.log"), bytes);
        bench.rooms.attachments.add(&draft, OpenedFile::open_all(&[path])).await.unwrap();
    }
    bench.rooms.reports.submit(&draft).await.unwrap()
}

fn subjects(bench: &Bench) -> Vec<String> {
    bench.sim.cases().into_iter().map(|case| case.subject).collect()
}

/// Waits until AWS has a case with this subject.
async fn arrived(bench: &Bench, subject: &str) {
    let arrives = async {
        while !subjects(bench).iter().any(|known| known == subject) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), arrives)
        .await
        .unwrap_or_else(|_| panic!("{subject} waits"));
}

#[tokio::test]
async fn a_high_report_waits_for_no_upload_of_others() {
    let bench = Bench::new().await;
    // The first uploads hang; each is of a case of its own.
    bench.sim.faults().times(Operation::AddAttachmentsToSet, 2, Fault::Delay(FOR_EVER));
    for number in 0..6 {
        with_priority(&bench, &format!("Low {number}"), Priority::Low, Some(b"a large log")).await;
    }
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    bench.rooms.outbox.spawn(&tasks, stop.clone());
    let hang = async {
        while bench.sim.faults().pending() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), hang).await.expect("two uploads begin");
    with_priority(&bench, "High", Priority::High, Some(b"a log")).await;
    with_priority(&bench, "Medium", Priority::Medium, None).await;
    arrived(&bench, "High").await;
    arrived(&bench, "Medium").await;
    assert!(!subjects(&bench).iter().any(|subject| subject.starts_with("Low")), "both uploads still hang");
    stop.cancel();
}

#[tokio::test]
async fn high_goes_first_among_what_waits() {
    let bench = Bench::new().await;
    bench.sim.faults().always(Operation::DescribeSeverityLevels, Fault::Unreachable);
    for number in 0..12 {
        with_priority(&bench, &format!("Low {number}"), Priority::Low, None).await;
    }
    with_priority(&bench, "High", Priority::High, None).await;
    bench.deliver().await;
    assert_eq!(bench.sim.case_count(), 0);
    bench.sim.faults().clear();
    bench.pass(crate::harness::PAUSE);
    bench.deliver().await;
    let order = bench.sim.cases();
    assert_eq!(order.len(), 13);
    let place = order.iter().map(|case| &case.subject).position(|subject| subject == "High");
    // Of what may be delivered at the same time, it may not be the very first that AWS gets.
    let before = place.unwrap();
    assert!(before <= 4, "{before} went before it: {:?}", subjects(&bench));
}

#[tokio::test]
async fn within_a_case_everything_goes_in_its_order() {
    let bench = Bench::new().await;
    let mut keys = Vec::new();
    for number in 0..5 {
        let key = with_priority(&bench, &format!("Case {number}"), Priority::Medium, None).await;
        for reply in 0..4 {
            bench.reply(&key, &format!("Reply {reply}")).await;
        }
        keys.push(key);
    }
    bench.sim.faults().chance(
        Operation::AddCommunicationToCase,
        0.3,
        7,
        Fault::refuse("ThrottlingException"),
    );
    for _ in 0..40 {
        bench.deliver().await;
        bench.pass(crate::harness::PAUSE);
    }
    bench.sim.faults().clear();
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 5);
    for case in bench.sim.cases() {
        let said: Vec<&str> =
            case.communications.iter().skip(1).map(|said| said.body.lines().next().unwrap()).collect();
        assert_eq!(said, ["Reply 0", "Reply 1", "Reply 2", "Reply 3"], "{}", case.subject);
    }
}

#[tokio::test]
async fn the_trouble_of_one_case_stops_no_other() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::refuse("ValidationException"));
    with_priority(&bench, "Refused", Priority::High, None).await;
    bench.deliver().await;
    let key = with_priority(&bench, "Goes", Priority::Low, None).await;
    bench.reply(&key, "Goes too.").await;
    bench.deliver().await;
    assert_eq!(subjects(&bench), ["Goes"]);
    assert_eq!(bench.sim.cases()[0].communications.len(), 2);
}

#[tokio::test]
async fn a_report_that_is_sent_for_too_long_is_told_as_not_yet_with_eco() {
    let bench = Bench::new().await;
    with_priority(&bench, "Hangs", Priority::High, None).await;
    assert!(!bench.entry().await.not_yet_with_eco, "it has a moment");
    bench.pass(Duration::from_secs(61));
    assert!(bench.entry().await.not_yet_with_eco);
    bench.sim.faults().always(On::Any, Fault::Unreachable);
    bench.deliver().await;
    assert!(bench.entry().await.not_yet_with_eco);
    bench.sim.faults().clear();
    bench.deliver_all().await;
}
