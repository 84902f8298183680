//! Refusals and broken lines: each says what is wrong, keeps what was entered and sends nothing.

use crate::harness::{Bench, PAUSE, account, stopped, waits};
use desk_model::{Field, ProblemCode};
use std::time::Duration;
use support_sim::{Fault, On, Operation, Plan};

#[tokio::test]
async fn passing_trouble_is_waited_out() {
    let table = [
        (On::Any, Fault::Unreachable, ProblemCode::Network),
        (Operation::CreateCase.into(), Fault::refuse("ThrottlingException"), ProblemCode::Throttled),
        (Operation::CreateCase.into(), Fault::refuse("CaseCreationLimitExceeded"), ProblemCode::QuotaReached),
        (On::Any, Fault::refuse("ExpiredTokenException"), ProblemCode::CredentialsExpired),
        (On::Any, Fault::refuse("UnrecognizedClientException"), ProblemCode::Credentials),
        (Operation::AddAttachmentsToSet.into(), Fault::LoseAnswer, ProblemCode::Network),
    ];
    for (on, fault, code) in table {
        let bench = Bench::new().await;
        bench.sim.faults().always(on, fault.clone());
        bench.report_with_file("Trouble", "a.log", b"abc").await;
        bench.deliver().await;
        let entry = bench.entry().await;
        assert_eq!(waits(&entry.state).code, code, "{fault:?}");
        assert!(entry.editable, "nothing of it can have reached ECO: {fault:?}");
        assert_eq!(bench.sim.case_count(), 0);
        assert!(!bench.deliver().await, "not before its pause is over: {fault:?}");
        bench.sim.faults().clear();
        bench.deliver_all().await;
        assert_eq!(bench.sim.case_count(), 1, "{fault:?}");
        assert_eq!(bench.sim.cases()[0].communications[0].files[0].data, b"abc"[..]);
    }
}

#[tokio::test]
async fn what_waiting_does_not_mend_stops_and_says_what_to_do() {
    let table = [
        (On::Any, Fault::refuse("AccessDeniedException"), ProblemCode::AccessDenied),
        (Operation::CreateCase.into(), Fault::refuse("AccessDeniedException"), ProblemCode::AccessDenied),
        (On::Any, Fault::refuse("SubscriptionRequiredException"), ProblemCode::PlanMissing),
        (Operation::CreateCase.into(), Fault::refuse("ValidationException"), ProblemCode::InvalidInput),
    ];
    for (on, fault, code) in table {
        let bench = Bench::new().await;
        bench.sim.faults().always(on, fault.clone());
        bench.report("Trouble").await;
        bench.deliver().await;
        let entry = bench.entry().await;
        assert_eq!(stopped(&entry.state).code, code, "{fault:?}");
        assert!(entry.editable);
        bench.pass(PAUSE * 100);
        assert!(!bench.deliver().await, "it is not tried by itself: {fault:?}");
        bench.sim.faults().clear();
        bench.retry(&entry.id).await;
        bench.deliver_all().await;
        assert_eq!(bench.sim.case_count(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn an_account_without_a_plan_sends_nothing() {
    let bench = Bench::with(|sim| sim.plan(Plan::None)).await;
    bench.report("No plan").await;
    bench.deliver().await;
    assert_eq!(stopped(&bench.state().await).code, ProblemCode::PlanMissing);
    bench.sim.set_plan(Plan::Business);
    let id = bench.entry().await.id;
    bench.retry(&id).await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn what_waits_for_credentials_goes_as_soon_as_the_account_works_again() {
    let bench = Bench::new().await;
    bench.sim.faults().always(On::Any, Fault::refuse("ExpiredTokenException"));
    bench.report("Signed out").await;
    for _ in 0..8 {
        bench.deliver().await;
        bench.pass(PAUSE);
    }
    bench.deliver().await;
    assert!(!bench.deliver().await);
    bench.sim.faults().clear();
    bench.pass(Duration::from_millis(5));
    assert!(!bench.deliver().await, "nobody has signed in yet");
    bench.rooms.accounts.check(&account()).await.unwrap();
    assert!(bench.deliver().await);
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_set_that_is_gone_is_made_anew() {
    for gone in ["AttachmentSetExpired", "AttachmentSetIdNotFound"] {
        let bench = Bench::new().await;
        bench.sim.faults().once(Operation::CreateCase, Fault::refuse(gone));
        bench.report_with_file("Set gone", "a.log", b"abc").await;
        bench.deliver().await;
        assert_eq!(bench.sim.case_count(), 1, "{gone}: at once");
        assert_eq!(bench.answered(Operation::AddAttachmentsToSet), 2);
        let files = &bench.sim.cases()[0].communications[0].files;
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].data, b"abc"[..]);
    }
}

#[tokio::test]
async fn a_set_is_used_again_after_passing_trouble_while_it_lives() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::refuse("ThrottlingException"));
    bench.report_with_file("Throttled", "a.log", b"abc").await;
    bench.deliver().await;
    bench.pass(PAUSE);
    bench.deliver().await;
    assert_eq!(bench.answered(Operation::AddAttachmentsToSet), 1);

    bench.sim.faults().once(Operation::CreateCase, Fault::refuse("ThrottlingException"));
    bench.report_with_file("Overnight", "b.log", b"b").await;
    bench.deliver().await;
    bench.pass(PAUSE * 100);
    bench.deliver().await;
    assert_eq!(bench.answered(Operation::AddAttachmentsToSet), 3, "a set of yesterday is not used");
    assert_eq!(bench.sim.case_count(), 2);
}

#[tokio::test]
async fn a_wrong_signature_time_is_tried_once_more_at_once() {
    let bench = Bench::new().await;
    bench.sim.faults().once(Operation::CreateCase, Fault::refuse("InvalidSignatureException"));
    bench.report("Skewed").await;
    bench.deliver().await;
    assert_eq!(bench.sim.case_count(), 1);
    assert_eq!(bench.entries().await, Vec::new());
}

#[tokio::test]
async fn a_staged_copy_that_is_missing_or_changed_stops_everything() {
    for change in [None, Some(b"abX".as_slice())] {
        let bench = Bench::new().await;
        bench.report_with_file("Tampered", "a.log", b"abc").await;
        let copy = bench.store.staging().join(&bench.staged()[0]);
        match change {
            None => std::fs::remove_file(copy).unwrap(),
            Some(bytes) => std::fs::write(copy, bytes).unwrap(),
        }
        bench.deliver().await;
        let entry = bench.entry().await;
        assert_eq!(stopped(&entry.state).field, Some(Field::Files));
        assert!(entry.editable);
        assert_eq!(bench.sim.case_count(), 0);
        assert_eq!(bench.answered(Operation::AddAttachmentsToSet), 0);
    }
}

#[tokio::test]
async fn a_category_that_aws_does_not_list_stops_with_its_field() {
    let bench = Bench::new().await;
    let draft = bench.draft("Odd category").await;
    let content = desk_core::report::ReportContent {
        service: desk_core::report::Service::ReportIncident,
        category_code: Some("no-such-category".into()),
        ..crate::harness::report()
    };
    bench.rooms.reports.save(&draft, desk_core::report::DraftContent::Report(content)).await.unwrap();
    bench.rooms.reports.submit(&draft).await.unwrap();
    bench.deliver().await;
    stopped(&bench.state().await);
    assert_eq!(bench.sim.case_count(), 0);
}
