//! Cargo tools at exact versions, in the user's normal cargo folder.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{self, cargo};
use crate::workspace;

/// A program from crates.io that a command needs.
#[derive(Clone, Copy)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// Speaks WebDriver to the app's web view. Pinned: without a version cargo would take an alpha.
    pub(crate) const TAURI_DRIVER: Self = Self { name: "tauri-driver", version: "2.1.0" };
    /// Judges licences, bans and sources of the dependencies.
    pub(crate) const CARGO_DENY: Self = Self { name: "cargo-deny", version: "0.20.2" };
    /// Lists the packages that a program is made of.
    pub(crate) const CARGO_CYCLONEDX: Self = Self { name: "cargo-cyclonedx", version: "0.5.9" };
}

/// Installs the tool unless this very version is there, and says where it is.
///
/// # Errors
/// When cargo cannot install it.
pub(crate) fn tool(tool: Tool) -> Result<PathBuf> {
    let Tool { name, version } = tool;
    let path = workspace::cargo_home().join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let list = process::output(&mut cargo(["install", "--list"]))?;
    if !path.exists() || !is_listed(&list, tool) {
        process::run(&mut cargo(["install", name, "--version", version, "--locked"]))?;
    }
    Ok(path)
}

/// Whether `cargo install --list` (`name v1.2.3:`, then its programs indented) has this version.
fn is_listed(list: &str, tool: Tool) -> bool {
    let line = format!("{} v{}:", tool.name, tool.version);
    list.lines().any(|found| found == line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_not_listed() {
        let list = "cargo-deny v0.20.2:\n    cargo-deny\ntauri-driver v3.0.0-alpha.1:\n    tauri-driver\n";
        assert!(is_listed(list, Tool::CARGO_DENY));
        assert!(!is_listed(list, Tool::TAURI_DRIVER));
    }
}
