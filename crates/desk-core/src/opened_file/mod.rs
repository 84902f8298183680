//! A dropped or chosen file: opened once, by the path that was named, and used by its handle alone from then on.
//!
//! A path may lead elsewhere a moment later, and a program that offers files may delete them as soon as the drop is
//! answered. Links are not followed: what would be sent under the name of a log could be any file of the user's.

#[cfg_attr(unix, path = "open_unix.rs")]
#[cfg_attr(windows, path = "open_windows.rs")]
mod open;

use crate::file_name::file_name;
use std::{
    fs::File,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// The most files that are opened for one drop. A message takes three; more only use up the handles of this program.
const MOST_AT_ONCE: usize = 20;

/// A dropped or chosen file with its open handle, or with the reason why it has none.
#[derive(Debug)]
pub struct OpenedFile {
    name: String,
    source: Result<File, OpenError>,
}

impl OpenedFile {
    /// Opens the file at `path`. Never waits for another program, and never follows a link in the last part of the path.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        Self { name: file_name(path), source: opened(path) }
    }

    /// Opens the files, but no more than make sense for one message.
    #[must_use]
    pub fn open_all(paths: &[PathBuf]) -> Vec<Self> {
        let opened = paths.iter().take(MOST_AT_ONCE).map(|path| Self::open(path));
        let left_out = paths
            .iter()
            .skip(MOST_AT_ONCE)
            .map(|path| Self { name: file_name(path), source: Err(OpenError::TooMany) });
        opened.chain(left_out).collect()
    }

    /// Whether there is a handle.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.source.is_ok()
    }

    /// The file's own name, without its folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name, and the handle or why there is none.
    pub(crate) fn into_parts(self) -> (String, Result<File, OpenError>) {
        (self.name, self.source)
    }
}

/// Why a file was not opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// A symbolic link, a junction or a mount point.
    Link,
    /// A folder.
    Folder,
    /// A pipe, a socket or a device.
    Special,
    /// It came with too many others.
    TooMany,
    /// The system refused it.
    System(io::Error),
}

impl OpenError {
    /// What is told of it, after the file's name.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Link => {
                "is a link to another file, and links are not followed. Add the file that it leads to."
                    .to_owned()
            }
            Self::Folder => "is a folder. Choose the files in it, or pack it into one file.".to_owned(),
            Self::Special => "is not a file that can be copied.".to_owned(),
            Self::TooMany => {
                format!(
                    "was left out: at most {MOST_AT_ONCE} files are looked at in one go. Add fewer at once."
                )
            }
            Self::System(error) => unreadable(error),
        }
    }
}

/// What is told, after the file's name, where the system did not let it be read.
pub(crate) fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "is no longer there.".to_owned(),
        ErrorKind::PermissionDenied => "cannot be read: you have no permission.".to_owned(),
        _ => format!("cannot be read: {error}."),
    }
}

fn opened(path: &Path) -> Result<File, OpenError> {
    let file = open::open(path)?;
    // Of the handle, not of the path, which may be another file by now.
    let metadata = file.metadata().map_err(OpenError::System)?;
    // On Windows by the tag of the reparse point: a tag that stands for another file. The attribute alone says nothing;
    // files of OneDrive, and compressed or deduplicated ones, have it too.
    if metadata.file_type().is_symlink() {
        Err(OpenError::Link)
    } else if metadata.is_dir() {
        Err(OpenError::Folder)
    } else if metadata.is_file() {
        Ok(file)
    } else {
        Err(OpenError::Special)
    }
}
