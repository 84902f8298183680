//! Access keys: their secret goes into the keyring of the session and nowhere else, and where there is no keyring
//! it is held until the program ends.
//!
//! On Linux the keyring is asked for over the session's D-Bus; `tests/support/session.sh` gives one of their own.
//! Without a session bus only what holds without a keyring is tested.
#![allow(clippy::unwrap_used)]

#[cfg_attr(target_os = "linux", path = "keyring/linux.rs")]
#[cfg_attr(target_os = "macos", path = "keyring/macos.rs")]
#[cfg_attr(windows, path = "keyring/windows.rs")]
mod keyring_here;

use desk_aws::{CustomEndpoint, Endpoint, InProcessApi};
use desk_core::{
    Desk, DeskOptions,
    account::{Account, ConfigFiles, Connection, CredentialSource},
    case::CaseQuery,
    delivery::Backoff,
    sync::SyncPace,
};
use desk_model::{Clock, Field, Partition, Problem, ProblemCode, Secret};
use desk_vault::NotKept;
use std::path::Path;
use support_sim::{Customer, Server, Severity, Sim};
use tempfile::TempDir;

const KEY: &str = "AKIAVAULTEXAMPLE";
const SECRET: &str = "firstSecretOfTheVault+fIrStSeCrEtOfThEvA";

/// A desk beside an emulator that knows one access key.
struct Office {
    sim: Sim,
    server: Server,
    dir: TempDir,
    desk: Desk,
}

impl Office {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (sim, server) = aws(SECRET, "127.0.0.1:0").await;
        let desk = open(dir.path(), at(&server)).await;
        Self { sim, server, dir, desk }
    }

    /// Ends the program and starts it again on the same data, where AWS knows the key with `secret`.
    async fn restart(&mut self, secret: &str) {
        self.desk.shut_down().await;
        // At the same address: the data belong to it.
        let address = self.server.url().replace("http://", "");
        let (_, elsewhere) = aws(secret, "127.0.0.1:0").await;
        std::mem::replace(&mut self.server, elsewhere).shutdown().await;
        (self.sim, self.server) = aws(secret, &address).await;
        self.desk = open(self.dir.path(), at(&self.server)).await;
    }

    async fn connect(&self, secret: &str) -> Result<Account, Problem> {
        self.desk.accounts.setup.connect_keys(KEY, &Secret::new(secret), Partition::Aws, "Operations").await
    }

    async fn accounts(&self) -> Vec<Account> {
        self.desk.accounts.list().await.unwrap()
    }

    /// Whether any file of the program holds `text`, in whatever encoding SQLite may use.
    fn on_disk(&self, text: &str) -> bool {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files =
            std::fs::read_dir(self.dir.path().join("data")).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.is_file()).any(|path| {
            let bytes = std::fs::read(path).unwrap();
            let has = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
            has(text.as_bytes()) || has(&utf16)
        })
    }
}

/// The name of the entries of what is not AWS Support.
const SERVICE: &str = "ECO Desk (not AWS Support)";

fn at(server: &Server) -> Endpoint {
    Endpoint::Override(CustomEndpoint::parse(&server.url()).unwrap())
}

async fn aws(secret: &str, address: &str) -> (Sim, Server) {
    let me = Customer::new(KEY, secret, "Admin (Role) <jane@example.com>");
    let sim = Sim::builder().customer(me).build().unwrap();
    let server = sim.serve(tokio::net::TcpListener::bind(address).await.unwrap()).unwrap();
    (sim, server)
}

async fn open(dir: &Path, endpoint: Endpoint) -> Desk {
    let options = DeskOptions {
        data_dir: dir.join("data"),
        clock: Clock::System,
        endpoint,
        config: ConfigFiles { config: dir.join("config"), credentials: dir.join("credentials") },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    };
    Desk::open(options).await.unwrap()
}

