//! Two commands side by side, for work that waits more than it computes.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;

/// How a command of a lane ended.
pub(crate) struct Ended {
    /// The command as one would type it.
    pub(crate) shown: String,
    /// Its exit status.
    pub(crate) status: ExitStatus,
    /// How long it took.
    pub(crate) took: Duration,
}

/// Runs both to their ends. `foreground` writes to the terminal; what `background` writes is shown once both have ended,
/// so that their lines do not mix.
///
/// # Errors
/// When one cannot be started or waited for.
pub(crate) fn run(foreground: &mut Command, background: &mut Command) -> Result<[Ended; 2]> {
    let began = Instant::now();
    let shown = process::shown(background);
    eprintln!("\n$ {shown}  (side by side with the next one; its output follows at the end)");
    let mut output = tempfile::tempfile().context("no temporary file can be made")?;
    let clone = |file: &File| file.try_clone().context("no temporary file can be made");
    background.stdin(Stdio::null()).stdout(clone(&output)?).stderr(clone(&output)?);
    let mut child = background.spawn().with_context(|| format!("cannot start `{shown}`"))?;
    let waiting = std::thread::spawn(move || (child.wait(), began.elapsed()));
    let first = process::status(foreground);
    let first_took = began.elapsed();
    let (status, took) = waiting.join().expect("waiting does not panic");
    output.rewind().context("the output is lost")?;
    let mut text = Vec::new();
    output.read_to_end(&mut text).context("the output is lost")?;
    eprintln!("\n$ {shown}\n{}", String::from_utf8_lossy(&text));
    Ok([
        Ended { shown: process::shown(foreground), status: first?, took: first_took },
        Ended { shown: shown.clone(), status: status.with_context(|| format!("`{shown}` is lost"))?, took },
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
        assert!(kept.shown.starts_with("sh -c"));
    }
}
