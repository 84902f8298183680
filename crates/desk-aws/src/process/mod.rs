//! Credentials from a `credential_process`: the program that a profile names is run, and prints them as JSON.
//!
//! It is run as the AWS CLI runs it, without a shell, and found as in a terminal also where this program was started
//! without one. It has a time limit; what it writes to stderr is neither shown nor logged, since it may be anything.

#[cfg_attr(unix, path = "system_unix.rs")]
#[cfg_attr(windows, path = "system_windows.rs")]
mod system;

use super::{AwsError, AwsErrorKind, instant};
use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials, error::CredentialsError, future},
};
use desk_model::Secret;
use serde::Deserialize;
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};
use tokio::{io::AsyncReadExt as _, process::Command, sync::Mutex};
use zeroize::Zeroizing;

/// How long it may take. Some ask a person, in a window of their own.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// Credentials that end sooner than this are asked for anew.
const MARGIN: Duration = Duration::from_secs(60);
/// How long those are held that do not say when they end.
const ASKED_AGAIN: Duration = Duration::from_secs(15 * 60);
/// Most bytes that are read of what it prints.
const LONGEST: u64 = 64 * 1024;
/// The only version of the format that there is.
const VERSION: u32 = 1;

/// Runs the command of one profile, which the user has agreed to.
///
/// What it gave is held, so that one run serves all clients of an account, and a run goes on where the SDK no longer
/// waits for it.
#[derive(Clone)]
pub(super) struct ProcessProvider {
    command: String,
    patience: Duration,
    held: Arc<Mutex<Option<Held>>>,
}

/// What the last run gave, and when.
struct Held {
    credentials: Credentials,
    at: Instant,
}

impl Held {
    fn is_good(&self) -> bool {
        match self.credentials.expiry() {
            Some(ends) => ends > SystemTime::now() + MARGIN,
            None => self.at.elapsed() < ASKED_AGAIN,
        }
    }
}

impl std::fmt::Debug for ProcessProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Arguments may be secrets.
        f.debug_struct("ProcessProvider").finish_non_exhaustive()
    }
}

impl ProvideCredentials for ProcessProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            self.credentials().await.map_err(|(kind, message)| {
                let request_id = None;
                let operation = "credential_process";
                CredentialsError::provider_error(AwsError { operation, kind, message, request_id })
            })
        })
    }
}

/// What kind of failure it is, and in words.
type Failure = (AwsErrorKind, String);

fn none(message: impl Into<String>) -> Failure {
    (AwsErrorKind::NoCredentials, message.into())
}

impl ProcessProvider {
    pub(super) fn new(command: &str) -> Self {
        Self { command: command.to_owned(), patience: PATIENCE, held: Arc::default() }
    }

    async fn credentials(&self) -> Result<Credentials, Failure> {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        if let Some(known) = held.as_ref().filter(|known| known.is_good()) {
            return Ok(known.credentials.clone());
        }
        let provider = self.clone();
        // The caller may give up meanwhile; what the program gives is held all the same.
        let run = tokio::spawn(async move {
            let credentials = provider.run().await?;
            *held = Some(Held { credentials: credentials.clone(), at: Instant::now() });
            Ok(credentials)
        });
        run.await.unwrap_or_else(|_| Err(none("the program that the profile asks for them could not be run")))
    }

    async fn run(&self) -> Result<Credentials, Failure> {
        let words = system::split(&self.command)
            .ok_or_else(|| none("in the profile's credential_process a quote is not closed"))?;
        let (program, arguments) =
            words.split_first().ok_or_else(|| none("the profile's credential_process is empty"))?;
        let path = system::search_path().await;
        let found = locate(program, path.as_deref()).ok_or_else(|| none(not_found(program)))?;
        let mut command = Command::new(found);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.kill_on_drop(true);
        if let Some(path) = &path {
            command.env("PATH", path);
        }
        system::without_window(&mut command);
        match tokio::time::timeout(self.patience, printed(command)).await {
            Ok(printed) => parsed(&printed?),
            Err(_) => Err(none("the program that the profile asks for them took too long")),
        }
    }
}

fn not_found(program: &str) -> String {
    format!(
        "the program {program} that the profile asks for them was not found; write its full path in the profile"
    )
}

/// What a program prints, once it has ended well.
async fn printed(mut command: Command) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let not_started = |error: std::io::Error| {
        none(format!("the program that the profile asks for them could not be started: {error}"))
    };
    let mut child = command.spawn().map_err(not_started)?;
    let mut printed = Zeroizing::new(Vec::with_capacity(usize::try_from(LONGEST).unwrap_or_default()));
    if let Some(out) = child.stdout.take() {
        out.take(LONGEST).read_to_end(&mut printed).await.map_err(not_started)?;
    }
    let status = child.wait().await.map_err(not_started)?;
    if status.success() {
        return Ok(printed);
    }
    let how = status.code().map_or_else(String::new, |code| format!(" (exit code {code})"));
    Err(none(format!("the program that the profile asks for them failed{how}")))
}

/// The format (AWS SDKs and Tools Reference Guide, "Process credential provider").
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Printed {
    version: u32,
    access_key_id: String,
    secret_access_key: Secret,
    session_token: Option<Secret>,
    expiration: Option<String>,
}

fn parsed(printed: &[u8]) -> Result<Credentials, Failure> {
    // The parser's words may quote what it met.
    let odd = || none("the program that the profile asks for them did not print credentials");
    let Printed { version, access_key_id, secret_access_key, session_token, expiration } =
        serde_json::from_slice(printed).map_err(|_| odd())?;
    if version != VERSION || access_key_id.is_empty() || secret_access_key.is_empty() {
        return Err(odd());
    }
    let ends = match expiration.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => {
            let ends = instant::parse(text).and_then(|ends| u64::try_from(ends).ok()).ok_or_else(odd)?;
            Some(SystemTime::UNIX_EPOCH + Duration::from_millis(ends))
        }
        None => None,
    };
    if ends.is_some_and(|ends| ends <= SystemTime::now()) {
        let message = "the program that the profile asks for them gave some that have run out";
        return Err((AwsErrorKind::Expired, message.to_owned()));
    }
    let token = session_token.filter(|token| !token.is_empty()).map(|token| token.reveal().to_owned());
    Ok(Credentials::new(access_key_id, secret_access_key.reveal(), token, ends, "credential_process"))
}

/// The file of a program: one with a folder in its name is where it says, another is looked for in `path`.
fn locate(program: &str, path: Option<&std::ffi::OsStr>) -> Option<PathBuf> {
    let named = Path::new(program);
    if named.components().count() > 1 || named.is_absolute() {
        return system::files_of(named).into_iter().find(|file| system::is_program(file));
    }
    let folders = std::env::split_paths(path?).filter(|folder| folder.is_absolute());
    folders.flat_map(|folder| system::files_of(&folder.join(program))).find(|file| system::is_program(file))
}

#[cfg(test)]
mod tests;
