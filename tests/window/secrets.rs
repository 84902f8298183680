//! The canary in the real window: secrets are typed and dropped; then every file of the session, the log, what the
//! program printed and what went over the bridge to the page and back are searched for them. Every other way to sign in,
//! and panics, are in `crates/desk-core/tests/accounts/canary`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::support::{
    App, Session, css,
    story::{self, Aws},
};
use serde_json::Value;
use support_sim::{Customer, Fault, On};

const TYPED: (&str, &str) = ("AKIACANARYTYPED00001", "cAnArYtYpEd+oFtHeWiNdOw/0000000000000001");
const MISTYPED: &str = "cAnArYmIsTyPeD+oFtHeWiNdOw/0000000000002";
const DROPPED: (&str, &str) = ("AKIACANARYDROPPED001", "cAnArYdRoPpEd+oFtHeWiNdOw/00000000000003");

/// Keeps all that goes over the bridge from now on: Tauri sends each command by `fetch`, and what the shell tells by
/// itself comes to a callback.
const LISTEN: &str = "
    window.bridge = [];
    const callbacks = window.__TAURI_INTERNALS__.callbacks;
    for (const [id, callback] of [...callbacks]) callbacks.set(id, (told) => {
        window.bridge.push({ to: 'told/by-the-shell', body: '', answer: JSON.stringify(told) ?? '' });
        return callback(told);
    });
    const real = window.fetch;
    window.fetch = async (input, init) => {
        const body = init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : String(init?.body ?? '');
        const noted = { to: String(input?.url ?? input), body, answer: '' };
        window.bridge.push(noted);
        const answer = await real(input, init);
        noted.answer = await answer.clone().text();
        return answer;
    };";

struct Crossed {
    command: String,
    body: String,
    answer: String,
}

async fn crossed(app: &App) -> Vec<Crossed> {
    let kept = app.script("return window.bridge", vec![]).await;
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let calls = kept.as_array().expect("the bridge is listened to");
    calls
        .iter()
        .map(|one| Crossed {
            command: text(one, "to").rsplit('/').next().unwrap_or_default().to_owned(),
            body: text(one, "body"),
            answer: text(one, "answer"),
        })
        .collect()
}

/// Of each command that carried one of the secrets to the shell, its name; none may come back.
async fn carriers(app: &App) -> Vec<String> {
    let mut carriers = Vec::new();
    for Crossed { command, body, answer } in crossed(app).await {
        assert!(!has_any(answer.as_bytes()), "{command} answered with a secret");
        if has_any(body.as_bytes()) {
            carriers.push(command);
        }
    }
    carriers.dedup();
    carriers
}

fn has_any(bytes: &[u8]) -> bool {
    [TYPED.1, MISTYPED, DROPPED.1].iter().any(|secret| {
        // A part of it is a secret too.
        let mark = &secret[..16];
        let wide: Vec<u8> = mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let has = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
        has(mark.as_bytes()) || has(&wide)
    })
}

/// Every file in a folder and below it. Sockets and what goes meanwhile are left out.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            files.extend(files_in(&path));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files
}

/// Searches everything that the session has on its disk but the console's file itself.
fn nothing_on_disk(session: &Session, printed: &Path, but: &Path) {
    let files = [files_in(&session.home()), vec![printed.to_owned()]].concat();
    let named = |name: &str| files.iter().any(|path| path.to_string_lossy().contains(name));
    for expected in ["desk.db", "cases.db", "logs/eco-desk", ".keyring"] {
        assert!(named(expected), "{expected} is not among what is searched: {files:?}");
    }
    for path in files.iter().filter(|path| *path != but) {
        let bytes = std::fs::read(path).unwrap_or_default();
        assert!(!has_any(&bytes), "{} holds a secret", path.display());
    }
}

async fn type_key(app: &App, secret: &str) {
    app.fill("connect-secret", secret).await;
    app.click("connect-submit").await;
}

async fn look_at_everything(app: &App) {
    for address in ["", "outbox", "settings"] {
        app.click(story::nav(address)).await;
        app.settle().await;
    }
}

