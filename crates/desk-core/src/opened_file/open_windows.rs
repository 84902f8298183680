//! Opening a file of Windows without following a symbolic link, a junction or a mount point.

use super::OpenError;
use same_file::Handle;
use std::{
    fs::File,
    io,
    os::windows::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::Path,
};

// CreateFileW and "File Attribute Constants" of the Windows API.
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;
const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
const FILE_ATTRIBUTE_REPARSE_POINT: u32 = 0x0400;

/// Opens `path` for reading: itself, not what it leads to. A folder is opened too, so that it can be named as such.
pub(super) fn open(path: &Path) -> Result<File, OpenError> {
    let flags = FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS;
    let file = File::options().read(true).custom_flags(flags).open(path).map_err(OpenError::System)?;
    let metadata = file.metadata().map_err(OpenError::System)?;
    let has_tag = metadata.file_attributes() & FILE_ATTRIBUTE_REPARSE_POINT != 0;
    if has_tag && metadata.is_file() {
        // In the cloud, compressed or deduplicated: its driver gives the content only to a handle of the usual kind.
        content_of(path, file).map_err(OpenError::System)
    } else {
        Ok(file)
    }
}

/// The same file, opened with its driver in between.
fn content_of(path: &Path, file: File) -> io::Result<File> {
    let content = File::open(path)?;
    if Handle::from_file(content.try_clone()?)? == Handle::from_file(file)? {
        Ok(content)
    } else {
        Err(io::Error::other("it was changed while it was being opened"))
    }
}
