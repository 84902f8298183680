//! What is done to a process on Unix.

use std::path::Path;
use std::process::Command as Blocking;

use tokio::process::Command;

/// The command that starts a program which outlives a disk that takes nothing: it ignores SIGXFSZ.
pub(crate) fn sturdy(program: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(program);
    command
}

/// Stops a process in its tracks. Returns whether this system can.
pub(crate) fn pause(process: u32) -> bool {
    done(Blocking::new("kill").args(["-STOP", &process.to_string()]))
}

/// Lets a stopped process go on.
pub(crate) fn resume(process: u32) -> bool {
    done(Blocking::new("kill").args(["-CONT", &process.to_string()]))
}

/// Makes every file take nothing more from a process, or take it again. Returns whether this system can.
pub(crate) fn fill_disk(process: u32, full: bool) -> bool {
    let limit = if full { "--fsize=0:" } else { "--fsize=unlimited:" };
    done(Blocking::new("prlimit").args(["--pid", &process.to_string(), limit]))
}

fn done(command: &mut Blocking) -> bool {
    command.status().is_ok_and(|status| status.success())
}
