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

/// Ends the program in order when the system asks by a signal: at log-out, or from a terminal.
#[cfg(unix)]
pub(crate) fn on_signals(handle: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let handle = handle.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signals) => {
                    signals.recv().await;
                    end(handle);
                }
                Err(error) => tracing::warn!("a signal will end the program at once: {error}"),
            }
        });
    }
}

/// Windows tells a program by its window, which Tauri turns into the end of its loop.
#[cfg(not(unix))]
pub(crate) fn on_signals(_handle: &AppHandle) {}
