//! How the mirror follows AWS: leaving the list, vanishing, wandering ids, first syncs and restarts.

use crate::world::{World, demo};
use desk_core::case::{CaseStatus, Presence, Waiting};
use desk_model::Change;
use std::time::Duration;
use support_sim::{Fault, Operation};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

#[tokio::test]
async fn a_case_that_leaves_the_open_list_is_found_resolved() {
    let world = World::followed().await;
    let case = world.colleague_reports("Slow", "text", "high").await;
    world.sync().await;
    world.pass(60);
    world.sim.eco().resolve(&case).unwrap();
    world.sync().await;
    let row = world.only().await;
    assert_eq!((row.status.clone(), row.waiting), (CaseStatus("resolved".to_owned()), Waiting::Nobody));
    assert_eq!(row.presence, Presence::AtAws);
    assert_eq!(world.titles().await, ["Resolved: Slow"]);
}

#[tokio::test]
async fn resolving_it_oneself_is_no_news() {
    let world = World::followed().await;
    let case = world.colleague_reports("Slow", "text", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    world.support().resolve_case(&case).await.unwrap();
    // What the outbox writes when AWS has answered.
    world.mirror().execute("UPDATE incident SET status = 'resolved' WHERE key = ?1", [&key.0]).unwrap();
    world.sync().await;
    assert_eq!(world.titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_case_that_aws_no_longer_gives_stays_here() {
    let world = World::followed().await;
    world.colleague_reports("Stays", "text", "high").await;
    world.sync().await;
    // Two cases that were there once and are not known to AWS any more: an open and a resolved one.
    for (id, status) in
        [("case-123456789012-muen-2024-aaaa", "opened"), ("case-123456789012-muen-2024-bbbb", "resolved")]
    {
        let canonical = desk_aws::canonical_case_id(id);
        world
            .mirror()
            .execute(
                "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code,
                     category_code, severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at,
                     complete, listed)
                 VALUES (?1, 'demo', ?1, ?2, ?3, ?3, 's', 'c', 'high', '[]', 1, 1, 0, 1, 1, 1, 1)",
                [id, &canonical, status],
            )
            .unwrap();
    }
    world.sync().await;
    let presence = |subject: &'static str| {
        let world = &world;
        async move { world.rows().await.into_iter().find(|row| row.subject == subject).unwrap().presence }
    };
    assert_eq!(presence("opened").await, Presence::Archived);
    assert_eq!(presence("Stays").await, Presence::AtAws);
    assert_eq!(presence("resolved").await, Presence::AtAws, "resolved ones are looked at by the sweep alone");
    world.pass_here(7 * 3600);
    world.sync().await;
    assert_eq!(presence("resolved").await, Presence::Archived);
    assert_eq!(world.rows().await.len(), 3);
    assert_eq!(world.titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_wandering_part_of_a_case_id_makes_no_second_case() {
    let world = World::followed().await;
    world.colleague_reports("Wanders", "text", "high").await;
    let mut ids = std::collections::HashSet::new();
    for _ in 0..8 {
        world.sync().await;
        let id: String =
            world.mirror().query_row("SELECT case_id FROM incident", [], |row| row.get(0)).unwrap();
        ids.insert(id);
    }
    assert_eq!(world.rows().await.len(), 1);
    let canonical: std::collections::HashSet<String> =
        ids.iter().map(|id| desk_aws::canonical_case_id(id)).collect();
    assert_eq!(canonical.len(), 1);
    assert_eq!(world.desk.notifier.recent(10).await.unwrap().len(), 1, "one case was opened");
}

#[tokio::test]
async fn a_first_sync_that_breaks_off_goes_on_after_a_restart() {
    let world = World::new().await;
    world.sim.seed(250, 7, 1).unwrap();
    world.sync_first_page_only().await;
    assert_eq!(world.rows_in_mirror(), 100);
    let world = Box::pin(world.restart()).await;
    world.sim.faults().clear();
    world.sync().await;
    assert_eq!(world.rows_in_mirror(), 250);
    assert_eq!(
        world.titles().await,
        Vec::<String>::new(),
        "a first sync notifies of nothing, in however many parts"
    );
    let status = world.desk.sync.status().await.unwrap().remove(0);
    assert!(status.synced_at.is_some() && status.problem.is_none() && !status.running);
}

impl World {
    /// A poll of which only the first page gets through.
    async fn sync_first_page_only(&self) {
        self.sim.faults().once(Operation::DescribeCases, Fault::Delay(Duration::ZERO));
        self.sim.faults().always(Operation::DescribeCases, Fault::refuse("AccessDeniedException"));
        let problem = self.desk.sync.sync_account(&demo()).await.unwrap_err();
        assert_eq!(problem.code, desk_model::ProblemCode::AccessDenied);
        let status = self.desk.sync.status().await.unwrap().remove(0);
        assert_eq!((status.synced_at, status.problem), (None, Some(problem)));
    }

    fn rows_in_mirror(&self) -> u32 {
        self.mirror().query_row("SELECT count(*) FROM incident", [], |row| row.get(0)).unwrap()
    }
}

#[tokio::test]
async fn older_correspondence_comes_bit_by_bit_and_at_once_when_asked_for() {
    let world = World::new().await;
    world.sim.seed(30, 9, 1).unwrap();
    world.sync().await;
    let incomplete = || -> u32 {
        world
            .mirror()
            .query_row("SELECT count(*) FROM incident WHERE complete = 0", [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(incomplete(), 10, "twenty were completed after the first sync");
    let left: String = world
        .mirror()
        .query_row("SELECT key FROM incident WHERE complete = 0", [], |row| row.get(0))
        .unwrap();
    let key = desk_model::CaseKey(left);
    let before = world.desk.cases.correspondence(&key, 3).await.unwrap();
    assert!(before.incomplete && before.opening.is_empty(), "{before:?}");
    world.desk.sync.fetch_all_communications(&key).await.unwrap();
    let after = world.desk.cases.correspondence(&key, 3).await.unwrap();
    assert!(!after.incomplete && !after.opening.is_empty(), "{after:?}");
    assert_eq!(incomplete(), 9);
    world.sync().await;
    assert_eq!(incomplete(), 0);
    assert_eq!(world.titles().await, Vec::<String>::new(), "what is old is no news, whenever it is fetched");
}

#[tokio::test]
async fn a_new_case_that_is_not_listed_yet_is_not_taken_for_vanished() {
    let world = World::of(support_sim::Sim::builder().appear_after(Duration::from_secs(120))).await;
    world.sync().await;
    let case = world.colleague_reports("Slow to appear", "text", "high").await;
    let canonical = desk_aws::canonical_case_id(&case);
    // What the outbox writes when CreateCase has answered.
    world
        .mirror()
        .execute(
            "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code, category_code,
                 severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at, complete)
             VALUES ('k', 'demo', ?1, ?2, 'Slow to appear', 'unassigned', 's', 'c', 'high', '[]', ?3, ?3, 0, ?3, ?3, 1)",
            rusqlite::params![case, canonical, jiff::Timestamp::now().as_millisecond()],
        )
        .unwrap();
    world.sync().await;
    assert_ne!(world.only().await.presence, Presence::Archived);
    world.pass(121);
    world.sync().await;
    let row = world.only().await;
    assert_eq!((row.presence, row.key.0.as_str()), (Presence::AtAws, "k"));
}

#[tokio::test]
async fn the_loop_polls_by_itself_and_when_woken() {
    let world = World::new().await;
    let sync = desk_core::sync::Sync::clone(&world.desk.sync);
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    let mut changes = world.desk.changes.listen();
    sync.spawn(&tasks, stop.clone());
    let mut polled = async || loop {
        // The second of the two changes of a poll comes at its end.
        let change = tokio::time::timeout(Duration::from_secs(60), changes.recv()).await.unwrap().unwrap();
        let status = sync.status().await.unwrap().remove(0);
        if matches!(change, Change::Sync { .. }) && !status.running && status.synced_at.is_some() {
            return;
        }
    };
    polled().await;
    world.colleague_reports("Woken for", "text", "high").await;
    sync.wake(&demo());
    polled().await;
    let listed = async {
        while world.rows().await.len() != 1 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), listed).await.unwrap();
    assert_eq!(world.only().await.subject, "Woken for");
    stop.cancel();
    tasks.close();
    tokio::time::timeout(Duration::from_secs(60), tasks.wait()).await.unwrap();
}

#[tokio::test]
async fn forgetting_an_account_deletes_its_cases_alone() {
    let world = World::followed().await;
    world.colleague_reports("Mine", "findable words", "high").await;
    world.sync().await;
    let key = world.only().await.key;
    world.desk.cases.seen(&key).await.unwrap();
    world.desk.sync.forget(&desk_model::AccountId("other".to_owned())).await.unwrap();
    assert_eq!(world.rows().await.len(), 1);
    world.desk.sync.forget(&demo()).await.unwrap();
    assert_eq!((world.rows().await.len(), world.search("findable").await.len()), (0, 0));
    for table in ["communication", "event", "words", "sync_state"] {
        let count = format!("SELECT count(*) FROM {table}");
        let left: u32 = world.mirror().query_row(&count, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
}
