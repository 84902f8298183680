//! The program among others on a desktop: its tray, its window's frame, a second start, the end.
#![cfg(target_os = "linux")]

mod support;

use support::{
    App, Session, eventually,
    story::{self, Aws},
    with_text,
};
use support_sim::Severity;

#[tokio::test]
async fn the_tray_tells_of_unread_incidents_and_opens_them() {
    let session = Session::start().await;
    let _bell = session.notifications().await;
    let tray = session.tray().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    let quiet = tray.wait("nothing unread", |tray| tray.labels().contains(&"Nothing unread")).await;
    assert!(quiet.labels().contains(&"Report an incident"));
    assert!(quiet.labels().contains(&"Pause notifications"));
    aws.first_sync().await;

    aws.sim
        .eco()
        .open_incident("Nightly backup of opendes failed", "The backup of 02:00 failed.", Severity::Critical)
        .expect("opened");
    // Menu and icon are set one after the other.
    tray.wait("one unread, in the menu and by its icon", |tray| {
        tray.labels().contains(&"1 unread incident") && tray.icon_sha256 != quiet.icon_sha256
    })
    .await;
    tray.click("ECO opened: Nightly backup of opendes failed").await;
    app.wait_text("case-subject", "Nightly backup of opendes failed").await;
    tray.wait("nothing unread again, in the menu and by its icon", |tray| {
        tray.labels().contains(&"Nothing unread") && tray.icon_sha256 == quiet.icon_sha256
    })
    .await;
}

#[tokio::test]
async fn a_closed_window_goes_to_the_tray_and_comes_back() {
    let session = Session::start().await;
    let bell = session.notifications().await;
    let tray = session.tray().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    tray.wait("the tray", |tray| tray.labels().contains(&"Quit")).await;
    app.close_window().await;
    app.wait_window_seen(false).await;
    assert!(app.is_running());
    bell.wait_for("goes on in the tray").await;
    tray.click("Open ECO Desk (DEMO)").await;
    app.wait_window_seen(true).await;
    // Said once, not each time.
    app.close_window().await;
    app.wait_window_seen(false).await;
    tray.click("Report an incident").await;
    app.wait_window_seen(true).await;
    app.find("report").await;
    assert_eq!(bell.all().iter().filter(|shown| shown.summary.contains("goes on in the tray")).count(), 1);
}

#[tokio::test]
async fn a_second_start_shows_the_first_ones_window() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    app.close_window().await;
    app.wait_window_seen(false).await;
    let mut second = app.again(&["--demo"]).spawn().expect("it starts");
    app.wait_window_seen(true).await;
    let ended = eventually("the second one's end", async || second.try_wait().expect("our own child")).await;
    assert!(ended.success());
}

#[tokio::test]
async fn quitting_saves_what_is_being_typed() {
    let session = Session::start().await;
    let tray = session.tray().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.click(story::nav("report")).await;
    story::describe(&app, "Typed in the last moment", "Not yet saved by any pause.").await;
    tray.click("Quit").await;
    let app = app.ended().await.start().await;
    app.click(story::nav("report")).await;
    app.click("report-continue").await;
    assert_eq!(app.value("report-field-subject").await, "Typed in the last moment");
    assert_eq!(app.value("report-field-body").await, "Not yet saved by any pause.");
}

#[tokio::test]
async fn files_dropped_outside_any_draft_begin_a_report() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    let path = story::file(&session, "airflow dag.log", b"05:10:47 ERROR process_single_manifest_file\n");
    app.drop_files("incidents", &[path.as_path()]).await;
    app.find("report").await;
    app.click("report-step-2").await;
    app.find(with_text("airflow dag.log")).await;
}
