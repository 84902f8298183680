//! What the cross of the window's frame does: the program goes on in the tray, or ends.

use crate::{ending, notifications, platform, state::App, window};
use desk_core::{notify::Notification, settings::Settings};
use std::time::Duration;
use tauri::{AppHandle, Manager as _, Window, WindowEvent};

/// Handles a wish to close the window, and its end.
pub(crate) fn handle(window: &Window, event: &WindowEvent) {
    let app = window.state::<App>();
    let api = match event {
        WindowEvent::CloseRequested { api, .. } => api,
        WindowEvent::Destroyed => return app.page_gone(),
        _ => return,
    };
    if app.has_ended() {
        return;
    }
    api.prevent_close();
    if !app.closes_to_tray() {
        ending::end(window.app_handle().clone());
        return;
    }
    let window = window.clone();
    tauri::async_runtime::spawn(async move { put_away(&window).await });
}

/// Hides the window into the tray; where there is none, a minimised window is still found by its user.
async fn put_away(window: &Window) {
    let tray = platform::shows_trays().await;
    let away = if tray { window.hide() } else { window.minimize() };
    if away.is_err() {
        tracing::warn!("the window does not go away");
        return;
    }
    let app = window.state::<App>();
    if !tray {
        return;
    }
    if let Some(seconds) = app.options.release_window_after {
        window::release_after(window.app_handle(), Duration::from_secs(seconds));
    }
    if app.must_tell_about_tray() {
        tell_about_tray(window.app_handle()).await;
    }
}

/// Tells, once in this computer's life, that the program goes on in the tray.
async fn tell_about_tray(handle: &AppHandle) {
    let told = Notification::new(
        None,
        "ECO Desk goes on in the tray",
        "It tells you when ECO answers. To end it, choose Quit in its tray menu.",
    );
    notifications::show(handle, &told).await;
    let Ok(desk) = handle.state::<App>().desk().await else { return };
    let noted = match desk.settings.get().await {
        Ok(settings) => desk.settings.save(Settings { told_about_tray: true, ..settings }).await.map(drop),
        Err(error) => Err(error.into()),
    };
    if let Err(problem) = noted {
        tracing::warn!(code = ?problem.code, "it will be told again");
    }
}
