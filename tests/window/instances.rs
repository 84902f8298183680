//! Several programs at once: one on each data folder, never two on one, and nobody else's eyes in it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::{
    App, PATIENCE, Session, eventually,
    story::{self, Aws},
};
use support_sim::{Fault, On, Operation};

/// Waits for a program that ends by itself, and answers what it said.
async fn output(mut command: Command) -> Output {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("it starts");
    let pid = child.id();
    let waiting = tokio::task::spawn_blocking(move || child.wait_with_output());
    match tokio::time::timeout(PATIENCE, waiting).await {
        Ok(ended) => ended.expect("the waiting does not panic").expect("its output can be read"),
        Err(_) => {
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
            panic!("the second program goes on beside the first");
        }
    }
}

#[tokio::test]
async fn a_program_that_does_not_share_the_first_ones_bus_says_so_and_sends_nothing() {
    let (session, elsewhere) = (Session::start().await, Session::start().await);
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    aws.sim.faults().always(On::Any, Fault::refuse("UnrecognizedClientException"));
    app.click(story::nav("report")).await;
    story::describe(&app, "Sent once", "By one program.").await;
    story::next(&app).await;
    story::next(&app).await;
    app.click("report-submit").await;
    app.wait_text("case-not-yet-sent", "does not accept the credentials").await;

    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let other_bus = elsewhere.variable("DBUS_SESSION_BUS_ADDRESS").expect("it has a bus");
    for bus in [other_bus, "unix:path=/nowhere/at/all"] {
        app.close_window().await;
        app.wait_window_seen(false).await;
        let mut second = app.again(&arguments);
        second.env("DBUS_SESSION_BUS_ADDRESS", bus);
        let ended = output(second).await;
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!ended.status.success(), "{bus}: {said}");
        assert!(said.contains("already running with the data folder"), "{bus}: {said}");
        app.wait_window_seen(true).await;
    }
    assert!(app.is_running());
    aws.sim.faults().clear();
    // The banner goes as soon as the report is on its way, before AWS has it.
    eventually("the report at AWS", async || (aws.sim.case_count() == 1).then_some(())).await;
    app.wait_gone("case-not-yet-sent").await;
    assert_eq!(aws.sim.case_count(), 1);

    // A killed program leaves no lock behind.
    let app = app.kill().await.start().await;
    app.find("incidents").await;
    // What was tried with an endpoint lies apart from what belongs to AWS.
    let real = session.home().join(".local/share/io.github.eco-desk.desk");
    assert!(!real.exists(), "{} was made", real.display());
}

#[tokio::test]
async fn a_start_while_the_program_ends_has_a_window_afterwards() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // A request that is under way is waited for when the program ends.
    aws.sim.faults().once(Operation::CreateCase, Fault::Delay(PATIENCE * 2));
    app.click(story::nav("report")).await;
    story::describe(&app, "Under way", "It takes long.").await;
    story::next(&app).await;
    story::next(&app).await;
    app.click("report-submit").await;
    eventually("the request to be under way", async || aws.sim.faults().list().is_empty().then_some(()))
        .await;
    let asked = asked_at(&session);
    assert!(asked.exists(), "{} is where it is asked for its window", asked.display());
    let pid = app.pid().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill is there").success());
    eventually("the end to begin", async || (!asked.exists()).then_some(())).await;
    let mut second = app.again(&arguments).stdout(Stdio::null()).spawn().expect("it starts");
    let _stopped = app.ended().await;
    session.window_named("ECO Desk").await;
    assert_eq!(second.try_wait().expect("our own child"), None, "it goes on");
    second.kill().expect("our own child");
    second.wait().expect("our own child");
}

/// The socket at which the program with an endpoint of its own is asked for its window.
fn asked_at(session: &Session) -> PathBuf {
    let folders = std::fs::read_dir(session.home().join(".local/share")).expect("the program has data");
    let mut folders = folders.map(|entry| entry.expect("it can be read").path());
    let data = folders.find(|path| path.to_string_lossy().contains("eco-desk.desk.endpoint-"));
    data.expect("the program has data").join("show.sock")
}

