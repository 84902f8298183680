//! What a poll tells: events and notifications, and what is no news.

use crate::world::World;
use desk_core::{
    case::{Author, CaseView, Delivery, Presence},
    notify::EventKind,
};
use desk_model::CaseKey;
use support_sim::Severity;

/// A world with a known case to which ECO has written more since than is listed with it.
async fn busy() -> (World, CaseKey) {
    let world = World::followed().await;
    let case = world.colleague_reports("Busy", "first", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    for number in 0..12 {
        world.pass(1);
        world.sim.eco().reply(&case, format!("message {number}")).unwrap();
    }
    (world, key)
}

/// Of how many messages events tell.
async fn messages_told(world: &World) -> usize {
    let news = world.desk.notifier.recent(100).await.unwrap();
    news.iter().filter(|event| matches!(event.event, EventKind::Message { .. })).count()
}

#[tokio::test]
async fn what_was_there_before_the_account_was_connected_is_no_news() {
    let world = World::new().await;
    let case = world.colleague_reports("Old", "text", "high").await;
    world.sim.eco().ask(&case, "Still there?").unwrap();
    world.pass(5);
    world.sync().await;
    assert_eq!(world.titles().await, Vec::<String>::new());
    assert_eq!(world.desk.notifier.recent(10).await.unwrap(), []);
    assert_eq!(world.rows().await.len(), 1);
    // A second poll finds nothing new either.
    world.sync().await;
    assert_eq!(world.titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn old_messages_count_as_seen_and_new_ones_do_not() {
    let world = World::followed().await;
    let case = world.colleague_reports("Down", "text", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    world.desk.cases.seen(&key).await.unwrap();
    assert_eq!(world.desk.cases.counts().await.unwrap().unread, 0);
    world.pass(1);
    world.sim.eco().reply(&case, "On it.").unwrap();
    world.sync().await;
    assert_eq!(world.desk.cases.counts().await.unwrap().unread, 1);
    assert_eq!(world.view(CaseView::Unread).await, ["Down"]);
    let unseen: Vec<bool> = world
        .desk
        .cases
        .correspondence(&key, 10)
        .await
        .unwrap()
        .recent
        .iter()
        .map(|message| message.unseen)
        .collect();
    assert_eq!(unseen, [false, true]);
    world.desk.cases.seen(&key).await.unwrap();
    assert_eq!(world.desk.cases.counts().await.unwrap().unread, 0);
}

#[tokio::test]
async fn ecos_question_is_one_notification_and_shown_until_it_was() {
    let world = World::followed().await;
    let case = world.colleague_reports("Slow", "text", "high").await;
    world.sync().await;
    assert_eq!(world.titles().await, Vec::<String>::new(), "a colleague's report is no alarm");
    world.pass(1);
    world.sim.eco().ask(&case, "Which partition?").unwrap();
    world.sync().await;
    let due = world.desk.notifier.due().await.unwrap();
    assert_eq!(due.notifications.len(), 1);
    assert_eq!(due.notifications[0].title, "ECO asks: Slow");
    assert_eq!(due.notifications[0].body, "Which partition?\nDemo · Medium priority");
    let key = world.only().await.key;
    assert_eq!(due.notifications[0].case, Some(key));
    // Killed before it was shown: it is due again.
    let world = Box::pin(world.restart()).await;
    assert_eq!(world.desk.notifier.due().await.unwrap(), due);
    assert_eq!(world.titles().await, ["ECO asks: Slow"]);
    assert_eq!(world.titles().await, Vec::<String>::new());
    world.sync().await;
    assert_eq!(world.titles().await, Vec::<String>::new(), "the same message again is no news");
}

#[tokio::test]
async fn an_incident_that_eco_opens_shows_up_unasked() {
    let world = World::followed().await;
    world.sim.eco().open_incident("Backup failed", "The nightly backup failed.", Severity::High).unwrap();
    world.sync().await;
    let row = world.only().await;
    assert_eq!((row.reported_by, row.unread), (Author::Eco, true));
    assert_eq!(world.titles().await, ["ECO opened an incident: Backup failed"]);
    let recent = world.desk.notifier.recent(5).await.unwrap();
    assert_eq!(recent.len(), 1);
    assert_eq!(recent[0].event, EventKind::CaseOpened { by_eco: true });
}

#[tokio::test]
async fn the_user_pausing_notifications_gets_none_of_that_time() {
    let world = World::followed().await;
    let mut settings = world.desk.settings.get().await.unwrap();
    settings.notifications_paused = true;
    world.desk.settings.save(settings.clone()).await.unwrap();
    world.sim.eco().open_incident("One", "text", Severity::High).unwrap();
    world.sync().await;
    assert_eq!(world.titles().await, Vec::<String>::new());
    settings.notifications_paused = false;
    world.desk.settings.save(settings).await.unwrap();
    assert_eq!(world.titles().await, Vec::<String>::new());
    assert_eq!(world.desk.notifier.recent(5).await.unwrap().len(), 1, "the list keeps it");
}

#[tokio::test]
async fn a_case_of_ones_own_keeps_its_key_and_is_no_news() {
    let world = World::followed().await;
    let body = "It is down.\n\nRef ED-7K2M-9QXA";
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Down", body, false);
    // The answer to CreateCase got lost; the sync is quicker than the outbox.
    world.support().create_case(&crate::world::new_case("Down", body, "critical")).await.unwrap();
    world.sync().await;
    let row = world.only().await;
    assert_eq!((row.key.0.as_str(), row.presence), ("draft-1", Presence::AtAws));
    assert_eq!((row.reported_by, row.unread), (Author::Me, false));
    assert_eq!(world.titles().await, Vec::<String>::new());
    let messages = world.desk.cases.correspondence(&row.key, 10).await.unwrap().recent;
    assert_eq!(messages.len(), 1);
    assert_eq!((messages[0].body.as_str(), messages[0].delivery), ("It is down.", Delivery::AtAws));
    assert_eq!(messages[0].author, Author::Me);
    assert_eq!(messages[0].id, "ED-7K2M-9QXA");
}

#[tokio::test]
async fn ones_own_reply_is_sent_until_aws_lists_it_and_then_stands_once() {
    let world = World::followed().await;
    let case = world.colleague_reports("Down", "text", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    world.desk.cases.seen(&key).await.unwrap();
    let body = "More of it.\n\nRef ED-AAAA-BBBB";
    world.outbox_reply(&key, "ED-AAAA-BBBB", body);
    let before = world.desk.cases.correspondence(&key, 10).await.unwrap().recent;
    assert_eq!(
        before.iter().map(|message| message.delivery).collect::<Vec<_>>(),
        [Delivery::AtAws, Delivery::Sent]
    );
    world.pass(1);
    world.support().add_communication(&crate::world::new_communication(&case, body)).await.unwrap();
    world.sync().await;
    let after = world.desk.cases.correspondence(&key, 10).await.unwrap().recent;
    assert_eq!(after.len(), 2);
    assert_eq!((after[1].delivery, after[1].author.clone()), (Delivery::AtAws, Author::Me));
    assert_eq!(before[1].id, after[1].id, "it keeps its name");
    assert_eq!((world.only().await.unread, world.titles().await), (false, Vec::new()));
}

#[tokio::test]
async fn two_equal_messages_stay_two_however_often_they_are_seen() {
    let world = World::followed().await;
    let case = world.colleague_reports("Down", "text", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    world.pass(1);
    world.sim.eco().reply(&case, "ping").unwrap();
    world.sync().await;
    assert_eq!(world.bodies(&key).await, ["text", "ping"]);
    // The same words at the same instant.
    world.sim.eco().reply(&case, "ping").unwrap();
    world.sync().await;
    world.sync().await;
    world.desk.sync.fetch_all_communications(&key).await.unwrap();
    assert_eq!(world.bodies(&key).await, ["text", "ping", "ping"]);
    assert_eq!(messages_told(&world).await, 2);
}

#[tokio::test]
async fn more_than_five_new_messages_between_two_polls_are_all_told() {
    let (world, key) = busy().await;
    world.sync().await;
    assert_eq!(world.bodies(&key).await.len(), 13);
    assert_eq!(messages_told(&world).await, 12);
    let correspondence = world.desk.cases.correspondence(&key, 3).await.unwrap();
    assert_eq!(
        (correspondence.opening.len(), correspondence.hidden, correspondence.incomplete),
        (0, 0, false),
        "what was not seen yet is not hidden"
    );
    assert_eq!(correspondence.recent.len(), 13);
}

#[tokio::test]
async fn a_failing_look_behind_the_five_newest_loses_none() {
    use support_sim::{Fault, Operation};
    let (world, key) = busy().await;
    world.sim.faults().always(Operation::DescribeCommunications, Fault::refuse("InternalServerError"));
    assert!(world.desk.sync.sync_account(&crate::world::demo()).await.is_err());
    assert_eq!(world.bodies(&key).await.len(), 1, "nothing that would hide the gap was written");
    world.sim.faults().clear();
    world.sync().await;
    assert_eq!(world.bodies(&key).await.len(), 13);
    assert_eq!(world.titles().await, ["ECO replied: Busy"]);
}

#[tokio::test]
async fn status_and_service_changes_are_told() {
    let world = World::followed().await;
    let case = world.colleague_reports("Moves", "text", "high").await;
    world.sync().await;
    world.pass(1);
    world.sim.eco().set_service_code(&case, support_sim::REQUEST_SERVICE_CODE).unwrap();
    world.sim.eco().reply(&case, "It is a request.").unwrap();
    world.sync().await;
    let events: Vec<EventKind> =
        world.desk.notifier.recent(3).await.unwrap().into_iter().map(|event| event.event).collect();
    assert!(events.contains(&EventKind::Reclassified {
        from: support_sim::INCIDENT_SERVICE_CODE.to_owned(),
        to: support_sim::REQUEST_SERVICE_CODE.to_owned(),
    }));
    assert!(
        events.contains(&EventKind::Status {
            from: "unassigned".to_owned(),
            to: "work-in-progress".to_owned()
        })
    );
}

#[tokio::test]
async fn a_burst_within_one_instant_is_read_whole() {
    let world = World::followed().await;
    let case = world.colleague_reports("Noisy", "0", "high").await;
    world.sync().await;
    // AWS lists the five newest with the case, and all of them are of the instant that is known.
    for message in 1..=6 {
        world.sim.eco().reply(&case, message.to_string()).unwrap();
    }
    world.sync().await;
    let key = world.only().await.key;
    assert_eq!(world.bodies(&key).await, ["0", "1", "2", "3", "4", "5", "6"]);
}
