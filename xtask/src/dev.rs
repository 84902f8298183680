//! `cargo xtask dev`: the app with the UI served by Vite, reloaded as one types.

use std::process::ExitCode;

use anyhow::Result;

use crate::process;
use crate::setup::{self, Purpose};

/// Runs until the window is closed. Without arguments of its own the app opens its demo, so that nobody
/// reports to a real ECO by trying something out.
///
/// # Errors
/// When the set-up fails or Tauri's tool cannot be started.
pub(crate) fn run(app_args: &[String]) -> Result<ExitCode> {
    setup::system(Purpose::Build)?;
    setup::packages()?;
    let demo = ["--demo".to_owned()];
    let app_args = if app_args.is_empty() { &demo[..] } else { app_args };
    // Tauri's tool splits twice: its own arguments, cargo's, the app's.
    let mut tauri = setup::tauri_cli(["dev", "--", "--"]);
    Ok(process::exit_code(process::status(tauri.args(app_args))?))
}
