//! The end of the program, in order, whoever asks for it.

use crate::{guard::on_main_thread, platform, state::App};
use tauri::{AppHandle, Manager as _};

/// Ends the program in order, whoever asked.
pub(crate) fn end(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let leaving = handle.clone();
        if on_main_thread(&handle, "leaving the session", move || stop_answering(&leaving)).is_err() {
            tracing::warn!("a start of the program may be answered by this one, which ends");
        }
        handle.state::<App>().shut_down().await;
        handle.exit(0);
    });
}

/// From now on a start of the program is not told to use this one's window: it would get a window that goes away, and
/// then there would be none. It waits for the data folder instead. To be called on the main thread.
pub(crate) fn stop_answering(handle: &AppHandle) {
    tauri_plugin_single_instance::destroy(handle);
    platform::stop_being_asked(&handle.state::<App>().data_dir);
}
