//! What waits can be taken back.

use crate::harness::{Bench, PAUSE, report};
use desk_core::{
    case::Rating,
    report::{DraftContent, ReplyContent, ReportContent},
};
use desk_model::{Priority, ProblemCode};
use support_sim::{CaseStatus, Fault, On};

#[tokio::test]
async fn what_waits_can_be_edited_and_sent_or_discarded() {
    let bench = Bench::new().await;
    bench.sim.faults().always(On::Any, Fault::Unreachable);
    let draft = bench.draft("Edit me").await;
    bench.attach(&draft, "a.log", b"a").await;
    let key = bench.rooms.reports.submit(&draft).await.unwrap();
    bench.deliver().await;
    let entry = bench.entry().await;
    assert!(entry.editable);
    assert_eq!((entry.files, entry.bytes, entry.priority), (1, 1, Some(Priority::Medium)));

    let again = bench.rooms.outbox.edit(&entry.id).await.unwrap();
    assert_eq!(bench.entries().await, Vec::new());
    let draft = bench.rooms.reports.get(&again).await.unwrap();
    assert_eq!(draft.content, DraftContent::Report(ReportContent { subject: "Edit me".into(), ..report() }));
    assert_eq!(draft.files.len(), 1);
    assert_eq!(draft.problems, Vec::new());
    assert_eq!(bench.rooms.reports.submit(&again).await.unwrap(), key, "it is still the same case");

    bench.reply(&key, "More.").await;
    let entries = bench.entries().await;
    assert!(bench.rooms.outbox.edit(&entries[0].id).await.is_err(), "its reply would have no case");
    bench.rooms.outbox.discard(&entries[1].id).await.unwrap();
    bench.rooms.outbox.discard(&entries[0].id).await.unwrap();
    assert_eq!(bench.staged(), Vec::<String>::new());
    bench.sim.faults().clear();
    bench.pass(PAUSE);
    assert!(!bench.deliver().await);
    assert_eq!(bench.sim.case_count(), 0);
}

#[tokio::test]
async fn a_reply_that_is_edited_becomes_the_draft_of_its_case_again() {
    let bench = Bench::new().await;
    let key = bench.report("With replies").await;
    bench.deliver_all().await;
    bench.reply(&key, "A typo.").await;
    let entry = bench.entry().await;
    let shown = bench.rooms.reports.reply_draft(&key).await.unwrap();
    let edited = bench.rooms.outbox.edit(&entry.id).await.unwrap();
    let draft = bench.rooms.reports.reply_draft(&key).await.unwrap();
    assert_eq!(draft.id, edited, "the empty draft that the composer had made gives way");
    assert_ne!(draft.id, shown.id);
    bench.rooms.reports.submit(&edited).await.unwrap();

    let other = bench.rooms.reports.reply_draft(&key).await.unwrap();
    let content = ReplyContent { body: "Begun.".into(), cc: Vec::new() };
    bench.rooms.reports.save(&other.id, DraftContent::Reply(content)).await.unwrap();
    let entry = bench.entry().await;
    assert!(bench.rooms.outbox.edit(&entry.id).await.is_err(), "what was begun is not thrown away");
    bench.deliver_all().await;
    assert_eq!(bench.sim.cases()[0].communications.len(), 2);
}

#[tokio::test]
async fn a_rating_that_waits_can_be_edited_as_a_reply_and_the_resolution_goes_on_without_it() {
    let bench = Bench::new().await;
    let key = bench.report("Rated").await;
    bench.deliver_all().await;
    let rating = Rating { stars: 4, comment: String::new(), send_to_eco: true };
    bench.rooms.outbox.resolve(&key, Some(rating)).await.unwrap();
    let entries = bench.entries().await;
    let draft = bench.rooms.outbox.edit(&entries[0].id).await.unwrap();
    let expected = ReplyContent {
        body: "Rating of the correspondence in this case: 4 of 5 stars".into(),
        cc: Vec::new(),
    };
    assert_eq!(bench.rooms.reports.get(&draft).await.unwrap().content, DraftContent::Reply(expected));
    let no_text = bench.rooms.outbox.edit(&entries[1].id).await.unwrap_err();
    assert_eq!(no_text.code, ProblemCode::Conflict);
    bench.deliver_all().await;
    assert_eq!(bench.sim.cases()[0].status, CaseStatus::Resolved);
    assert_eq!(bench.sim.cases()[0].communications.len(), 1);
}

#[tokio::test]
async fn what_is_gone_can_be_neither_tried_nor_edited_nor_discarded() {
    let bench = Bench::new().await;
    bench.report("Delivered").await;
    let id = bench.entry().await.id;
    bench.deliver_all().await;
    for missing in [
        bench.rooms.outbox.retry(&id).await,
        bench.rooms.outbox.edit(&id).await.map(|_| ()),
        bench.rooms.outbox.discard(&id).await,
    ] {
        assert_eq!(missing.unwrap_err().code, ProblemCode::NotFound);
    }
    assert_eq!(bench.sim.case_count(), 1);
}
