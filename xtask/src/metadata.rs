//! What `cargo metadata` tells of the workspace's own packages.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process::{self, cargo};

/// A package of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Where its `Cargo.toml` is.
    #[serde(default)]
    pub(crate) manifest_path: PathBuf,
    /// What cargo builds of it.
    #[serde(default)]
    pub(crate) targets: Vec<Target>,
    /// What it depends on.
    #[serde(default)]
    pub(crate) dependencies: Vec<Dependency>,
}

/// A library, program, test or example of a package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Target {
    /// Its name.
    pub(crate) name: String,
    /// `lib`, `bin`, `test`, `example`, ...
    pub(crate) kind: Vec<String>,
}

/// A dependency as a manifest declares it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Dependency {
    /// The package's name.
    pub(crate) name: String,
    /// `dev` or `build`; `None` for one that is linked.
    pub(crate) kind: Option<String>,
}

/// The packages of the workspace.
///
/// # Errors
/// When cargo cannot read the manifests.
pub(crate) fn packages() -> Result<Vec<Package>> {
    parse(&process::output(&mut cargo(["metadata", "--no-deps", "--format-version", "1"]))?)
}

/// Reads what `cargo metadata` has printed.
///
/// # Errors
/// When it is not what it was when this was written.
pub(crate) fn parse(text: &str) -> Result<Vec<Package>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let metadata: Metadata = serde_json::from_str(text).context("cargo metadata is not what it was")?;
    Ok(metadata.packages)
}
