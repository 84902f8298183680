//! Messages that AWS took and does not list.

use crate::world::{World, new_case, new_communication};
use desk_core::case::{Delivery, Presence};
use desk_model::{CaseKey, Change};
use support_sim::{Edit, Fault, Operation};

async fn deliveries(world: &World, key: &CaseKey) -> Vec<Delivery> {
    let shown = world.desk.cases.correspondence(key, 20).await.unwrap();
    shown.recent.into_iter().map(|message| message.delivery).collect()
}

async fn unlisted(world: &World) -> usize {
    world.desk.cases.unlisted().await.unwrap().len()
}

/// A world with a case in which a message was sent that AWS says it took.
async fn sent(resolved: bool) -> (World, String, CaseKey) {
    let world = World::followed().await;
    let case = world.colleague_reports("Down", "text", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    if resolved {
        world.sim.eco().resolve(&case).unwrap();
        world.sync().await;
    }
    world.pass(60);
    world.outbox_reply(&key, "ED-AAAA-BBBB", "Did this arrive?\n\nRef ED-AAAA-BBBB");
    (world, case, key)
}

#[tokio::test]
async fn a_message_that_aws_does_not_list_is_told_after_a_while() {
    for resolved in [false, true] {
        let (world, case, key) = sent(resolved).await;
        world.sync().await;
        let before = if resolved { 2 } else { 1 };
        let last = |all: Vec<Delivery>| all.into_iter().last().unwrap();
        assert_eq!(last(deliveries(&world, &key).await), Delivery::Sent, "{before}");
        world.pass(9 * 60);
        world.sync().await;
        assert_eq!((last(deliveries(&world, &key).await), unlisted(&world).await), (Delivery::Sent, 0));
        world.pass(2 * 60);
        assert_eq!(last(deliveries(&world, &key).await), Delivery::Sent, "nobody has looked");
        let mut changes = world.desk.changes.listen();
        world.sync().await;
        let mut told = Vec::new();
        while let Ok(change) = changes.try_recv() {
            told.push(change);
        }
        assert!(told.contains(&Change::Case { key: key.clone() }), "the views are told: {told:?}");
        assert_eq!((last(deliveries(&world, &key).await), unlisted(&world).await), (Delivery::Unlisted, 1));
        // It comes after all.
        let body = "Did this arrive?\n\nRef ED-AAAA-BBBB";
        let support = world.support();
        // A client learns the time at AWS before it writes.
        support.server_time().await.unwrap();
        support.add_communication(&new_communication(&case, body)).await.unwrap();
        world.sync().await;
        assert_eq!((last(deliveries(&world, &key).await), unlisted(&world).await), (Delivery::AtAws, 0));
    }
}

#[tokio::test]
async fn a_message_that_aws_lists_is_seen_also_where_its_case_is_resolved_at_once() {
    let (world, case, key) = sent(false).await;
    let body = "Did this arrive?\n\nRef ED-AAAA-BBBB";
    world.support().add_communication(&new_communication(&case, body)).await.unwrap();
    world.support().resolve_case(&case).await.unwrap();
    world.mirror().execute("UPDATE incident SET status = 'resolved' WHERE key = ?1", [&key.0]).unwrap();
    world.pass(60);
    world.sync().await;
    assert!(deliveries(&world, &key).await.iter().all(|delivery| *delivery == Delivery::AtAws));
}

#[tokio::test]
async fn a_message_that_may_not_be_read_is_not_told_as_missing() {
    let (world, case, key) = sent(false).await;
    world.sim.faults().always(Operation::DescribeCommunications, Fault::refuse("AccessDeniedException"));
    let body = "Did this arrive?\n\nRef ED-AAAA-BBBB";
    world.support().add_communication(&new_communication(&case, body)).await.unwrap();
    for number in 0..7 {
        world.pass(1);
        world.sim.eco().reply(&case, format!("message {number}")).unwrap();
    }
    world.pass(20 * 60);
    world.sync().await;
    assert_eq!(unlisted(&world).await, 0);
    assert!(!deliveries(&world, &key).await.contains(&Delivery::Unlisted));
}

#[tokio::test]
async fn a_message_whose_text_was_changed_at_aws_is_among_the_others() {
    let (world, case, key) = sent(false).await;
    let changed = "Did this arrive? [removed by an operator]";
    world.support().add_communication(&new_communication(&case, changed)).await.unwrap();
    world.pass(20 * 60);
    world.sync().await;
    assert_eq!(unlisted(&world).await, 0);
    assert!(deliveries(&world, &key).await.iter().all(|delivery| *delivery == Delivery::AtAws));
}

#[tokio::test]
async fn a_report_that_aws_does_not_list_is_told_after_a_while() {
    let world = World::followed().await;
    let body = "It is down.\n\nRef ED-7K2M-9QXA";
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Down", body, true);
    // What the outbox writes when AWS has answered with an id.
    let created = world.support().create_case(&new_case("Down", body, "critical")).await.unwrap();
    world
        .mirror()
        .execute(
            "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code, category_code,
                 severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at, complete)
             VALUES ('draft-1', 'demo', ?1, ?2, 'Down', 'unassigned', 's', 'c', 'critical', '[]', 1, 1, 0, 1, 1, 1)",
            [&created, &desk_aws::canonical_case_id(&created)],
        )
        .unwrap();
    world.sim.faults().always(Operation::DescribeCases, Fault::Edit { edits: vec![Edit::remove("cases/*")] });
    world.sync().await;
    assert_eq!(world.only().await.presence, Presence::JustSent);
    world.pass(11 * 60);
    world.sync().await;
    let row = world.only().await;
    assert_eq!(row.presence, Presence::Unlisted);
    assert_eq!(deliveries(&world, &row.key).await, [Delivery::Unlisted]);
    let told = world.desk.cases.unlisted().await.unwrap();
    assert_eq!((told[0].is_report, told[0].subject.as_str()), (true, "Down"));
    world.pass(3 * 86_400);
    world.sync().await;
    assert_eq!(
        world.only().await.presence,
        Presence::Unlisted,
        "it is not told as if AWS had listed it once"
    );
    world.sim.faults().clear();
    world.sync().await;
    let row = world.only().await;
    assert_eq!(row.presence, Presence::AtAws);
    assert_eq!(deliveries(&world, &row.key).await, [Delivery::AtAws]);
}
