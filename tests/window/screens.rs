//! Every screen, in light and dark, as pictures in target/screenshots for people to judge. The demo's data fills
//! them.

use crate::support::{App, Key, Session, css, story};

#[tokio::test]
async fn every_screen_can_be_looked_at() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find(css("[data-testid='incident-row'][aria-posinset='5']")).await;
    app.screenshots("incidents").await;
    app.type_keys("j").await;
    app.find("case-message").await;
    app.screenshots("incidents-selected").await;
    app.press(Key::Enter).await;
    app.find("case-message").await;
    app.screenshots("case").await;
    app.click("case-resolve").await;
    app.find("resolve-dialog").await;
    app.screenshots("resolve").await;
    app.press(Key::Escape).await;

    app.click(story::nav("report")).await;
    story::describe(
        &app,
        "Manifest ingestion stuck in RUNNING",
        "All manifest ingestion runs in partition opendes stay in RUNNING since 05:10 CET.",
    )
    .await;
    let log = story::file(&session, "workflow-run-5f1c.log", &[b'x'; 240_000]);
    app.drop_files("drop-zone", &[log.as_path()]).await;
    app.wait_count("file-row", 1).await;
    app.screenshots("report-2-additional-information").await;
    app.click("report-step-1").await;
    app.find("report-field-kind").await;
    app.screenshots("report-1-how-can-we-help").await;
    app.click("report-step-3").await;
    app.screenshots("report-3-solve-now").await;
    app.click("report-step-4").await;
    app.find("report-review").await;
    app.screenshots("report-4-contact-us").await;
    app.click(story::nav("outbox")).await;
    app.find("draft-row").await;
    app.screenshots("outbox").await;
    app.click(story::nav("settings")).await;
    app.find("settings").await;
    app.screenshots("settings").await;
}

#[tokio::test]
async fn the_first_start_can_be_looked_at() {
    let session = Session::start().await;
    story::write_profile(&session);
    let app = App::start(&session, &[], &[]).await;
    app.find("connect").await;
    app.screenshots("connect").await;
}
