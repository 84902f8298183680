//! Windows tells a program by its window that it has to end, which Tauri turns into the end of its loop.

use tauri::AppHandle;

/// There is nothing to listen to.
pub(crate) fn on_signals(_handle: &AppHandle) {}
