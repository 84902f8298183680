//! Whose a message is: the user's own, a colleague's or ECO's, also where it quotes what was sent from here.

use crate::world::{World, colleague, new_case, new_communication};
use desk_core::case::{Author, CaseView, Message, ResponseClock};
use support_sim::Customer;

const SENT: &str = "Manifest ingestion ends with 500 since 05:10.\n\nPartition opendes.\n\nRef ED-7K2M-9QXA";

/// ECO's answer as a mail program writes it: our whole text below theirs, to the last line.
fn of_eco() -> String {
    format!(
        "Hello,\n\nwe restarted the schema service at 06:02 UTC. Would you run the manifest once more and tell us how it \
         ends?\n\nRegards, ECO\n\n-----Original Message-----\nFrom: kim@norvik.example\nSent: Tuesday 07:41\nSubject: \
         Manifest ingestion ends with 500\n\n{SENT}"
    )
}

fn of_colleague() -> String {
    format!("Works for me since the restart.\n\n{SENT}")
}

/// A world in which a report of ours is at AWS and known here.
async fn reported() -> (World, String) {
    let world = World::followed().await;
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Manifest ingestion ends with 500", SENT, true);
    let new = new_case("Manifest ingestion ends with 500", SENT, "critical");
    let case = world.support().create_case(&new).await.unwrap();
    world.sync().await;
    assert_eq!(world.only().await.key.0, "draft-1");
    world.pass(60);
    (world, case)
}

async fn messages(world: &World) -> Vec<Message> {
    world.desk.cases.correspondence(&world.only().await.key, 20).await.unwrap().recent
}

fn authors(messages: &[Message]) -> Vec<Author> {
    messages.iter().map(|message| message.author.clone()).collect()
}

fn bob() -> Author {
    Author::Colleague { name: "bob".to_owned() }
}

#[tokio::test]
async fn an_answer_of_ecos_that_quotes_our_text_is_ecos() {
    let (world, case) = reported().await;
    world.sim.eco().reply(&case, of_eco()).unwrap();
    world.sync().await;
    let messages = messages(&world).await;
    assert_eq!(authors(&messages), [Author::Me, Author::Eco]);
    assert!(messages[1].first_response && messages[1].unseen);
    assert_eq!(messages[1].body, of_eco(), "it is shown as ECO wrote it");
    let row = world.only().await;
    assert!(row.unread);
    assert!(matches!(row.response, ResponseClock::Responded { .. }), "{:?}", row.response);
    assert_eq!(world.view(CaseView::Unread).await.len(), 1);
    assert_eq!(world.titles().await, ["ECO replied: Manifest ingestion ends with 500"]);
}

#[tokio::test]
async fn an_answer_of_a_colleagues_that_quotes_our_text_is_the_colleagues() {
    let (world, case) = reported().await;
    let bobs = world.support_of(&colleague());
    bobs.add_communication(&new_communication(&case, &of_colleague())).await.unwrap();
    world.sync().await;
    let messages = messages(&world).await;
    assert_eq!(authors(&messages), [Author::Me, bob()]);
    assert!(!messages[1].first_response && messages[1].unseen);
    let row = world.only().await;
    assert!(row.unread);
    assert!(matches!(row.response, ResponseClock::Running { .. }), "{:?}", row.response);
}

#[tokio::test]
async fn a_quote_that_is_known_first_is_not_ours() {
    let (world, case) = reported().await;
    world
        .support_of(&colleague())
        .add_communication(&new_communication(&case, &of_colleague()))
        .await
        .unwrap();
    for number in 0..4 {
        world.pass(1);
        world.sim.eco().reply(&case, format!("message {number}")).unwrap();
    }
    // A new mirror begins with the five newest: the quote among them, and not what it quotes.
    world.link("draft-1", &case);
    world
        .mirror()
        .execute_batch(
            "DELETE FROM communication; DELETE FROM incident; DELETE FROM event; DELETE FROM sync_state",
        )
        .unwrap();
    world.sync().await;
    world.sync().await;
    let messages = messages(&world).await;
    assert_eq!(messages.len(), 6);
    assert_eq!(authors(&messages)[..2], [Author::Me, bob()]);
}

