//! System packages. Installed only by root on Debian and its kin; anybody else gets the one line to run.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Purpose;
use crate::process;

/// Debian's names of what the app is built with.
const BUILD: [&str; 6] = [
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
];

/// Debian's names of what drives the app in a private display, and support-sim by AWS's Python clients.
const DRIVE: [&str; 16] = [
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
    "python3-venv",
    "curl",
    "gir1.2-gtk-3.0",
    "openbox",
    "fonts-dejavu-core",
];

/// Installs what is missing for `purpose`, or says what to run.
///
/// # Errors
/// When packages are missing and cannot be installed from here.
pub(crate) fn packages(purpose: Purpose) -> Result<()> {
    if !cfg!(target_os = "linux") {
        // WebView2 comes with Windows 11 and WebKit with macOS; the README names the compilers.
        return Ok(());
    }
    let wanted: Vec<&str> = match purpose {
        Purpose::Build => BUILD.to_vec(),
        Purpose::Drive => BUILD.iter().chain(&DRIVE).copied().collect(),
    };
    let Ok(known) =
        Command::new("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Status}\n"]).output()
    else {
        return without_dpkg();
    };
    let missing = missing_of(&wanted, &String::from_utf8_lossy(&known.stdout));
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
    process::run(apt().args(["install", "-y", "--no-install-recommends"]).args(&missing))
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
}
