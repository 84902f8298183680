//! Windows tells a program by its window that it has to end, which Tauri turns into the end of its loop.

use tauri::AppHandle;

/// There is nothing to listen to.
pub(crate) fn on_signals(_handle: &AppHandle) {}

/// Ends the process at once: Windows ends the other threads first.
pub(crate) fn end_process() -> ! {
    std::process::exit(1)
}
