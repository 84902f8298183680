//! Windows: the events that end the program.

use anyhow::Context as _;

/// Waits for Ctrl-C, which is caught from the moment on at which this is made, not only once somebody waits.
pub(crate) fn shutdown_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c().context("cannot wait for ctrl-c")?;
    Ok(async move {
        interrupt.recv().await;
    })
}
