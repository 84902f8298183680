//! The mark of origin on Windows, the "mark of the web": an alternate data stream that says from which security zone
//! a file came. By it SmartScreen checks programs before they run, and Office opens documents in Protected View.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What the stream holds. Zone 3 is the internet; an address of origin would tell later readers of the file about the case.
const FROM_THE_INTERNET: &str = "[ZoneTransfer]\r\nZoneId=3\r\n";

/// Marks a file as one that came from the internet. The stream moves along when the file is renamed.
///
/// # Errors
/// Where the file system has no alternate data streams (FAT, exFAT, some network shares).
pub(super) fn mark(file: &Path) -> io::Result<()> {
    fs::write(stream(file), FROM_THE_INTERNET)
}

fn stream(file: &Path) -> PathBuf {
    let mut stream = file.as_os_str().to_owned();
    stream.push(":Zone.Identifier");
    stream.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Wine keeps no alternate data streams, so the stream itself is read back only where there are such.
    #[test]
    fn a_saved_file_says_that_it_came_from_the_internet() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.pdf");
        fs::write(&file, b"content").unwrap();
        match mark(&file) {
            Ok(()) => assert_eq!(fs::read_to_string(stream(&file)).unwrap(), FROM_THE_INTERNET),
            Err(error) => assert_ne!(error.kind(), io::ErrorKind::PermissionDenied, "{error}"),
        }
        assert_eq!(fs::read(&file).unwrap(), b"content");
    }
}
