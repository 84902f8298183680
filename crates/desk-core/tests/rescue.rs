//! What a rescued or restored `desk.db` means for what is in it: nothing is sent that was discarded, and nothing is hidden.
#![allow(clippy::unwrap_used)]

use desk_aws::Endpoint;
use desk_core::{
    Desk, DeskOptions,
    account::ConfigFiles,
    delivery::{Backoff, OutboxState},
    desk::{RescueReason, RescuedKind},
    report::DraftContent,
    sync::SyncPace,
};
use desk_model::{Clock, ProblemCode};
use desk_store::Store;
use std::{fs, path::Path};

const ACCOUNT: &str =
    "INSERT INTO account VALUES ('a', 1, 'Work', 0, '{\"kind\":\"demo\"}', '\"aws\"', NULL, '{}', 7)";
const REQUEST: &str = r#"{"what":"reply","subject":"Search is down","text":"a text","cc":[],"files":[],"draft":{"body":"a text","cc":[]},"draftCreatedAt":1}"#;
const QUEUED: &str = r#"{"state":"queued","attempts":{"count":0}}"#;

async fn open(dir: &Path) -> Desk {
    let options = DeskOptions {
        data_dir: dir.to_owned(),
        clock: Clock::System,
        endpoint: Endpoint::ByPartition,
        config: ConfigFiles { config: dir.join("none"), credentials: dir.join("none") },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    };
    Desk::open(options).await.unwrap()
}

/// A folder with some drafts and something in the outbox, and a backup of it.
async fn backed_up() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path()).await.close().await;
    let store = Store::open(dir.path()).await.unwrap().store;
    let fill = |tx: &rusqlite::Transaction<'_>| {
        tx.execute(ACCOUNT, [])?;
        for number in 0..20 {
            let text = "what happened ".repeat(200);
            let content = format!(r#"{{"kind":"report","content":{{"body":"{number} {text}"}}}}"#);
            tx.execute(
                "INSERT INTO draft VALUES (?1, NULL, ?2, 1, 1)",
                (format!("draft-{number}"), content),
            )?;
            let insert = "INSERT INTO outbox (id, account, case_key, created_at, request, state)
                          VALUES (?1, 'a', ?1, 1, ?2, ?3)";
            tx.execute(insert, (format!("entry-{number}"), REQUEST, QUEUED))?;
        }
        // One that was submitted out of a draft which the backup still has.
        tx.execute("UPDATE outbox SET id = 'draft-3' WHERE id = 'entry-3'", [])?;
        Ok(())
    };
    store.desk.write(fill).await.unwrap();
    assert!(store.back_up(jiff::Timestamp::now().as_millisecond()).await.unwrap());
    store.close().await;
    dir
}

#[tokio::test]
async fn what_comes_from_a_backup_is_told_and_not_sent_by_itself() {
    let dir = backed_up().await;
    // All of the file but its first page is gone.
    let path = dir.path().join("desk.db");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..4096]).unwrap();
    let desk = open(dir.path()).await;
    let notice = desk.rescue().await.unwrap().expect("it is told");
    assert_eq!(notice.reason, RescueReason::Damaged);
    assert!(notice.backup.is_some() && notice.kept.unwrap().starts_with("desk-damaged-"));
    let of = |what| notice.rescued.iter().find(|rows| rows.what == what).unwrap().clone();
    assert_eq!((of(RescuedKind::Drafts).rows, of(RescuedKind::Drafts).from_backup), (20, 20));
    assert_eq!((of(RescuedKind::Outbox).rows, of(RescuedKind::Outbox).from_backup), (20, 20));
    let outbox = desk.outbox.list().await.unwrap();
    assert_eq!(outbox.len(), 20);
    for entry in outbox {
        match entry.state {
            OutboxState::Stopped { problem } => assert!(problem.message.contains("backup"), "{problem}"),
            other => panic!("it would be sent although it may have been discarded: {other:?}"),
        }
    }
    let drafts = desk.reports.list().await.unwrap();
    assert_eq!(drafts.len(), 19, "what is in the outbox is no draft as well");
    desk.dismiss_rescue().await.unwrap();
    assert_eq!(desk.rescue().await.unwrap(), None);
    desk.close().await;
    let again = open(dir.path()).await;
    assert_eq!(again.rescue().await.unwrap(), None);
    again.close().await;
}

