//! The system asks a program to end by a signal: at log-out, or from a terminal.

use crate::ending;
use rustix::process::{Signal, getpid, kill_process};
use tauri::AppHandle;
use tokio::signal::unix::{SignalKind, signal};

/// Ends the program in order when a signal asks for it.
pub(crate) fn on_signals(handle: &AppHandle) {
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let handle = handle.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signals) => {
                    signals.recv().await;
                    ending::end(handle);
                }
                Err(error) => tracing::warn!(cause = ?error.kind(), "a signal will end the program at once"),
            }
        });
    }
}

/// Ends the process at once. A usual exit runs handlers of the toolkit's, which may wait for what hangs.
pub(crate) fn end_process() -> ! {
    // Nothing can refuse a process its own end.
    let _ = kill_process(getpid(), Signal::KILL);
    std::process::exit(1)
}
