//! A program that is refused the data folder asks the one that has it to show its window, through a socket in that
//! folder: this works where the two share no session bus, and nobody but the folder's user can reach it.

use crate::{guard::on_main_thread, window};
use std::{
    fs::Permissions,
    io,
    os::unix::{fs::PermissionsExt as _, net::UnixStream},
    path::{Path, PathBuf},
};
use tauri::AppHandle;
use tokio::net::UnixListener;

fn socket(data_dir: &Path) -> PathBuf {
    data_dir.join("show.sock")
}

/// Shows the window whenever it is asked for. To be called by the program that holds the folder's lock.
pub(crate) fn on_asked(handle: &AppHandle, data_dir: &Path) {
    let (handle, path) = (handle.clone(), socket(data_dir));
    tauri::async_runtime::spawn(async move {
        // Some paths are too long for a socket: a second program is then refused without the window coming up.
        if let Err(error) = show_when_asked(&handle, &path).await {
            tracing::warn!(kind = ?error.kind(), "other programs cannot ask for the window");
        }
    });
}

async fn show_when_asked(handle: &AppHandle, path: &Path) -> io::Result<()> {
    // One of a program that was killed: the lock says that there is no other.
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, Permissions::from_mode(0o600))?;
    loop {
        listener.accept().await?;
        let shown = handle.clone();
        // Windows are the main thread's.
        if on_main_thread(handle, "showing the window", move || window::show(&shown)).is_err() {
            // The program ends.
            return Ok(());
        }
    }
}

/// Is found by nobody any more: this program, which holds the folder's lock, ends.
pub(crate) fn stop_being_asked(data_dir: &Path) {
    match std::fs::remove_file(socket(data_dir)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(kind = ?error.kind(), "other programs may still ask for the window");
        }
        Ok(()) | Err(_) => {}
    }
}

/// Asks the program that has the folder open to show its window; answers whether it was there to be asked.
pub(crate) fn ask_for_window(data_dir: &Path) -> bool {
    UnixStream::connect(socket(data_dir)).is_ok()
}