#[tokio::test]
async fn a_backup_is_restored_at_the_next_start_and_what_was_there_is_kept() {
    let dir = backed_up().await;
    let desk = open(dir.path()).await;
    let drafts = desk.reports.list().await.unwrap();
    for draft in &drafts {
        desk.reports.discard(&draft.id).await.unwrap();
    }
    assert_eq!(desk.reports.list().await.unwrap().len(), 0);
    let backups = desk.backups().await.unwrap();
    assert_eq!(backups.len(), 1);
    let contents = backups[0].contents.unwrap();
    assert_eq!((contents.accounts, contents.drafts, contents.outbox), (1, 20, 20));
    let nothing = desk.restore_at_next_start("../desk.db".to_owned()).await.unwrap_err();
    assert_eq!(nothing.code, ProblemCode::NotFound);
    desk.restore_at_next_start(backups[0].name.clone()).await.unwrap();
    assert_eq!(desk.reports.list().await.unwrap().len(), 0, "until then all is as it was");
    desk.close().await;
    let desk = open(dir.path()).await;
    assert_eq!(desk.reports.list().await.unwrap().len(), 20);
    let notice = desk.rescue().await.unwrap().unwrap();
    assert_eq!(notice.reason, RescueReason::Restored);
    assert!(dir.path().join(notice.kept.unwrap()).exists(), "what was there is kept");
    desk.close().await;
}

#[tokio::test]
async fn a_draft_that_cannot_be_read_costs_no_other_and_is_shown_and_kept() {
    let dir = backed_up().await;
    let store = Store::open(dir.path()).await.unwrap().store;
    let broken = r#"{"kind":"report","content":{"subject":"Search","body":"first line\nsec"#;
    let reply = r##"#"kind":"reply","content":{"body":"a reply"}"##;
    let damage = move |tx: &rusqlite::Transaction<'_>| {
        tx.execute("UPDATE draft SET content = ?1 WHERE id = 'draft-1'", [broken])?;
        tx.execute("UPDATE draft SET content = ?1, case_key = 'entry-5' WHERE id = 'draft-2'", [reply])?;
        // Bytes that are no text.
        tx.execute("UPDATE draft SET content = CAST(x'7B22FF' AS TEXT) WHERE id = 'draft-4'", [])?;
        tx.execute("UPDATE account SET source = '{', partition = 'x'", [])?;
        tx.execute("INSERT OR REPLACE INTO setting VALUES ('settings', 'no json')", [])?;
        Ok(())
    };
    store.desk.write(damage).await.unwrap();
    store.close().await;
    let desk = open(dir.path()).await;
    let drafts = desk.reports.list().await.unwrap();
    assert_eq!(drafts.len(), 20);
    let of = |id: &str| drafts.iter().find(|draft| draft.id.0 == id).unwrap().clone();
    let unreadable = of("draft-1");
    assert!(unreadable.is_unreadable && !of("draft-5").is_unreadable);
    match &unreadable.content {
        DraftContent::Report(report) => {
            assert_eq!((report.subject.as_str(), report.body.as_str()), ("Search", "first line\nsec"));
        }
        DraftContent::Reply(_) => panic!("it is a report"),
    }
    assert!(unreadable.problems[0].message.contains("cannot read"), "{:?}", unreadable.problems);
    for refused in [
        desk.reports.save(&unreadable.id, unreadable.content.clone()).await.map(drop),
        desk.reports.submit(&unreadable.id).await.map(drop),
    ] {
        assert!(refused.unwrap_err().message.contains("cannot read"));
    }
    assert!(desk.reports.list().await.unwrap().iter().any(|draft| draft.id.0 == "draft-2"), "it is kept");
    desk.reports.begin().await.unwrap();
    desk.reports.discard(&unreadable.id).await.unwrap();
    // The account is listed, and says why it does not work.
    let accounts = desk.accounts.list().await.unwrap();
    match &accounts[0].connection {
        desk_core::account::Connection::Failed { problem, .. } => {
            assert!(problem.message.contains("cannot read"), "{problem}");
        }
        other => panic!("{other:?}"),
    }
    desk.close().await;
}
