//! Removing an account: nothing of it stays on the disk.

use crate::office::{Office, files_of, open};
use desk_core::{
    Desk,
    attachment::OpenedFile,
    case::{CaseQuery, Rating},
    report::{DraftContent, ProblemKind, ReplyContent, ReportContent},
};
use desk_model::{AccountId, CaseKey, Priority};
use std::{path::Path, time::Duration};
use support_sim::Severity;

/// A word of each place where something of an account is kept.
const GOES: [&str; 9] = [
    "nameQuaggas",
    "subjectQuaggas",
    "bodyQuaggas",
    "fileQuaggas",
    "ecosSubjectQuaggas",
    "ecosReplyQuaggas",
    "replyQuaggas",
    "begunReplyQuaggas",
    "ratingQuaggas",
];
/// What a person has begun to write is theirs.
const STAYS: &str = "begunReportQuaggas";

fn found(office: &Office, word: &str) -> Vec<String> {
    let folder = office.dir.path().join("data");
    let mut places = Vec::new();
    for (path, bytes) in files_of(&folder) {
        // The index of words keeps them in lower case.
        for form in [word.to_owned(), word.to_lowercase()] {
            if bytes.windows(form.len()).any(|window| window == form.as_bytes()) {
                places.push(path.display().to_string());
            }
        }
    }
    places
}

async fn report(office: &Office, account: &AccountId, subject: &str, body: &str) -> CaseKey {
    let reports = &office.desk.reports;
    let draft = reports.begin().await.unwrap();
    let file = office.dir.path().join("fileQuaggas.log");
    std::fs::write(&file, "fileQuaggas happened").unwrap();
    office.desk.attachments.add(&draft.id, OpenedFile::open_all(&[file])).await.unwrap();
    let content = ReportContent {
        account: Some(account.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::High),
        subject: subject.to_owned(),
        body: body.to_owned(),
        ..ReportContent::default()
    };
    reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    reports.submit(&draft.id).await.unwrap()
}

async fn reply(office: &Office, case: &CaseKey, body: &str) -> desk_core::report::DraftId {
    let draft = office.desk.reports.reply_draft(case).await.unwrap();
    let content = ReplyContent { body: body.to_owned(), cc: Vec::new() };
    office.desk.reports.save(&draft.id, DraftContent::Reply(content)).await.unwrap();
    draft.id
}

#[tokio::test]
async fn nothing_of_a_removed_account_stays_on_the_disk_but_what_was_begun_to_be_written() {
    let office = Office::new().await;
    let desk = &office.desk;
    let account = office.connect_keys().await.unwrap();
    desk.accounts.rename(&account.id, "nameQuaggas", 1).await.unwrap();
    let case = report(&office, &account.id, "subjectQuaggas", "bodyQuaggas").await;
    desk.outbox.deliver_due().await.unwrap();
    let number = office.support.cases()[0].display_id.to_string();
    office.support.eco().reply(&number, "ecosReplyQuaggas").unwrap();
    office.support.eco().open_incident("ecosSubjectQuaggas", "text", Severity::High).unwrap();
    desk.sync.sync_account(&account.id).await.unwrap();
    let sent = reply(&office, &case, "replyQuaggas").await;
    desk.reports.submit(&sent).await.unwrap();
    desk.outbox.deliver_due().await.unwrap();
    desk.sync.sync_account(&account.id).await.unwrap();
    let rating = Rating { stars: 4, comment: "ratingQuaggas".to_owned(), send_to_eco: false };
    desk.cases.rate(&case, rating).await.unwrap();
    desk.cases.seen(&case).await.unwrap();
    reply(&office, &case, "begunReplyQuaggas").await;
    let begun = desk.reports.begin().await.unwrap();
    let content = ReportContent {
        account: Some(account.id.clone()),
        subject: STAYS.to_owned(),
        ..ReportContent::default()
    };
    desk.reports.save(&begun.id, DraftContent::Report(content)).await.unwrap();
    // A damaged mirror that was set aside once.
    let aside = office.dir.path().join("data/cases-damaged-20261122T120000Z.db");
    std::fs::write(&aside, "subjectQuaggas").unwrap();
    assert!(desk.outbox.list().await.unwrap().is_empty(), "everything was sent");
    for word in GOES.into_iter().chain([STAYS]) {
        assert!(!found(&office, word).is_empty(), "{word} is not there to be removed");
    }

    desk.remove_account(&account.id).await.unwrap();
    for word in GOES {
        assert_eq!(found(&office, word), Vec::<String>::new(), "{word} while the program runs");
    }
    let drafts = desk.reports.list().await.unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].subject.as_str(), &drafts[0].account), (STAYS, &None));
    desk.shut_down().await;
    for word in GOES {
        assert_eq!(found(&office, word), Vec::<String>::new(), "{word} after the end");
    }
    assert!(!found(&office, STAYS).is_empty());
    assert!(found(&office, &account.id.0).is_empty(), "its name on this computer");
    // The index keeps of a word only what differs from the word before.
    let index = std::fs::read(office.dir.path().join("data/cases.db")).unwrap();
    assert!(!index.windows(6).any(|window| window == b"uaggas"), "the index of words");
}

