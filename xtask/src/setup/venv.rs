//! Programs from PyPI, each in an environment of its own below target/, at exact versions and hashes. The
//! computer's own Python packages are not touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{platform, process, stamp, workspace};

/// The oldest Python that will do: major and minor version.
const OLDEST: (u32, u32) = (3, 10);

/// Installs what `requirements` names into target/`name`, unless that was done, and says where `program` is.
///
/// # Errors
/// When Python is missing, too old, or has no `venv` module, or a package cannot be installed.
pub(super) fn program(name: &str, requirements: &Path, program: &str) -> Result<PathBuf> {
    let folder = workspace::target().join(name);
    let python = platform::in_venv(&folder, "python");
    let wanted = platform::in_venv(&folder, program);
    // pip writes programs last, and a Python that was upgraded away leaves a dead link.
    let there = python.exists() && wanted.exists();
    let digest = stamp::digest_of(std::slice::from_ref(&requirements.to_path_buf()))?;
    stamp::unless_done(name, &digest, there, || {
        let installed = installed()?;
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        process::run(process::program(installed).args(["-m", "venv"]).arg(&folder))?;
        let mut pip = process::program(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
        pip.args(["--only-binary", ":all:", "--require-hashes", "--requirement"]).arg(requirements);
        process::run(&mut pip)
    })?;
    Ok(wanted)
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
    bail!("Python {major}.{minor} or newer is missing")
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
        assert_eq!(version("nonsense"), None);
    }
}
