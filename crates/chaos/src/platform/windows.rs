//! What is done to a process on Windows: nothing of it.

use std::path::Path;

use tokio::process::Command;

/// The command that starts a program.
pub(crate) fn sturdy(program: &Path) -> Command {
    Command::new(program)
}

/// Stops a process in its tracks. Returns whether this system can.
pub(crate) fn pause(_process: u32) -> bool {
    false
}

/// Lets a stopped process go on.
pub(crate) fn resume(_process: u32) -> bool {
    false
}

/// Makes every file take nothing more from a process, or take it again. Returns whether this system can.
pub(crate) fn fill_disk(_process: u32, _full: bool) -> bool {
    false
}
