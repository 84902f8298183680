//! The one window: opened, and brought to the front again.

use crate::{contract::Mode, platform};
use tauri::{AppHandle, Manager as _, Runtime, WebviewUrl, WebviewWindowBuilder, plugin::TauriPlugin};
use tauri_plugin_window_state::StateFlags;

/// The main window's label, as the capability names it.
pub(crate) const MAIN: &str = "main";

/// Remembers where the window was and how large; not whether it was hidden: a start always shows it.
pub(crate) fn state_plugin<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
        .build()
}

/// What the window's frame says.
pub(crate) fn title(mode: Mode) -> &'static str {
    match mode {
        Mode::Real => "ECO Desk",
        Mode::Demo => "ECO Desk (DEMO)",
    }
}

/// Opens the main window.
pub(crate) fn open(handle: &AppHandle, mode: Mode) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(handle, MAIN, WebviewUrl::default())
        .title(title(mode))
        .inner_size(1280.0, 832.0)
        .min_inner_size(760.0, 560.0)
        .build()?;
    platform::draw_plainly(&window)
}

/// Brings the window to the front, wherever it is.
pub(crate) fn show(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(MAIN) else { return };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if result.is_err() {
            tracing::warn!("the window does not come to the front");
        }
    }
}
