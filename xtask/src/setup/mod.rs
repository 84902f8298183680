//! What a fresh machine lacks: system packages, Node packages, the built UI, Python packages, cargo tools.
//!
//! Each step says nothing when nothing is to do.

mod node;
mod python;
mod system;
mod tools;

use anyhow::Result;

pub(crate) use node::{packages, tauri_cli};
pub(crate) use python::python;
pub(crate) use tools::{Tool, tool};

/// What a command is going to do, which decides on the system packages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build and run the app on the user's own desktop.
    Build,
    /// Also drive it in a private display.
    Drive,
}

/// System packages and Node packages, then the UI that the app embeds.
///
/// # Errors
/// When something cannot be installed; the message says what to run by hand.
pub(crate) fn everything_to_build(purpose: Purpose) -> Result<()> {
    system::packages(purpose)?;
    packages()?;
    node::built_ui()
}

/// Python packages with the system packages that they need.
///
/// # Errors
/// As [`everything_to_build`].
pub(crate) fn python_alone() -> Result<()> {
    system::packages(Purpose::Drive)?;
    python().map(drop)
}

/// System packages alone.
///
/// # Errors
/// As [`everything_to_build`].
pub(crate) fn system(purpose: Purpose) -> Result<()> {
    system::packages(purpose)
}
