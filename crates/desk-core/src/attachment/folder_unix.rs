//! Folders of Linux and macOS: a new name in a folder is on disk only when the folder itself is.

use std::{fs::File, io, path::Path};

/// Brings the names in `folder` to the disk.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
