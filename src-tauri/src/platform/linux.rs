//! Linux: some desktops show no trays, and a window hidden there would be lost; the web view is told how to draw.

use super::{TrayClick, TrayHabits};
use tauri::{AppHandle, RunEvent, WebviewWindow, image::Image};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// An icon in its own colours.
pub(crate) const TRAY: TrayHabits = TrayHabits { icon_is_template: false, click: TrayClick::ShowsWindow };

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

/// Whether a tray icon is seen by anybody.
pub(crate) async fn shows_trays() -> bool {
    let asked = tokio::task::spawn_blocking(|| {
        let answer = zbus::blocking::Connection::session()?.call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus"),
            "NameHasOwner",
            &"org.kde.StatusNotifierWatcher",
        )?;
        answer.body().deserialize::<bool>()
    });
    matches!(asked.await, Ok(Ok(true)))
}

/// Has the processor draw the window. To be called before the page has drawn anything.
///
/// A page of text and forms gains nothing from WebKitGTK's compositor, and it costs: where there is no usable
/// graphics card, a software one is loaded that takes half a second of each start and some 90 MB; with some drivers
/// the window stays blank.
pub(crate) fn draw_plainly(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// The program was started from a terminal or by a launcher that keeps what it says; a dialog needs the display
/// that may be what is missing.
pub(crate) fn show_refusal(_message: &str) {}

/// Tauri's own events are all there are.
pub(crate) fn on_event(_handle: &AppHandle, _event: &RunEvent) {}
