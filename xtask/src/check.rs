//! `cargo xtask check`: every lint, and no test.

use anyhow::Result;

use crate::process::{self, cargo, npm};
use crate::setup::{self, Purpose, Tool};
use crate::{locks, rules, workflows};

/// All lints; the set-up has been done.
///
/// # Errors
/// The first lint that fails.
pub(crate) fn lints() -> Result<()> {
    process::run(&mut cargo(["fmt", "--all", "--check"]))?;
    rules::check()?;
    locks::check()?;
    workflows::check()?;
    // The UI's linter, formatter and types.
    process::run(&mut npm(["run", "check"]))?;
    process::run(&mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    setup::tool(Tool::CARGO_DENY)?;
    process::run(&mut cargo(["deny", "--workspace", "check", "licenses", "bans", "sources"]))
}

/// The command itself.
///
/// # Errors
/// The first step that fails.
pub(crate) fn run() -> Result<()> {
    setup::everything_to_build(Purpose::Lint)?;
    lints()
}
