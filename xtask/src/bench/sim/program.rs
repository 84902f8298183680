//! A program that says where it listens. Ended when dropped.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process;

/// A loaded machine may take long; a program that takes longer will not listen at all.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A server that has said where it listens.
pub(super) struct Program {
    child: Child,
    url: String,
    ready: Duration,
}

impl Program {
    /// Starts it and waits for a line with `marker` and its URL on standard output.
    ///
    /// # Errors
    /// When it cannot be started, ends, or does not listen in time.
    pub(super) fn start(command: &mut Command, marker: &'static str) -> Result<Self> {
        let command_line = process::command_line(command);
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{command_line}`"))?;
        let stdout = child.stdout.take().context("the program's output is not piped")?;
        // From here on a failure, too, ends the program.
        let mut program = Self { child, url: String::new(), ready: Duration::ZERO };
        let (send, listening) = mpsc::channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(stdout);
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
                if let Some((_, url)) = line.split_once(marker) {
                    // Nobody waits any more when it came too late.
                    let _ = send.send((started.elapsed(), url.trim().to_owned()));
                    break;
                }
                line.clear();
            }
            // Reading goes on to the end, or the program would one day block on a full pipe.
            let _ = lines.read_to_end(&mut Vec::new());
        });
        (program.ready, program.url) = match listening.recv_timeout(TIMEOUT) {
            Ok(found) => found,
            Err(mpsc::RecvTimeoutError::Disconnected) => bail!("`{command_line}` ended before it listened"),
            Err(mpsc::RecvTimeoutError::Timeout) => bail!("`{command_line}` did not listen in {TIMEOUT:?}"),
        };
        Ok(program)
    }

    /// `http://127.0.0.1:PORT`.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// `127.0.0.1:PORT`.
    pub(super) fn address(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches('/')
    }

    /// From the start of the process to its line.
    pub(super) fn ready(&self) -> Duration {
        self.ready
    }

    /// Memory in MB of 10⁶ bytes that it holds alone or shares in part (Linux's PSS).
    ///
    /// # Errors
    /// On other systems than Linux.
    pub(super) fn memory_mb(&self) -> Result<f64> {
        self.kib("smaps_rollup", "Pss:")
    }

    /// Memory in MB of 10⁶ bytes that it has in use now (Linux's RSS).
    ///
    /// # Errors
    /// On other systems than Linux.
    pub(super) fn resident_mb(&self) -> Result<f64> {
        self.kib("status", "VmRSS:")
    }

    /// The most that it had in use since [`Self::forget_peak`].
    ///
    /// # Errors
    /// On other systems than Linux.
    pub(super) fn peak_mb(&self) -> Result<f64> {
        self.kib("status", "VmHWM:")
    }

    /// Lets the peak begin anew at what is in use now.
    ///
    /// # Errors
    /// On other systems than Linux.
    pub(super) fn forget_peak(&self) -> Result<()> {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        fs::write(&path, "5")
            .with_context(|| format!("cannot write {path}: memory is measured on Linux only"))
    }

    fn kib(&self, file: &str, key: &str) -> Result<f64> {
        let path = format!("/proc/{}/{file}", self.child.id());
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {path}: memory is measured on Linux only"))?;
        let kib = kib_in(&text, key).with_context(|| format!("{path} gives no {key}"))?;
        Ok(f64::from(kib) * 1024.0 / 1e6)
    }
}

fn kib_in(text: &str, key: &str) -> Option<u32> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse().ok()
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is reaped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    #[test]
    fn time_runs_until_the_line() {
        let script = "echo hello; sleep 0.2; echo listening on http://127.0.0.1:7; while :; do sleep 1; done";
        let program = Program::start(&mut shell(script), "listening on ").unwrap();
        assert_eq!((program.url(), program.address()), ("http://127.0.0.1:7", "127.0.0.1:7"));
        assert!(program.ready() >= Duration::from_millis(200), "{:?}", program.ready());
        assert!(program.memory_mb().unwrap() > 0.0 && program.resident_mb().unwrap() > 0.0);
        assert!(program.peak_mb().unwrap() >= program.resident_mb().unwrap());
    }

    #[test]
    fn a_program_that_ends_is_an_error() {
        let error = Program::start(&mut shell("echo hello"), "listening on ").err().unwrap();
        assert!(error.to_string().contains("ended before it listened"), "{error}");
    }
}
