//! Credentials that run out while in use: what is to be sent waits, and goes on by itself.

use crate::{
    office::Office,
    portal::{browse, connect, directory},
};
use desk_core::{
    account::{Connection, SignInWay},
    delivery::OutboxState,
    report::{DraftContent, ProblemKind, ReportContent},
};
use desk_model::{Priority, ProblemCode};
use std::time::Duration;
use support_sim::{Fault, On};

#[tokio::test]
async fn a_report_waits_for_the_sign_in_and_is_sent_once_by_itself() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let account = connect(&office, "EdiSupport").await;
    let desk = &office.desk;

    office.sign_in.end_sessions();
    office.support.faults().always(On::Any, Fault::refuse("ExpiredTokenException"));
    let draft = desk.reports.begin().await.unwrap();
    let content = ReportContent {
        account: Some(account.id.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::High),
        subject: "Ingestion fails".to_owned(),
        body: "Since 05:10 every run ends with 500.".to_owned(),
        ..ReportContent::default()
    };
    desk.reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    desk.reports.submit(&draft.id).await.unwrap();
    // The first try finds AWS refusing the role's credentials, the second IAM Identity Center refusing new ones.
    for _ in 0..2 {
        desk.outbox.deliver_due().await.unwrap();
        office.support.faults().clear();
    }
    let entries = desk.outbox.list().await.unwrap();
    let OutboxState::Waiting { problem, .. } = &entries[0].state else { panic!("{entries:?}") };
    assert_eq!(problem.code, ProblemCode::CredentialsExpired);
    let marked = desk.accounts.get(&account.id).await.unwrap();
    assert!(matches!(marked.connection, Connection::Failed { .. }), "{marked:?}");
    assert_eq!(office.support.case_count(), 0);

    desk.start();
    let begun = desk
        .accounts
        .sign_ins
        .begin("https://norvik.awsapps.com/start", "eu-west-1", SignInWay::Browser)
        .await
        .unwrap();
    let (_, found) = tokio::join!(browse(&begun.page), desk.accounts.sign_ins.wait(&begun.id));
    found.unwrap();
    desk.accounts.setup.renew_portal(&account.id, &begun.id).await.unwrap();
    desk.account_works(&account.id);
    let sent = async {
        while office.support.case_count() == 0 || !desk.outbox.list().await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), sent).await.unwrap();
    assert_eq!(office.support.case_count(), 1);
    desk.shut_down().await;
}
