//! A measured program: started in a state of its own, awaited until it has painted, ended with all it started.
//!
//! With ECO_DESK_MEASURE=1 a program prints `first-paint-ms N` once its first row is on the screen (N is its
//! own count and is not used), the app `whole-screen-ms N` once all of the screen is there, and stays open. Time
//! runs here, from the start of the process to these lines. After a key it prints `key NAME N`: how long the page took
//! until it had painted what the key led to, by the page's own clock.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::process_tree;
use crate::{process, workspace};

/// A loaded machine may take long; a program that takes longer will not paint at all.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The yardstick: a window of the same versions with nothing in it.
    BareWindow,
    /// The app with so many cases in its mirror.
    Desk {
        /// How many.
        cases: u32,
    },
    /// The app with one case of 5,000 messages in its mirror.
    LongCase,
}

impl Subject {
    /// How the tables call it.
    pub(super) fn label(self) -> String {
        match self {
            Self::BareWindow => "bare window".to_owned(),
            Self::Desk { cases: 0 } => "empty mirror".to_owned(),
            Self::Desk { cases } => format!("{cases}-case mirror"),
            Self::LongCase => "5000-message case".to_owned(),
        }
    }
}

/// A program that can be started again and again on the same data.
pub(super) struct Prepared {
    subject: Subject,
    data: tempfile::TempDir,
    /// Where AWS is pretended while the mirror is filled; nobody answers there later. The data belongs to this address.
    address: SocketAddr,
}

impl Prepared {
    /// Makes the data folder, and fills the mirror where that is asked for.
    ///
    /// # Errors
    /// When the folder cannot be made or filled.
    pub(super) fn new(subject: Subject) -> Result<Self> {
        let data = tempfile::tempdir().context("cannot make a data folder")?;
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr())?;
        match subject {
            Subject::BareWindow => {}
            Subject::Desk { cases } => seed(data.path(), &cases.to_string(), address)?,
            Subject::LongCase => seed(data.path(), "long", address)?,
        }
        Ok(Self { subject, data, address })
    }

    /// What this is.
    pub(super) fn subject(&self) -> Subject {
        self.subject
    }

    /// Starts it and waits until it has painted.
    ///
    /// # Errors
    /// When it cannot be started, ends, or does not paint in time.
    pub(super) fn start(&self) -> Result<Running> {
        let mut command = match self.subject {
            Subject::BareWindow => process::program(bare_window()),
            Subject::Desk { .. } | Subject::LongCase => desk(self.data.path(), self.address),
        };
        Running::start(command.env("ECO_DESK_MEASURE", "1"))
    }
}

fn bare_window() -> PathBuf {
    let name = format!("bare-window{}", std::env::consts::EXE_SUFFIX);
    workspace::target().join("release/examples").join(name)
}

/// The app on a data folder whose account cannot reach AWS: what is on this computer is what is measured.
fn desk(data: &Path, address: SocketAddr) -> Command {
    let mut command = process::program(workspace::built("release", "eco-desk"));
    command.arg("--data-dir").arg(data).args(["--support-endpoint", &format!("http://{address}")]);
    let aws = data.join("aws");
    command.env("AWS_CONFIG_FILE", aws.join("config"));
    command.env("AWS_SHARED_CREDENTIALS_FILE", aws.join("credentials"));
    command
}

/// Has the core sync a mirror of invented cases (so many, or `long`) from support-sim, as a first sync of a real account does.
fn seed(data: &Path, cases: &str, address: SocketAddr) -> Result<()> {
    let name = format!("release/examples/fill-mirror{}", std::env::consts::EXE_SUFFIX);
    let mut fill = process::program(workspace::target().join(name));
    process::run(fill.arg(data).arg(cases).arg(address.to_string()))
}

/// The lines that a program prints, in their order.
const FIRST_PAINT: &str = "first-paint-ms ";
const WHOLE_SCREEN: &str = "whole-screen-ms ";

/// A program that has painted. Ended, with its children, when dropped.
pub(super) struct Running {
    child: Child,
    painted: mpsc::Receiver<(String, Duration)>,
    command_line: String,
    first_paint: Duration,
}

impl Running {
    fn start(command: &mut Command) -> Result<Self> {
        let command_line = process::command_line(command);
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{command_line}`"))?;
        let stdout = child.stdout.take().context("the program's output is not piped")?;
        // From here on a failure, too, ends the program.
        let (send, painted) = mpsc::channel();
        let mut running = Self { child, painted, command_line, first_paint: Duration::ZERO };
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Reading goes on to the end, or the program would one day block on a full pipe.
                if send.send((line, started.elapsed())).is_err() {
                    return;
                }
            }
        });
        running.first_paint = running.line(FIRST_PAINT)?.1;
        Ok(running)
    }

    /// Waits for a line that begins so; returns what follows in it, and when it came.
    fn line(&self, beginning: &str) -> Result<(String, Duration)> {
        let command_line = &self.command_line;
        loop {
            match self.painted.recv_timeout(TIMEOUT) {
                Ok((line, elapsed)) => {
                    if let Some(rest) = line.strip_prefix(beginning) {
                        return Ok((rest.to_owned(), elapsed));
                    }
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    bail!("`{command_line}` ended before it painted")
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    bail!("`{command_line}` did not print `{beginning}` in {TIMEOUT:?}")
                }
            }
        }
    }

    /// Waits until the page has painted what a key led to; returns how long that took since the key was pressed, in
    /// milliseconds. `what` is one of the names that the page gives (ui/src/frame/measure.ts).
    ///
    /// # Errors
    /// When nothing of that name is painted in time.
    pub(super) fn key_ms(&self, what: &str) -> Result<f64> {
        let (rest, _) = self.line(&format!("key {what} "))?;
        let number = rest.split(' ').next().unwrap_or_default();
        number.parse().with_context(|| format!("`{rest}` is no time"))
    }

    /// From the start of the process to the whole screen, in milliseconds; for the app alone.
    ///
    /// # Errors
    /// When it does not come.
    pub(super) fn whole_screen_ms(&self) -> Result<f64> {
        Ok(self.line(WHOLE_SCREEN)?.1.as_secs_f64() * 1000.0)
    }

    /// From the start of the process to its first painted row, in milliseconds.
    pub(super) fn first_paint_ms(&self) -> f64 {
        self.first_paint.as_secs_f64() * 1000.0
    }

    /// Its process id.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let process_tree = process_tree::of(self.child.id()).unwrap_or_default();
        // It may have ended by itself; either way it is reaped.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The web view's processes end when their window is gone; the next run shall not share the machine
        // with them.
        let deadline = Instant::now() + Duration::from_secs(10);
        while process_tree.iter().any(|pid| process_tree::is_alive(*pid)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    #[test]
    fn time_runs_until_the_line_and_the_program_is_ended() {
        let script = "echo hello; sleep 0.2; echo first-paint-ms 7; while :; do sleep 1; done";
        let running = Running::start(&mut shell(script)).unwrap();
        let pid = running.pid();
        assert!(running.first_paint_ms() >= 200.0, "{}", running.first_paint_ms());
        drop(running);
        assert!(!process_tree::is_alive(pid));
    }

    #[test]
    fn a_program_that_ends_unpainted_is_an_error() {
        let error = Running::start(&mut shell("echo hello")).err().unwrap();
        assert!(error.to_string().contains("ended before it painted"), "{error}");
    }
}
