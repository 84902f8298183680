//! The AWS config files of this computer's user: where they are, and whether they have changed.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Where the AWS config files of this computer's user are.
#[derive(Debug, Clone)]
pub struct ConfigFiles {
    /// Usually `~/.aws/config`.
    pub config: PathBuf,
    /// Usually `~/.aws/credentials`.
    pub credentials: PathBuf,
}

impl ConfigFiles {
    /// The files that the AWS CLI would use: those named by `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`,
    /// else those in `.aws` of the user's folder.
    #[must_use]
    pub fn of_this_user() -> Self {
        let home = std::env::home_dir().unwrap_or_default();
        let place = |variable: &str, name: &str| match std::env::var_os(variable) {
            Some(named) if !named.is_empty() => expand(&home, Path::new(&named)),
            Some(_) | None => home.join(".aws").join(name),
        };
        Self {
            config: place("AWS_CONFIG_FILE", "config"),
            credentials: place("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        }
    }
}

/// `~/x` in the user's folder.
fn expand(home: &Path, path: &Path) -> PathBuf {
    path.strip_prefix("~").map_or_else(|_| path.to_owned(), |rest| home.join(rest))
}

/// What tells one state of both files from another: the time and the size of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::account) struct Snapshot([Option<(SystemTime, u64)>; 2]);

impl Snapshot {
    /// How the files are found now.
    pub(in crate::account) fn of(files: &ConfigFiles) -> Self {
        Self([&files.config, &files.credentials].map(|path| {
            let found = std::fs::metadata(path).ok()?;
            Some((found.modified().ok()?, found.len()))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_stands_for_the_users_folder() {
        let home = Path::new("/home/x");
        assert_eq!(expand(home, Path::new("~/a/config")), Path::new("/home/x/a/config"));
        assert_eq!(expand(home, Path::new("/a/config")), Path::new("/a/config"));
    }

    #[test]
    fn a_file_that_comes_grows_or_goes_is_another_snapshot() {
        let dir = tempfile::tempdir().unwrap();
        let files =
            ConfigFiles { config: dir.path().join("config"), credentials: dir.path().join("credentials") };
        let none = Snapshot::of(&files);
        std::fs::write(&files.config, "[profile a]").unwrap();
        let one = Snapshot::of(&files);
        assert_eq!(one, Snapshot::of(&files));
        std::fs::write(&files.credentials, "[a]").unwrap();
        let both = Snapshot::of(&files);
        std::fs::write(&files.config, "[profile a] # longer").unwrap();
        let longer = Snapshot::of(&files);
        assert!(none != one && one != both && both != longer);
        std::fs::remove_file(&files.config).unwrap();
        std::fs::remove_file(&files.credentials).unwrap();
        assert_eq!(Snapshot::of(&files), none);
    }
}
