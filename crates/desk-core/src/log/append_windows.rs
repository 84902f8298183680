//! Windows: a new file takes over the access control list of its folder.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// Opens a file to be added to, made where it is missing.
pub(super) fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).append(true).create(true).open(path)
}