/// The secret that the keyring holds for an account.
fn in_keyring(account: &Account) -> Option<String> {
    match keyring::Entry::new(SERVICE, &account.id.0).unwrap().get_secret() {
        Ok(entry) => {
            let entry = String::from_utf8(entry).unwrap();
            Some(entry.strip_prefix("eco-desk-secret-1:").expect("it is marked as ours").to_owned())
        }
        Err(keyring::Error::NoEntry) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Why the keyring does not hold an account's secret, where it does not.
fn not_kept(account: &Account) -> Option<NotKept> {
    match &account.source {
        CredentialSource::AccessKey { access_key_id, session_only, not_kept, .. } => {
            assert_eq!(access_key_id, KEY);
            assert_eq!(*session_only, not_kept.is_some());
            *not_kept
        }
        CredentialSource::Demo | CredentialSource::Profile { .. } | CredentialSource::Portal { .. } => {
            panic!("{account:?}")
        }
    }
}

#[tokio::test]
async fn a_secret_is_there_after_a_restart_and_gone_with_its_account() {
    if !keyring_here::is_there() {
        return;
    }
    let mut office = Office::new().await;
    let account = office.connect(&format!(" {SECRET}\n")).await.unwrap();
    assert_eq!(not_kept(&account), None);
    assert!(matches!(account.connection, Connection::Connected { .. }));
    assert_eq!(in_keyring(&account).as_deref(), Some(SECRET));

    office.restart(SECRET).await;
    assert_eq!(office.accounts().await, std::slice::from_ref(&account));
    office.sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    office.desk.sync.sync_account(&account.id).await.unwrap();
    assert_eq!(office.desk.cases.list(CaseQuery::default()).await.unwrap().matches, 1);
    let told = format!("{:?} {:?}", office.desk, office.accounts().await);
    assert!(!told.contains(SECRET), "{told}");

    office.desk.remove_account(&account.id).await.unwrap();
    assert_eq!(office.accounts().await, []);
    assert_eq!(office.desk.cases.list(CaseQuery::default()).await.unwrap().matches, 0);
    assert_eq!(in_keyring(&account), None);
    assert!(!office.on_disk(SECRET), "a secret is in a file");
    office.desk.shut_down().await;
    assert!(!office.on_disk(SECRET), "a secret is in a file");
    assert!(office.on_disk("ECO") || office.on_disk("SQLite format 3"), "what is looked through is the data");
}

#[tokio::test]
async fn a_key_that_is_connected_again_gets_the_new_secret() {
    if !keyring_here::is_there() {
        return;
    }
    let mut office = Office::new().await;
    let first = office.connect(SECRET).await.unwrap();
    // The secret was made anew at AWS.
    let renewed = "secondSecretOfTheVault+sEcOnDsEcReTofThE";
    office.restart(renewed).await;
    let failed = office.desk.accounts.check(&first.id).await.unwrap();
    assert!(
        matches!(&failed.connection, Connection::Failed { problem, .. } if problem.code == ProblemCode::Credentials)
    );
    assert!(!format!("{failed:?}").contains(SECRET));

    let again = office.connect(renewed).await.unwrap();
    assert_eq!((&again.id, again.colour), (&first.id, first.colour));
    assert_eq!(office.accounts().await, std::slice::from_ref(&again));
    assert_eq!(in_keyring(&again).as_deref(), Some(renewed));
    office.desk.sync.sync_account(&again.id).await.unwrap();
    office.restart(renewed).await;
    office.desk.sync.sync_account(&again.id).await.unwrap();
    office.desk.remove_account(&again.id).await.unwrap();
    assert_eq!(in_keyring(&again), None);
}

#[tokio::test]
async fn a_secret_that_somebody_took_out_of_the_keyring_is_asked_for_again() {
    if !keyring_here::is_there() {
        return;
    }
    let mut office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    keyring::Entry::new(SERVICE, &account.id.0).unwrap().delete_credential().unwrap();
    office.restart(SECRET).await;
    let missing = office.desk.sync.sync_account(&account.id).await.unwrap_err();
    assert_eq!(missing.code, ProblemCode::CredentialsMissing);
    assert!(missing.message.contains("no longer on this computer"), "{missing}");
    office.connect(SECRET).await.unwrap();
    office.desk.sync.sync_account(&account.id).await.unwrap();
    office.desk.remove_account(&account.id).await.unwrap();
}

#[tokio::test]
async fn keys_that_do_not_work_are_not_kept() {
    let office = Office::new().await;
    let wrong = "mistypedSecretOfTheVault+mIsTyPeDsEcReTo";
    let refused = office.connect(wrong).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Credentials);
    assert!(!format!("{refused:?} {refused}").contains(wrong));
    let keys = async |id: &str, secret: &str| {
        office.desk.accounts.setup.connect_keys(id, &Secret::new(secret), Partition::Aws, "Operations").await
    };
    let table = [
        ("", SECRET, Field::AccessKeyId),
        ("ASIAVAULTEXAMPLE", SECRET, Field::AccessKeyId),
        (SECRET, SECRET, Field::AccessKeyId),
        (KEY, " \n", Field::SecretAccessKey),
    ];
    for (id, secret, field) in table {
        let problem = keys(id, secret).await.unwrap_err();
        assert_eq!(problem.field, Some(field), "{id}");
        assert!(!format!("{problem:?}").contains(SECRET), "{problem:?}");
    }
    assert_eq!(keys("AKIANOBODYEXAMPLE", SECRET).await.unwrap_err().code, ProblemCode::Credentials);
    assert_eq!(office.accounts().await, []);
    office.desk.shut_down().await;
    assert!(!office.on_disk(wrong) && !office.on_disk(SECRET));
}

#[tokio::test]
async fn a_secret_whose_account_could_not_be_written_is_not_kept_either() {
    if !keyring_here::is_there() {
        return;
    }
    let office = Office::new().await;
    let desk = rusqlite::Connection::open(office.dir.path().join("data/desk.db")).unwrap();
    let full =
        "CREATE TRIGGER full BEFORE INSERT ON account BEGIN SELECT raise(FAIL, 'full: ' || new.id); END";
    desk.execute_batch(full).unwrap();
    let refused = office.connect(SECRET).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Storage);
    let id = refused.message.split("full: ").nth(1).and_then(|rest| rest.get(..36)).unwrap();
    let entry = keyring::Entry::new(SERVICE, id).unwrap();
    assert!(matches!(entry.get_password(), Err(keyring::Error::NoEntry)));
}

#[tokio::test]
async fn the_demo_takes_no_access_key() {
    let dir = tempfile::tempdir().unwrap();
    let sim = Sim::new();
    let me = Customer::example();
    let door = InProcessApi::new(sim.http_client(), me.access_key_id(), me.secret_access_key());
    let desk = open(dir.path(), Endpoint::InProcess(door)).await;
    let secret = Secret::new(me.secret_access_key());
    let refused = desk
        .accounts
        .setup
        .connect_keys(me.access_key_id(), &secret, Partition::Aws, "Mine")
        .await
        .unwrap_err();
    assert_eq!(refused.code, ProblemCode::Conflict);
    assert_eq!(sim.calls().len(), 0, "a real key was shown to the pretended ECO");
    assert_eq!(desk.accounts.list().await.unwrap().len(), 1);
}
