//! Unix: the signals that end the program.

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};

/// Waits for Ctrl-C, or for what a service manager sends. Both are caught from the moment on at which this is made,
/// not only once somebody waits.
pub(crate) fn shutdown_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for ctrl-c")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for the end")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
