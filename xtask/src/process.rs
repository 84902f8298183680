//! Runs other programs: prints each command before it starts, and passes its failure on.

use std::ffi::OsStr;
use std::fmt;
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::{Context, Result, bail};

use crate::{platform, workspace};

/// Error: a program failed; its exit code becomes that of xtask.
#[derive(Debug)]
struct Failed {
    command_line: String,
    status: ExitStatus,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` failed ({})", self.command_line, self.status)
    }
}

impl std::error::Error for Failed {}

/// Returns the exit code for an error: that of the program that failed, else 1.
pub(crate) fn exit_code_of(error: &anyhow::Error) -> ExitCode {
    error.downcast_ref::<Failed>().map_or(ExitCode::FAILURE, |failed| exit_code(failed.status))
}

/// Converts a finished program's status to our own exit code.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    if status.success() {
        return ExitCode::SUCCESS;
    }
    status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Creates a command that runs in the workspace's root.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace::root());
    // `cargo run` describes the xtask package to us; a program we start must not take it for its own.
    for (key, _) in std::env::vars_os() {
        let Some(name) = key.to_str() else { continue };
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Creates a command of the cargo that runs us.
pub(crate) fn cargo<const N: usize>(args: [&str; N]) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

/// Creates an npm command in ui/.
pub(crate) fn npm<const N: usize>(args: [&str; N]) -> Command {
    let mut command = program(format!("npm{}", platform::SCRIPT_SUFFIX));
    command.current_dir(workspace::ui()).args(args);
    command
}

/// Prints and runs a command.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if status.success() { Ok(()) } else { Err(Failed { command_line: command_line(command), status }.into()) }
}

/// Shows and runs a command whose failure needs no word of ours.
///
/// # Errors
/// When it cannot be started.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    eprintln!("\n$ {}", command_line(command));
    command.status().with_context(|| format!("cannot start `{}`", command_line(command)))
}

/// Runs a command without printing it and returns its standard output.
///
/// # Errors
/// When it cannot be started, does not succeed (with its own words), or writes no UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command.output().with_context(|| format!("cannot start `{}`", command_line(command)))?;
    if !done.status.success() {
        bail!("`{}` failed: {}", command_line(command), String::from_utf8_lossy(&done.stderr).trim());
    }
    String::from_utf8(done.stdout).with_context(|| format!("`{}` wrote no UTF-8", command_line(command)))
}

/// Formats a command as one would type it, without the folder of the program.
pub(crate) fn command_line(command: &Command) -> String {
    let name = std::path::Path::new(command.get_program());
    let name = name.file_name().unwrap_or(name.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.contains([' ', ';', '$', '*']) { format!("'{word}'") } else { word.into_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
