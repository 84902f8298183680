//! `cargo xtask test`: what CI runs, from nothing to the last test.
//!
//! The last step is one `cargo test` over the workspace, and nothing is printed after it. No step sets
//! RUSTFLAGS or features of its own: that would build everything twice.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, cargo, npm};
use crate::setup::{self, Purpose, Tool};
use crate::{check, platform, session};

/// Set-up, lints, the UI's tests, then all Rust tests in a private session.
///
/// # Errors
/// The first step before the Rust tests that fails; those pass on their own exit code.
pub(crate) fn run() -> Result<ExitCode> {
    setup::everything_to_build(Purpose::Drive)?;
    setup::python()?;
    // Only where the window's tests run.
    let driver = platform::HAS_PRIVATE_SESSIONS.then(|| setup::tool(Tool::TAURI_DRIVER)).transpose()?;
    check::lints()?;
    process::run(&mut npm(["run", "test"]))?;

    let mut tests = cargo(["test", "--workspace", "--no-fail-fast"]);
    if let Some(driver) = driver {
        tests.env("TAURI_DRIVER", driver);
    }
    Ok(process::exit_code(process::status(&mut session::inside(tests))?))
}
