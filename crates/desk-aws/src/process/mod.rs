//! Credential provider for `credential_process`: runs the program that a profile names and parses its JSON output.
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

/// Time limit of the program. Some ask the user, in a window of their own.
pub(super) const TIMEOUT: Duration = Duration::from_secs(60);
/// Credentials that expire sooner than this are renewed.
const EXPIRY_MARGIN: Duration = Duration::from_secs(60);
/// How long credentials without an expiry are cached.
const MAX_AGE_WITHOUT_EXPIRY: Duration = Duration::from_secs(15 * 60);
/// Maximum size of the output.
const MAX_OUTPUT_BYTES: u64 = 64 * 1024;
/// The only version of the format that there is.
const VERSION: u32 = 1;

/// Provider that runs the command of one profile, which the user has approved.
///
/// The credentials are cached, so that one run serves all clients of an account; a run goes on when the SDK no longer
/// waits for it.
#[derive(Clone)]
pub(super) struct ProcessProvider {
    command: String,
    timeout: Duration,
    cached: Arc<Mutex<Option<CachedCredentials>>>,
}

/// The credentials of the last run, and when it was.
struct CachedCredentials {
    credentials: Credentials,
    at: Instant,
}

impl CachedCredentials {
    fn is_valid(&self) -> bool {
        match self.credentials.expiry() {
            Some(ends) => ends > SystemTime::now() + EXPIRY_MARGIN,
            None => self.at.elapsed() < MAX_AGE_WITHOUT_EXPIRY,
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

/// The kind of a failure and its message.
type Failure = (AwsErrorKind, String);

fn no_credentials(message: impl Into<String>) -> Failure {
    (AwsErrorKind::NoCredentials, message.into())
}

impl ProcessProvider {
    pub(super) fn new(command: &str) -> Self {
        Self { command: command.to_owned(), timeout: TIMEOUT, cached: Arc::default() }
    }

    async fn credentials(&self) -> Result<Credentials, Failure> {
        let mut cached = Arc::clone(&self.cached).lock_owned().await;
        if let Some(known) = cached.as_ref().filter(|known| known.is_valid()) {
            return Ok(known.credentials.clone());
        }
        let provider = self.clone();
        // The caller may be dropped meanwhile; the credentials are cached all the same.
        let run = tokio::spawn(async move {
            let credentials = provider.run().await?;
            *cached = Some(CachedCredentials { credentials: credentials.clone(), at: Instant::now() });
            Ok(credentials)
        });
        run.await.unwrap_or_else(|_| {
            Err(no_credentials("the program that the profile asks for them could not be run"))
        })
    }

    async fn run(&self) -> Result<Credentials, Failure> {
        let words = system::split(&self.command)
            .ok_or_else(|| no_credentials("in the profile's credential_process a quote is not closed"))?;
        let (program, arguments) =
            words.split_first().ok_or_else(|| no_credentials("the profile's credential_process is empty"))?;
        let path = system::search_path().await;
        let found = locate(program, path.as_deref()).ok_or_else(|| no_credentials(not_found(program)))?;
        let mut command = Command::new(found);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.kill_on_drop(true);
        if let Some(path) = &path {
            command.env("PATH", path);
        }
        system::without_window(&mut command);
        match tokio::time::timeout(self.timeout, run_to_end(command)).await {
            Ok(printed) => parse_output(&printed?),
            Err(_) => Err(no_credentials("the program that the profile asks for them took too long")),
        }
    }
}

fn not_found(program: &str) -> String {
    format!(
        "the program {program} that the profile asks for them was not found; write its full path in the profile"
    )
}

/// Runs a program to its end and returns its standard output.
async fn run_to_end(mut command: Command) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let not_started = |error: std::io::Error| {
        no_credentials(format!("the program that the profile asks for them could not be started: {error}"))
    };
    let mut child = command.spawn().map_err(not_started)?;
    let mut printed =
        Zeroizing::new(Vec::with_capacity(usize::try_from(MAX_OUTPUT_BYTES).unwrap_or_default()));
    if let Some(out) = child.stdout.take() {
        out.take(MAX_OUTPUT_BYTES).read_to_end(&mut printed).await.map_err(not_started)?;
    }
    let status = child.wait().await.map_err(not_started)?;
    if status.success() {
        return Ok(printed);
    }
    let how = status.code().map_or_else(String::new, |code| format!(" (exit code {code})"));
    Err(no_credentials(format!("the program that the profile asks for them failed{how}")))
}

/// The output format (AWS SDKs and Tools Reference Guide, "Process credential provider").
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ProcessOutput {
    version: u32,
    access_key_id: String,
    secret_access_key: Secret,
    session_token: Option<Secret>,
    expiration: Option<String>,
}

fn parse_output(printed: &[u8]) -> Result<Credentials, Failure> {
    // The parser's message may quote the output.
    let odd = || no_credentials("the program that the profile asks for them did not print credentials");
    let ProcessOutput { version, access_key_id, secret_access_key, session_token, expiration } =
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

/// Finds the file of a program: a name with a folder is taken as a path, another is looked up in `path`.
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
