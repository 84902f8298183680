//! Runs two commands in parallel, for commands that mostly wait.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;

/// A finished command.
pub(crate) struct Finished {
    /// The command line.
    pub(crate) command_line: String,
    /// Its exit status.
    pub(crate) status: ExitStatus,
    /// How long it took.
    pub(crate) took: Duration,
}

/// Runs both to completion. `foreground` writes to the terminal; the output of `background` is printed when both have
/// finished, so that their lines do not mix.
///
/// # Errors
/// When one cannot be started or waited for.
pub(crate) fn run(foreground: &mut Command, background: &mut Command) -> Result<[Finished; 2]> {
    let began = Instant::now();
    let command_line = process::command_line(background);
    eprintln!("\n$ {command_line}  (side by side with the next one; its output follows at the end)");
    let mut output = tempfile::tempfile().context("no temporary file can be made")?;
    let clone = |file: &File| file.try_clone().context("no temporary file can be made");
    background.stdin(Stdio::null()).stdout(clone(&output)?).stderr(clone(&output)?);
    let mut child = background.spawn().with_context(|| format!("cannot start `{command_line}`"))?;
    let waiting = std::thread::spawn(move || (child.wait(), began.elapsed()));
    let first = process::status(foreground);
    let first_took = began.elapsed();
    let (status, took) = waiting.join().expect("waiting does not panic");
    output.rewind().context("the output is lost")?;
    let mut text = Vec::new();
    output.read_to_end(&mut text).context("the output is lost")?;
    eprintln!("\n$ {command_line}\n{}", String::from_utf8_lossy(&text));
    Ok([
        Finished { command_line: process::command_line(foreground), status: first?, took: first_took },
        Finished {
            command_line: command_line.clone(),
            status: status.with_context(|| format!("`{command_line}` is lost"))?,
            took,
        },
    ])
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn each_waits_for_the_other_and_tells_its_own_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().display();
        // Each goes on only once the other one runs.
        let meet = |mine: &str, other: &str, code: u8| {
            sh(&format!(
                "touch {place}/{mine}; until [ -e {place}/{other} ]; do sleep 0.05; done; exit {code}"
            ))
        };
        let [seen, kept] = run(&mut meet("a", "b", 0), &mut meet("b", "a", 7)).expect("both run");
        assert_eq!((seen.status.code(), kept.status.code()), (Some(0), Some(7)));
        assert!(kept.command_line.starts_with("sh -c"));
    }
}
