//! `cargo xtask test`: what CI runs, from nothing to the last test.
//!
//! No step sets RUSTFLAGS or features of its own: that would build everything twice. At the end stands how long each
//! step took.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, cargo, npm};
use crate::setup::{self, Purpose, Tool};
use crate::steps::Steps;
use crate::{check, platform, session};

/// Set-up, lints, the UI's tests, then all Rust tests in a private session.
///
/// # Errors
/// The first step that fails; the Rust tests pass on their own exit code.
pub(crate) fn run() -> Result<ExitCode> {
    let mut steps = Steps::default();
    let done = all(&mut steps);
    eprintln!("\n{}", steps.table());
    done.map(|()| ExitCode::SUCCESS)
}

fn all(steps: &mut Steps) -> Result<()> {
    let driver = steps.take("set-up", || {
        setup::everything_to_build(Purpose::Drive)?;
        setup::python()?;
        // Only where the window's tests run.
        platform::HAS_PRIVATE_SESSIONS.then(|| setup::tool(Tool::TAURI_DRIVER)).transpose()
    })?;
    steps.take("lints", check::lints)?;
    steps.take("the UI's tests", || process::run(&mut npm(["run", "test"])))?;
    let all = ["test", "--workspace", "--no-fail-fast"];
    steps.take("compiling the tests", || process::run(cargo(all).arg("--no-run")))?;
    let mut tests = cargo(all);
    if let Some(driver) = driver {
        tests.env("TAURI_DRIVER", driver);
    }
    steps.take("tests", || process::run(&mut session::inside(tests)))
}
