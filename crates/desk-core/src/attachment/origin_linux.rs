//! The mark of origin on Linux: there is none that a file manager or a shell looks at. What keeps a downloaded program
//! from running by a double click is that a saved file is never executable.

use std::{io, path::Path};

/// Leaves the file as it is.
#[allow(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(super) fn mark(_file: &Path) -> io::Result<()> {
    Ok(())
}
