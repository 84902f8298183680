//! What ends the program on Windows.

use anyhow::Context as _;

/// Ctrl-C.
pub(crate) async fn told_to_end() -> anyhow::Result<()> {
    tokio::signal::ctrl_c().await.context("cannot wait for ctrl-c")
}
