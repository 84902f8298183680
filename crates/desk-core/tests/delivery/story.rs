//! What should happen, happens: word for word and byte for byte.

use crate::harness::{Bench, account, report};
use desk_core::{
    attachment::OpenedFile,
    case::Rating,
    delivery::{OutboxKind, OutboxState},
    report::{ContactMethod, DraftContent, PhoneContact, ReportContent},
};
use desk_model::{CaseKey, Field, Priority, find_reference};
use support_sim::{CaseStatus, EDI_CATEGORY_CODE, Fault, INCIDENT_SERVICE_CODE, On, Operation, Severity};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

#[tokio::test]
async fn a_report_arrives_as_it_was_previewed_with_identical_bytes() {
    let bench = Bench::new().await;
    let draft = bench.draft("Manifest ingestion fails").await;
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let path = bench.file("Ingestion Ø 5 – søndag.log", &bytes);
    bench.rooms.attachments.add(&draft, OpenedFile::open_all(std::slice::from_ref(&path))).await.unwrap();
    std::fs::remove_file(path).unwrap();
    bench.rooms.reports.form(&account()).await.unwrap();
    let preview = bench.rooms.reports.preview(&draft).await.unwrap();
    let key = bench.rooms.reports.submit(&draft).await.unwrap();
    assert_eq!(bench.entry().await.state, OutboxState::Queued);
    assert_eq!(bench.mirrored(&key).await, None);

    assert!(bench.deliver().await);

    let cases = bench.sim.cases();
    assert_eq!(cases.len(), 1);
    let case = &cases[0];
    assert_eq!(case.subject, preview.subject);
    assert_eq!(case.description(), preview.body);
    assert_eq!(case.service_code, INCIDENT_SERVICE_CODE);
    assert_eq!(case.service_code, preview.service_code);
    assert_eq!(case.category_code, EDI_CATEGORY_CODE);
    assert_eq!(Some(&case.category_code), preview.category_code.as_ref());
    assert_eq!(case.severity, Severity::High);
    assert_eq!(case.severity.as_str(), preview.severity_code);
    assert_eq!(case.cc, ["joe@example.com"]);
    assert_eq!(case.language, "en");
    let files = &case.communications[0].files;
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].file_name, "Ingestion Ø 5 – søndag.log");
    assert_eq!(files[0].data, bytes);

    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(bench.mirrored(&key).await.as_deref(), Some("unassigned"));
    assert_eq!(bench.staged(), Vec::<String>::new());
    assert_eq!(*bench.rooms.sent.lock().unwrap(), [account()]);
    assert!(!bench.deliver().await, "nothing is left to do");
}

#[tokio::test]
async fn two_rapid_submits_make_one_case() {
    let bench = Bench::new().await;
    let draft = bench.draft("Twice").await;
    let reports = &bench.rooms.reports;
    let (first, second) = tokio::join!(reports.submit(&draft), reports.submit(&draft));
    assert_eq!(first.unwrap(), second.clone().unwrap());
    assert_eq!(bench.entries().await.len(), 1);
    bench.deliver().await;
    assert_eq!(reports.submit(&draft).await.unwrap(), second.unwrap(), "also after it was delivered");
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_reply_waits_for_its_report_and_order_is_kept() {
    let bench = Bench::new().await;
    bench.sim.faults().always(On::Any, Fault::Unreachable);
    let key = bench.report("Offline").await;
    bench.reply(&key, "First reply.").await;
    bench.reply(&key, "Second reply.").await;
    bench.deliver().await;
    let states: Vec<_> = bench.entries().await.into_iter().map(|entry| (entry.kind, entry.state)).collect();
    assert!(matches!(states[0], (OutboxKind::Report, OutboxState::Waiting { .. })), "{states:?}");
    assert_eq!(states[1], (OutboxKind::Reply, OutboxState::Queued));
    assert_eq!(states[2], (OutboxKind::Reply, OutboxState::Queued));

    bench.sim.faults().clear();
    bench.deliver_all().await;
    let case = &bench.sim.cases()[0];
    let starts: Vec<&str> =
        case.communications.iter().map(|said| said.body.lines().next().unwrap_or_default()).collect();
    assert_eq!(starts, ["Since 05:10 CET every run ends with 500.", "First reply.", "Second reply."]);
}

#[tokio::test]
async fn a_case_is_resolved_after_its_rating() {
    let bench = Bench::new().await;
    let key = bench.report("To be resolved").await;
    bench.deliver_all().await;
    let rating = Rating { stars: 5, comment: "Quick.".into(), send_to_eco: true };
    bench.rooms.outbox.resolve(&key, Some(rating.clone())).await.unwrap();
    bench.rooms.outbox.resolve(&key, Some(rating)).await.unwrap();
    let kinds: Vec<_> = bench.entries().await.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [OutboxKind::Reply, OutboxKind::Resolve]);
    bench.deliver_all().await;
    let case = &bench.sim.cases()[0];
    assert_eq!(case.status, CaseStatus::Resolved);
    assert_eq!(case.communications.len(), 2);
    assert!(
        case.communications[1]
            .body
            .starts_with("Rating of the correspondence in this case: 5 of 5 stars\nComment: Quick.")
    );
    assert_eq!(bench.mirrored(&key).await.as_deref(), Some("resolved"));

    bench.rooms.outbox.resolve(&key, None).await.unwrap();
    bench.deliver_all().await;
    assert_eq!(bench.sim.cases()[0].status, CaseStatus::Resolved, "resolving twice does no harm");
}

