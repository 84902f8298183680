//! What `desk.db` keeps of cases outlives their mirror: news, ratings, marks and replies that were begun.

use crate::world::World;
use desk_core::{
    case::Rating,
    notify::EventKind,
    report::{DraftContent, ReplyContent},
};
use desk_model::CaseKey;
use std::{future::Future, pin::pin, task::Poll};
use support_sim::{CaseStatus, Severity};

/// Most times that all cuts are made.
const ROUNDS: usize = 8;

/// Runs `work` until it has been woken `limit` times, then drops it; whether it came to its end.
async fn cut_after(limit: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut polls = 0;
    std::future::poll_fn(|context| {
        if polls == limit {
            return Poll::Ready(false);
        }
        polls += 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// A world in which ECO has opened an incident and asked something in it, which the mirror has and nobody was told.
async fn asked() -> World {
    let world = World::followed().await;
    let case = world.sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    world.sync().await;
    world.pass(1);
    world.sim.eco().ask(&case, "Which disk?").unwrap();
    world.sync().await;
    world
}

/// What is told, oldest first.
async fn told(world: &World) -> Vec<EventKind> {
    let mut news = world.desk.notifier.recent(100).await.unwrap();
    news.reverse();
    news.into_iter().map(|event| event.event).collect()
}

/// What [`asked`] comes to.
fn whole() -> Vec<EventKind> {
    vec![
        EventKind::CaseOpened { by_eco: true },
        EventKind::Status { from: "work-in-progress".to_owned(), to: "pending-customer-action".to_owned() },
        EventKind::Message { by_eco: true, excerpt: "Which disk?".to_owned() },
    ]
}

#[tokio::test]
async fn news_outlive_their_mirror_and_one_that_is_made_anew_repeats_none() {
    let world = asked().await;
    assert_eq!(told(&world).await, whole());
    // Nobody was notified before the mirror was lost.
    let world = Box::pin(world.lose_mirror()).await;
    assert_eq!(told(&world).await, whole());
    assert_eq!(world.titles().await, ["ECO opened an incident: Disk full"]);
    for _ in 0..2 {
        world.sync().await;
        assert_eq!(world.titles().await, Vec::<String>::new());
        assert_eq!(told(&world).await, whole());
    }
    assert_eq!(world.only().await.subject, "Disk full");
}

#[tokio::test]
async fn a_mirror_that_has_lost_its_last_writes_repeats_no_news() {
    let world = World::followed().await;
    let case = world.sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    world.sync().await;
    assert_eq!(world.titles().await, ["ECO opened an incident: Disk full"]);
    let kept = tempfile::NamedTempFile::new().unwrap();
    // `cases.db` is written without waiting for the disk: a power cut takes its last writes, and none of `desk.db`.
    let world = world
        .restart_after(|data| {
            std::fs::copy(data.join("cases.db"), kept.path()).unwrap();
        })
        .await;
    world.pass(1);
    world.sim.eco().ask(&case, "Which disk?").unwrap();
    world.sim.eco().set_service_code(&case, support_sim::REQUEST_SERVICE_CODE).unwrap();
    world.sync().await;
    assert_eq!(world.titles().await, ["ECO asks: Disk full"]);
    let before = told(&world).await;
    assert_eq!(before.len(), 4, "{before:?}");
    let world = world
        .restart_after(|data| {
            std::fs::copy(kept.path(), data.join("cases.db")).unwrap();
        })
        .await;
    world.pass(60);
    world.sync().await;
    let again: i64 = world.mirror().query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap();
    assert_eq!(again, 3, "the mirror has found them again");
    assert_eq!(world.titles().await, Vec::<String>::new());
    assert_eq!(told(&world).await, before);
    // The same change once more is another one.
    world.pass(1);
    world.sim.eco().set_status(&case, CaseStatus::WorkInProgress).unwrap();
    world.sync().await;
    world.sim.eco().set_status(&case, CaseStatus::PendingCustomerAction).unwrap();
    world.sync().await;
    assert_eq!(told(&world).await.len(), before.len() + 2);
}

#[tokio::test]
async fn wherever_collecting_is_cut_news_are_neither_lost_nor_repeated() {
    let (mut uncopied, mut undropped) = (0, 0);
    // How often a write waits differs with how busy the computer is, so one round may miss a place.
    for _ in 0..ROUNDS {
        for limit in 1.. {
            assert!(limit < 500, "collecting never comes to its end");
            let world = asked().await;
            let finished = cut_after(limit, world.desk.notifier.due()).await;
            let world = Box::pin(world.restart()).await;
            let queued: i64 =
                world.mirror().query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap();
            let copied = world.in_desk("SELECT count(*) FROM news");
            uncopied += u32::from(queued > 0 && copied == 0);
            undropped += u32::from(queued > 0 && copied > 0);
            assert_eq!(told(&world).await, whole(), "cut after {limit}");
            assert_eq!(world.titles().await, ["ECO opened an incident: Disk full"], "cut after {limit}");
            assert_eq!(world.titles().await, Vec::<String>::new(), "cut after {limit}");
            if finished {
                break;
            }
        }
        if uncopied > 0 && undropped > 0 {
            break;
        }
    }
    // Without these, the cuts have missed what they are for.
    assert!(uncopied > 0, "no cut fell before the copy");
    assert!(undropped > 0, "no cut fell between the copy and the drop");
}

#[tokio::test]
async fn news_are_kept_for_ninety_days() {
    const DAY: i64 = 24 * 3600;
    let world = asked().await;
    assert_eq!(told(&world).await, whole());
    world.pass_here(89 * DAY);
    assert_eq!(told(&world).await, whole());
    world.pass_here(2 * DAY);
    assert_eq!(told(&world).await, whole(), "what nobody was told of stays, whatever the clock says");
    assert_eq!(world.titles().await, ["ECO opened an incident: Disk full"]);
    assert_eq!(told(&world).await, Vec::new());
    assert_eq!(world.in_desk("SELECT count(*) FROM news"), 0);
}

/// What a person has noted about a case.
async fn noted(world: &World, key: &CaseKey) -> (Option<Rating>, bool, String) {
    let detail = world.desk.cases.get(key).await.unwrap();
    let draft = world.desk.reports.reply_draft(key).await.unwrap();
    let DraftContent::Reply(reply) = draft.content else { panic!("a reply") };
    (detail.rating, detail.row.unread, reply.body)
}

#[tokio::test]
async fn a_mirror_that_is_made_anew_takes_no_rating_mark_or_reply_along() {
    let world = asked().await;
    let key = world.only().await.key;
    let rating = Rating { stars: 4, comment: "Quick.".to_owned(), send_to_eco: false };
    world.desk.cases.rate(&key, rating.clone()).await.unwrap();
    world.desk.cases.seen(&key).await.unwrap();
    let draft = world.desk.reports.reply_draft(&key).await.unwrap();
    let content = ReplyContent { body: "The second one.".to_owned(), cc: Vec::new() };
    world.desk.reports.save(&draft.id, DraftContent::Reply(content)).await.unwrap();
    let before = noted(&world, &key).await;
    assert_eq!(before, (Some(rating), false, "The second one.".to_owned()));
    let world = Box::pin(world.lose_mirror()).await;
    world.sync().await;
    assert_eq!(world.only().await.key, key);
    assert_eq!(noted(&world, &key).await, before);
}

#[tokio::test]
async fn what_is_kept_of_a_case_follows_it_to_the_key_that_it_has_in_the_outbox() {
    let world = World::followed().await;
    let body = "It is down.\n\nRef ED-7K2M-9QXA";
    let case = world.support().create_case(&crate::world::new_case("Down", body, "critical")).await.unwrap();
    // The outbox does not tell yet that it is one of its own.
    world.sync().await;
    let made = world.only().await.key;
    world.pass(1);
    world.sim.eco().reply(&case, "On it.").unwrap();
    world.sync().await;
    world.desk.cases.seen(&made).await.unwrap();
    let rating = Rating { stars: 5, comment: String::new(), send_to_eco: false };
    world.desk.cases.rate(&made, rating.clone()).await.unwrap();
    assert_eq!(told(&world).await.len(), 3);
    world.outbox_reply(&made, "ED-8P4T-2WXZ", "A reply that was written before the case had its own key.");
    // What delivery writes when it has learnt the id.
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Down", body, true);
    let mirror = world.mirror();
    mirror
        .execute_batch(&format!(
            "BEGIN; PRAGMA defer_foreign_keys = ON;
             UPDATE incident SET key = 'draft-1'; UPDATE communication SET case_key = 'draft-1';
             UPDATE words SET case_key = 'draft-1';
             INSERT INTO former_key (former, key) VALUES ('{made}', 'draft-1'); COMMIT;"
        ))
        .unwrap();
    let own = CaseKey("draft-1".to_owned());
    let news = world.desk.notifier.recent(10).await.unwrap();
    assert!(news.iter().all(|event| event.case == own), "{news:?}");
    let detail = world.desk.cases.get(&own).await.unwrap();
    assert_eq!((detail.rating, detail.row.unread), (Some(rating), false));
    for table in ["read_mark", "outbox"] {
        let strays = format!("SELECT count(*) FROM {table} WHERE case_key <> 'draft-1'");
        assert_eq!(world.in_desk(&strays), 0, "{table}");
    }
    let waiting: i64 = mirror.query_row("SELECT count(*) FROM former_key", [], |row| row.get(0)).unwrap();
    assert_eq!(waiting, 0);
}