#[tokio::test]
async fn what_is_typed_or_dropped_goes_into_the_keyring_and_nowhere_else() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    for (id, secret) in [TYPED, DROPPED] {
        aws.sim.add_customer(Customer::new(id, secret, "AdminRole (Role) <jane@example.com>"));
    }
    let printed = session.files().join("printed");
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let app = App::start_printing(&session, &arguments, &[], Some(printed.clone())).await;
    app.find("connect-ways").await;
    app.script(LISTEN, vec![]).await;

    app.check(css("[data-testid='connect-ways'] input[value='access-key']")).await;
    app.fill("connect-key-id", TYPED.0).await;
    app.fill("connect-name", "Typed").await;
    type_key(&app, MISTYPED).await;
    app.wait_text("connect", "does not accept the credentials").await;
    type_key(&app, TYPED.1).await;
    app.wait_text("connect-result", "is connected").await;
    assert_eq!(carriers(&app).await, ["account_connect_keys"]);
    app.script("window.bridge.length = 0", vec![]).await;

    // The file is dropped where nobody has chosen access keys yet.
    let file = story::file(
        &session,
        "jane_accessKeys.csv",
        format!("Access key ID,Secret access key\r\n{},{}\r\n", DROPPED.0, DROPPED.1).as_bytes(),
    );
    app.drop_files("connect-result", &[file.as_path()]).await;
    app.wait_text("held-key", DROPPED.0).await;
    app.screenshots("connect-dropped-key").await;
    app.fill("connect-name", "Dropped").await;
    app.click("connect-submit").await;
    app.wait_text("delete-key-file", "jane_accessKeys.csv").await;
    app.click("connect-done").await;

    look_at_everything(&app).await;
    aws.sim.faults().always(On::Any, Fault::refuse("UnrecognizedClientException"));
    // The settings tell it in the list of accounts.
    app.click(story::nav("")).await;
    app.find("account-problem").await;
    look_at_everything(&app).await;
    aws.sim.faults().clear();
    assert_eq!(carriers(&app).await, Vec::<String>::new(), "the secret of a file came to the page");
    let calls = crossed(&app).await;
    assert!(calls.len() > 10, "the bridge is listened to");
    assert!(calls.iter().any(|call| call.command == "by-the-shell"), "what the shell tells is listened to");
    let page = app.script("return document.documentElement.outerHTML", vec![]).await;
    assert!(!has_any(page.as_str().expect("a page is text").as_bytes()), "the page holds a secret");
    nothing_on_disk(&session, &printed, &file);

    // Cut off and started again, both are read from the keyring.
    let app = app.kill().await.start().await;
    app.find("incidents").await;
    app.script(LISTEN, vec![]).await;
    app.click(story::nav("settings")).await;
    app.wait_text("settings", "Dropped").await;
    look_at_everything(&app).await;
    assert_eq!(carriers(&app).await, Vec::<String>::new());
    let before = aws.sim.calls().len();
    crate::support::eventually("calls with both keys", async || {
        let calls = aws.sim.calls();
        let asked =
            |id: &str| calls.iter().skip(before).any(|call| call.access_key_id.as_deref() == Some(id));
        (asked(TYPED.0) && asked(DROPPED.0)).then_some(())
    })
    .await;
    nothing_on_disk(&session, &printed, &file);
    drop(app);
    nothing_on_disk(&session, &printed, &file);
}

#[tokio::test]
async fn the_demo_is_tried_from_the_first_screen_in_a_program_of_its_own() {
    let session: Arc<Session> = Session::start().await;
    let aws = Aws::start().await;
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let app = App::start(&session, &arguments, &[]).await;
    app.click("look-around").await;
    let ended = app.ended().await;
    // The name is searched for as a pattern.
    let title = session.window_named("ECO Desk .DEMO.").await;
    assert!(title.ends_with("ECO Desk (DEMO)"), "the title is {title:?}");
    let data =
        |name: &str| files_in(&session.home()).into_iter().any(|path| path.to_string_lossy().contains(name));
    crate::support::eventually("the demo's data", async || data(".demo/desk.db").then_some(())).await;
    drop(ended);
}