#[tokio::test]
async fn a_case_that_a_waiting_reply_reopens_is_resolved_after_it() {
    let bench = Bench::new().await;
    let key = bench.report("Resolved, reopened and resolved").await;
    bench.deliver_all().await;
    bench.rooms.outbox.resolve(&key, None).await.unwrap();
    bench.reply(&key, "It is back.").await;
    bench.rooms.outbox.resolve(&key, None).await.unwrap();
    bench.rooms.outbox.resolve(&key, None).await.unwrap();
    let kinds: Vec<_> = bench.entries().await.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [OutboxKind::Resolve, OutboxKind::Reply, OutboxKind::Resolve]);
    bench.deliver_all().await;
    let case = &bench.sim.cases()[0];
    assert_eq!((case.status, case.communications.len()), (CaseStatus::Resolved, 2));
}

#[tokio::test]
async fn a_rating_that_stays_here_is_not_sent() {
    let bench = Bench::new().await;
    let key = bench.report("Quiet").await;
    bench.deliver_all().await;
    let rating = |stars, comment: &str| Rating { stars, comment: comment.into(), send_to_eco: false };
    for (wrong, field) in [
        (rating(0, ""), Field::Stars),
        (rating(6, ""), Field::Stars),
        (rating(3, &"x".repeat(1_001)), Field::Comment),
    ] {
        let problem = bench.rooms.outbox.resolve(&key, Some(wrong)).await.unwrap_err();
        assert_eq!(problem.field, Some(field));
    }
    bench.rooms.outbox.resolve(&key, Some(rating(2, "Slow."))).await.unwrap();
    bench.deliver_all().await;
    assert_eq!(bench.sim.cases()[0].communications.len(), 1);
    assert!(bench.rooms.outbox.resolve(&CaseKey("unknown".into()), None).await.is_err());
}

#[tokio::test]
async fn what_was_written_before_aws_was_ever_reached_gets_its_codes_when_sent() {
    let bench = Bench::with(|sim| sim.plan(support_sim::Plan::Business)).await;
    let draft = bench.draft("First ever").await;
    let content = ReportContent { priority: Some(Priority::High), ..report() };
    bench.rooms.reports.save(&draft, DraftContent::Report(content)).await.unwrap();
    assert_eq!(bench.rooms.reports.preview(&draft).await.unwrap().category_code, None);
    bench.rooms.reports.submit(&draft).await.unwrap();
    bench.deliver_all().await;
    let case = &bench.sim.cases()[0];
    assert_eq!(case.category_code, EDI_CATEGORY_CODE);
    let offered = bench.rooms.reports.form(&account()).await.unwrap();
    assert_eq!(case.severity.as_str(), offered.priorities[0].severity_code);
}

#[tokio::test]
async fn a_test_with_a_call_says_so_and_keeps_the_call_as_a_task() {
    let bench = Bench::new().await;
    let draft = bench.draft("Call me").await;
    let phone = PhoneContact {
        region: "eu-west-1".into(),
        number: "+47 51 99 00 00".into(),
        extension: String::new(),
    };
    let content = ReportContent { contact: ContactMethod::Phone, phone, as_test: true, ..report() };
    bench.rooms.reports.save(&draft, DraftContent::Report(content)).await.unwrap();
    let key = bench.rooms.reports.submit(&draft).await.unwrap();
    bench.deliver_all().await;
    let case = &bench.sim.cases()[0];
    assert!(case.subject.starts_with("AMSTestNoOpsActionRequired"), "{}", case.subject);
    assert!(
        case.description().contains("Region eu-west-1, number +47 51 99 00 00."),
        "{}",
        case.description()
    );
    let handed: String = bench
        .store
        .desk
        .read(move |desk| {
            Ok(desk.query_row("SELECT hand_over FROM hand_over WHERE case_key = ?1", [key.0], |row| {
                row.get(0)
            })?)
        })
        .await
        .unwrap();
    assert!(handed.contains("phone"), "{handed}");
}

#[tokio::test]
async fn the_worker_delivers_what_is_submitted_and_stops_in_order() {
    let bench = Bench::new().await;
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    bench.rooms.outbox.spawn(&tasks, stop.clone());
    let key = bench.report("By itself").await;
    bench.reply(&key, "And this.").await;
    let delivered = async {
        while !bench.entries().await.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), delivered)
        .await
        .expect("it is delivered unasked");
    assert_eq!(bench.sim.cases()[0].communications.len(), 2);
    assert_eq!(bench.answered(Operation::CreateCase), 1);
    stop.cancel();
    tasks.close();
    tokio::time::timeout(std::time::Duration::from_secs(60), tasks.wait()).await.expect("the worker stops");
}

#[tokio::test]
async fn every_sent_text_ends_with_a_reference_of_its_own() {
    let bench = Bench::new().await;
    let key = bench.report("References").await;
    bench.reply(&key, "One.").await;
    bench.reply(&key, "Two.").await;
    bench.deliver_all().await;
    let case = &bench.sim.cases()[0];
    let mut references: Vec<_> =
        case.communications.iter().map(|said| find_reference(&said.body).unwrap()).collect();
    references.sort();
    references.dedup();
    assert_eq!(references.len(), 3);
}
