//! macOS: everything comes with Xcode's Command Line Tools, as the README says.
#![allow(clippy::unnecessary_wraps, reason = "Linux can fail where nothing is to do here")]

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::setup::{ELSEWHERE, Purpose};

/// A window needs a screen here.
pub(crate) const HAS_PRIVATE_SESSIONS: bool = false;

/// What the names of npm's programs end with.
pub(crate) const SCRIPT_SUFFIX: &str = "";

/// The variables with the keys that installers are signed and notarised with.
pub(crate) const SIGNING_KEYS: &[&str] = &[
    "APPLE_CERTIFICATE",
    "APPLE_CERTIFICATE_PASSWORD",
    "APPLE_API_KEY",
    "APPLE_API_ISSUER",
    "APPLE_API_KEY_PATH",
];

/// Whoever runs programs here sits before a screen.
pub(crate) fn has_display() -> bool {
    true
}

/// A program of a Python environment.
pub(crate) fn in_venv(folder: &Path, name: &str) -> PathBuf {
    folder.join("bin").join(name)
}

/// Nothing is to be installed.
///
/// # Errors
/// None here.
pub(crate) fn system_packages(_purpose: Purpose) -> Result<()> {
    Ok(())
}

/// There is no compiler for the other systems here.
///
/// # Errors
/// Always; it says what to do.
pub(crate) fn cross_packages() -> Result<()> {
    bail!(ELSEWHERE)
}
