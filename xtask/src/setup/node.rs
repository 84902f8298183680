//! Node's half: packages as locked, and the built UI that the app embeds.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, npm};
use crate::{platform, stamp, workspace};

/// The oldest Node.js that the UI's build tool runs on: major and minor version.
const OLDEST: (u32, u32) = (20, 19);

/// `npm ci`, when the lock file changed or the packages are not there.
///
/// # Errors
/// When Node.js is missing or too old, or npm fails.
pub(crate) fn packages() -> Result<()> {
    let ui = workspace::ui();
    let digest = stamp::digest_of(&[ui.join("package.json"), ui.join("package-lock.json")])?;
    // npm writes this file last, so an interrupted installation does not count.
    let there = ui.join("node_modules/.package-lock.json").exists();
    stamp::unless_done("node-packages", &digest, there, || {
        node_is_new_enough()?;
        process::run(&mut npm(["ci", "--no-audit", "--no-fund"]))
    })
}

/// `npm run build`, when anything in ui/ changed. Must come before cargo, which embeds ui/dist.
///
/// # Errors
/// When the build fails.
pub(crate) fn built_ui() -> Result<()> {
    let ui = workspace::ui();
    let sources = stamp::files_under(&ui, &["node_modules", "dist", "coverage"])?;
    let there = ui.join("dist/index.html").exists();
    stamp::unless_done("ui-build", &stamp::digest_of(&sources)?, there, || {
        process::run(&mut npm(["run", "build"]))
    })
}

/// Tauri's command line tool, started where it finds the app: in the root, told where Node's half is.
pub(crate) fn tauri_cli<const N: usize>(args: [&str; N]) -> Command {
    let script = format!("tauri{}", platform::SCRIPT_SUFFIX);
    let path: PathBuf = workspace::ui().join("node_modules/.bin").join(script);
    let mut command = process::program(path);
    command.env("TAURI_FRONTEND_PATH", workspace::ui()).args(args);
    command
}

fn node_is_new_enough() -> Result<()> {
    let (major, minor) = OLDEST;
    let Ok(said) = process::output(process::program("node").arg("--version")) else {
        bail!("Node.js is missing: install version {major}.{minor} or newer");
    };
    if version(&said).is_none_or(|found| found < OLDEST) {
        bail!("Node.js {} is too old: version {major}.{minor} or newer is needed", said.trim());
    }
    Ok(())
}

/// Major and minor version of what `node --version` says (`v20.19.1`).
fn version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("v20.19.1\n"), Some((20, 19)));
        assert!(version("v20.9.0") < Some(OLDEST));
        assert!(version("v22.1.0") > Some(OLDEST));
        assert_eq!(version("nonsense"), None);
    }
}
