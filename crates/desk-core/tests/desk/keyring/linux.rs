//! The Secret Service over the session's D-Bus, which a session may lack: without one, full, locked, and with what
//! others put there. Each of these runs in a process of its own, since a process keeps the keyring that it found first.

use super::{KEY, Office, SECRET, in_keyring, not_kept};
use desk_core::{
    account::{Account, Connection},
    case::CaseQuery,
};
use desk_model::ProblemCode;
use desk_vault::NotKept;
use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};
use support_sim::Severity;

const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";
/// Set for the process of its own.
const INSIDE: &str = "ECO_DESK_TEST_KEYRING";
/// The password of the keyring that a room has.
const PASSWORD: &str = "the-password-of-the-keyring";

/// Whether this session has a keyring to test with.
#[allow(clippy::print_stderr)] // Whoever runs the test without a bus sees what was left out.
pub(super) fn is_there() -> bool {
    let has = std::env::var_os(BUS).is_some();
    if !has {
        eprintln!("There is no session bus, so the keyring is not tested. Use tests/support/session.sh.");
    }
    has
}

/// How the room of a test is furnished.
enum Room {
    /// No session bus.
    Bare,
    /// A real gnome-keyring on a bus of its own, unlocked; it writes no file larger than so many KiB.
    Keyring { most: Option<u32> },
}

/// Runs the test again in a room of its own, once: answers whether this is the run inside.
fn inside(test: &str, room: &Room) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let home = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    let (_, here) = module_path!().split_once("::").expect("this is no program of its own");
    let test = format!("{here}::{test}");
    let mut command = match room {
        Room::Bare => {
            let mut command = Command::new(program);
            command
                .env(BUS, format!("unix:path={}", home.path().join("bus").display()))
                .arg("--exact")
                .arg(test);
            command
        }
        Room::Keyring { most } => {
            // Whoever writes beyond the limit gets the error of a full disk rather than the signal.
            let limit = most.map_or_else(String::new, |most| format!("trap '' XFSZ; ulimit -f {most};"));
            let unlock = format!(
                "printf %s {PASSWORD} | ({limit} exec gnome-keyring-daemon --unlock --components=secrets) >/dev/null; exec \"$0\" \"$@\""
            );
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "bash", "-c", &unlock]).arg(program).arg("--exact").arg(test);
            command
        }
    };
    let runtime = home.path().join("run");
    std::fs::create_dir(&runtime).unwrap();
    let run = command
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", runtime)
        .env(INSIDE, "1")
        // Nobody is there to type a password into a window.
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap_or_else(|error| panic!("the room of the test cannot be made: {error}"));
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    false
}

/// Runs a program of the room with something to read.
fn run(program: &str, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Another program puts something into the keyring, beside what has not exactly these attributes.
fn another_program_puts(what: &str, attributes: &[&str]) {
    let args = [&["store", "--label", "Something else"], attributes].concat();
    let done = run("secret-tool", &args, what);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn entry_of(account: &Account) -> keyring::Entry {
    keyring::Entry::new(super::SERVICE, &account.id.0).unwrap()
}

fn lock() {
    let args = [
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login",
    ];
    assert!(run("dbus-send", &args, "").status.success());
}

/// As a person does who types the password into the desktop's dialog. No program for a terminal does that.
fn unlock() {
    let script = format!(
        "
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
def ask(interface, method, args):
    name, path = 'org.freedesktop.secrets', '/org/freedesktop/secrets'
    return bus.call_sync(name, path, interface, method, args, None, 0, -1, None).unpack()
_, session = ask('org.freedesktop.Secret.Service', 'OpenSession', GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))))
secret = (session, b'', b'{PASSWORD}', 'text/plain')
ask('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',
    GLib.Variant('(o(oayays))', ('/org/freedesktop/secrets/collection/login', secret)))
"
    );
    let done = run("/usr/bin/python3", &["-"], &script);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[tokio::test]
async fn without_a_keyring_a_secret_is_held_for_the_session() {
    if !inside("without_a_keyring_a_secret_is_held_for_the_session", &Room::Bare) {
        return;
    }
    let mut office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    assert_eq!(not_kept(&account), Some(NotKept::NoKeyring));
    office.sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    office.desk.accounts.check(&account.id).await.unwrap();
    office.desk.sync.sync_account(&account.id).await.unwrap();

    office.restart(SECRET).await;
    assert_eq!(office.accounts().await.len(), 1);
    let missing = office.desk.sync.sync_account(&account.id).await.unwrap_err();
    assert_eq!(missing.code, ProblemCode::Keyring, "{missing}");
    assert!(missing.message.contains("Enter the access key again"), "{missing}");
    let again = office.connect(SECRET).await.unwrap();
    assert_eq!((&again.id, not_kept(&again)), (&account.id, Some(NotKept::NoKeyring)));
    office.desk.sync.sync_account(&account.id).await.unwrap();

    // There is no keyring that could still hold it.
    office.desk.remove_account(&account.id).await.unwrap();
    assert_eq!(office.accounts().await, []);
    assert_eq!(office.desk.cases.list(CaseQuery::default()).await.unwrap().matches, 0);
    office.desk.shut_down().await;
    assert!(!office.on_disk(SECRET), "a secret is in a file");
}

