//! Set-up of a fresh machine: installs system packages, Node packages, Python packages and cargo tools, and builds the
//! UI.
//!
//! Each step says nothing when nothing is to do.

mod node;
mod tools;
mod venv;

use std::path::PathBuf;

use anyhow::Result;

pub(crate) use node::{packages, tauri_cli};
pub(crate) use tools::{Tool, tool};

use crate::{platform, workspace};

/// What to do where there is no compiler for other systems.
pub(crate) const ELSEWHERE: &str = "compiling for other systems needs Debian 12 with its security updates \
    (packages rustc-web and rust-web-src); elsewhere run this in a container of it, or `cargo xtask check` and \
    `cargo xtask test` on that system itself";

/// What a command is going to do, which decides on the system packages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build and run the app on the user's own desktop.
    Build,
    /// Also lint all of the project.
    Lint,
    /// Also drive it in a private display.
    Drive,
}

/// System packages and Node packages, then the UI that the app embeds.
///
/// # Errors
/// When something cannot be installed; the message says what to run by hand.
pub(crate) fn everything_to_build(purpose: Purpose) -> Result<()> {
    platform::system_packages(purpose)?;
    packages()?;
    node::built_ui()
}

/// The environment with AWS's own clients and moto's server, which the tests and benches of support-sim drive; the
/// path of its Python.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn python() -> Result<PathBuf> {
    let wanted = workspace::root().join("crates/support-sim/tests/python/requirements.txt");
    venv::program("python", &wanted, "python")
}

/// The same with the system packages that it needs.
///
/// # Errors
/// As [`everything_to_build`].
pub(crate) fn python_alone() -> Result<()> {
    platform::system_packages(Purpose::Drive)?;
    python().map(drop)
}

/// Where the linter of workflows is.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn actionlint() -> Result<PathBuf> {
    venv::program("actionlint", &workspace::root().join("xtask/actionlint.txt"), "actionlint")
}

/// The compiler for Windows and macOS, and what runs programs for Windows.
///
/// # Errors
/// As [`everything_to_build`].
pub(crate) fn cross() -> Result<()> {
    platform::cross_packages()
}

/// System packages alone.
///
/// # Errors
/// As [`everything_to_build`].
pub(crate) fn system(purpose: Purpose) -> Result<()> {
    platform::system_packages(purpose)
}
