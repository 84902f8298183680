//! Linux: some desktops show no trays, and a window hidden there would be lost; the web view is told how to draw.

use super::{TrayClick, TrayHabits};
use std::time::Duration;
use tauri::{AppHandle, RunEvent, WebviewWindow, image::Image};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// Where the program's own page is.
pub(crate) const OWN_PAGES: &[&str] = &["tauri://localhost"];

/// An icon in its own colours.
pub(crate) const TRAY: TrayHabits = TrayHabits { icon_is_template: false, click: TrayClick::ShowsWindow };

/// The desktop has no menu bar for programs.
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

/// What trays and other parts of the desktop call the program; without it they take the file's name.
pub(crate) fn name_program(name: &str) {
    webkit2gtk::glib::set_application_name(name);
}

/// How long the notification server may take to say what it can do.
const CAPABILITIES: Duration = Duration::from_secs(2);

/// A notification's body as the server of this desktop takes it: where it reads markup, text is escaped. A server that
/// does not answer may be one that does.
pub(crate) async fn notification_body(text: &str) -> String {
    let reads_markup = tokio::time::timeout(CAPABILITIES, reads_markup()).await;
    if matches!(reads_markup, Ok(Ok(false))) { text.to_owned() } else { escaped(text) }
}

/// Whether the server says that a body may hold markup (Desktop Notifications Specification, `body-markup`).
async fn reads_markup() -> zbus::Result<bool> {
    let answer = zbus::Connection::session()
        .await?
        .call_method(
            Some("org.freedesktop.Notifications"),
            "/org/freedesktop/Notifications",
            Some("org.freedesktop.Notifications"),
            "GetCapabilities",
            &(),
        )
        .await?;
    let capabilities: Vec<String> = answer.body().deserialize()?;
    Ok(capabilities.iter().any(|capability| capability == "body-markup"))
}

/// Text in place of markup. The specification knows no other entities.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_text_and_no_markup() {
        assert_eq!(
            escaped("<a href=\"https://evil.example\">R&D</a> &amp;"),
            "&lt;a href=\"https://evil.example\"&gt;R&amp;D&lt;/a&gt; &amp;amp;"
        );
    }
}
