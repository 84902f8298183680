//! `cargo xtask bundle`: the installers of the system that this runs on, with their checksums, in target/bundle.
//!
//! Signing follows the environment, as Tauri's tool reads it: APPLE_CERTIFICATE, APPLE_API_KEY and their companions;
//! and WINDOWS_CERTIFICATE_THUMBPRINT, a certificate in the user's store.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::setup::{self, Purpose};
use crate::{platform, process, stamp, workspace};

/// Endings of what users install.
const INSTALLERS: [&str; 4] = ["deb", "dmg", "exe", "msi"];

/// A certificate in the user's store of Windows, by its fingerprint.
const THUMBPRINT: &str = "WINDOWS_CERTIFICATE_THUMBPRINT";

/// A signature with a time stamp stays good after its certificate has run out.
const TIME_STAMPS: &str = "http://timestamp.digicert.com";

/// Builds and collects them. `target` is another platform than this one's, such as `universal-apple-darwin`;
/// `debug` takes the development profile, which is quick to build and slow to run; `signed` builds nothing that the
/// system's signing keys are missing for.
///
/// # Errors
/// When a key is missing that is asked for, when the set-up or Tauri's tool fails, or there is no installer at the end.
pub(crate) fn run(target: Option<&str>, debug: bool, signed: bool) -> Result<()> {
    if signed {
        has_keys(platform::SIGNING_KEYS, |name| std::env::var_os(name))?;
    }
    setup::system(Purpose::Build)?;
    setup::packages()?;
    let made = made_in(&workspace::target(), target, debug);
    // What an earlier version left would be collected too.
    remove(&made)?;
    process::run(&mut build(target, debug, |name| std::env::var_os(name)))?;
    let to = workspace::target().join("bundle");
    remove(&to)?;
    fs::create_dir_all(&to).with_context(|| format!("cannot make {}", to.display()))?;
    for line in collect(&made, &to)? {
        println!("{line}");
    }
    println!("in {}", to.display());
    Ok(())
}

/// Whether each variable that names a signing key has a value.
fn has_keys(names: &[&str], variable: impl Fn(&str) -> Option<OsString>) -> Result<()> {
    let missing: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| variable(name).is_none_or(|value| value.to_string_lossy().trim().is_empty()))
        .collect();
    if !missing.is_empty() {
        bail!("installers that must be signed are not built without {}", missing.join(", "));
    }
    Ok(())
}

/// Tauri's tool with what it needs for the installers and, where there are keys, for signing.
fn build(target: Option<&str>, debug: bool, variable: impl Fn(&str) -> Option<OsString>) -> Command {
    let mut build = setup::tauri_cli(["build"]);
    // An empty variable is a secret that is not there, and would be taken for a key.
    for name in [
        "APPLE_CERTIFICATE",
        "APPLE_CERTIFICATE_PASSWORD",
        "APPLE_SIGNING_IDENTITY",
        "APPLE_API_KEY",
        "APPLE_API_ISSUER",
        "APPLE_API_KEY_PATH",
    ] {
        if variable(name).is_some_and(|value| value.is_empty()) {
            build.env_remove(name);
        }
    }
    if let Some(target) = target {
        build.args(["--target", target]);
    }
    if debug {
        build.arg("--debug");
    }
    if let Some(thumbprint) = variable(THUMBPRINT).filter(|value| !value.is_empty()) {
        let windows = serde_json::json!({
            "certificateThumbprint": thumbprint.to_string_lossy(),
            "digestAlgorithm": "sha256",
            "timestampUrl": TIME_STAMPS,
        });
        build.arg("--config").arg(serde_json::json!({ "bundle": { "windows": windows } }).to_string());
    }
    build.args(["--", "--locked"]);
    build
}

