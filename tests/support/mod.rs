//! What tests of the whole app share: a desktop session of its own for each test, the app's real window
//! driven by WebDriver, and the parts of a desktop that the app talks to (notifications, tray, file manager).
//!
//! The rule: a test sees and does what a person could. Each [`Session`] has its own display, D-Bus, keyring
//! and home, so that tests run side by side; only processes that were started here are ended.
#![allow(dead_code, unused_imports, reason = "each test program uses a part of this")]

mod app;
mod by;
mod child;
pub(crate) mod company;
mod notifications;
mod page;
mod process;
mod session;
pub(crate) mod story;
mod tray;
mod window;

use std::path::PathBuf;
use std::time::Duration;

pub(crate) use app::{App, Stopped};
pub(crate) use by::{By, button, css, link, option, with_text};
pub(crate) use fantoccini::key::Key;
pub(crate) use notifications::{Notification, Notifications};
pub(crate) use page::Appearance;
pub(crate) use session::Session;
pub(crate) use tray::{Tray, TrayEntry, TrayState};

/// How long anything may take on a loaded machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// Between two looks.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Looks until there is something to see, for as long as [`PATIENCE`] lasts.
pub(crate) async fn look_for<T>(mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look().await {
            return Some(seen);
        }
        if tokio::time::Instant::now() > deadline {
            return None;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Waits for something outside the window; `what` completes "waited in vain for".
pub(crate) async fn eventually<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    look_for(look).await.unwrap_or_else(|| panic!("waited in vain for {what}"))
}

/// Where screenshots go: `screenshots` in cargo's target folder.
pub(crate) fn screenshots() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.canonicalize().expect("it was just made")
}

/// One of the scripts beside this file.
fn script(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support")).join(name)
}
