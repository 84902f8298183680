//! Windows: programs with a window have no terminal.

use super::{TrayClick, TrayHabits};
use tauri::{AppHandle, RunEvent, WebviewWindow, image::Image};

/// Where the program's own page is.
pub(crate) const OWN_PAGES: &[&str] = &["http://tauri.localhost", "https://tauri.localhost"];

/// An icon in its own colours.
pub(crate) const TRAY: TrayHabits = TrayHabits { icon_is_template: false, click: TrayClick::ShowsWindow };

/// Windows has no menu bar for programs.
pub(crate) const MENU_BAR: bool = false;

/// Whether files are opened as soon as they are held over the window. Looking at them asks nobody for anything.
pub(crate) const OPENS_HELD_FILES: bool = true;

/// The tray icon, `marked` where something is unread.
pub(crate) fn tray_icon(marked: bool) -> Image<'static> {
    if marked {
        tauri::include_image!("icons/tray-unread.png")
    } else {
        tauri::include_image!("icons/tray.png")
    }
}

/// The system takes the name from the program's own description.
pub(crate) fn name_program(_name: &str) {}

/// A notification's body; the system takes it for plain text.
pub(crate) async fn notification_body(text: &str) -> String {
    text.to_owned()
}

/// The taskbar always has a tray.
pub(crate) async fn shows_trays() -> bool {
    true
}

/// How to draw, the system's web view decides.
pub(crate) fn draw_plainly(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Says in a message of the system why the program does not start.
pub(crate) fn show_refusal(message: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("ECO Desk")
        .set_description(message)
        .show();
}

/// Tauri's own events are all there are.
pub(crate) fn on_event(_handle: &AppHandle, _event: &RunEvent) {}
