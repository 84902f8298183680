//! The folder of staged copies: `staging/<sha256>`, each on disk before a row names it.
//!
//! Adding holds the guard for reading until its row is committed; deleting holds it for writing and looks at the
//! rows first. So no copy is deleted that a row names or is about to name.

use super::{MAX_FILE_BYTES, folder, held::Tries, shortcut::is_shortcut};
use crate::{
    draft::Staged,
    opened_file::{OpenedFile, unreadable},
};
use desk_aws::FileBytes;
use desk_model::{Field, Problem, ProblemCode};
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    io::{ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// Everything in a text that reads as the name of a staged copy: 64 hexadecimal digits.
pub(crate) fn digests_in(text: &str) -> impl Iterator<Item = &str> {
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    text.split(move |c: char| !is_digit(c)).filter(|run| run.len() == 64)
}

/// A file of which there is no copy: it cannot be sent, or this computer's own disk failed.
#[derive(Debug)]
pub(super) struct NotStaged {
    /// Its name.
    pub(super) name: String,
    /// Its size where known, else 0.
    pub(super) size: u64,
    /// What is wrong.
    pub(super) problem: Problem,
}

/// Copies an opened file into the folder `into`. The copy and its name are on disk when this returns.
pub(super) fn stage(into: &Path, opened: OpenedFile) -> Result<Staged, NotStaged> {
    let (name, source) = opened.into_parts();
    let not_staged = |size, problem| NotStaged { name: name.clone(), size, problem };
    let refused = |size, message: String| not_staged(size, Problem::field(Field::Files, message));
    let disk = |size, error: std::io::Error| not_staged(size, not_copied(&name, &error));
    let mut source = source.map_err(|error| refused(0, format!("{name} {}", error.words())))?;
    let metadata = source.metadata().map_err(|error| refused(0, format!("{name} {}", unreadable(&error))))?;
    let size = metadata.len();
    if size == 0 {
        return Err(refused(0, empty(&name)));
    }
    if size > MAX_FILE_BYTES {
        return Err(refused(size, too_large(&name)));
    }
    let mut copy =
        tempfile::Builder::new().prefix(".incoming-").tempfile_in(into).map_err(|error| disk(size, error))?;
    let mut digest = Sha256::new();
    let mut copied = 0_u64;
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(refused(0, format!("{name} {}", unreadable(&error)))),
        };
        if copied == 0 && is_shortcut(&name, &buffer[..read]) {
            let message =
                format!("{name} is a shortcut, not the file that it leads to. Add that file itself.");
            return Err(refused(size, message));
        }
        copied += read as u64;
        if copied > MAX_FILE_BYTES {
            return Err(refused(copied, too_large(&name)));
        }
        digest.update(&buffer[..read]);
        copy.write_all(&buffer[..read]).map_err(|error| disk(size, error))?;
    }
    // A log may have grown meanwhile, and its beginning is good; but what has shrunk was cut off or emptied.
    if copied < size {
        return Err(refused(copied, format!("{name} was changed while it was being copied. Add it again.")));
    }
    let sha256 = hex::encode(digest.finalize());
    copy.as_file().sync_all().map_err(|error| disk(size, error))?;
    persist(copy, &into.join(&sha256)).map_err(|error| disk(size, error))?;
    folder::sync(into).map_err(|error| disk(size, error))?;
    Ok(Staged { name, size: copied, sha256 })
}

/// Gives a file that was written its name, also where a file of this name is held by another program for a moment.
pub(super) fn persist(mut file: NamedTempFile, to: &Path) -> std::io::Result<()> {
    let tries = Tries::new();
    loop {
        match file.persist(to) {
            Ok(_) => return Ok(()),
            Err(failed) if tries.again(&failed.error) => file = failed.file,
            Err(failed) => return Err(failed.error),
        }
    }
}

/// Deletes a staged copy.
pub(super) fn delete(path: &Path) -> std::io::Result<()> {
    Tries::new().take(|| fs::remove_file(path))
}

/// Reads a staged copy for sending.
///
/// # Errors
/// Where it is missing or not the bytes that were staged: then nothing may be sent.
pub(super) fn load(folder: &Path, staged: &Staged) -> Result<FileBytes, Problem> {
    let changed = || {
        Problem::field(
            Field::Files,
            format!(
                "The copy of {} on this computer is missing or was changed, so nothing was sent. Edit the message, remove the file and add it again.",
                staged.name
            ),
        )
    };
    let bytes = match Tries::new().take(|| fs::read(folder.join(&staged.sha256))) {
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

/// Why a file that may be fine has no copy.
fn not_copied(name: &str, error: &std::io::Error) -> Problem {
    let message = format!("{name} was not added. {} Remove it here and add it again.", disk_words(error));
    Problem { code: ProblemCode::Storage, ..Problem::field(Field::Files, message) }.retryable()
}

/// Why a file was not written, and what to do.
#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
pub(super) fn to_problem(error: std::io::Error) -> Problem {
    Problem::new(ProblemCode::Storage, format!("{} Then try again.", disk_words(&error))).retryable()
}

fn disk_words(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "The disk of this computer is full. Free some space.".to_owned()
        }
        _ => format!("This computer could not save it: {error}."),
    }
}
