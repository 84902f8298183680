//! What comes from outside (a text, an address, a saved state) meets the program's own window.

use crate::support::{
    App, Session, css, eventually,
    story::{self, Aws},
    with_text,
};
use serde_json::json;
use std::{io::Read as _, net::TcpListener, path::PathBuf, process::Command, time::Duration};
use support_sim::Severity;

/// A web server that must never be asked.
struct Trap(TcpListener);

impl Trap {
    fn set() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("it need not wait");
        Self(listener)
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.0.local_addr().expect("it is bound"))
    }

    /// What it was asked until now: the first lines of the requests. WebKit connects ahead of a new window that a user
    /// wants, before it asks the program whether there may be one; it then sends nothing.
    fn requests(&self) -> Vec<String> {
        let mut requests = Vec::new();
        while let Ok((mut connection, _)) = self.0.accept() {
            connection.set_read_timeout(Some(Duration::from_millis(500))).expect("it is a socket");
            let mut request = [0; 200];
            let length = connection.read(&mut request).unwrap_or_default();
            if length > 0 {
                requests.push(String::from_utf8_lossy(&request[..length]).into_owned());
            }
        }
        requests
    }
}

/// Puts a program in the place of the user's browser that writes down what it is to open.
fn browser(session: &Session) -> (String, PathBuf) {
    let (folder, opened) = (session.files().join("bin"), session.files().join("opened"));
    std::fs::create_dir_all(&folder).expect("the session's own folder");
    let script = format!("#!/bin/sh\necho \"$1\" >>'{}'\n", opened.display());
    let program = folder.join("xdg-open");
    std::fs::write(&program, script).expect("written");
    assert!(Command::new("chmod").arg("+x").arg(&program).status().expect("chmod is there").success());
    let path = std::env::var("PATH").unwrap_or_default();
    (format!("{}:{path}", folder.display()), opened)
}

async fn first_opened(opened: &PathBuf) -> String {
    eventually("an address that is opened", async || {
        let text = std::fs::read_to_string(opened).ok()?;
        Some(text.lines().next()?.to_owned())
    })
    .await
}

#[tokio::test]
async fn the_window_shows_nothing_but_its_own_page() {
    let session = Session::start().await;
    let trap = Trap::set();
    let (path, opened) = browser(&session);
    let app = App::start(&session, &["--demo"], &[("PATH", &path)]).await;
    app.find("incidents").await;
    let own = app.address().await;

    // A page that is told to go elsewhere stays, and the user is asked.
    let url = trap.url("location");
    app.script("window.location = arguments[0]", vec![json!(url)]).await;
    app.wait_text("link-address", &url).await;
    app.click("link-cancel").await;
    app.wait_gone("link-dialog").await;

    let url = trap.url("blank");
    let link = "const link = document.createElement('a');
        Object.assign(link, { href: arguments[0], target: '_blank', textContent: 'leads out', id: 'leads-out' });
        link.style.cssText = 'position: fixed; z-index: 9999; inset: 0 auto auto 0';
        document.body.prepend(link);";
    app.script(link, vec![json!(url)]).await;
    app.click(css("#leads-out")).await;
    app.wait_text("link-address", &url).await;
    app.click("link-cancel").await;
    app.wait_gone("link-dialog").await;

    let url = trap.url("opened");
    // By itself a script opens nothing; by a user's click it asks.
    let open = "const button = document.createElement('button'), url = arguments[0];
        Object.assign(button, { id: 'opens', textContent: 'opens' });
        button.style.cssText = 'position: fixed; z-index: 9999; inset: 40px auto auto 0';
        button.addEventListener('click', () => { window.opened = String(window.open(url)); });
        document.body.prepend(button);
        return String(window.open(url));";
    assert_eq!(app.script(open, vec![json!(url)]).await, json!("null"));
    app.click(css("#opens")).await;
    assert_eq!(app.script("return window.opened", vec![]).await, json!("null"), "there is no second window");
    app.wait_text("link-address", &url).await;
    app.click("link-cancel").await;
    app.wait_gone("link-dialog").await;

    // A frame is not even navigated: the page's policy forbids it.
    let frame = "const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
        const frame = document.createElement('iframe');
        frame.src = arguments[0];
        document.body.append(frame);";
    assert_eq!(app.script_later(frame, vec![json!(trap.url("frame"))]).await, json!("frame-src"));

    // What may not be opened at all is refused without a question.
    for scheme in
        ["file:///etc/passwd", "data:text/html,x", "http://user@127.0.0.1/", "tauri://evil.example/"]
    {
        app.script("window.location = arguments[0]", vec![json!(scheme)]).await;
    }
    app.find(with_text("only addresses of the web and of mail are opened")).await;
    let url = trap.url("wanted");
    app.script("window.location = arguments[0]", vec![json!(url)]).await;
    app.wait_text("link-address", &url).await;
    assert_eq!(app.address().await, own);
    assert!(!opened.exists(), "nothing is opened that nobody wants");
    app.click("link-confirm").await;
    assert_eq!(first_opened(&opened).await, url);
    assert_eq!(trap.requests(), Vec::<String>::new(), "the window itself asks nobody");
    assert_eq!(app.address().await, own);
}

