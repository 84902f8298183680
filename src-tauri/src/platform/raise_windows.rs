//! The single-instance plugin finds every program of the same log-in; the window of another log-in is on another
//! desktop and cannot be shown on this one.

use std::path::Path;
use tauri::AppHandle;

/// Listens to nobody: no other program can ask for the window.
#[derive(Debug)]
pub(crate) struct ShowListener;

impl ShowListener {
    /// Does nothing.
    pub(crate) fn start(_handle: &AppHandle, _data_dir: &Path) -> Self {
        Self
    }
}

/// Always `false`: the program that has the folder cannot be reached.
pub(crate) fn ask_for_window(_data_dir: &Path) -> bool {
    false
}