/// Every row of both databases, each with its table.
fn dumped(data: &Path) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for file in ["desk.db", "cases.db"] {
        let database = rusqlite::Connection::open(data.join(file)).unwrap();
        let mut tables = database
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            .unwrap();
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        for table in tables {
            let mut select = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = select.column_count();
            let mut found = select.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let values: Vec<rusqlite::types::Value> =
                    (0..columns).map(|column| row.get(column).unwrap()).collect();
                rows.push((table.clone(), format!("{values:?}")));
            }
        }
    }
    rows
}

/// The tables with a row in which `word` occurs.
fn tables_with(data: &Path, word: &str) -> Vec<String> {
    let mut tables: Vec<String> =
        dumped(data).into_iter().filter(|(_, row)| row.contains(word)).map(|(table, _)| table).collect();
    tables.dedup();
    tables
}

/// The tables of what belongs to an account or a case and has a row.
fn kept(data: &Path) -> Vec<String> {
    const OF_THE_COMPUTER: [&str; 4] = ["setting", "mirror", "news_cursor", "cursor"];
    let is_index = |table: &str| table.starts_with("words");
    let mut tables: Vec<String> = dumped(data)
        .into_iter()
        .map(|(table, _)| table)
        .filter(|table| !OF_THE_COMPUTER.contains(&table.as_str()) && !is_index(table))
        .collect();
    tables.dedup();
    tables
}

/// A desk with an account of which there is something in each table: a report that was sent, an incident of ECO's with a
/// rating and a mark, news, and a report that was begun.
async fn lived_in(office: &Office) -> AccountId {
    let desk = &office.desk;
    let account = office.connect_keys().await.unwrap().id;
    report(office, &account, "Down", "It is down.").await;
    desk.outbox.deliver_due().await.unwrap();
    desk.sync.sync_account(&account).await.unwrap();
    office.support.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    desk.sync.sync_account(&account).await.unwrap();
    let ecos = desk.cases.list(CaseQuery::default()).await.unwrap().rows;
    let ecos = &ecos.iter().find(|row| row.subject == "Disk full").unwrap().key;
    desk.cases.seen(ecos).await.unwrap();
    let rating = Rating { stars: 4, comment: String::new(), send_to_eco: false };
    desk.cases.rate(ecos, rating).await.unwrap();
    assert!(!desk.notifier.recent(10).await.unwrap().is_empty());
    let begun = desk.reports.begin().await.unwrap();
    let content = ReportContent {
        account: Some(account.clone()),
        subject: STAYS.to_owned(),
        ..ReportContent::default()
    };
    desk.reports.save(&begun.id, DraftContent::Report(content)).await.unwrap();
    account
}

/// Ends the desk, does something to its data folder, and opens another one on it.
async fn reopened(office: &Office, between: impl FnOnce(&Path)) -> Desk {
    office.desk.shut_down().await;
    between(&office.dir.path().join("data"));
    open(&office.dir, office.endpoint.clone()).await
}

#[tokio::test]
async fn a_removed_account_leaves_nothing_but_drafts_also_where_its_mirror_was_made_anew() {
    let office = Office::new().await;
    let account = lived_in(&office).await;
    let desk = reopened(&office, |data| std::fs::remove_file(data.join("cases.db")).unwrap()).await;
    let data = office.dir.path().join("data");
    let before = kept(&data);
    for table in ["account", "outbox", "case_link", "read_mark", "rating", "news", "catalogue"] {
        assert!(before.iter().any(|kept| kept == table), "{table} has nothing to be removed: {before:?}");
    }
    desk.remove_account(&account).await.unwrap();
    assert_eq!(kept(&data), ["draft"]);
    assert_eq!(tables_with(&data, &account.0), Vec::<String>::new());
    desk.shut_down().await;
}

#[tokio::test]
async fn an_account_whose_removal_was_cut_off_is_forgotten_at_the_next_start() {
    let office = Office::new().await;
    let account = lived_in(&office).await;
    let data = office.dir.path().join("data");
    let kept_mirror = tempfile::NamedTempFile::new().unwrap();
    let desk = reopened(&office, |data| {
        std::fs::copy(data.join("cases.db"), kept_mirror.path()).unwrap();
    })
    .await;
    desk.remove_account(&account).await.unwrap();
    desk.shut_down().await;
    // As after a kill between the two files: the mirror is whole, and of its cases something is left in `desk.db`.
    std::fs::copy(kept_mirror.path(), data.join("cases.db")).unwrap();
    let database = rusqlite::Connection::open(data.join("desk.db")).unwrap();
    let mirror = rusqlite::Connection::open(data.join("cases.db")).unwrap();
    let key: String = mirror
        .query_row("SELECT key FROM incident WHERE subject = 'Disk full'", [], |row| row.get(0))
        .unwrap();
    database.execute("INSERT INTO read_mark (case_key, seen_at) VALUES (?1, 1)", [&key]).unwrap();
    drop((database, mirror));
    assert!(!tables_with(&data, &account.0).is_empty());

    let desk = open(&office.dir, office.endpoint.clone()).await;
    desk.start();
    let forgotten = async {
        while kept(&data) != ["draft"] {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(120), forgotten).await.is_ok(), "{:?}", kept(&data));
    assert_eq!(tables_with(&data, &account.0), Vec::<String>::new());
    desk.shut_down().await;
}
