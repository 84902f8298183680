//! Opening a file of Linux and macOS without following a link and without waiting for a pipe's other end.

use super::OpenError;
use std::{fs::File, os::unix::fs::OpenOptionsExt as _, path::Path};

/// Opens `path` for reading.
pub(super) fn open(path: &Path) -> Result<File, OpenError> {
    // A terminal must not become this program's own by being opened.
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY;
    File::options().read(true).custom_flags(flags).open(path).map_err(|error| match error.raw_os_error() {
        Some(libc::ELOOP) => OpenError::Link,
        // A socket, or a device without a driver.
        Some(libc::ENXIO | libc::ENODEV | libc::EOPNOTSUPP) => OpenError::Special,
        Some(_) | None => OpenError::System(error),
    })
}
