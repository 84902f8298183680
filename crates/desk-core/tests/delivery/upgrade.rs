//! Entries that the program wrote before requests and states were kept whole: `desk-before.sql` is what it left.

use crate::harness::{Bench, stopped};
use desk_core::{
    delivery::{OutboxEntry, OutboxKind, OutboxState, SendingStep},
    report::DraftContent,
};
use desk_model::{Priority, ProblemCode, find_reference};
use std::path::Path;
use support_sim::CaseStatus;

/// The names of the staged copies of `abc` and `bc`.
const STAGED: [(&str, &[u8]); 2] = [
    ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", b"abc"),
    ("1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac", b"bc"),
];

/// A start of this program on the folder that the former one has left.
async fn upgraded() -> Bench {
    let mut bench = Bench::new().await;
    let before = tempfile::tempdir().unwrap();
    leave_behind(before.path());
    bench.restore(&before).await;
    bench
}

fn leave_behind(folder: &Path) {
    let desk = rusqlite::Connection::open(folder.join("desk.db")).unwrap();
    desk.execute_batch(include_str!("desk-before.sql")).unwrap();
    std::fs::create_dir(folder.join("staging")).unwrap();
    for (name, bytes) in STAGED {
        std::fs::write(folder.join("staging").join(name), bytes).unwrap();
    }
}

fn by_subject<'a>(entries: &'a [OutboxEntry], subject: &str) -> &'a OutboxEntry {
    entries.iter().find(|entry| entry.subject == subject && entry.kind == OutboxKind::Report).unwrap()
}

#[tokio::test]
async fn entries_of_a_former_version_stand_where_they_stood() {
    let bench = upgraded().await;
    let entries = bench.entries().await;
    let shown: Vec<_> = entries.iter().map(|entry| (entry.kind, entry.subject.as_str())).collect();
    let (report, reply, resolve) = (OutboxKind::Report, OutboxKind::Reply, OutboxKind::Resolve);
    assert_eq!(
        shown,
        [
            (report, "Twice lost"),
            (report, "Waiting"),
            (report, "Stopped"),
            (report, "Cut off at its files"),
            (report, "Cut off at its request"),
            (report, "Never tried"),
            (reply, "Waiting"),
            (reply, "Waiting"),
            (resolve, "Waiting"),
        ]
    );
    let lost = by_subject(&entries, "Twice lost");
    let checking = OutboxState::Checking {
        since: 1_701_001_214_432,
        next_check_at: 1_701_001_224_432,
        settles_at: 1_701_001_814_432,
        goes_again: false,
        overdue: false,
    };
    assert_eq!((&lost.state, lost.tries, lost.editable), (&checking, 2, false));
    let waiting = by_subject(&entries, "Waiting");
    assert!(
        matches!(&waiting.state, OutboxState::Waiting { next_try_at: 1_701_001_217_129, problem }
            if problem.code == ProblemCode::Throttled && problem.retryable),
        "{waiting:?}"
    );
    assert_eq!((waiting.files, waiting.bytes, waiting.tries, waiting.editable), (2, 5, 1, true));
    assert_eq!((waiting.priority, waiting.created_at), (Some(Priority::Medium), 1_701_001_214_432));
    let refused = by_subject(&entries, "Stopped");
    assert_eq!(stopped(&refused.state).code, ProblemCode::InvalidInput);
    let at_files = by_subject(&entries, "Cut off at its files");
    assert_eq!((&at_files.state, at_files.tries), (&OutboxState::Sending { step: SendingStep::Files }, 2));
    let at_request = by_subject(&entries, "Cut off at its request");
    assert_eq!(at_request.state, OutboxState::Sending { step: SendingStep::Message });
    assert!(!at_request.editable, "its request may have gone out");
    assert_eq!(by_subject(&entries, "Never tried").state, OutboxState::Queued);
}

