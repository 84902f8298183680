//! A file of a case is written to this computer: all of it or nothing, marked as one from outside.

use super::{
    folder, origin,
    staging::{persist, to_problem},
};
use desk_model::Problem;
use std::{io::Write as _, path::Path};

/// Writes `bytes`, which came from outside, to `to`, with the system's mark of origin. What lies at `to` is replaced by
/// one rename; a link there is replaced as well, and never followed.
///
/// # Errors
/// Where the folder or the disk does not take the file: `to` is then as it was.
pub(super) fn save(to: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let into = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Made for its user alone, and never executable.
    let mut file = tempfile::Builder::new().prefix(".eco-desk-").tempfile_in(into).map_err(to_problem)?;
    file.write_all(bytes).map_err(to_problem)?;
    file.as_file().sync_all().map_err(to_problem)?;
    // Before the file has its name, so that nobody finds it unmarked. Some file systems cannot hold the mark; the file
    // itself matters more.
    if let Err(error) = origin::mark(file.path()) {
        tracing::warn!(kind = ?error.kind(), "a saved file carries no mark of its origin");
    }
    persist(file, to).map_err(to_problem)?;
    folder::sync(into).map_err(to_problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("saved.txt");
        fs::write(&to, b"old").unwrap();
        save(&to, b"new").unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"new");
        // A folder is not replaced by a file.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(save(&taken, b"new").unwrap_err().retryable);
        let left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            // Wine has no streams: it writes the mark as a file of its own.
            .filter(|name| !name.contains(':'))
            .collect();
        assert_eq!(left.len(), 2, "nothing half is left: {left:?}");
    }

    // Windows lets only some users make links.
    #[cfg(all(test, unix))]
    #[test]
    fn a_link_at_the_place_is_replaced_and_not_followed() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (precious, to) = (folder.path().join("credentials"), folder.path().join("app.log"));
        fs::write(&precious, b"precious").unwrap();
        symlink(&precious, &to).unwrap();
        save(&to, b"from ECO").unwrap();
        assert_eq!(fs::read(&precious).unwrap(), b"precious");
        assert!(fs::symlink_metadata(&to).unwrap().is_file());
        assert_eq!(fs::read(&to).unwrap(), b"from ECO");
        let mode = fs::metadata(&to).unwrap().permissions().mode();
        assert_eq!(mode & 0o177, 0, "for its user alone and not executable: {mode:o}");
    }
}