#[tokio::test]
async fn a_full_keyring_leaves_the_secret_for_the_session_until_there_is_room() {
    if !inside(
        "a_full_keyring_leaves_the_secret_for_the_session_until_there_is_room",
        &Room::Keyring { most: Some(1) },
    ) {
        return;
    }
    another_program_puts(&"x".repeat(700), &["filler", "1"]);
    let mut office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    assert_eq!(not_kept(&account), Some(NotKept::Failed));
    assert!(matches!(account.connection, Connection::Connected { .. }));
    office.desk.sync.sync_account(&account.id).await.unwrap();

    assert!(run("secret-tool", &["clear", "filler", "1"], "").status.success());
    let again = office.connect(SECRET).await.unwrap();
    assert_eq!((&again.id, not_kept(&again)), (&account.id, None));
    office.restart(SECRET).await;
    office.desk.sync.sync_account(&account.id).await.unwrap();
    office.desk.remove_account(&account.id).await.unwrap();
    assert_eq!(in_keyring(&account), None);
    office.desk.shut_down().await;
    assert!(!office.on_disk(SECRET), "a secret is in a file");
}

#[tokio::test]
async fn a_locked_keyring_is_named_and_works_once_it_is_unlocked() {
    if !inside("a_locked_keyring_is_named_and_works_once_it_is_unlocked", &Room::Keyring { most: None }) {
        return;
    }
    let mut office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    assert_eq!(not_kept(&account), None);
    lock();
    office.restart(SECRET).await;
    let locked = office.desk.sync.sync_account(&account.id).await.unwrap_err();
    assert_eq!(locked.code, ProblemCode::Keyring, "{locked}");
    assert!(locked.message.contains("stays locked") && locked.message.contains("Unlock it"), "{locked}");
    // Whoever enters the key all the same goes on working.
    let again = office.connect(SECRET).await.unwrap();
    assert_eq!((&again.id, not_kept(&again)), (&account.id, Some(NotKept::Locked)));
    office.desk.sync.sync_account(&account.id).await.unwrap();

    unlock();
    office.restart(SECRET).await;
    let works = office.desk.accounts.check(&account.id).await.unwrap();
    assert!(matches!(works.connection, Connection::Connected { .. }), "{works:?}");
    office.desk.remove_account(&account.id).await.unwrap();
    assert_eq!(in_keyring(&account), None);
}

#[tokio::test]
async fn what_another_program_put_under_our_name_is_neither_believed_nor_touched() {
    if !inside(
        "what_another_program_put_under_our_name_is_neither_believed_nor_touched",
        &Room::Keyring { most: None },
    ) {
        return;
    }
    let mut office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    // Beside ours it does no harm.
    let ours = ["service", super::SERVICE, "username", account.id.0.as_str()];
    let theirs = "another secret, of nobody knows whom";
    another_program_puts(theirs, &[&ours[..], &["application", "other"]].concat());
    office.restart(SECRET).await;
    office.desk.sync.sync_account(&account.id).await.unwrap();

    // In the place of ours it is not believed: AWS is not asked with it.
    assert!(run("secret-tool", &[&["clear"], &ours[..]].concat(), "").status.success());
    another_program_puts(theirs, &ours);
    office.restart(SECRET).await;
    let refused = office.desk.sync.sync_account(&account.id).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Keyring, "{refused}");
    assert!(refused.message.contains("is not ECO Desk's"), "{refused}");
    assert!(!refused.message.contains(theirs));
    assert!(
        !office.sim.calls().iter().any(|call| call.access_key_id.as_deref() == Some(KEY)),
        "AWS was asked"
    );

    // Entered again, the key works for the session, and what is not ours stays as it is.
    let again = office.connect(SECRET).await.unwrap();
    assert_eq!((&again.id, not_kept(&again)), (&account.id, Some(NotKept::Foreign)));
    office.desk.sync.sync_account(&account.id).await.unwrap();
    office.desk.remove_account(&account.id).await.unwrap();
    assert_eq!(entry_of(&account).get_password().unwrap(), theirs);
}
