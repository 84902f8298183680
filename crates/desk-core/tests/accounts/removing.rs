//! Removing an account: nothing of it stays on the disk.

use crate::office::{Office, files_of};
use desk_core::{
    attachment::OpenedFile,
    case::Rating,
    report::{DraftContent, ProblemKind, ReplyContent, ReportContent},
};
use desk_model::{AccountId, CaseKey, Priority};
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