#[tokio::test]
async fn a_start_with_another_folder_has_a_window_of_its_own() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    app.close_window().await;
    app.wait_window_seen(false).await;
    let folder = session.files().join("other data");
    let mut second = app
        .again(&["--demo", "--data-dir", folder.to_str().expect("a path of the test's own")])
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    // The name is searched for as a pattern.
    session.window_named("ECO Desk .DEMO.").await;
    eventually("the second one's data", async || folder.join("demo/desk.db").exists().then_some(())).await;
    assert!(!app.is_window_seen(), "the first one's window came up instead");
    assert_eq!(second.try_wait().expect("our own child"), None, "it goes on");
    second.kill().expect("our own child");
    second.wait().expect("our own child");
    assert!(app.is_running());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named_and_tried_again() {
    let session = Session::start().await;
    let folder = session.files().join("data");
    std::fs::write(&folder, b"a file in its place").expect("the session's own folder");
    let shown = folder.to_str().expect("a path of the test's own");
    let app = App::start(&session, &["--data-dir", shown], &[]).await;
    app.wait_text("problem", "nothing is saved or sent and no news arrives").await;
    app.wait_text("problem", shown).await;
    app.screenshots("data-folder-unwritable").await;
    std::fs::remove_file(&folder).expect("the session's own folder");
    app.click(crate::support::button("Try again")).await;
    app.find("connect").await;
    app.wait_gone("problem").await;
    assert!(folder.join("desk.db").exists());
}

#[tokio::test]
async fn each_new_try_to_open_the_data_leaves_one_place_to_ask_for_the_window() {
    let session = Session::start().await;
    let folder = session.files().join("data");
    let in_its_place = folder.join("desk.db");
    std::fs::create_dir_all(in_its_place.join("x")).expect("the session's own folder");
    let app = App::start(&session, &["--data-dir", folder.to_str().expect("a path")], &[]).await;
    app.find("problem").await;
    let asked = folder.join("show.sock");
    let listeners = || {
        let sockets = std::fs::read_to_string("/proc/net/unix").expect("Linux has it");
        sockets.lines().filter(|line| line.ends_with(asked.to_str().expect("a path"))).count()
    };
    for _ in 0..3 {
        app.click(crate::support::button("Try again")).await;
        // The lock is free again as soon as the try has failed, and nobody is asked who has no lock.
        eventually("the end of the try", async || (listeners() == 0).then_some(())).await;
    }
    std::fs::remove_dir_all(&in_its_place).expect("the session's own folder");
    app.click(crate::support::button("Try again")).await;
    app.find("connect").await;
    eventually("one place to ask", async || (listeners() == 1).then_some(())).await;
    app.close_window().await;
    app.wait_window_seen(false).await;
    let mut second = app.again(&["--data-dir", folder.to_str().expect("a path")]);
    second.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all");
    assert!(!output(second).await.status.success());
    app.wait_window_seen(true).await;
}

#[tokio::test]
async fn nobody_else_can_read_what_the_program_keeps() {
    let session = Session::start().await;
    let folder = session.files().join("data");
    std::fs::create_dir(&folder).expect("the session's own folder");
    let app = App::start(&session, &["--demo", "--data-dir", folder.to_str().expect("a path")], &[]).await;
    app.find("incidents").await;
    let kept = folder.join("demo");
    let mut seen = Vec::new();
    check_modes(&kept, &mut seen);
    for expected in ["desk.db", "desk.db-wal", "cases.db", "lock", "staging", "logs", "eco", "journal.jsonl"]
    {
        assert!(seen.iter().any(|name| name == expected), "{expected} is not among {seen:?}");
    }
    assert!(seen.iter().any(|name| name.starts_with("eco-desk.") && name.ends_with(".log")), "{seen:?}");
}

fn check_modes(folder: &Path, seen: &mut Vec<String>) {
    let mode = |path: &Path| path.symlink_metadata().map(|found| found.permissions().mode() & 0o777);
    assert_eq!(mode(folder).expect("it is there"), 0o700, "{}", folder.display());
    for entry in std::fs::read_dir(folder).expect("it can be read") {
        let entry = entry.expect("it can be read");
        seen.push(entry.file_name().to_string_lossy().into_owned());
        let path = entry.path();
        if path.is_dir() {
            check_modes(&path, seen);
        } else if let Ok(mode) = mode(&path) {
            // A temporary file may go meanwhile.
            assert_eq!(mode, 0o600, "{}", path.display());
        }
    }
}
