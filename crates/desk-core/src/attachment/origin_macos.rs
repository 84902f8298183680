//! The mark of origin on macOS: the extended attribute by which Gatekeeper asks before it opens what was downloaded.

use desk_model::Clock;
use std::{io, path::Path};

const QUARANTINE: &str = "com.apple.quarantine";

/// Marks a file as one that was downloaded by this program.
///
/// # Errors
/// Where the file system has no extended attributes.
pub(super) fn mark(file: &Path) -> io::Result<()> {
    xattr::set(file, QUARANTINE, quarantine(Clock::System.now() / 1000).as_bytes())
}

/// The attribute's value: flags (0081: downloaded, not yet opened by the user), the time in seconds since 1970 as
/// hexadecimal digits, the program's name, and no id of a download event.
fn quarantine(seconds: i64) -> String {
    format!("0081;{seconds:08x};ECO Desk;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_is_in_quarantine() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.pdf");
        std::fs::write(&file, b"content").unwrap();
        mark(&file).unwrap();
        let value = String::from_utf8(xattr::get(&file, QUARANTINE).unwrap().unwrap()).unwrap();
        assert!(value.starts_with("0081;") && value.ends_with(";ECO Desk;"), "{value}");
        assert_eq!(quarantine(1_700_000_000), "0081;6553f100;ECO Desk;");
    }
}
