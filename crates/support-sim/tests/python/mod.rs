//! Python programs for tests: AWS's own clients and moto's server, from target/python, where `cargo xtask test` (or
//! `cargo xtask python` alone) puts them.
#![allow(dead_code)] // each test file uses its own part of it

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A program of the virtual environment: `python`, `aws`, `moto_server`.
///
/// # Panics
/// When it is not there, in one line that says what to run.
#[track_caller]
pub(crate) fn program(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp lies in cargo's target folder");
    let path = if cfg!(windows) {
        let extension = if name == "aws" { "cmd" } else { "exe" };
        target.join("python/Scripts").join(format!("{name}.{extension}"))
    } else {
        target.join("python/bin").join(name)
    };
    assert!(path.exists(), "the Python packages of this test are missing: run `cargo xtask python` once");
    path
}

/// A command that knows nothing of this computer's own AWS set-up, and reaches this computer alone.
#[track_caller]
pub(crate) fn command(name: &str) -> Command {
    let mut command = Command::new(program(name));
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy().to_ascii_uppercase();
        if name.starts_with("AWS_") || name.starts_with("PYTHON") || name.ends_with("_PROXY") {
            command.env_remove(key);
        }
    }
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-aws-configuration");
    command
        .env("AWS_CONFIG_FILE", &nowhere)
        .env("AWS_SHARED_CREDENTIALS_FILE", &nowhere)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_PAGER", "")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUNBUFFERED", "1")
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::null());
    command
}

/// Runs one of the Python test files beside this one against the program `support-sim`.
///
/// # Panics
/// When one of its tests fails, with all that it printed.
#[track_caller]
pub(crate) fn tests_of(module: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python");
    let done = command("python")
        .args(["-m", "unittest", module])
        .current_dir(&folder)
        .env("SUPPORT_SIM", env!("CARGO_BIN_EXE_support-sim"))
        .env("AWS_CLI", program("aws"))
        .output()
        .expect("Python starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{module}:\n{}{said}", String::from_utf8_lossy(&done.stdout));
    // unittest is content with a file in which it finds no test.
    let ran = said.lines().find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse::<u32>().ok());
    assert!(ran.is_some_and(|ran| ran > 0), "{module} has no tests:\n{said}");
}

/// moto's server on a free port. Ended when dropped.
pub(crate) struct Moto {
    child: Child,
    url: String,
}

impl Moto {
    /// Starts it and waits until it listens.
    ///
    /// # Panics
    /// When it does not listen within a minute.
    #[track_caller]
    pub(crate) fn start() -> Self {
        let mut child = command("moto_server")
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("moto's server starts");
        let log = child.stderr.take().expect("it is piped");
        // From here on a failure, too, ends the server.
        let mut moto = Self { child, url: String::new() };
        let (send, listening) = mpsc::channel();
        std::thread::spawn(move || {
            // Reading goes on to the end, or the server would one day block on a full pipe.
            for line in BufReader::new(log).lines().map_while(Result::ok) {
                if let Some((_, url)) = line.split_once("Running on ") {
                    // Nobody listens any more to a second such line.
                    let _ = send.send(url.trim().to_owned());
                }
            }
        });
        moto.url =
            listening.recv_timeout(Duration::from_secs(60)).expect("moto's server listens within a minute");
        moto
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is reaped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
