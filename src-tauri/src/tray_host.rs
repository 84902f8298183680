//! Whether the desktop shows trays at all: on Linux some do not, and a window hidden there would be lost.

/// Whether a tray icon is seen by anybody.
#[cfg(target_os = "linux")]
pub(crate) async fn is_there() -> bool {
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

/// Windows and macOS always show it.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn is_there() -> bool {
    true
}
