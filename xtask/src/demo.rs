//! `cargo xtask demo`: the app in demo mode, on the user's desktop or alone in a private display.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::process::{self, cargo};
use crate::setup::{self, Purpose, Tool};
use crate::{platform, session, workspace};

const NO_DISPLAY: &str = "there is no display to open a window on.

  - On a desktop: run this in a terminal of that desktop.
  - Over SSH: connect with `ssh -X`, or set DISPLAY to an X server that may be used.
  - Without any screen: `cargo xtask demo --headless` does the main job by itself and leaves screenshots.";

/// Builds and opens the demo, or plays its story without a person.
///
/// # Errors
/// When there is no display, or a step before the app fails.
pub(crate) fn run(headless: bool, app_args: &[String]) -> Result<ExitCode> {
    if headless {
        return play_alone();
    }
    if !platform::has_display() {
        bail!(NO_DISPLAY);
    }
    setup::everything_to_build(Purpose::Build)?;
    process::run(&mut cargo(["build", "--package", "eco-desk"]))?;
    let mut app = process::program(workspace::built("debug", "eco-desk"));
    Ok(process::exit_code(process::status(app.arg("--demo").args(app_args))?))
}

/// The test that plays the main story, which drives the real window.
fn play_alone() -> Result<ExitCode> {
    if !platform::HAS_PRIVATE_SESSIONS {
        bail!("--headless needs Linux: only there is a display without a screen");
    }
    setup::everything_to_build(Purpose::Drive)?;
    let driver = setup::tool(Tool::TAURI_DRIVER)?;
    let mut story =
        cargo(["test", "--package", "eco-desk", "--test", "window", "demo::", "--", "--nocapture"]);
    story.env("TAURI_DRIVER", driver);
    let done = process::status(&mut session::inside(story))?;
    println!("\nScreenshots: {}", workspace::target().join("screenshots").display());
    Ok(process::exit_code(done))
}
