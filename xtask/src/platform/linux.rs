//! Linux: programs are built from a distribution's packages, and windows can be opened without a screen.

mod debian;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::setup::Purpose;

/// Whether tests/support/session.sh works here.
pub(crate) const HAS_PRIVATE_SESSIONS: bool = true;

/// What the names of npm's programs end with.
pub(crate) const SCRIPT_SUFFIX: &str = "";

/// The variables with the keys that installers are signed with: none, a package is known by its checksum and provenance.
pub(crate) const SIGNING_KEYS: &[&str] = &[];

/// Whether there is a screen to open a window on.
pub(crate) fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}

/// A program of a Python environment.
pub(crate) fn in_venv(folder: &Path, name: &str) -> PathBuf {
    folder.join("bin").join(name)
}

/// Installs the system packages for `purpose`, or says what to run.
///
/// # Errors
/// When packages are missing and cannot be installed from here.
pub(crate) fn system_packages(purpose: Purpose) -> Result<()> {
    debian::packages(purpose)
}

/// Installs the compiler for other systems, or says what to do.
///
/// # Errors
/// When it is missing and cannot be installed from here.
pub(crate) fn cross_packages() -> Result<()> {
    debian::cross_packages()
}
