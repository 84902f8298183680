//! The lock files: each package that comes from a registry is named with the hash of what the registry gave.
//!
//! Without it cargo or npm would take whatever the registry serves under that version, today or after it was changed.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::workspace;

/// The registry that packages in Cargo.lock may come from.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks both lock files and names every package without a hash.
///
/// # Errors
/// When there is such a package, or a lock file cannot be read.
pub(crate) fn check() -> Result<()> {
    eprintln!("\n$ lock files");
    let mut breaches = Vec::new();
    for (path, breaches_of) in [
        (workspace::root().join("Cargo.lock"), cargo as fn(&str) -> Result<Vec<String>>),
        (workspace::ui().join("package-lock.json"), npm),
    ] {
        let file = path.strip_prefix(workspace::root()).unwrap_or(&path).display().to_string();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
        let found = breaches_of(&text).with_context(|| format!("{file} is not what it was"))?;
        breaches.extend(found.into_iter().map(|breach| format!("{file}: {breach}")));
    }
    if !breaches.is_empty() {
        bail!("packages are locked without integrity:\n  {}", breaches.join("\n  "));
    }
    Ok(())
}

#[derive(Deserialize)]
struct CargoLock {
    package: Vec<Crate>,
}

#[derive(Deserialize)]
struct Crate {
    name: String,
    version: String,
    /// None for a package of the workspace.
    source: Option<String>,
    checksum: Option<String>,
}

fn cargo(text: &str) -> Result<Vec<String>> {
    let lock: CargoLock = toml::from_str(text)?;
    let mut breaches = Vec::new();
    for Crate { name, version, source, checksum } in lock.package {
        match source.as_deref() {
            None => {}
            Some(CRATES_IO) if checksum.is_some_and(|sum| is_sha256(&sum)) => {}
            Some(CRATES_IO) => breaches.push(format!("{name} {version} has no SHA-256 checksum")),
            Some(source) => breaches.push(format!("{name} {version} comes from {source}")),
        }
    }
    Ok(breaches)
}

/// Whether these are 32 bytes in hexadecimal.
fn is_sha256(sum: &str) -> bool {
    hex::decode(sum).is_ok_and(|bytes| bytes.len() == 32)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NpmLock {
    lockfile_version: u32,
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NpmPackage {
    integrity: Option<String>,
    resolved: Option<String>,
    /// A folder of this project.
    #[serde(default)]
    link: bool,
    /// In the archive of the package that it lies below, whose hash counts for it.
    #[serde(default)]
    in_bundle: bool,
}

fn npm(text: &str) -> Result<Vec<String>> {
    let lock: NpmLock = serde_json::from_str(text)?;
    if lock.lockfile_version != 3 {
        bail!("its version is {}, not 3", lock.lockfile_version);
    }
    let mut breaches = Vec::new();
    // The empty path is the project itself.
    for (path, package) in lock.packages.into_iter().filter(|(path, _)| !path.is_empty()) {
        if package.link || package.in_bundle {
            continue;
        }
        if let Some(from) = package.resolved.filter(|from| !from.starts_with("https://")) {
            breaches.push(format!("{path} comes from {from}"));
        }
        if package.integrity.is_none_or(|hashes| !hashes.split(' ').any(is_sha512)) {
            breaches.push(format!("{path} has no SHA-512 integrity"));
        }
    }
    Ok(breaches)
}

/// Whether this is `sha512-` and 64 bytes in base64, which are 86 digits and two of padding.
fn is_sha512(hash: &str) -> bool {
    let is_digit = |digit: char| digit.is_ascii_alphanumeric() || digit == '+' || digit == '/';
    let digits = hash.strip_prefix("sha512-").and_then(|rest| rest.strip_suffix("=="));
    digits.is_some_and(|digits| digits.len() == 86 && digits.chars().all(is_digit))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_lock_files_as_committed_name_a_hash_for_each_package() {
        check().unwrap();
    }

    #[test]
    fn a_crate_without_a_checksum_or_from_elsewhere_is_refused() {
        let package =
            |name: &str, more: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n{more}\n");
        let from = format!("source = \"{CRATES_IO}\"\n");
        let sum = format!("checksum = \"{}\"\n", "0a".repeat(32));
        let text = [
            "version = 4\n".to_owned(),
            package("ours", ""),
            package("good", &format!("{from}{sum}")),
            package("bare", &from),
            package("short", &format!("{from}checksum = \"0a0a\"\n")),
            package("git", "source = \"git+https://example.com/x?rev=1#0a0a\"\n"),
            package("mirror", &format!("source = \"registry+https://example.com/index\"\n{sum}")),
        ]
        .concat();
        assert_eq!(
            cargo(&text).unwrap(),
            [
                "bare 1.0.0 has no SHA-256 checksum",
                "short 1.0.0 has no SHA-256 checksum",
                "git 1.0.0 comes from git+https://example.com/x?rev=1#0a0a",
                "mirror 1.0.0 comes from registry+https://example.com/index",
            ]
        );
    }

    #[test]
    fn an_npm_package_without_integrity_is_refused_also_an_optional_one_of_another_system() {
        let sha512 = format!("sha512-{}==", "A".repeat(86));
        let text = serde_json::json!({
            "lockfileVersion": 3,
            "packages": {
                "": { "name": "ui" },
                "node_modules/good": { "version": "1.0.0", "integrity": sha512 },
                "node_modules/good/node_modules/inside": { "version": "1.0.0", "inBundle": true },
                "node_modules/ours": { "resolved": "ours", "link": true },
                "node_modules/other-system": { "version": "1.0.0", "optional": true, "os": ["win32"] },
                "node_modules/weak": { "version": "1.0.0", "integrity": "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
                "node_modules/git": { "resolved": "git+ssh://git@example.com/x#0a", "integrity": sha512 },
            },
        });
        assert_eq!(
            npm(&text.to_string()).unwrap(),
            [
                "node_modules/git comes from git+ssh://git@example.com/x#0a",
                "node_modules/other-system has no SHA-512 integrity",
                "node_modules/weak has no SHA-512 integrity",
            ]
        );
        let old = serde_json::json!({ "lockfileVersion": 1, "packages": {} });
        assert!(npm(&old.to_string()).is_err());
    }
}
