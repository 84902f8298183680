//! A desk beside AWS Support, STS and IAM Identity Center.

use desk_aws::Endpoint;
use desk_core::{
    Desk, DeskOptions,
    account::{Account, ConfigFiles, ConnectionCheck},
    delivery::Backoff,
    sync::SyncPace,
};
use desk_model::{Clock, Partition, Problem, Secret};
use sign_in_sim::{Keys, SignInServer, SignInSim};
use std::path::{Path, PathBuf};
use support_sim::{Customer, Server, Sim};
use tempfile::TempDir;

pub(crate) const KEY: &str = "AKIAACCOUNTSEXAMPLE0";
pub(crate) const SECRET: &str = "secretOfTheAccounts+SeCrEtOfThEaCcOuNtS0";
pub(crate) const ARN: &str = "arn:aws:iam::123456789012:user/staff/jane";
/// What roles give in these tests; AWS Support knows it.
pub(crate) const SESSION: (&str, &str, &str) =
    ("ASIASESSIONEXAMPLE00", "secretOfASession+SeCrEtOfASeSsIoN+000000", "token-of-a-session");

/// Whether secrets can be kept here: always, but on a Linux without a session bus.
pub(crate) fn has_keyring() -> bool {
    !cfg!(target_os = "linux") || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
}

/// A `credential_process` that prints a key pair; what it prints is in `file`.
pub(crate) fn credential_process(file: &Path, access_key_id: &str, secret_access_key: &str) -> String {
    let printed = format!(
        r#"{{"Version": 1, "AccessKeyId": "{access_key_id}", "SecretAccessKey": "{secret_access_key}"}}"#
    );
    std::fs::write(file, printed).unwrap();
    let print = if cfg!(windows) { "cmd /C type" } else { "cat" };
    format!("{print} {}", file.display())
}

pub(crate) struct Office {
    pub(crate) support: Sim,
    pub(crate) sign_in: SignInSim,
    pub(crate) desk: Desk,
    pub(crate) dir: TempDir,
    pub(crate) endpoint: Endpoint,
    _server: Server,
    _serving: SignInServer,
}

impl Office {
    pub(crate) async fn new() -> Self {
        let jane = Customer::new(KEY, SECRET, "jane (User)");
        let (id, secret, token) = SESSION;
        let session = Customer::new(id, secret, "Support (Role) <jane@example.com>").session_token(token);
        let support = Sim::builder().customer(jane).customer(session).build().unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = support.serve(listener).unwrap();
        let sign_in = SignInSim::new();
        sign_in.add_keys(Keys::long_term(KEY, SECRET), ARN);
        let serving = sign_in.serve().await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::Emulated { support: server.url(), sign_in: serving.url() };
        let desk = open(&dir, endpoint.clone()).await;
        Self { support, sign_in, desk, dir, endpoint, _server: server, _serving: serving }
    }

    /// Writes the AWS config files.
    pub(crate) fn files(&self, config: &str, credentials: &str) {
        std::fs::write(self.dir.path().join("config"), config).unwrap();
        std::fs::write(self.dir.path().join("credentials"), credentials).unwrap();
    }

    pub(crate) async fn connect_keys(&self) -> Result<Account, Problem> {
        self.desk.accounts.setup.connect_keys(KEY, &Secret::new(SECRET), Partition::Aws, "Production").await
    }

    pub(crate) async fn check(&self, account: &Account) -> ConnectionCheck {
        self.desk.check_connection(&account.id).await.unwrap()
    }
}

pub(crate) async fn open(dir: &TempDir, endpoint: Endpoint) -> Desk {
    try_open(dir, endpoint).await.unwrap()
}

pub(crate) async fn try_open(dir: &TempDir, endpoint: Endpoint) -> Result<Desk, Problem> {
    let options = DeskOptions {
        data_dir: dir.path().join("data"),
        clock: Clock::System,
        endpoint,
        config: ConfigFiles {
            config: dir.path().join("config"),
            credentials: dir.path().join("credentials"),
        },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    };
    Desk::open(options).await
}

/// Every file in a folder and below it, with what it holds.
pub(crate) fn files_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_of(&path));
        } else if path.is_file() {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    files
}