#[tokio::test]
async fn a_link_in_a_message_opens_where_it_leads_or_says_so_first() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let (path, opened) = browser(&session);
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let app = App::start(&session, &arguments, &[("PATH", &path)]).await;
    story::connect(&app).await;
    app.find("incidents-empty").await;
    let trap = Trap::set();
    let url = trap.url("log");
    let text = format!(
        "Sign in at https://\u{430}mazon.com/x, not at https://aws.amazon.com@evil.example/. The log is at {url} . \
         Not at https://a.example/\"x ."
    );
    aws.sim.eco().open_incident("A link", text, Severity::High).expect("opened");
    app.click(with_text("A link")).await;
    app.click(crate::support::link("https://\u{430}mazon.com/x")).await;
    app.wait_text("link-host", "xn--mazon-3ve.com").await;
    app.screenshots("link-dialog").await;
    app.click("link-confirm").await;
    assert_eq!(first_opened(&opened).await, "https://xn--mazon-3ve.com/x");
    let links = app.script("return document.querySelectorAll('.case-text a').length", vec![]).await;
    assert_eq!(links, json!(3), "the address with a user name is text");
    app.click(crate::support::link("https://a.example/\"x")).await;
    app.find(with_text("ECO Desk does not open this address: it holds quotation marks")).await;
    app.screenshots("link-refused").await;
    app.click(crate::support::link(&url)).await;
    eventually("the second address", async || {
        let text = std::fs::read_to_string(&opened).ok()?;
        (text.lines().nth(1)? == url).then_some(())
    })
    .await;
    assert_eq!(trap.requests(), Vec::<String>::new(), "the window itself connects to nobody");
}

#[tokio::test]
async fn the_page_reaches_what_is_declared_and_nothing_of_tauris_plugins() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    let surface = "return {
        tauri: '__TAURI__' in window,
        plugins: Object.keys(window).filter((name) => /__TAURI_PLUGIN/.test(name)),
        notification: String(window.Notification),
    }";
    let surface = app.script(surface, vec![]).await;
    assert_eq!(surface["tauri"], json!(false));
    assert_eq!(surface["plugins"], json!([]));
    let notification = surface["notification"].as_str().unwrap_or_default();
    assert!(notification == "undefined" || notification.contains("[native code]"), "{notification}");

    let commands = [
        "plugin:opener|open_url",
        "plugin:opener|open_path",
        "plugin:opener|reveal_item_in_dir",
        "plugin:clipboard-manager|read_text",
        "plugin:clipboard-manager|write_text",
        "plugin:notification|notify",
        "plugin:notification|is_permission_granted",
        "plugin:window-state|filename",
        "plugin:window-state|save_window_state",
        "plugin:event|listen",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:menu|new",
        "plugin:tray|new",
        "plugin:resources|close",
        "plugin:shell|open",
        "plugin:fs|read_text_file",
    ];
    let call = "const done = arguments[arguments.length - 1];
        const answers = arguments[0].map((name) =>
            window.__TAURI_INTERNALS__.invoke(name, {}).then(() => name, () => null));
        Promise.all(answers).then((answered) => done(answered.filter((name) => name !== null)));";
    assert_eq!(app.script_later(call, vec![json!(commands)]).await, json!([]), "these answered");
    // The same way in is open to a command that is declared.
    let declared = app.script_later(call, vec![json!(["app_state"])]).await;
    assert_eq!(declared, json!(["app_state"]));
}

