//! Keeps a panic in a callback of the toolkit from ending the program.
//!
//! Menus, windows and dialogs are drawn and answered on the main thread, out of callbacks that the toolkit's C code
//! calls. A panic that unwinds into that code aborts the program; where it comes from a text that is on disk, it would
//! do so at every start.

use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::AppHandle;

/// Runs `work`; `None` where it panicked, which is logged.
pub(crate) fn guarded<T>(what: &'static str, work: impl FnOnce() -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    if done.is_none() {
        tracing::error!(operation = what, "panicked");
    }
    done
}

/// Runs `work` on the main thread, guarded.
///
/// # Errors
/// Where the main thread takes nothing more: the program ends.
pub(crate) fn on_main_thread(
    handle: &AppHandle,
    what: &'static str,
    work: impl FnOnce() + Send + 'static,
) -> tauri::Result<()> {
    handle.run_on_main_thread(move || {
        guarded(what, work);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_where_it_is_guarded() {
        assert_eq!(guarded("a callback", || std::ffi::CString::new("NUL\0").unwrap()), None);
        assert_eq!(guarded("a callback", || 7), Some(7));
    }
}
