//! `cargo xtask audit`: asks whether a vulnerability is known in what the program is made of.
//!
//! The answer changes from day to day without a change of the project, so neither `check` nor `test` asks. A database
//! that cannot be reached is a failure: no answer is not a good one.

#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, cargo, npm};
use crate::setup::{self, Tool};
use crate::workspace;

/// Where cargo-deny gets the advisories on Rust packages from, unless it is told of a copy.
const ADVISORIES: &str = "https://github.com/RustSec/advisory-db";

/// Audits the Rust and the npm packages, both even if the first fails. `db` is a Git repository with a copy of the
/// RustSec advisory database; `registry` answers npm's question for advisories instead of npm's own registry.
///
/// # Errors
/// When a vulnerability is known, or a database cannot be reached.
pub(crate) fn run(db: Option<&Path>, registry: Option<&str>) -> Result<()> {
    setup::tool(Tool::CARGO_DENY)?;
    let scratch = tempfile::tempdir().context("no temporary folder can be made")?;
    let mut failed = Vec::new();
    for mut command in [rust_audit(db, scratch.path())?, npm_audit(registry)] {
        if !process::status(&mut command)?.success() {
            failed.push(process::command_line(&command));
        }
    }
    if !failed.is_empty() {
        bail!("a vulnerability is known, or a database could not be asked: `{}`", failed.join("` and `"));
    }
    Ok(())
}

/// cargo-deny on Cargo.lock. It fetches the database each time and fails where it cannot, an old copy or not.
fn rust_audit(db: Option<&Path>, scratch: &Path) -> Result<Command> {
    let mut command = cargo(["deny", "--workspace"]);
    if let Some(db) = db {
        let db = fs::canonicalize(db).with_context(|| format!("there is no {}", db.display()))?;
        if !db.join(".git").exists() && !db.join("HEAD").exists() {
            bail!("{} is no Git repository", db.display());
        }
        // cargo-deny takes no address without a host, so Git is told that the public one is here. What it fetches
        // goes into a folder of its own, not among the user's.
        let address = format!("file://{}", db.display().to_string().replace('\\', "/"));
        command
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", format!("url.{address}.insteadOf"))
            .env("GIT_CONFIG_VALUE_0", ADVISORIES);
        let text =
            fs::read_to_string(workspace::root().join("deny.toml")).context("cannot read deny.toml")?;
        let config = scratch.join("deny.toml");
        fs::write(&config, in_folder(&text, &scratch.join("advisories"))?)
            .context("the temporary folder cannot be written")?;
        command.arg("--config").arg(config);
    }
    command.args(["check", "advisories"]);
    Ok(command)
}

/// The configuration of cargo-deny with another folder for fetched databases.
fn in_folder(config: &str, folder: &Path) -> Result<String> {
    const TABLE: &str = "\n[advisories]\n";
    let Some((before, after)) = config.split_once(TABLE) else { bail!("deny.toml has no [advisories]") };
    // A string of TOML in single quotes has no escapes.
    Ok(format!("{before}{TABLE}db-path = '{}'\n{after}", folder.display()))
}

/// npm on ui/package-lock.json. The options undo what a user's settings may say: offline, npm finds nothing and is
/// content, and what is left out is not asked for.
fn npm_audit(registry: Option<&str>) -> Command {
    let mut command = npm([
        "audit",
        "--package-lock-only",
        "--offline=false",
        "--audit-level=low",
        "--include=dev",
        "--include=optional",
        "--include=peer",
    ]);
    if let Some(registry) = registry {
        command.args(["--registry", registry]);
    }
    command
}