#[tokio::test]
async fn a_case_of_a_colleagues_that_forwards_our_report_is_the_colleagues() {
    let world = World::followed().await;
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Manifest ingestion ends with 500", SENT, false);
    world.colleague_reports("FW: Manifest ingestion", &of_colleague(), "high").await;
    world.sync().await;
    let rows = world.rows().await;
    assert_eq!(rows.len(), 2, "ours is still to be sent: {rows:?}");
    let theirs = rows.iter().find(|row| row.subject == "FW: Manifest ingestion").unwrap();
    assert_ne!(theirs.key.0, "draft-1");
    assert_eq!((theirs.reported_by.clone(), theirs.unread), (bob(), true));
    let shown = world.desk.cases.correspondence(&theirs.key, 5).await.unwrap().recent;
    assert_eq!(authors(&shown), [bob()]);
    // Once ours is there, it is ours.
    world
        .support()
        .create_case(&new_case("Manifest ingestion ends with 500", SENT, "critical"))
        .await
        .unwrap();
    world.sync().await;
    assert!(world.rows().await.iter().any(|row| row.key.0 == "draft-1" && row.reported_by == Author::Me));
}

#[tokio::test]
async fn our_text_is_ours_after_aws_has_taken_a_secret_out_of_it() {
    let world = World::followed().await;
    let body = "The key AKIAIOSFODNN7EXAMPLE is refused, card 4111 1111 1111 1111.\n\nRef ED-7K2M-9QXA";
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Refused", body, true);
    world.support().create_case(&new_case("Refused", body, "high")).await.unwrap();
    assert!(world.sim.cases()[0].communications[0].body.contains("[REDACTED_BY_"), "AWS has taken it out");
    world.sync().await;
    assert_eq!(world.only().await.key.0, "draft-1");
    assert_eq!(authors(&messages(&world).await), [Author::Me]);
}

#[tokio::test]
async fn whoever_has_a_bare_address_or_an_arn_is_a_customer() {
    for (submitted_by, name) in [
        ("kim@norvik.example", "kim"),
        ("arn:aws:sts::123456789012:assumed-role/EdiAdmin/kim@norvik.example", "kim"),
        ("root", "root"),
        ("EdiAdmin (Role)", "EdiAdmin (Role)"),
    ] {
        let world = World::followed().await;
        let kim = Customer::new("AKIAKIM", "kims-secret", submitted_by);
        world.sim.add_customer(kim.clone());
        let kims = world.support_of(&kim);
        let case = kims
            .create_case(&new_case("Search returns nothing", "Search is empty.", "urgent"))
            .await
            .unwrap();
        world.pass(60);
        kims.add_communication(&new_communication(&case, "Any news? Partition opendes.")).await.unwrap();
        world.sync().await;
        let row = world.only().await;
        let author = Author::Colleague { name: name.to_owned() };
        assert_eq!(row.reported_by, author, "{submitted_by}");
        assert!(matches!(row.response, ResponseClock::Running { .. }), "{submitted_by}: {:?}", row.response);
        assert_eq!(authors(&messages(&world).await), [author.clone(), author], "{submitted_by}");
        assert_eq!(world.titles().await, Vec::<String>::new(), "{submitted_by}: ECO has said nothing");
    }
}

