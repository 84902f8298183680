//! The Secret Service over the session's D-Bus, which a session may lack.

use super::{Office, SECRET, is_session_only};
use desk_core::ProblemCode;
use desk_core::case::CaseQuery;
use support_sim::Severity;

const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";
/// Set for a run of a test without a keyring: which one is used is fixed when a process first asks for it.
const WITHOUT: &str = "ECO_DESK_TEST_WITHOUT_KEYRING";

/// Whether this session has a keyring to test with.
#[allow(clippy::print_stderr)] // Whoever runs the test without a bus sees what was left out.
pub(super) fn is_there() -> bool {
    let has = std::env::var_os(BUS).is_some();
    if !has {
        eprintln!("There is no session bus, so the keyring is not tested. Use tests/support/session.sh.");
    }
    has
}

#[tokio::test]
async fn without_a_keyring_a_secret_is_held_for_the_session() {
    if std::env::var_os(WITHOUT).is_none() {
        let nowhere = tempfile::tempdir().unwrap();
        let run = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "keyring_here::without_a_keyring_a_secret_is_held_for_the_session"])
            .env(BUS, format!("unix:path={}", nowhere.path().join("bus").display()))
            .env(WITHOUT, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let mut office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    assert!(is_session_only(&account));
    office.sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    office.desk.accounts.check(&account.id).await.unwrap();
    office.desk.sync.sync_account(&account.id).await.unwrap();

    office.restart(SECRET).await;
    assert_eq!(office.accounts().await.len(), 1);
    let missing = office.desk.sync.sync_account(&account.id).await.unwrap_err();
    assert_eq!(missing.code, ProblemCode::Credentials);
    assert!(missing.message.contains("Enter the access key again"), "{missing}");
    let again = office.connect(SECRET).await.unwrap();
    assert_eq!((&again.id, is_session_only(&again)), (&account.id, true));
    office.desk.sync.sync_account(&account.id).await.unwrap();

    // There is no keyring that could still hold it.
    office.desk.remove_account(&account.id).await.unwrap();
    assert_eq!(office.accounts().await, []);
    assert_eq!(office.desk.cases.list(CaseQuery::default()).await.unwrap().matches, 0);
    office.desk.shut_down().await;
    assert!(!office.on_disk(SECRET), "a secret is in a file");
}
