//! The one window: opened, hidden into the tray, shown again.

use crate::{contract::Mode, notifications, state::App};
use tauri::{
    AppHandle, Manager as _, Runtime, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent,
    plugin::TauriPlugin,
};
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
    WebviewWindowBuilder::new(handle, MAIN, WebviewUrl::default())
        .title(title(mode))
        .inner_size(1280.0, 832.0)
        .min_inner_size(760.0, 560.0)
        .build()?;
    Ok(())
}

/// Brings the window to the front, wherever it is.
pub(crate) fn show(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(MAIN) else { return };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = result {
            tracing::warn!("the window does not come to the front: {error}");
        }
    }
}

/// Closing the window keeps the program in the tray, where the user wants it so.
pub(crate) fn handle(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let app = window.state::<App>();
    if app.has_ended() {
        return;
    }
    api.prevent_close();
    if !app.closes_to_tray() {
        crate::start::end(window.app_handle().clone());
        return;
    }
    if let Err(error) = window.hide() {
        tracing::warn!("the window does not hide: {error}");
        return;
    }
    if app.must_tell_about_tray() {
        let handle = window.app_handle().clone();
        tauri::async_runtime::spawn(async move { notifications::tell_about_tray(&handle).await });
    }
}