#[tokio::test]
async fn what_was_told_by_former_rules_is_told_anew() {
    let world = World::followed().await;
    let kim = Customer::new("AKIAKIM", "kims-secret", "kim@norvik.example");
    world.sim.add_customer(kim.clone());
    world.support_of(&kim).create_case(&new_case("Search", "Search is empty.", "urgent")).await.unwrap();
    world.sync().await;
    world
        .mirror()
        .execute_batch(
            "UPDATE communication SET by_eco = 1;
             UPDATE incident SET opened_by_eco = 1;
             UPDATE sync_state SET derivation = 0",
        )
        .unwrap();
    assert_eq!(world.only().await.reported_by, Author::Eco);
    world.sync().await;
    assert_eq!(world.only().await.reported_by, Author::Colleague { name: "kim".to_owned() });
    assert_eq!(authors(&messages(&world).await), [Author::Colleague { name: "kim".to_owned() }]);
}

#[tokio::test]
async fn a_quote_that_former_rules_took_for_ours_is_told_anew() {
    let (world, case) = reported().await;
    world.sim.eco().reply(&case, of_eco()).unwrap();
    world.pass(60);
    let bobs = world.support_of(&colleague());
    bobs.add_communication(&new_communication(&case, &of_colleague())).await.unwrap();
    // So many that what quotes ours is not among those that come with the case.
    for number in 0..5 {
        world.pass(1);
        world.sim.eco().reply(&case, format!("message {number}")).unwrap();
    }
    world.sync().await;
    assert_eq!(authors(&messages(&world).await)[..3], [Author::Me, Author::Eco, bob()]);
    // As former rules had left it: whatever ends with our reference is ours, or ours was taken for ECO's.
    for (left, as_left) in [
        ("own = reference IS NOT NULL", [Author::Me, Author::Me, Author::Me]),
        (
            "by_eco = author <> 'OpsRole (Role) <bob@example.com>', own = author LIKE '%bob%'",
            [Author::Eco, Author::Eco, Author::Me],
        ),
    ] {
        world
            .mirror()
            .execute_batch(&format!("UPDATE communication SET {left}; UPDATE sync_state SET derivation = 0"))
            .unwrap();
        assert_eq!(authors(&messages(&world).await)[..3], as_left, "{left}");
        world.sync().await;
        assert_eq!(authors(&messages(&world).await)[..3], [Author::Me, Author::Eco, bob()], "{left}");
    }
}

#[tokio::test]
async fn a_quote_below_the_same_greeting_is_the_colleagues() {
    let world = World::followed().await;
    let sent = format!("Hello,\n\n{SENT}");
    world.outbox_report("draft-1", "ED-7K2M-9QXA", "Manifest ingestion ends with 500", &sent, true);
    let case = world
        .support()
        .create_case(&new_case("Manifest ingestion ends with 500", &sent, "critical"))
        .await
        .unwrap();
    world.sync().await;
    world.pass(60);
    // A colleague who works with the same role and session.
    let answer = format!("Hello,\n\nworks for me since the restart.\n\n{sent}");
    world.support().add_communication(&new_communication(&case, &answer)).await.unwrap();
    world.sync().await;
    let messages = messages(&world).await;
    assert_eq!(messages[0].author, Author::Me);
    assert!(matches!(messages[1].author, Author::Colleague { .. }) && messages[1].unseen, "{messages:?}");
}

#[tokio::test]
async fn a_message_that_another_computer_sent_is_not_ones_own_whatever_its_reference() {
    let world = World::followed().await;
    let sent = "It is down.\n\nRef ED-AAAA-BBBB";
    world.support_of(&colleague()).create_case(&new_case("Down", sent, "urgent")).await.unwrap();
    world.sync().await;
    assert!(world.only().await.unread);
    // As the schema has left it that brought the marks: the first of a customer with a reference.
    world
        .mirror()
        .execute_batch(
            "UPDATE communication SET own = 1;
             UPDATE incident SET newest_other_at = NULL;
             UPDATE sync_state SET derivation = 1",
        )
        .unwrap();
    assert!(!world.only().await.unread);
    world.sync().await;
    assert!(world.only().await.unread);
    let own: i64 =
        world.mirror().query_row("SELECT sum(own) FROM communication", [], |row| row.get(0)).unwrap();
    assert_eq!(own, 0);
}
