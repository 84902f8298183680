//! Linux and macOS let a file be renamed, read and deleted whoever has it open.

use std::io;

/// Never.
pub(super) fn is_held(_error: &io::Error) -> bool {
    false
}
