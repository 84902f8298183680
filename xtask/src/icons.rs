//! `cargo xtask icons`: the files that installers, windows and trays want, from the SVG sources in icons/.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{process, setup, workspace};

/// What the bundle names, out of the many that Tauri's tool draws.
const APP: [&str; 6] = ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.icns", "icon.ico"];

/// The tray's marks; each becomes `NAME.png` of 64 pixels, which systems scale down. macOS tints the templates.
const TRAY: [&str; 4] = ["tray", "tray-unread", "tray-template", "tray-template-unread"];

/// Draws all of them anew.
///
/// # Errors
/// When Tauri's tool fails or a file cannot be written.
pub(crate) fn run() -> Result<()> {
    setup::packages()?;
    let icons = workspace::root().join("icons");
    let drawn = tempfile::tempdir().context("cannot make a folder for the drawings")?;
    draw(&icons.join("app.svg"), drawn.path(), &[])?;
    for name in APP {
        copy(&drawn.path().join(name), &icons.join(name))?;
    }
    for name in TRAY {
        let folder = drawn.path().join(name);
        draw(&icons.join(format!("{name}.svg")), &folder, &["--png", "64"])?;
        copy(&folder.join("64x64.png"), &icons.join(format!("{name}.png")))?;
    }
    Ok(())
}

fn draw(source: &Path, folder: &Path, options: &[&str]) -> Result<()> {
    process::run(setup::tauri_cli(["icon"]).arg(source).arg("--output").arg(folder).args(options))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot write {}", to.display())).map(|_| ())
}
