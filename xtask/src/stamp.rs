//! Stamps: skips a step whose input has not changed since it was last done.
//!
//! Stamps are content hashes in target/xtask, so that neither a checkout nor a touched file repeats a step.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::workspace;

/// Does `work` unless it was done for the same `digest` and what it made is `still_there`.
///
/// # Errors
/// Those of `work`, and when the stamp cannot be written.
pub(crate) fn unless_done(
    name: &str,
    digest: &str,
    still_there: bool,
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let folder = workspace::target().join("xtask");
    let stamp = folder.join(format!("{name}.stamp"));
    if still_there && fs::read_to_string(&stamp).is_ok_and(|done| done == digest) {
        return Ok(());
    }
    work()?;
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&stamp, digest))
        .with_context(|| format!("cannot write {}", stamp.display()))
}

/// One hash over the names and contents of files. A file that is missing counts as such.
///
/// # Errors
/// When a file that is there cannot be read.
pub(crate) fn digest_of(files: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.to_string_lossy().as_bytes());
        if file.exists() {
            let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            hash.update((content.len() as u64).to_le_bytes());
            hash.update(&content);
        }
    }
    Ok(hex::encode(hash.finalize()))
}

/// All files under a folder in a fixed order, without the folders named in `skip`.
///
/// # Errors
/// When a folder cannot be listed.
pub(crate) fn files_under(folder: &Path, skip: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        let entries = fs::read_dir(&dir).with_context(|| format!("cannot list {}", dir.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list {}", dir.display()))?;
            let is_dir = entry.file_type()?.is_dir();
            if is_dir && !skip.iter().any(|name| entry.file_name() == *name) {
                open.push(entry.path());
            } else if !is_dir {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_digest_follows_names_and_contents() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("node_modules/x")).unwrap();
        fs::write(dir.path().join("node_modules/x/a"), "no").unwrap();
        fs::write(dir.path().join("b"), "1").unwrap();
        fs::write(dir.path().join("a"), "2").unwrap();
        let files = files_under(dir.path(), &["node_modules"]).unwrap();
        assert_eq!(files, [dir.path().join("a"), dir.path().join("b")]);
        let first = digest_of(&files).unwrap();
        fs::write(dir.path().join("a"), "2").unwrap();
        assert_eq!(digest_of(&files).unwrap(), first, "touching a file changes nothing");
        fs::write(dir.path().join("a"), "3").unwrap();
        assert_ne!(digest_of(&files).unwrap(), first);
        let gone = [dir.path().join("a"), dir.path().join("gone")];
        assert_ne!(digest_of(&gone).unwrap(), digest_of(&gone[..1]).unwrap());
    }
}
