//! The data folder: its exclusive lock and its access permissions.
//!
//! The lock is the operating system's, on the file `lock`: it ends with the process however that ends, so a killed
//! program leaves no stale lock behind. An open database of the folder holds the lock until it is closed.

#[cfg_attr(unix, path = "folder/private_unix.rs")]
#[cfg_attr(windows, path = "folder/private_windows.rs")]
mod private;
#[cfg(any(windows, test))]
mod sddl;

use super::{StoreError, backup, missing, rescue, salvage};
use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

pub(crate) use private::create_file;
pub(super) use private::{restrict_file, sync_folder};

/// The file that is locked; it stays empty.
const LOCK: &str = "lock";
/// The folder of the staged copies of files.
const STAGING: &str = "staging";
/// Subfolders whose contents are private too: the store's, the network's, the shell's.
const PRIVATE_FOLDERS: [&str; 5] = [STAGING, backup::FOLDER, "certificates", "logs", "eco"];
/// Prefixes of the names of the store's own files: databases with their companions, and what was set aside.
const PRIVATE_FILES: [&str; 7] = [
    "desk.",
    "cases.",
    missing::SET_ASIDE_PREFIX,
    rescue::SET_ASIDE_PREFIXES[0],
    rescue::SET_ASIDE_PREFIXES[1],
    salvage::SET_ASIDE_PREFIX,
    LOCK,
];

/// Guard: the exclusive lock of a data folder, until it is released or dropped.
#[derive(Debug)]
pub(super) struct FolderLock(Mutex<Option<File>>);

impl FolderLock {
    fn acquire(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(LOCK);
        let file = create_file(&path).map_err(|error| StoreError::read_only(folder, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Mutex::new(Some(file)))),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(folder.to_owned())),
            Err(TryLockError::Error(error)) => Err(StoreError::NoLocks { path: folder.to_owned(), error }),
        }
    }

    /// Releases the lock.
    pub(super) fn release(&self) {
        // Closing the file ends the lock.
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// A locked data folder, whose databases are not open yet.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    pub(super) lock: Arc<FolderLock>,
    /// Notices to show to the user.
    pub(super) notices: Vec<String>,
}

impl DataFolder {
    /// Creates the folder if it is missing, locks it, and removes other users' permissions to what the program keeps in
    /// it.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another program has it open, [`StoreError::ReadOnly`] where it cannot be written,
    /// [`StoreError::NoLocks`] where it lies on a drive without locks.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        private::create_folder(path).map_err(|error| StoreError::from_write(path, error))?;
        let lock = Arc::new(FolderLock::acquire(path)?);
        // An existing lock file can be opened where no new file can be made.
        tempfile::Builder::new()
            .prefix(".writable-")
            .tempfile_in(path)
            .and_then(tempfile::NamedTempFile::close)
            .map_err(|error| StoreError::read_only(path, &error))?;
        let staging = path.join(STAGING);
        private::create_folder(&staging).map_err(|error| StoreError::from_write(&staging, error))?;
        let mut notices = Vec::new();
        if let Err(error) = restrict(path) {
            tracing::warn!(kind = ?error.kind(), "some of the data folder stays readable for others");
            notices.push(format!(
                "ECO Desk could not make all of its data folder {} private ({error}). Other users of this computer may be able to read it. Choose a folder that is yours alone, with --data-dir.",
                path.display()
            ));
        }
        notices.extend(private::exposure_warning(path));
        Ok(Self { path: path.to_owned(), lock, notices })
    }

    /// The path of the folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of the staged copies of files.
    pub(super) fn staging(&self) -> PathBuf {
        self.path.join(STAGING)
    }
}

/// Creates the folder `path` if it is missing and makes it private to the user, recursively. Links are not followed.
///
/// # Errors
/// Where it cannot be made, or the permissions of something in it cannot be changed: the rest is changed all the same.
pub fn private_folder(path: &Path) -> io::Result<()> {
    private::create_folder(path)?;
    restrict_in(path, &|_| true)
}

/// Makes the file `path` private to the user; creates it, empty, if it is missing.
///
/// # Errors
/// Where it cannot be made, or its permissions cannot be changed.
pub fn private_file(path: &Path) -> io::Result<()> {
    drop(create_file(path)?);
    restrict_file(path)
}

/// Makes everything that this program keeps in its data folder private. Whatever else lies there is left alone: a
/// folder named with `--data-dir` may hold the user's own files too.
fn restrict(folder: &Path) -> io::Result<()> {
    restrict_in(folder, &|name| {
        PRIVATE_FOLDERS.contains(&name) || PRIVATE_FILES.iter().any(|ours| name.starts_with(ours))
    })
}

/// Makes the files and folders private whose names `wanted` accepts; returns the first error, after trying all of them.
fn restrict_in(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<()> {
    let mut outcome = Ok(());
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !wanted(&entry.file_name().to_string_lossy()) {
            continue;
        }
        // A link's permissions are those of something else; it is neither a file nor a folder here.
        let kind = entry.file_type()?;
        let corrected = if kind.is_dir() {
            private_folder(&entry.path())
        } else if kind.is_file() {
            restrict_file(&entry.path())
        } else {
            Ok(())
        };
        match corrected {
            // A temporary file may go meanwhile.
            Err(error) if error.kind() != io::ErrorKind::NotFound => outcome = outcome.and(Err(error)),
            Ok(()) | Err(_) => {}
        }
    }
    outcome
}
