//! Answers that a gateway makes up: 200 without what AWS says. Nothing counts as delivered that AWS did not confirm.

use crate::harness::{Bench, PAUSE, SECOND, answer};
use support_sim::{Fault, Operation};

#[tokio::test]
async fn a_message_that_aws_did_not_confirm_is_not_shown_as_sent() {
    for body in ["", "{}", r#"{"result":false}"#, r#"{"result":null}"#, r#"{"caseId":"case-1"}"#] {
        for processed in [false, true] {
            let bench = Bench::new().await;
            let key = bench.report("Replies").await;
            bench.deliver_all().await;
            let fault = answer(body, processed);
            bench.sim.faults().once(Operation::AddCommunicationToCase, fault);
            bench.reply(&key, "Did this arrive?").await;
            bench.deliver().await;
            assert!(bench.is_checking().await, "{body:?} {processed}");
            bench.deliver_all().await;
            let said = bench.sim.cases()[0].communications.len();
            assert_eq!(said, 2, "{body:?} {processed}: it is there once");
        }
    }
}

#[tokio::test]
async fn a_report_without_a_case_id_that_can_be_one_is_not_shown_as_sent() {
    for body in
        ["", "{}", r#"{"caseId":""}"#, r#"{"caseId":" "}"#, r#"{"caseId":"null"}"#, r#"{"caseId":"case-"}"#]
    {
        for processed in [false, true] {
            let bench = Bench::new().await;
            bench.sim.faults().once(Operation::CreateCase, answer(body, processed));
            let key = bench.report("Did this arrive?").await;
            bench.deliver().await;
            assert!(bench.is_checking().await, "{body:?} {processed}");
            assert_eq!(bench.mirrored(&key).await, None, "{body:?} {processed}");
            bench.deliver_all().await;
            assert_eq!(bench.sim.case_count(), 1, "{body:?} {processed}: it is there once");
        }
    }
}

#[tokio::test]
async fn a_resolution_that_aws_did_not_confirm_is_made_again() {
    for body in ["", "{}", r#"{"finalCaseStatus":""}"#] {
        let bench = Bench::new().await;
        let key = bench.report("Resolve").await;
        bench.deliver_all().await;
        bench.sim.faults().once(Operation::ResolveCase, answer(body, false));
        bench.rooms.outbox.resolve(&key, None).await.unwrap();
        bench.deliver().await;
        assert_eq!(bench.entries().await.len(), 1, "{body:?}");
        bench.deliver_all().await;
        assert_eq!(bench.mirrored(&key).await.as_deref(), Some("resolved"), "{body:?}");
    }
}

#[tokio::test]
async fn files_without_a_set_are_put_into_another_one() {
    for body in ["", "{}", r#"{"attachmentSetId":""}"#] {
        let bench = Bench::new().await;
        bench.sim.faults().once(Operation::AddAttachmentsToSet, answer(body, false));
        bench.report_with_file("With a file", "a.log", b"abc").await;
        bench.deliver().await;
        assert_eq!(bench.sim.case_count(), 0, "{body:?}");
        bench.deliver_all().await;
        assert_eq!(bench.sim.cases()[0].communications[0].files[0].data, b"abc"[..], "{body:?}");
    }
}

#[tokio::test]
async fn one_date_that_is_far_ahead_does_not_make_it_sure_sooner() {
    let late = std::time::Duration::from_secs(5 * 60);
    let bench = Bench::with(|sim| sim.appear_after(late)).await;
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Dated ahead").await;
    bench.deliver().await;
    bench.pass(30 * SECOND);
    let ahead = jiff::SignedDuration::from_mins(20);
    bench.sim.faults().once(Operation::DescribeSeverityLevels, Fault::WrongDate(ahead));
    bench.deliver().await;
    assert!(bench.is_checking().await, "here half a minute has passed");
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_request_that_was_dated_far_ahead_is_looked_for_where_it_is() {
    let bench = Bench::new().await;
    // Once the catalogue is known, the time alone is asked for.
    bench.report("An earlier one").await;
    bench.deliver_all().await;
    let ahead = jiff::SignedDuration::from_hours(5);
    bench.sim.faults().once(Operation::DescribeSeverityLevels, Fault::WrongDate(ahead));
    bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    bench.report("Dated ahead").await;
    bench.deliver().await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 2);
}

#[tokio::test]
async fn a_list_that_aws_did_not_give_is_no_empty_list() {
    for body in ["", "{}", r#"{"cases":null,"communications":null}"#, r#"{"nextToken":"t"}"#] {
        let bench = Bench::new().await;
        let key = bench.report("Replies").await;
        bench.deliver_all().await;
        for list in [Operation::DescribeCases, Operation::DescribeCommunications] {
            bench.sim.faults().always(list, answer(body, false));
        }
        bench.sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
        bench.sim.faults().once(Operation::AddCommunicationToCase, Fault::LoseAnswer);
        bench.report("Did this arrive?").await;
        bench.reply(&key, "And this?").await;
        for _ in 0..12 {
            bench.deliver().await;
            bench.pass(PAUSE);
        }
        bench.sim.faults().clear();
        bench.deliver_all().await;
        let messages: usize = bench.sim.cases().iter().map(|case| case.communications.len()).sum();
        assert_eq!((bench.sim.case_count(), messages), (2, 3), "{body:?}: each is there once");
    }
}
