//! Python's part: AWS's own clients and moto's server, which the tests and benches of support-sim drive.
//!
//! Everything lies in target/python, a virtual environment at the exact versions and hashes of
//! crates/support-sim/tests/python/requirements.txt. The computer's own Python packages are not touched.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, stamp, workspace};

/// The oldest Python that the packages run on: major and minor version.
const OLDEST: (u32, u32) = (3, 10);

/// Makes the virtual environment, when its packages changed or it is not there, and says where its Python is.
///
/// # Errors
/// When Python is missing, too old, or has no `venv` module, or a package cannot be installed.
pub(crate) fn python() -> Result<PathBuf> {
    let folder = workspace::target().join("python");
    let wanted = workspace::root().join("crates/support-sim/tests/python/requirements.txt");
    let inside = program_in(&folder, "python");
    // pip writes programs last, and a Python that was upgraded away leaves a dead link.
    let there = inside.exists() && program_in(&folder, "aws").exists();
    stamp::unless_done("python-packages", &stamp::digest_of(std::slice::from_ref(&wanted))?, there, || {
        let python = installed()?;
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        process::run(process::program(python).args(["-m", "venv"]).arg(&folder))?;
        let mut pip = process::program(&inside);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
        process::run(pip.args(["--only-binary", ":all:", "--require-hashes", "--requirement"]).arg(&wanted))
    })?;
    Ok(inside)
}

/// A program of the virtual environment.
fn program_in(folder: &std::path::Path, name: &str) -> PathBuf {
    if cfg!(windows) {
        // The AWS CLI's script there is a batch file.
        let extension = if name == "aws" { "cmd" } else { "exe" };
        return folder.join("Scripts").join(format!("{name}.{extension}"));
    }
    folder.join("bin").join(name)
}

/// The name of a Python that is new enough.
fn installed() -> Result<&'static str> {
    let (major, minor) = OLDEST;
    for name in ["python3", "python"] {
        let said = process::output(Command::new(name).arg("--version"));
        if said.is_ok_and(|said| version(&said).is_some_and(|found| found >= OLDEST)) {
            return Ok(name);
        }
    }
    bail!(
        "Python {major}.{minor} or newer is missing: the tests of support-sim drive AWS's own clients with it"
    )
}

/// Major and minor version of what `python --version` says (`Python 3.11.2`).
fn version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.trim().strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("Python 3.11.2\n"), Some((3, 11)));
        assert!(version("Python 3.9.18") < Some(OLDEST));
        assert!(version("Python 3.14.0rc1") > Some(OLDEST));
        assert_eq!(version("Python 2.7.18"), Some((2, 7)));
        assert_eq!(version("nonsense"), None);
    }
}
