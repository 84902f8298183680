//! What cannot be had costs only itself, and is told: records that cannot be read, correspondence that may not be read,
//! cases of another account, lists without an end.

use crate::world::{World, demo};
use desk_core::case::{Gap, Presence};
use desk_model::ProblemCode;
use serde_json::json;
use support_sim::{Edit, Fault, Operation};

fn edit(edit: Edit) -> Fault {
    Fault::Edit { edits: vec![edit] }
}

async fn gap(world: &World) -> Option<String> {
    world.desk.sync.status().await.unwrap().remove(0).gap.map(|gap| gap.message)
}

async fn subjects(world: &World) -> Vec<String> {
    let mut subjects: Vec<String> = world.rows().await.into_iter().map(|row| row.subject).collect();
    subjects.sort();
    subjects
}

#[tokio::test]
async fn correspondence_that_may_not_be_read_does_not_hide_its_case() {
    let world = World::followed().await;
    world.sim.faults().always(Operation::DescribeCommunications, Fault::refuse("AccessDeniedException"));
    let case = world.colleague_reports("Long", "first", "high").await;
    for number in 0..9 {
        world.pass(1);
        world.sim.eco().reply(&case, format!("message {number}")).unwrap();
    }
    world.sync().await;
    let key = world.only().await.key;
    assert_eq!(world.bodies(&key).await, ["message 4", "message 5", "message 6", "message 7", "message 8"]);
    let shown = world.desk.cases.correspondence(&key, 20).await.unwrap();
    assert_eq!((shown.gap, shown.incomplete), (Some(Gap::Denied), true));
    assert_eq!(world.titles().await, ["ECO replied: Long"]);
    // What comes is shown, however much it is.
    for number in 9..16 {
        world.pass(1);
        world.sim.eco().reply(&case, format!("message {number}")).unwrap();
    }
    world.sync().await;
    assert_eq!(world.bodies(&key).await.len(), 10);
    assert_eq!(world.titles().await, ["ECO replied: Long"]);

    world.sim.faults().clear();
    world.sync().await;
    let shown = world.desk.cases.correspondence(&key, 20).await.unwrap();
    assert_eq!((shown.gap, shown.incomplete, shown.recent.len()), (None, false, 17));
    assert_eq!(world.titles().await, Vec::<String>::new(), "what is fetched late is no news");
}

#[tokio::test]
async fn one_malformed_record_hides_no_other() {
    let malformed = [
        Edit::set("cases/0/subject", 7),
        Edit::set("cases/0", "no case"),
        Edit::remove("cases/0/caseId"),
        Edit::set("cases/0/ccEmailAddresses", json!([1])),
        Edit::set("cases/0/recentCommunications", json!([])),
    ];
    for malformed in malformed {
        let world = World::followed().await;
        world.colleague_reports("Fine", "text", "high").await;
        world.pass(1);
        world.colleague_reports("Malformed", "text", "high").await;
        world.sim.faults().always(Operation::DescribeCases, edit(malformed.clone()));
        world.sync().await;
        assert_eq!(subjects(&world).await, ["Fine"], "{malformed:?}");
        let told = gap(&world).await.unwrap_or_default();
        assert!(told.starts_with("AWS gave 1 incident in a form"), "{malformed:?}: {told}");
        // Neither is one that was known gone for it.
        world.sim.faults().clear();
        world.sync().await;
        assert_eq!(subjects(&world).await, ["Fine", "Malformed"], "{malformed:?}");
        assert_eq!(gap(&world).await, None, "{malformed:?}");
        world.sim.faults().always(Operation::DescribeCases, edit(malformed.clone()));
        world.sync().await;
        assert!(world.rows().await.iter().all(|row| row.presence == Presence::AtAws), "{malformed:?}");
    }
}

#[tokio::test]
async fn one_malformed_message_hides_no_other() {
    let world = World::followed().await;
    let case = world.colleague_reports("Odd", "first", "high").await;
    world.pass(1);
    world.sim.eco().reply(&case, "second").unwrap();
    for malformed in [json!(7), json!(null), json!("")] {
        let path = |list: &str| Edit::set(&format!("{list}communications/0/body"), malformed.clone());
        let world = &world;
        world.sim.faults().always(Operation::DescribeCases, edit(path("cases/*/recentCommunications/")));
        world.sim.faults().always(Operation::DescribeCommunications, edit(path("")));
        world.sync().await;
        let key = world.only().await.key;
        let shown = world.desk.cases.correspondence(&key, 20).await.unwrap();
        assert_eq!(shown.recent.len(), 1, "{malformed}");
        assert_eq!(shown.gap, Some(Gap::Unreadable), "{malformed}");
        world.sim.faults().clear();
    }
    world.sync().await;
    let key = world.only().await.key;
    world.desk.sync.fetch_all_communications(&key).await.unwrap();
    let shown = world.desk.cases.correspondence(&key, 20).await.unwrap();
    assert_eq!((shown.gap, shown.recent.len()), (None, 2));
}

#[tokio::test]
async fn a_case_of_another_account_costs_only_itself() {
    let world = World::followed().await;
    world.colleague_reports("Ours", "text", "high").await;
    world.pass(1);
    world.colleague_reports("Theirs", "text", "high").await;
    world.sync().await;
    world.pass(1);
    world.colleague_reports("Ours too", "text", "high").await;
    let foreign = Edit::set("cases/0/caseId", "case-999999999999-muen-2026-0123456789abcdef");
    world.sim.faults().always(Operation::DescribeCases, edit(foreign));
    world.sync().await;
    let told = gap(&world).await.unwrap_or_default();
    assert!(told.starts_with("AWS listed 1 incident of another AWS account"), "{told}");
    assert_eq!(subjects(&world).await, ["Ours", "Theirs"]);
}

#[tokio::test]
async fn a_list_that_never_ends_ends_the_poll_with_an_error() {
    let world = World::followed().await;
    world.colleague_reports("Listed", "text", "high").await;
    let endless = |list: &str| Fault::Answer {
        body: format!(r#"{{"{list}":[],"nextToken":"again"}}"#),
        processed: false,
    };
    world.sim.faults().always(Operation::DescribeCases, endless("cases"));
    let problem = world.desk.sync.sync_account(&demo()).await.unwrap_err();
    assert_eq!((problem.code, problem.retryable), (ProblemCode::Service, true));
    world.sim.faults().clear();
    world.sync().await;
    world.sim.faults().always(Operation::DescribeCommunications, endless("communications"));
    let key = world.only().await.key;
    assert_eq!(world.desk.sync.fetch_all_communications(&key).await.unwrap_err().code, ProblemCode::Service);
}
