//! Folders of Windows: its file systems write a name with the file, and there is no call to ask for it.

use std::{io, path::Path};

/// Nothing is to be done.
#[allow(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(super) fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}
