//! The workflows of the hosted runners, which nothing here runs: so they are at least linted.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;
use crate::setup;
use crate::workspace;

/// Lints each file in .github/workflows, with its shell scripts where ShellCheck is installed.
///
/// # Errors
/// When the linter finds something or cannot be installed.
pub(crate) fn check() -> Result<()> {
    let folder = workspace::root().join(".github/workflows");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::<PathBuf>::new();
    for entry in entries {
        files.push(entry?.path());
    }
    files.sort();
    process::run(process::program(setup::actionlint()?).args(&files))
}
