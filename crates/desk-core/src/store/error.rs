//! How the store fails.

use crate::problem::{Problem, ProblemCode};
use std::path::PathBuf;

/// Why a database could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the database refused: {0}")]
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
        error: std::io::Error,
    },
    /// The program is shutting down.
    #[error("the database is closed")]
    Closed,
    /// A query panicked: a mistake of this program.
    #[error("a query panicked")]
    Panicked,
}

impl StoreError {
    /// Whether the file itself is damaged.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        matches!(
            error.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
        )
    }

    /// What refused, as a code for the log: a database's own words may quote what was to be stored.
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
            Self::Closed => "closed".to_owned(),
            Self::Panicked => "panicked".to_owned(),
        }
    }

    /// Whether the disk is full.
    fn is_full(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let message = if error.is_full() {
            "The disk is full, so this could not be saved. Free some space; ECO Desk then goes on.".to_owned()
        } else {
            match &error {
                StoreError::Newer(_) => {
                    "The data on this computer was written by a newer ECO Desk. Update this one, or start the newer one.".to_owned()
                }
                StoreError::Folder { path, error } => {
                    format!("The folder {} cannot be used: {error}. Check that it exists and may be written.", path.display())
                }
                StoreError::Closed => "ECO Desk is shutting down.".to_owned(),
                StoreError::Panicked => "Something went wrong inside ECO Desk. What was saved before is kept.".to_owned(),
                StoreError::Sqlite(_) | StoreError::Value(_) | StoreError::Migration(_) => {
                    format!("The data on this computer could not be read or written ({error}). Restart ECO Desk; if it happens again, check the disk.")
                }
            }
        };
        let problem = Self::new(ProblemCode::Storage, message);
        if error.is_full() { problem.retryable() } else { problem }
    }
}
