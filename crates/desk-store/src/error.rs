//! The error type of the store.

use desk_model::{Problem, ProblemCode};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a database could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the database refused: {}", words_of(.0))]
    Sqlite(#[from] rusqlite::Error),
    /// A value in the database is not what this program wrote.
    #[error("a value in the database cannot be read: {0}")]
    Value(#[from] serde_json::Error),
    /// The file's schema is newer than this program.
    #[error("{0} was written by a newer ECO Desk")]
    Newer(PathBuf),
    /// The schema could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(String),
    /// The data folder cannot be used.
    #[error("the folder {path} cannot be used: {error}")]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Another program has the data folder open.
    #[error("another ECO Desk has the folder {0} open")]
    InUse(PathBuf),
    /// The data folder, or a file in it, can be read and not written.
    #[error("{path} cannot be written: {reason}")]
    ReadOnly {
        /// Which folder or file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The data folder lies on a drive on which no file can be locked.
    #[error("files in the folder {path} cannot be locked: {error}")]
    NoLocks {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The data folder belongs to another backend than the one this program was started for.
    #[error("the folder {path} belongs to {known}, not to {wanted}")]
    OtherBackend {
        /// Which folder.
        path: PathBuf,
        /// The backend that the folder belongs to, in words.
        known: String,
        /// The backend that this program was started for, in words.
        wanted: String,
    },
    /// A backup of `desk.db` is damaged.
    #[error("the backup {0} is damaged")]
    BadBackup(PathBuf),
    /// The program is shutting down.
    #[error("the database is closed")]
    Closed,
    /// A query panicked: a bug in this program.
    #[error("a query panicked")]
    Panicked,
}

impl StoreError {
    /// Whether the database file is corrupt.
    #[must_use]
    pub fn is_corruption(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        matches!(
            error.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
        )
    }

    /// Whether the file itself is to blame: it is corrupt, or not of this program's schema. A mirror is made anew then.
    pub(super) fn is_of_the_file(&self) -> bool {
        match self {
            Self::Newer(_) | Self::Migration(_) | Self::Sqlite(rusqlite::Error::SqlInputError { .. }) => true,
            Self::Sqlite(error) => {
                self.is_corruption() || error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown)
            }
            Self::Value(_)
            | Self::Folder { .. }
            | Self::InUse(_)
            | Self::ReadOnly { .. }
            | Self::NoLocks { .. }
            | Self::OtherBackend { .. }
            | Self::BadBackup(_)
            | Self::Closed
            | Self::Panicked => false,
        }
    }

    /// Returns a code for the log, since SQLite's message may quote what was to be stored.
    #[must_use]
    pub fn cause(&self) -> String {
        match self {
            Self::Sqlite(error) => match error.sqlite_error() {
                Some(error) => format!("sqlite-{}", error.extended_code),
                None => "sqlite".to_owned(),
            },
            Self::Value(_) => "value".to_owned(),
            Self::Newer(_) => "newer".to_owned(),
            Self::Migration(_) => "migration".to_owned(),
            Self::Folder { error, .. } => format!("folder-{:?}", error.kind()),
            Self::InUse(_) => "in-use".to_owned(),
            Self::ReadOnly { .. } => "read-only".to_owned(),
            Self::NoLocks { .. } => "no-locks".to_owned(),
            Self::OtherBackend { .. } => "other-backend".to_owned(),
            Self::BadBackup(_) => "bad-backup".to_owned(),
            Self::Closed => "closed".to_owned(),
            Self::Panicked => "panicked".to_owned(),
        }
    }

    /// Converts the I/O error of a write or creation at `path`.
    pub(super) fn from_write(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::read_only(path, &error)
            }
            _ => Self::Folder { path: path.to_owned(), error },
        }
    }

    /// Creates the error for a `path` that exists and cannot be written.
    pub(super) fn read_only(path: &Path, error: &io::Error) -> Self {
        Self::ReadOnly { path: path.to_owned(), reason: error.to_string() }
    }

    /// Adds the path of the database where SQLite reports that the disk cannot be written.
    pub(super) fn of_file(self, file: &Path) -> Self {
        use rusqlite::ErrorCode;
        match &self {
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(
                    ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::SystemIoFailure,
                ) => Self::ReadOnly { path: file.to_owned(), reason: error.to_string() },
                Some(_) | None => self,
            },
            Self::Value(_)
            | Self::Newer(_)
            | Self::Migration(_)
            | Self::Folder { .. }
            | Self::InUse(_)
            | Self::ReadOnly { .. }
            | Self::NoLocks { .. }
            | Self::OtherBackend { .. }
            | Self::BadBackup(_)
            | Self::Closed
            | Self::Panicked => self,
        }
    }

    /// Whether nothing can be saved because of the disk: it is full or read-only.
    pub(super) fn is_disk_failure(&self) -> bool {
        self.is_full() || matches!(self, Self::ReadOnly { .. })
    }

    /// Whether the disk is full.
    fn is_full(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }
}

/// What SQLite says, without the statement: that may be a whole schema.
fn words_of(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

impl From<&StoreError> for Problem {
    fn from(error: &StoreError) -> Self {
        let message = if error.is_full() {
            "The disk is full, so this could not be saved. Free some space; ECO Desk then goes on.".to_owned()
        } else {
            match error {
                StoreError::Newer(path) => format!(
                    "The data on this computer ({}) was written by a newer ECO Desk, and is left as it is. Update this one, or start the newer one.",
                    path.display()
                ),
                StoreError::Folder { path, error } => {
                    format!("The folder {} cannot be used: {error}. Check that it exists and may be written.", path.display())
                }
                StoreError::InUse(path) => format!(
                    "ECO Desk is already running with the data folder {}: on this screen, in another session of yours, or for another user. Use that one's window, or quit it there first. To work with other data beside it, name another folder with --data-dir.",
                    path.display()
                ),
                StoreError::ReadOnly { path, reason } => format!(
                    "ECO Desk cannot write {} ({reason}). Until it can, nothing is saved or sent and no news arrives; what was saved before is kept. Make the folder and the files in it writable for you, or have the disk checked; then try again.",
                    path.display()
                ),
                StoreError::NoLocks { path, error } => format!(
                    "The data folder {} lies on a drive on which files cannot be locked ({error}), so that two programs could send the same report. Name a folder on a disk of this computer with --data-dir, and copy the files of the old one there.",
                    path.display()
                ),
                StoreError::OtherBackend { path, known, wanted } => format!(
                    "The data folder {} belongs to {known}, and this ECO Desk was started for {wanted}. Nothing was opened or sent. Start it as before, or name another folder with --data-dir.",
                    path.display()
                ),
                StoreError::BadBackup(_) => {
                    "This backup is damaged, so nothing was restored. Choose another one.".to_owned()
                }
                StoreError::Closed => "ECO Desk is shutting down.".to_owned(),
                StoreError::Panicked => "Something went wrong inside ECO Desk. What was saved before is kept.".to_owned(),
                StoreError::Sqlite(_) if error.is_corruption() => {
                    "Some of ECO Desk's data on this computer is damaged and cannot be read. Restart ECO Desk: it then saves all that can be read, and says what was lost.".to_owned()
                }
                StoreError::Sqlite(_) | StoreError::Value(_) | StoreError::Migration(_) => {
                    format!("The data on this computer could not be read or written ({error}). Restart ECO Desk; if it happens again, check the disk.")
                }
            }
        };
        let problem = Self::new(ProblemCode::Storage, message);
        if error.is_disk_failure() { problem.retryable() } else { problem }
    }
}
