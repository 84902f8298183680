//! The folder of staged copies: `staging/<sha256>`, each on disk before a row names it.
//!
//! Adding holds the guard for reading until its row is committed; deleting holds it for writing and looks at the
//! rows first. So no copy is deleted that a row names or is about to name.

use super::{MAX_FILE_BYTES, folder, name::file_name};
use crate::{
    aws::FileBytes,
    problem::{Problem, ProblemCode},
};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// A copy in staging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Staged {
    /// The name that it is sent under.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// The digest of its bytes in hexadecimal, and its file name in staging.
    pub(crate) sha256: String,
}

/// Why there is no copy.
#[derive(Debug)]
pub(super) enum NotStaged {
    /// The file cannot be sent: its name, its size where known, and what is wrong with it.
    Refused(String, u64, Problem),
    /// This computer's own disk failed; the file itself may be fine.
    Disk(Problem),
}

/// Copies the file at `path` into the folder `into`. The copy and its name are on disk when this returns.
pub(super) fn stage(into: &Path, path: &Path) -> Result<Staged, NotStaged> {
    let name = file_name(path);
    let refused =
        |size, message: String| NotStaged::Refused(name.clone(), size, Problem::field("files", message));
    let unreadable = |error: &std::io::Error| {
        let message = match error.kind() {
            ErrorKind::NotFound => format!("{name} is no longer there."),
            ErrorKind::PermissionDenied => format!("{name} cannot be read: you have no permission."),
            _ => format!("{name} cannot be read: {error}."),
        };
        refused(0, message)
    };
    // Looked at before it is opened: to open a pipe would wait for somebody to write into it.
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if metadata.is_dir() {
        return Err(refused(
            0,
            format!("{name} is a folder. Choose the files in it, or pack it into one file."),
        ));
    }
    if !metadata.is_file() {
        return Err(refused(0, format!("{name} is not a file that can be copied.")));
    }
    let size = metadata.len();
    if size == 0 {
        return Err(refused(0, empty(&name)));
    }
    if size > MAX_FILE_BYTES {
        return Err(refused(size, too_large(&name)));
    }
    let mut source = File::open(path).map_err(|error| unreadable(&error))?;
    let mut copy = tempfile::Builder::new().prefix(".incoming-").tempfile_in(into).map_err(disk)?;
    let mut digest = Sha256::new();
    let mut copied = 0_u64;
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(&error)),
        };
        copied += read as u64;
        if copied > MAX_FILE_BYTES {
            return Err(refused(copied, too_large(&name)));
        }
        digest.update(&buffer[..read]);
        copy.write_all(&buffer[..read]).map_err(disk)?;
    }
    // A log may have grown meanwhile, and its beginning is good; but what has shrunk was cut off or emptied.
    if copied < size {
        return Err(refused(copied, format!("{name} was changed while it was being copied. Add it again.")));
    }
    let sha256 = hex::encode(digest.finalize());
    copy.as_file().sync_all().map_err(disk)?;
    copy.persist(into.join(&sha256)).map_err(|error| disk(error.error))?;
    folder::sync(into).map_err(disk)?;
    Ok(Staged { name, size: copied, sha256 })
}

/// Reads a staged copy for sending.
///
/// # Errors
/// Where it is missing or not the bytes that were staged: then nothing may be sent.
pub(super) fn load(folder: &Path, staged: &Staged) -> Result<FileBytes, Problem> {
    let changed = || {
        Problem::field(
            "files",
            format!(
                "The copy of {} on this computer is missing or was changed, so nothing was sent. Edit the message, remove the file and add it again.",
                staged.name
            ),
        )
    };
    let bytes = match fs::read(folder.join(&staged.sha256)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(changed()),
        Err(error) => {
            let message = format!("The copy of {} on this computer cannot be read: {error}.", staged.name);
            return Err(Problem::new(ProblemCode::Storage, message).retryable());
        }
    };
    if bytes.len() as u64 != staged.size || hex::encode(Sha256::digest(&bytes)) != staged.sha256 {
        return Err(changed());
    }
    Ok(FileBytes { name: staged.name.clone(), bytes: bytes.into() })
}

/// The names of everything in staging.
pub(super) fn all(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())))
        .collect()
}

fn empty(name: &str) -> String {
    format!("{name} is empty. AWS takes no empty files.")
}

fn too_large(name: &str) -> String {
    format!("{name} is larger than 5 MB. Pack it, or cut out the part that matters.")
}

#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
fn disk(error: std::io::Error) -> NotStaged {
    NotStaged::Disk(to_problem(error))
}

/// Why a file was not written, and what to do.
#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
pub(super) fn to_problem(error: std::io::Error) -> Problem {
    let message = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "The disk is full, so the file could not be saved. Free some space, then try again.".to_owned()
        }
        _ => format!("The file could not be saved: {error}."),
    };
    Problem::new(ProblemCode::Storage, message).retryable()
}