/// Where Tauri's tool puts the installers.
fn made_in(cargo_target: &Path, target: Option<&str>, debug: bool) -> PathBuf {
    let of_platform = target.map_or_else(|| cargo_target.to_path_buf(), |target| cargo_target.join(target));
    of_platform.join(if debug { "debug" } else { "release" }).join("bundle")
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Copies the installers, by names without spaces, and writes SHA256SUMS as `sha256sum` does; its lines.
fn collect(from: &Path, to: &Path) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for file in stamp::files_under(from, &[])? {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        // Beside a dmg lies the app that is in it.
        let inside = file.components().any(|part| part.as_os_str().to_string_lossy().ends_with(".app"));
        if inside || !INSTALLERS.contains(&ending) {
            continue;
        }
        let name = name.replace(' ', "-");
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        fs::write(to.join(&name), &bytes).with_context(|| format!("cannot write {name}"))?;
        lines.push(format!("{}  {name}", hex::encode(Sha256::digest(&bytes))));
    }
    if lines.is_empty() {
        bail!("Tauri's tool left no installer in {}", from.display());
    }
    fs::write(to.join("SHA256SUMS"), lines.join("\n") + "\n").context("cannot write SHA256SUMS")?;
    Ok(lines)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn arguments(command: &Command) -> Vec<String> {
        command.get_args().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_signed_build_does_not_begin_without_every_key() {
        let has = |names: &'static [&str]| {
            move |name: &str| {
                names.contains(&name).then(|| OsString::from(if name == "EMPTY" { " " } else { "x" }))
            }
        };
        assert!(has_keys(&["A", "B"], has(&["A", "B"])).is_ok());
        assert!(has_keys(&[], has(&[])).is_ok(), "nothing is signed on this system");
        let refused = has_keys(&["A", "B", "EMPTY"], has(&["A", "EMPTY"])).unwrap_err().to_string();
        assert!(refused.ends_with("without B, EMPTY"), "{refused}");
    }

    #[test]
    fn without_keys_nothing_is_said_of_signing() {
        let command = build(Some("universal-apple-darwin"), false, |_| Some(OsString::new()));
        assert_eq!(arguments(&command), ["build", "--target", "universal-apple-darwin", "--", "--locked"]);
        assert!(command.get_envs().any(|(name, value)| name == "APPLE_CERTIFICATE" && value.is_none()));
    }

    #[test]
    fn a_certificate_of_windows_signs_with_a_time_stamp() {
        let command = build(None, true, |name| (name == THUMBPRINT).then(|| "AB12".into()));
        let arguments = arguments(&command);
        assert_eq!(arguments[..3], ["build", "--debug", "--config"]);
        let config: serde_json::Value = serde_json::from_str(&arguments[3]).unwrap();
        assert_eq!(config["bundle"]["windows"]["certificateThumbprint"], "AB12");
        assert_eq!(config["bundle"]["windows"]["timestampUrl"], TIME_STAMPS);
        assert!(!command.get_envs().any(|(name, value)| name == "APPLE_CERTIFICATE" && value.is_none()));
    }

    #[test]
    fn the_installers_are_collected_with_their_checksums() {
        let made = tempfile::tempdir().unwrap();
        let to = tempfile::tempdir().unwrap();
        for file in ["nsis/ECO Desk_0.1.0_x64-setup.exe", "deb/a/control.tar.gz", "macos/ECO Desk.app/x.exe"]
        {
            let file = made.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "abc").unwrap();
        }
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let line = format!("{sum}  ECO-Desk_0.1.0_x64-setup.exe");
        assert_eq!(collect(made.path(), to.path()).unwrap(), [line.as_str()]);
        assert_eq!(fs::read_to_string(to.path().join("SHA256SUMS")).unwrap(), line + "\n");
        assert_eq!(fs::read_dir(to.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_build_without_an_installer_is_no_success() {
        let empty = tempfile::tempdir().unwrap();
        assert!(collect(empty.path(), empty.path()).unwrap_err().to_string().contains("no installer"));
    }

    #[test]
    fn the_installers_of_another_platform_lie_apart() {
        let cargo = Path::new("t");
        assert_eq!(made_in(cargo, None, false), Path::new("t/release/bundle"));
        assert_eq!(
            made_in(cargo, Some("universal-apple-darwin"), true),
            Path::new("t/universal-apple-darwin/debug/bundle")
        );
    }
}
