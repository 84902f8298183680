//! How large the page is drawn: changed in steps, and kept in the data folder for the next window.

use crate::{contract::ZoomStep, state::App, window};
use desk_store::private_file;
use std::path::Path;
use tauri::Manager as _;

/// Percent, from the smallest to the largest. At 200 the narrowest window still has all of the page.
const STEPS: [u16; 11] = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200];
const USUAL: u16 = 100;

/// The file in the data folder; without it the page is drawn as usual.
const FILE: &str = "zoom";

/// The percentage one step from `now`.
fn stepped(now: u16, step: ZoomStep) -> u16 {
    match step {
        ZoomStep::Larger => STEPS.into_iter().find(|known| *known > now).unwrap_or(now),
        ZoomStep::Smaller => STEPS.into_iter().rev().find(|known| *known < now).unwrap_or(now),
        ZoomStep::Usual => USUAL,
    }
}

/// What is kept. A file that holds no step counts as none.
fn kept(data_dir: &Path) -> u16 {
    std::fs::read_to_string(data_dir.join(FILE))
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .filter(|percent| STEPS.contains(percent))
        .unwrap_or(USUAL)
}

fn keep(data_dir: &Path, percent: u16) -> std::io::Result<()> {
    let file = data_dir.join(FILE);
    if percent != USUAL {
        private_file(&file)?;
        return std::fs::write(file, percent.to_string());
    }
    match std::fs::remove_file(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// Draws a new window's page as it was left.
pub(crate) fn apply_kept<R: tauri::Runtime>(
    window: &tauri::WebviewWindow<R>,
    data_dir: &Path,
) -> tauri::Result<()> {
    match kept(data_dir) {
        USUAL => Ok(()),
        percent => window.set_zoom(f64::from(percent) / 100.0),
    }
}

/// Draws the page larger or smaller by a step, and says in percent how large it is now.
///
/// # Errors
/// Where the window does not take it.
pub(crate) fn change(app: &App, step: ZoomStep) -> tauri::Result<u16> {
    let mut now = app.window.zoom.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let percent = stepped(now.unwrap_or_else(|| kept(&app.data_dir)), step);
    if let Some(window) = app.handle.get_webview_window(window::MAIN) {
        window.set_zoom(f64::from(percent) / 100.0)?;
    }
    *now = Some(percent);
    if keep(&app.data_dir, percent).is_err() {
        tracing::warn!("the zoom is not kept for the next start");
    }
    Ok(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_up_and_down_to_the_ends_and_back_to_the_usual_size() {
        let mut now = USUAL;
        for expected in [110, 125, 150, 175, 200, 200] {
            now = stepped(now, ZoomStep::Larger);
            assert_eq!(now, expected);
        }
        for expected in [175, 150, 125, 110, 100, 90, 80, 75, 67, 50, 50] {
            now = stepped(now, ZoomStep::Smaller);
            assert_eq!(now, expected);
        }
        assert_eq!(stepped(now, ZoomStep::Usual), USUAL);
    }

    #[test]
    fn the_size_is_kept_and_what_is_no_size_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(kept(folder.path()), USUAL);
        keep(folder.path(), 150).unwrap();
        assert_eq!(kept(folder.path()), 150);
        keep(folder.path(), USUAL).unwrap();
        keep(folder.path(), USUAL).unwrap();
        assert_eq!(kept(folder.path()), USUAL);
        assert!(!folder.path().join(FILE).exists(), "the usual size needs no file");
        for damaged in ["", "9000", "-5", "0", "large"] {
            std::fs::write(folder.path().join(FILE), damaged).unwrap();
            assert_eq!(kept(folder.path()), USUAL, "{damaged:?}");
        }
    }
}
