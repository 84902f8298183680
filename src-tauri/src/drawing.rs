//! How the web view draws: on Linux without the graphics card.
//!
//! A page of text and forms gains nothing from WebKitGTK's compositor, and it costs: where there is no usable
//! card, a software one is loaded that takes half a second of each start and some 90 MB; with some drivers the
//! window stays blank. On Windows and macOS the web view of the system decides.

use tauri::WebviewWindow;

/// Has the processor draw the window. To be called before the page has drawn anything.
#[cfg(target_os = "linux")]
pub(crate) fn without_compositor(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Nothing to do here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn without_compositor(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
