//! What ends the program where there are signals.

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};

/// Ctrl-C, or what a service manager sends.
pub(crate) async fn told_to_end() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for the end")?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended.context("cannot wait for ctrl-c"),
        _ = terminate.recv() => Ok(()),
    }
}