#[tokio::test]
async fn entries_of_a_former_version_are_delivered_once_with_their_text_and_files() {
    let bench = upgraded().await;
    let texts = texts(&bench).await;
    let refused = by_subject(&bench.entries().await, "Stopped").id.clone();
    bench.retry(&refused).await;
    bench.deliver_all().await;
    let cases = bench.sim.cases();
    let mut subjects: Vec<&str> = cases.iter().map(|case| case.subject.as_str()).collect();
    subjects.sort_unstable();
    assert_eq!(
        subjects,
        ["Cut off at its files", "Cut off at its request", "Never tried", "Stopped", "Twice lost", "Waiting"]
    );
    for case in &cases {
        let files: Vec<&[u8]> = case.communications[0].files.iter().map(|file| &file.data[..]).collect();
        let expected: &[&[u8]] = match case.subject.as_str() {
            "Waiting" | "Cut off at its files" | "Never tried" => &[b"abc", b"bc"],
            _ => &[],
        };
        assert_eq!(files, expected, "{}", case.subject);
        assert!(case.communications.iter().all(|said| texts.contains(&said.body)), "{}", case.subject);
    }
    let waited = cases.iter().find(|case| case.subject == "Waiting").unwrap();
    assert_eq!((waited.communications.len(), waited.status), (3, CaseStatus::Resolved));
    bench.rooms.attachments.sweep_unreferenced().await.unwrap();
    assert_eq!(bench.staged(), Vec::<String>::new());
}

/// The texts that the former version has kept.
async fn texts(bench: &Bench) -> Vec<String> {
    let read = bench.store.desk.read(|desk| {
        let mut select = desk.prepare("SELECT body FROM outbox WHERE body IS NOT NULL")?;
        Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?)
    });
    let texts = read.await.unwrap();
    assert_eq!(texts.len(), 10);
    assert!(texts.iter().all(|text| find_reference(text).is_some()));
    texts
}

#[tokio::test]
async fn entries_of_a_former_version_become_drafts_again() {
    let bench = upgraded().await;
    let entries = bench.entries().await;
    let edit = async |entry: &OutboxEntry| {
        let draft = bench.rooms.outbox.edit(&entry.id).await.unwrap();
        bench.rooms.reports.get(&draft).await.unwrap()
    };
    let draft = edit(by_subject(&entries, "Never tried")).await;
    let names: Vec<&str> = draft.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!((draft.subject.as_str(), names), ("Never tried", vec!["a.log", "b.log"]));
    // The rating, which had no draft: what is edited is its text.
    let rating = edit(&entries[7]).await;
    let DraftContent::Reply(content) = rating.content else { panic!("{rating:?}") };
    assert_eq!(content.body, "Rating of the correspondence in this case: 4 of 5 stars\nComment: Quick.");
    bench.rooms.reports.discard(&rating.id).await.unwrap();
    let reply = edit(&entries[6]).await;
    let DraftContent::Reply(content) = reply.content else { panic!("{reply:?}") };
    assert_eq!(content.body, "Behind it.");
}

#[tokio::test]
async fn what_a_former_version_has_delivered_stays_known() {
    let bench = upgraded().await;
    let read = bench.store.desk.read(|desk| {
        let mut select = desk.prepare(
            "SELECT kind, subject, reference, requested_at, done_at,
                 (SELECT count(*) FROM outbox_file f WHERE f.outbox = o.id)
             FROM outbox o WHERE done_at IS NOT NULL ORDER BY position",
        )?;
        let row = |row: &rusqlite::Row<'_>| {
            let names: (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let numbers: (i64, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
            Ok((names, numbers))
        };
        Ok(select.query_map([], row)?.collect::<rusqlite::Result<Vec<_>>>()?)
    });
    let delivered = |kind: &str, reference: &str, files| {
        let names = (kind.to_owned(), "Delivered".to_owned(), reference.to_owned());
        (names, (1_701_000_554_000_i64, 1_701_000_554_432_i64, files))
    };
    let expected = [delivered("report", "ED-SPSF-8X0V", 2), delivered("reply", "ED-G909-3B9A", 0)];
    assert_eq!(read.await.unwrap(), expected);
}
