//! A row of the outbox that this program cannot read: it is shown, can be discarded, and holds up no other.

use crate::harness::{Bench, stopped};
use desk_core::{
    case::{CaseQuery, Delivery},
    delivery::{OutboxEntry, OutboxKind},
};
use desk_model::{CaseKey, Priority, ProblemCode};

/// Runs one statement on the outbox's database, as another program would.
async fn run(bench: &Bench, statement: &'static str) {
    bench
        .store
        .desk
        .write(move |desk| {
            assert_eq!(desk.execute(statement, []).unwrap(), 1);
            Ok(())
        })
        .await
        .unwrap();
}

async fn raw_request(bench: &Bench, case: &CaseKey) -> String {
    let case = case.0.clone();
    let read = bench.store.desk.read(move |desk| {
        let select = "SELECT CAST(request AS TEXT) FROM outbox WHERE case_key = ?1";
        Ok(desk.query_row(select, [case], |row| row.get(0))?)
    });
    read.await.unwrap()
}

/// An outbox whose first report has lost the JSON of its request on the disk: one byte of it is another.
async fn damaged() -> (Bench, CaseKey) {
    let mut bench = Bench::new().await;
    let case = bench.report_with_file("Damaged", "a.log", b"abc").await;
    let backup = bench.backup().await;
    let file = backup.path().join("desk.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let sound = b"{\"what\":\"report\",\"subject\":\"Damaged\"";
    let places: Vec<usize> =
        bytes.windows(sound.len()).enumerate().filter(|(_, part)| part == sound).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "the request is in the file");
    for at in places {
        bytes[at] = b'?';
    }
    std::fs::write(&file, bytes).unwrap();
    bench.restore(&backup).await;
    (bench, case)
}

fn is_shown_as_stopped(entry: &OutboxEntry, subject: &str) {
    assert_eq!((entry.kind, entry.subject.as_str()), (OutboxKind::Report, subject));
    assert_eq!(entry.priority, Some(Priority::Medium));
    assert_eq!(stopped(&entry.state).code, ProblemCode::Internal);
    assert!(entry.not_yet_with_eco, "the alarm tells of it");
    assert!(entry.editable, "it can be discarded");
}

#[tokio::test]
async fn an_entry_of_an_unknown_shape_is_shown_as_stopped_and_the_others_go() {
    for spoil in [
        "UPDATE outbox SET request = json_remove(request, '$.priority') WHERE subject = 'Odd'",
        "UPDATE outbox SET state = json_object('state', 'unheard-of') WHERE subject = 'Odd'",
    ] {
        let bench = Bench::new().await;
        let odd = bench.report("Odd").await;
        run(&bench, spoil).await;
        bench.reply(&odd, "Behind it.").await;
        bench.report("Sound").await;
        let before = raw_request(&bench, &odd).await;
        bench.deliver_for(3).await;
        let sent: Vec<String> = bench.sim.cases().into_iter().map(|case| case.subject).collect();
        assert_eq!(sent, ["Sound"], "{spoil}");
        let entries = bench.entries().await;
        assert_eq!(entries.len(), 2, "the reply waits behind it: {entries:?}");
        is_shown_as_stopped(&entries[0], "Odd");
        assert_eq!(raw_request(&bench, &odd).await, before, "what was entered is kept as it is");
    }
}

#[tokio::test]
async fn a_damaged_entry_is_shown_as_stopped_with_its_files_kept_and_the_others_go() {
    let (bench, _) = damaged().await;
    bench.report("Sound").await;
    bench.deliver_for(3).await;
    assert_eq!(bench.sim.cases().len(), 1);
    is_shown_as_stopped(&bench.entry().await, "Damaged");
    assert_eq!(bench.rooms.attachments.sweep_unreferenced().await.unwrap(), 0, "its file stays");
    assert_eq!(bench.staged().len(), 1);
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_can_only_be_discarded() {
    let (bench, case) = damaged().await;
    let id = bench.entry().await.id;
    for refused in [bench.rooms.outbox.retry(&id).await, bench.rooms.outbox.edit(&id).await.map(drop)] {
        assert_eq!(refused.unwrap_err().code, ProblemCode::Internal);
    }
    bench.reply(&case, "Behind it.").await;
    let discarded = bench.rooms.outbox.discard(&id).await;
    assert_eq!(discarded.unwrap_err().code, ProblemCode::Conflict, "a reply waits for it");
    let reply = bench.entries().await.remove(1).id;
    bench.rooms.outbox.discard(&reply).await.unwrap();
    bench.rooms.outbox.discard(&id).await.unwrap();
    assert_eq!(bench.entries().await, Vec::new());
    assert_eq!(
        bench.rooms.attachments.sweep_unreferenced().await.unwrap(),
        0,
        "discarding has deleted its file"
    );
    assert_eq!(bench.staged(), Vec::<String>::new());
    bench.deliver_for(3).await;
    assert_eq!(bench.sim.case_count(), 0, "it is never sent");
}

#[tokio::test]
async fn an_account_whose_connection_cannot_be_read_sends() {
    let bench = Bench::new().await;
    run(&bench, "UPDATE account SET connection = 'nonsense'").await;
    bench.report("Sound").await;
    bench.deliver_all().await;
    assert_eq!(bench.sim.case_count(), 1);
}

#[tokio::test]
async fn a_damaged_report_is_an_incident_like_others_with_its_text() {
    let (bench, case) = damaged().await;
    bench.store.close().await;
    let desk = crate::desk::open(bench.dir.path(), &bench.sim).await;
    let rows = desk.cases.list(CaseQuery::default()).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["Damaged"]);
    let detail = desk.cases.get(&case).await.unwrap();
    assert_eq!(detail.problem.unwrap().code, ProblemCode::Internal);
    let shown = desk.cases.correspondence(&case, 20).await.unwrap().recent.remove(0);
    assert_eq!((shown.delivery, shown.problem.unwrap().code), (Delivery::Stopped, ProblemCode::Internal));
    assert!(shown.body.contains("every run ends with 500"), "it can be copied: {}", shown.body);
    desk.shut_down().await;
}
