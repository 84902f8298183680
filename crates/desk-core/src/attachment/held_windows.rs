//! The errors of Windows that mean that another program has the file open.

use std::io;

// "System Error Codes" of the Windows API. ERROR_ACCESS_DENIED is what a rename over a file that is open ends with.
const ERROR_ACCESS_DENIED: i32 = 5;
const ERROR_SHARING_VIOLATION: i32 = 32;
const ERROR_LOCK_VIOLATION: i32 = 33;
const ERROR_DELETE_PENDING: i32 = 303;

/// Whether it may pass as soon as the other program lets go.
pub(super) fn is_held(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error(),
        Some(ERROR_ACCESS_DENIED | ERROR_SHARING_VIOLATION | ERROR_LOCK_VIOLATION | ERROR_DELETE_PENDING)
    )
}
