//! Delivery beside the other rooms of a whole desk.

use crate::harness::{account, door, no_profiles, report};
use desk_aws::Endpoint;
use desk_core::{
    Desk, DeskOptions,
    case::{CaseQuery, Delivery, Presence},
    delivery::Backoff,
    report::{DraftContent, ReplyContent, ReportContent},
    sync::SyncPace,
};
use desk_model::{Clock, ProblemCode};
use std::path::Path;
use support_sim::{Fault, Operation, Sim};

pub(crate) async fn open(dir: &Path, sim: &Sim) -> Desk {
    let options = DeskOptions {
        data_dir: dir.to_owned(),
        clock: Clock::System,
        endpoint: Endpoint::InProcess(door(sim)),
        config: no_profiles(dir),
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    };
    Desk::open(options).await.unwrap()
}

#[tokio::test]
async fn a_case_that_a_sync_sees_before_its_answer_is_known_is_one_case() {
    let (dir, sim) = (tempfile::tempdir().unwrap(), Sim::new());
    let desk = open(dir.path(), &sim).await;
    let draft = desk.reports.begin().await.unwrap().id;
    desk.reports.save(&draft, DraftContent::Report(report())).await.unwrap();
    let key = desk.reports.submit(&draft).await.unwrap();
    sim.faults().once(Operation::CreateCase, Fault::LoseAnswer);
    desk.outbox.deliver_due().await.unwrap();
    desk.sync.sync_account(&account()).await.unwrap();
    let id = desk.outbox.list().await.unwrap().remove(0).id;
    desk.outbox.retry(&id).await.unwrap();
    desk.outbox.deliver_due().await.unwrap();
    assert!(desk.outbox.list().await.unwrap().is_empty());
    desk.sync.sync_account(&account()).await.unwrap();

    let page = desk.cases.list(CaseQuery::default()).await.unwrap();
    let rows: Vec<_> = page.rows.iter().map(|row| (row.key.clone(), row.presence)).collect();
    assert_eq!(rows, [(key, Presence::AtAws)]);
    assert_eq!(sim.case_count(), 1);
    desk.shut_down().await;
}

#[tokio::test]
async fn a_message_that_is_stopped_says_so_and_why_among_the_others() {
    let (dir, sim) = (tempfile::tempdir().unwrap(), Sim::new());
    let desk = open(dir.path(), &sim).await;
    let draft = desk.reports.begin().await.unwrap().id;
    desk.reports.save(&draft, DraftContent::Report(report())).await.unwrap();
    let key = desk.reports.submit(&draft).await.unwrap();
    desk.outbox.deliver_due().await.unwrap();
    let reply = async |body: &str| {
        let draft = desk.reports.reply_draft(&key).await.unwrap().id;
        let content = ReplyContent { body: body.into(), cc: Vec::new() };
        desk.reports.save(&draft, DraftContent::Reply(content)).await.unwrap();
        desk.reports.submit(&draft).await.unwrap();
    };
    let refused = Fault::refuse("AccessDeniedException");
    sim.faults().always(Operation::AddCommunicationToCase, refused);
    reply("Did this go?").await;
    desk.outbox.deliver_due().await.unwrap();
    reply("And this?").await;

    let shown = desk.cases.correspondence(&key, 20).await.unwrap().recent;
    let ways: Vec<_> = shown.iter().map(|message| (message.delivery, message.problem.is_some())).collect();
    let expected = [(Delivery::Sent, false), (Delivery::Stopped, true), (Delivery::Waiting, false)];
    assert_eq!(ways, expected);
    let code = shown[1].problem.as_ref().map(|problem| problem.code);
    assert_eq!(code, Some(ProblemCode::AccessDenied));

    sim.faults().clear();
    let id = desk.outbox.list().await.unwrap().remove(0).id;
    desk.outbox.retry(&id).await.unwrap();
    desk.outbox.deliver_due().await.unwrap();
    let shown = desk.cases.correspondence(&key, 20).await.unwrap().recent;
    assert!(shown.iter().all(|message| message.delivery == Delivery::Sent && message.problem.is_none()));
    desk.shut_down().await;
}

#[tokio::test]
async fn similar_cases_are_suggested_for_a_draft() {
    let (dir, sim) = (tempfile::tempdir().unwrap(), Sim::new());
    let desk = open(dir.path(), &sim).await;
    let draft = async |subject: &str, body: &str| {
        let id = desk.reports.begin().await.unwrap().id;
        let content = ReportContent { subject: subject.into(), body: body.into(), ..report() };
        desk.reports.save(&id, DraftContent::Report(content)).await.unwrap();
        id
    };
    let known = draft("Manifest ingestion fails", "Every run ends with 500.").await;
    desk.reports.submit(&known).await.unwrap();
    desk.outbox.deliver_due().await.unwrap();

    let again = draft("Manifest ingestion fails again", "").await;
    let suggestions = desk.suggest.suggest(&again).await.unwrap();
    let subjects: Vec<_> = suggestions.open.iter().map(|case| case.row.subject.as_str()).collect();
    assert_eq!(subjects, ["Manifest ingestion fails"]);
    assert_eq!(suggestions.resolved, Vec::new());
    let other = draft("Portal sign-in loops", "The browser comes back to the first page.").await;
    assert_eq!(desk.suggest.suggest(&other).await.unwrap().open, Vec::new());
    desk.shut_down().await;
}
