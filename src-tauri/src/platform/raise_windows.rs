//! The single-instance plugin finds every program of the same log-in; the window of another log-in is on another
//! desktop, where it cannot be shown to whoever asks.

use std::path::Path;
use tauri::AppHandle;

/// Nobody asks.
pub(crate) fn on_asked(_handle: &AppHandle, _data_dir: &Path) {}

/// Nobody asks.
pub(crate) fn stop_being_asked(_data_dir: &Path) {}

/// There is nobody to be asked.
pub(crate) fn ask_for_window(_data_dir: &Path) -> bool {
    false
}
