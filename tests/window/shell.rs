//! The program among others on a desktop: its tray, its window's frame, a second start, the end.

use crate::support::{
    App, PATIENCE, Session, css, eventually,
    story::{self, Aws},
    with_text,
};
use support_sim::{Fault, Operation, Severity};

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

/// Has a hidden window destroyed at once, as good as.
const RELEASE: [&str; 2] = ["--release-window-after", "1"];

#[tokio::test]
async fn what_is_clicked_while_there_is_no_window_opens_a_new_one_in_its_place() {
    let session = Session::start().await;
    let bell = session.notifications().await;
    let tray = session.tray().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected_with(&session, &aws, &RELEASE).await;
    tray.wait("nothing unread", |tray| tray.labels().contains(&"Nothing unread")).await;
    aws.first_sync().await;
    let place = app.move_window_onto(90, 70).await;
    app.close_window().await;
    app.wait_window_seen(false).await;
    app.wait_web_view_gone().await;
    assert!(app.is_running());

    // From here on nothing but the screen is seen of the page: WebDriver has only the first window.
    let subject = "Nightly backup of opendes failed";
    aws.sim.eco().open_incident(subject, "The backup of 02:00 failed.", Severity::Critical).expect("opened");
    let told = bell.wait_for(subject).await;
    tray.wait("one unread", |tray| tray.labels().contains(&"1 unread incident")).await;
    bell.click(&told);
    app.wait_window_seen(true).await;
    app.wait_window_at(place).await;
    // The new page shows the case, which makes it read.
    tray.wait("nothing unread again", |tray| tray.labels().contains(&"Nothing unread")).await;

    app.close_window().await;
    app.wait_window_seen(false).await;
    app.wait_web_view_gone().await;
    tray.click("Open ECO Desk").await;
    app.wait_window_seen(true).await;
    app.wait_window_at(place).await;

    app.close_window().await;
    app.wait_window_seen(false).await;
    app.wait_web_view_gone().await;
    tray.click("Quit").await;
    app.ended().await;
}

#[tokio::test]
async fn a_hidden_page_with_something_unsaved_keeps_its_window() {
    let session = Session::start().await;
    let tray = session.tray().await;
    let app = App::start(&session, &[&["--demo"], &RELEASE[..]].concat(), &[]).await;
    app.click(story::nav("settings")).await;
    // What is no address is not saved and stands only here.
    app.click(css("[data-testid='setting-ownEmail'] input")).await;
    app.fill("setting-ownEmail", "kari@").await;
    app.close_window().await;
    app.wait_window_seen(false).await;
    let logs = session.home().join(".local/share/io.github.eco-desk.desk.demo/logs");
    eventually("the word that the window stays", async || {
        let days = std::fs::read_dir(&logs).ok()?;
        let said = |day: std::fs::DirEntry| std::fs::read_to_string(day.path()).unwrap_or_default();
        days.flatten().any(|day| said(day).contains("the hidden window stays")).then_some(())
    })
    .await;
    tray.click("Open ECO Desk (DEMO)").await;
    app.wait_window_seen(true).await;
    assert_eq!(app.value("setting-ownEmail").await, "kari@");
}

#[tokio::test]
async fn quitting_waits_for_nothing_that_hangs() {
    let session = Session::start().await;
    let tray = session.tray().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    // A request that takes long, and a page that answers no more.
    aws.sim.faults().always(Operation::CreateCase, Fault::Delay(PATIENCE * 2));
    app.click(story::nav("report")).await;
    story::describe(&app, "Under way", "It takes long.").await;
    story::next(&app).await;
    story::next(&app).await;
    app.click("report-submit").await;
    app.wait_text("case-subject", "Under way").await;
    app.click(story::nav("outbox")).await;
    app.wait_text("outbox-table", "Sending").await;
    app.script("setTimeout(() => { for (;;) {} }, 300)", vec![]).await;
    eventually("the page to hang", async || app.is_hanging().await.then_some(())).await;
    tray.click("Quit").await;
    // The page never answers again, and the request takes longer than this waits. That the steps of the end fit into
    // three seconds is tested without a clock in src-tauri/src/ending.rs.
    let stopped = app.ended().await;
    // What was under way is looked for at AWS before it is sent again.
    aws.sim.faults().clear();
    let app = stopped.start().await;
    app.click(with_text("Under way")).await;
}
