//! The plain types of an attachment.

use desk_model::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most files that one attachment set holds (AddAttachmentsToSet, AWS Support API Reference).
pub const MAX_FILES: usize = 3;
/// The largest file that an attachment set takes, in bytes (AddAttachmentsToSet: 5 MB).
pub const MAX_FILE_BYTES: u64 = 5 * 1024 * 1024;

/// Names a file of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct FileId(pub String);

/// How far a file of a draft is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum FileState {
    /// Its copy is on disk and will be sent.
    Ready,
    /// It cannot be sent, and why.
    Refused {
        /// What is wrong with it, and what to do.
        problem: Problem,
    },
}

/// A file of a draft. The UI never sees a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftFile {
    /// Its name here.
    pub id: FileId,
    /// Its own file name, as it is sent.
    pub name: String,
    /// Its size in bytes; 0 where it could not be read.
    pub size: u64,
    /// How far it is.
    pub state: FileState,
}
