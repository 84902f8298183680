//! Texts from outside: the mirror keeps them as AWS gave them, and what is shown of them cannot deceive or break.

use crate::world::World;
use support_sim::Severity;

const SUBJECT: &str = "invoice \u{202E}gpj.exe\u{202C} waits\0\r\nsince 05:10";
const CLEANED: &str = "invoice gpj.exe waits since 05:10";
const BODY: &str = "See \u{2066}\u{202E}moc.live\u{202C}\u{2069}\0,\r\nthen\tanswer.";

#[tokio::test]
async fn what_is_shown_of_a_case_holds_no_controls() {
    let world = World::followed().await;
    let eco = world.sim.eco();
    let case = eco.open_incident(SUBJECT, BODY, Severity::High).unwrap();
    world.sync().await;
    world.pass(1);
    eco.reply_with_files(&case, "Attached.", &[("cod\u{202E}gpj.exe", b"MZ"), ("run.log", b"503")]).unwrap();
    world.sync().await;

    let row = world.only().await;
    assert_eq!(row.subject, CLEANED);
    let correspondence = world.desk.cases.correspondence(&row.key, 10).await.unwrap();
    assert_eq!(correspondence.recent[0].body, "See moc.live,\nthen\tanswer.");
    let files: Vec<(&str, bool)> =
        correspondence.recent[1].files.iter().map(|file| (file.name.as_str(), file.runs)).collect();
    assert_eq!(files, [("codgpj.exe", true), ("run.log", false)]);
    let told = world.notified().await;
    assert!(told.iter().any(|told| told.title.contains(CLEANED)), "{told:?}");
    for text in told.iter().flat_map(|told| [&told.title, &told.body]) {
        assert!(!text.contains(['\0', '\r', '\u{202E}', '\u{2066}']), "{text:?}");
    }
    for event in world.desk.notifier.recent(10).await.unwrap() {
        assert_eq!(event.subject, CLEANED);
    }
}

#[tokio::test]
async fn a_file_is_offered_to_be_saved_under_the_name_that_is_shown() {
    let world = World::followed().await;
    let eco = world.sim.eco();
    let case = eco.open_incident("Files", "text", Severity::Low).unwrap();
    world.sync().await;
    let long = format!("{}.exe", "ø".repeat(200));
    let sent = ["cod\u{202E}gpj.exe", "COM¹.log", "report.pdf      .exe", long.as_str()];
    for name in sent {
        world.pass(1);
        eco.reply_with_files(&case, name, &[(name, b"bytes")]).unwrap();
    }
    world.sync().await;
    let key = world.only().await.key;
    let correspondence = world.desk.cases.correspondence(&key, 50).await.unwrap();
    let files: Vec<_> = correspondence.recent.iter().flat_map(|message| &message.files).collect();
    assert_eq!(files.len(), sent.len());
    for file in files {
        let id = file.attachment_id.as_deref().unwrap();
        let (_, name) = world.desk.cases.attachment(&key, id).await.unwrap();
        assert_eq!(name, file.name);
    }
}

#[tokio::test]
async fn a_text_stays_in_the_mirror_as_aws_gave_it_so_that_it_is_known_again() {
    let world = World::followed().await;
    let case = world.sim.eco().open_incident(SUBJECT, BODY, Severity::High).unwrap();
    world.sync().await;
    let key = world.only().await.key;
    world.pass(1);
    world.sim.eco().reply(&case, BODY).unwrap();
    world.sync().await;
    world.sync().await;
    assert_eq!(world.bodies(&key).await.len(), 2, "no message is taken for another");
    let kept: String = world
        .mirror()
        .query_row("SELECT body FROM communication ORDER BY at LIMIT 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, BODY);
}
