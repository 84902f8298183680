//! The end of the program, in order, whoever asks for it.

use crate::state::App;
use tauri::{AppHandle, Manager as _};

/// Ends the program in order, whoever asked.
pub(crate) fn end(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        handle.state::<App>().shut_down().await;
        handle.exit(0);
    });
}
