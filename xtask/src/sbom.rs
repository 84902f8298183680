//! `cargo xtask sbom`: what the program is made of, as CycloneDX lists in target/sbom: one of the Rust packages for each
//! platform that is shipped, and one of the UI's packages and what it is built with. They belong to a release.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::metadata;
use crate::process::{self, cargo, npm};
use crate::setup::{self, Tool};
use crate::workspace;

/// The platforms of the installers.
const PLATFORMS: [&str; 4] =
    ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "x86_64-apple-darwin", "aarch64-apple-darwin"];

/// The program's own package.
const PROGRAM: &str = "eco-desk";

/// Writes all lists.
///
/// # Errors
/// When a tool fails, or a list does not name what it must.
pub(crate) fn run() -> Result<()> {
    setup::tool(Tool::CARGO_CYCLONEDX)?;
    let to = workspace::target().join("sbom");
    if to.exists() {
        fs::remove_dir_all(&to).with_context(|| format!("cannot remove {}", to.display()))?;
    }
    fs::create_dir_all(&to).with_context(|| format!("cannot make {}", to.display()))?;
    for platform in PLATFORMS {
        let name = format!("{PROGRAM}-{platform}.cdx");
        keep(&of_rust(platform, &name)?, &["desk-core", "tauri"], &to.join(name + ".json"))?;
    }
    // With what the UI is built with, which npm marks as optional: told to leave it out, npm leaves out React as well.
    let ui = process::output(&mut npm([
        "sbom",
        "--package-lock-only",
        "--sbom-format=cyclonedx",
        "--sbom-type=application",
    ]))?;
    keep(&ui, &["react"], &to.join(format!("{PROGRAM}-ui.cdx.json")))
}

/// The Rust packages in the program for a platform. The tool writes one list beside each package's manifest; only that of
/// the program is kept.
fn of_rust(platform: &str, name: &str) -> Result<String> {
    let mut command = cargo(["cyclonedx", "--format=json", "--spec-version=1.5", "--no-build-deps"]);
    command.args(["--target", platform, "--override-filename", name]);
    process::run(&mut command)?;
    let mut list = None;
    for folder in packages()? {
        let written = folder.join(format!("{name}.json"));
        if !written.exists() {
            continue;
        }
        if folder == workspace::root() {
            let text = fs::read_to_string(&written);
            let text = text.with_context(|| format!("cannot read {}", written.display()))?;
            // Our own packages are known by their place, which is another on each machine.
            list = Some(text.replace(&format!("file://{}", folder.display()), "file://."));
        }
        fs::remove_file(&written).with_context(|| format!("cannot remove {}", written.display()))?;
    }
    list.with_context(|| format!("there is no list for {platform}"))
}

/// The folders with the manifests of the workspace.
fn packages() -> Result<Vec<PathBuf>> {
    let packages = metadata::packages()?;
    Ok(packages.iter().filter_map(|package| Some(package.manifest_path.parent()?.to_owned())).collect())
}

/// Writes a list that names at least these packages, each component with its version.
fn keep(list: &str, must: &[&str], to: &Path) -> Result<()> {
    let read: List = serde_json::from_str(list).with_context(|| format!("{} is no list", to.display()))?;
    for name in must {
        if !read.components.iter().any(|component| component.name == *name && !component.version.is_empty()) {
            bail!("{} does not list {name}", to.display());
        }
    }
    fs::write(to, list).with_context(|| format!("cannot write {}", to.display()))?;
    println!("{}: {} packages", to.display(), read.components.len());
    Ok(())
}

/// What is read of a list.
#[derive(Deserialize)]
struct List {
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct Component {
    name: String,
    version: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_that_does_not_name_what_is_in_the_program_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("list.json");
        let list = r#"{"bomFormat":"CycloneDX","components":[{"name":"tauri","version":"2.12.5"}]}"#;
        keep(list, &["tauri"], &to).unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), list);
        let other = folder.path().join("other.json");
        let refused = keep(list, &["tauri", "desk-core"], &other).unwrap_err().to_string();
        assert!(refused.ends_with("does not list desk-core") && !other.exists(), "{refused}");
        assert!(keep("{}", &[], &other).is_err());
    }
}
