//! The error type of ECO's operations.

use crate::error::SimError;

/// Why an operator's action failed.
#[derive(Debug, thiserror::Error)]
pub enum EcoError {
    /// There is no such case.
    #[error("there is no case {0}")]
    NoSuchCase(String),
    /// There is no such service.
    #[error("there is no service {0}")]
    NoSuchService(String),
    /// The scenario has no such story.
    #[error("there is no story {wanted:?}; there are: {known}")]
    NoSuchStory {
        /// The requested name.
        wanted: String,
        /// The available names.
        known: String,
    },
    /// The scenario has no such alarm.
    #[error("there is no alarm {wanted:?}; there are: {known}")]
    NoSuchAlarm {
        /// The requested name.
        wanted: String,
        /// The available names.
        known: String,
    },
    /// There is no such event.
    #[error("there is no event {0}")]
    NoSuchEvent(u64),
    /// There is no such chat or call.
    #[error("there is no chat or call {0}")]
    NoSuchContact(u64),
    /// A communication is 1 to 8000 characters long.
    #[error("a communication is 1 to 8000 characters long, not {0}")]
    BadLength(usize),
    /// It cannot be done as things stand.
    #[error("{0}")]
    Refused(String),
    /// It cannot be kept on disk.
    #[error(transparent)]
    Disk(#[from] SimError),
}
