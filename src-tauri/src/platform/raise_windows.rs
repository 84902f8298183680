//! The single-instance plugin finds every program of the same log-in; the window of another log-in is on another
//! desktop and cannot be shown on this one.

use std::path::Path;
use tauri::AppHandle;

/// Does nothing: no other program can ask for the window.
pub(crate) fn on_asked(_handle: &AppHandle, _data_dir: &Path) {}

/// Does nothing: no other program could ask.
pub(crate) fn stop_being_asked(_data_dir: &Path) {}

/// Always `false`: the program that has the folder cannot be reached.
pub(crate) fn ask_for_window(_data_dir: &Path) -> bool {
    false
}