#[tokio::test]
async fn a_text_with_a_nul_and_overrides_stands_clean_in_tray_notification_and_window() {
    let session = Session::start().await;
    let bell = session.notifications_with_markup().await;
    let tray = session.tray().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    tray.wait("nothing unread", |tray| tray.labels().contains(&"Nothing unread")).await;
    aws.first_sync().await;

    let subject = "R&D is <b>down</b>\0 \u{202E}gpj.exe\u{202C}";
    let body = "<a href=\"https://evil.example\">R&D</a>\0 \u{202E}now";
    let case = aws.sim.eco().open_incident(subject, body, Severity::Critical).expect("opened");
    let cleaned = "R&D is <b>down</b> gpj.exe";
    let told = bell.wait_for("gpj.exe").await;
    assert_eq!(told.summary, format!("ECO opened an incident: {cleaned}"));
    let entry = format!("ECO opened: {cleaned}");
    tray.wait("the incident", |tray| tray.labels().contains(&entry.as_str())).await;
    aws.sim.eco().reply(&case, body).expect("there");
    let told = bell.wait_for("ECO replied").await;
    assert_eq!(
        told.body,
        "&lt;a href=\"https://evil.example\"&gt;R&amp;D&lt;/a&gt; now\nProduction · High priority"
    );
    // A start reads the same text from the disk.
    let app = app.kill().await.start().await;
    tray.wait("the incident", |tray| tray.labels().contains(&entry.as_str())).await;
    app.click(with_text(cleaned)).await;
    assert_eq!(app.text("case-subject").await, cleaned);
    assert!(app.is_running());
}

#[tokio::test]
async fn a_subject_is_laid_out_by_the_direction_of_its_script() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.find("incidents-empty").await;
    let subjects = [
        ("فشل الاستيعاب في OSDU prod-1 (HTTP 500)", "rtl"),
        ("שגיאה: run-17 נכשל, 3 קבצים", "rtl"),
        ("Search is down", "ltr"),
    ];
    for (subject, _) in subjects {
        aws.sim.eco().open_incident(subject, subject, Severity::High).expect("opened");
    }
    for (subject, expected) in subjects {
        let row = app.find(with_text(subject)).await;
        let direction = "return getComputedStyle(arguments[0]).direction";
        let row = serde_json::to_value(&row).expect("an element is a reference");
        assert_eq!(app.script(direction, vec![row]).await, json!(expected), "{subject} in the list");
        app.click(with_text(subject)).await;
        app.wait_text("case-subject", subject).await;
        let directions = "return [...document.querySelectorAll('[data-testid=case-subject], .case-text')]
            .map((element) => getComputedStyle(element).direction)";
        app.find(css(".case-text")).await;
        assert_eq!(app.script(directions, vec![]).await, json!([expected, expected]), "{subject}");
        app.screenshot(&format!("direction-{expected}")).await;
    }
}

#[tokio::test]
async fn a_window_that_was_out_of_reach_comes_back_onto_the_screen() {
    // The session's screen has 1440 by 1000 pixels. States as the program itself saved them elsewhere.
    let state = |x: i32, y: i32, width: u32, height: u32| {
        json!({ "main": {
            "width": width, "height": height, "x": x, "y": y, "prev_x": 0, "prev_y": 0,
            "maximized": false, "visible": true, "decorated": true, "fullscreen": false,
        }})
        .to_string()
    };
    let states = [
        state(-1270, -820, 1280, 832),
        state(0, 0, 3600, 2000),
        state(2000, 100, 1280, 832),
        "{\"main\":{\"width\":1280,\"hei".to_owned(),
    ];
    for state in states {
        let session = Session::start().await;
        let folder = session.home().join(".config/io.github.eco-desk.desk.demo");
        std::fs::create_dir_all(&folder).expect("the session's own home");
        std::fs::write(folder.join(".window-state.json"), &state).expect("written");
        let app = App::start(&session, &["--demo"], &[]).await;
        app.find("incidents").await;
        app.wait_window_within(1440, 1000).await;
    }
}

#[tokio::test]
async fn a_window_is_looked_at_again_each_time_it_is_shown() {
    let session = Session::start().await;
    let tray = session.tray().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    tray.wait("the tray", |tray| tray.labels().contains(&"Quit")).await;
    app.move_window(-1200, -700).await;
    // The window manager would itself place a window that was hidden.
    tray.click("Open ECO Desk (DEMO)").await;
    app.wait_window_within(1440, 1000).await;
}
