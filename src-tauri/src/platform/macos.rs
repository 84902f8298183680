//! macOS: the menu bar colours icons by itself, and a click on the Dock's icon wants the window back.

use super::{TrayClick, TrayHabits};
use crate::window;
use tauri::{AppHandle, RunEvent, WebviewWindow, image::Image};

/// Where the program's own page is.
pub(crate) const OWN_PAGES: &[&str] = &["tauri://localhost"];

/// A mask that is drawn in the menu bar's colour; a click opens the menu, as in all of the menu bar.
pub(crate) const TRAY: TrayHabits = TrayHabits { icon_is_template: true, click: TrayClick::OpensMenu };

/// The menu bar at the top of the screen; copying and pasting by keyboard come from it.
pub(crate) const MENU_BAR: bool = true;

/// Whether files are opened as soon as they are held over the window. macOS would ask the user whether ECO Desk may look
/// into the folder; a drop says so by itself.
pub(crate) const OPENS_HELD_FILES: bool = false;

/// The tray icon, `marked` where something is unread.
pub(crate) fn tray_icon(marked: bool) -> Image<'static> {
    if marked {
        tauri::include_image!("icons/tray-template-unread.png")
    } else {
        tauri::include_image!("icons/tray-template.png")
    }
}

/// The system takes the name from the bundle.
pub(crate) fn name_program(_name: &str) {}

/// A notification's body; the system takes it for plain text.
pub(crate) async fn notification_body(text: &str) -> String {
    text.to_owned()
}

/// The menu bar is always there.
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

/// Brings the window back after a click on the Dock's icon.
pub(crate) fn on_event(handle: &AppHandle, event: &RunEvent) {
    if let RunEvent::Reopen { .. } = event {
        window::show(handle);
    }
}
