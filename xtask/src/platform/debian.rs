//! System packages. Installed only by root on Debian and its kin; anybody else gets the one line to run.

use std::io::ErrorKind;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup::{ELSEWHERE, Purpose};

/// Debian's names of what the app is built with.
const BUILD: [&str; 6] = [
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
];

/// Debian's names of what lints the workflows: Python for the linter itself, and what it lints their scripts with.
const LINT: [&str; 2] = ["python3-venv", "shellcheck"];

/// Debian's names of what drives the app in a private display, support-sim by AWS's Python clients, and what stands
/// between the core and AWS in its tests: a proxy and a TLS server, neither of which starts a service.
const DRIVE: [&str; 17] = [
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    "libsecret-tools",
    "xdotool",
    "x11-utils",
    "imagemagick",
    "python3-gi",
    "curl",
    "gir1.2-gtk-3.0",
    "openbox",
    "fonts-dejavu-core",
    "tinyproxy-bin",
    "socat",
];

/// Debian's names of what compiles the workspace for Windows and macOS, and runs programs for Windows.
///
/// rustup's own compiler would need the other systems' standard libraries; Debian's newest one brings the sources
/// of its own along and builds them.
const CROSS: [&str; 9] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-clippy",
    "gcc-mingw-w64-x86-64-win32",
    "g++-mingw-w64-x86-64-win32",
    "llvm", // llvm-rc, which tauri-build compiles Windows' resources with
    "wine",
    "wine64",
];

/// The oldest Rust that compiles the workspace: major and minor version.
const OLDEST_RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// Installs what is missing for `purpose`, or says what to run.
///
/// # Errors
/// When packages are missing and cannot be installed from here.
pub(crate) fn packages(purpose: Purpose) -> Result<()> {
    let wanted: Vec<&str> = match purpose {
        Purpose::Build => BUILD.to_vec(),
        Purpose::Lint => BUILD.iter().chain(&LINT).copied().collect(),
        Purpose::Drive => BUILD.iter().chain(&LINT).chain(&DRIVE).copied().collect(),
    };
    match missing(&wanted)? {
        Some(missing) => install(&missing),
        None => without_dpkg(),
    }
}

/// Installs what is missing of the compiler for other systems, or says what to do.
///
/// # Errors
/// When this is no Debian that has it, or it cannot be installed from here.
pub(crate) fn cross_packages() -> Result<()> {
    let Some(missing) = missing(&CROSS)? else { bail!(ELSEWHERE) };
    if missing.contains(&CROSS[0]) {
        if is_root()? {
            process::run(apt().arg("update"))?;
        }
        let policy = process::output(Command::new("apt-cache").args(["policy", CROSS[0]]))?;
        if candidate(&policy).is_none_or(|found| is_older(found, OLDEST_RUST)) {
            bail!(ELSEWHERE);
        }
    }
    install(&missing)?;
    let said = process::output(Command::new("/usr/bin/rustc").arg("--version"))?;
    let found = said.split_whitespace().nth(1).unwrap_or_default();
    if is_older(found, OLDEST_RUST) {
        bail!("Debian's Rust is {found}, {OLDEST_RUST} is needed. {ELSEWHERE}");
    }
    Ok(())
}

/// Those of the wanted packages that are not installed; `None` where packages are not Debian's.
fn missing<'a>(wanted: &[&'a str]) -> Result<Option<Vec<&'a str>>> {
    let query = ["-W", "-f", "${Package} ${db:Status-Status}\n"];
    match Command::new("dpkg-query").args(query).output() {
        Ok(known) => Ok(Some(missing_of(wanted, &String::from_utf8_lossy(&known.stdout)))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context("cannot start dpkg-query"),
    }
}

fn install(missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root()? {
        bail!(
            "system packages are missing; run\n\n  sudo apt-get update && sudo apt-get install -y \
             --no-install-recommends {}\n\nand then this command again",
            missing.join(" ")
        );
    }
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "-y", "--no-install-recommends"]).args(missing))
}

/// The version that `apt-cache policy` would install.
fn candidate(policy: &str) -> Option<&str> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then_some(version)
}

/// Whether the first two numbers of a version are less than those of another; what is no version is older.
fn is_older(version: &str, than: &str) -> bool {
    let numbers = |text: &str| -> Option<(u32, u32)> {
        let mut parts = text.split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    numbers(version) < numbers(than)
}

/// The wanted packages that `dpkg-query`'s lines of name and state do not give as installed.
fn missing_of<'a>(wanted: &[&'a str], known: &str) -> Vec<&'a str> {
    let installed: std::collections::HashSet<&str> =
        known.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    wanted.iter().filter(|name| !installed.contains(*name)).copied().collect()
}

fn apt() -> Command {
    let mut apt = process::program("apt-get");
    // Another package manager that is at work is waited for.
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=400"]);
    apt
}

fn is_root() -> Result<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// Other Linux systems: their names of the packages differ, what pkg-config finds does not.
fn without_dpkg() -> Result<()> {
    let libraries = ["webkit2gtk-4.1", "ayatana-appindicator3-0.1", "librsvg-2.0", "openssl"];
    let found = Command::new("pkg-config").arg("--exists").args(libraries).status();
    let found = found.context("pkg-config is missing; install it and a C compiler first")?;
    if !found.success() {
        bail!(
            "install the development packages of WebKitGTK 4.1, Ayatana AppIndicator 3, librsvg 2 and OpenSSL \
             (pkg-config must find {}), and then run this command again",
            libraries.join(", ")
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_installed_is_missing() {
        let known = "xvfb installed\nxauth config-files\nlibssl-dev installed\n";
        assert_eq!(missing_of(&["xvfb", "xauth", "openbox"], known), ["xauth", "openbox"]);
        assert!(missing_of(&["libssl-dev"], known).is_empty());
    }

    #[test]
    fn a_compiler_that_is_too_old_is_as_good_as_none() {
        let policy =
            "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1~deb12u2\n  Version table:\n";
        let version = candidate(policy).expect("there is one");
        assert!(!is_older(version, "1.95"));
        assert!(is_older("1.85.0", "1.95") && is_older("", "1.95"));
        assert_eq!(candidate("rustc-web:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }
}
