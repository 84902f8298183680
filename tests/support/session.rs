//! A desktop session of a person who has nothing yet: display, window manager, D-Bus, keyring, home.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use super::child::Companion;
use super::notifications::Notifications;
use super::script;
use super::tray::Tray;

/// What runs in the session for as long as it lasts: it hands out the environment and waits.
const HOLD: &str = r#"env -0 >"$1" && echo READY; read -r _ || true"#;

/// Lives as long as anything of it is held; keeps the data of an app that is started again in it.
pub(crate) struct Session {
    // Declared first, so that it ends before the folder with its files goes.
    _room: Companion,
    environment: Vec<(String, String)>,
    files: tempfile::TempDir,
}

impl Session {
    pub(crate) async fn start() -> Arc<Self> {
        Self::start_on(1440, 1000).await
    }

    /// A session whose screen has this size.
    pub(crate) async fn start_on(width: u32, height: u32) -> Arc<Self> {
        let files = tempfile::tempdir().expect("a temporary folder can be made");
        let list = files.path().join("environment");
        let mut command = Command::new(script("session.sh"));
        command.args(["bash", "-c", HOLD, "hold"]).arg(&list);
        command.env("ECO_DESK_SCREEN", format!("{width}x{height}"));
        let room = Companion::start(command).await;
        let text = std::fs::read_to_string(&list).expect("the session wrote its environment");
        let environment = text
            .split('\0')
            .filter_map(|entry| entry.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        Arc::new(Self { _room: room, environment, files })
    }

    /// A program that runs in this session.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment.iter().map(|(key, value)| (key, value)));
        command
    }

    /// One of the session's environment variables.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.environment.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The person's home.
    pub(crate) fn home(&self) -> PathBuf {
        self.variable("HOME").expect("the session has a home").into()
    }

    /// A folder for the test's own files.
    pub(crate) fn files(&self) -> &Path {
        self.files.path()
    }

    /// A notification server, to be started before the app.
    pub(crate) async fn notifications(&self) -> Notifications {
        Notifications::start(self).await
    }

    /// A notification server that reads markup, to be started before the app.
    pub(crate) async fn notifications_with_markup(&self) -> Notifications {
        Notifications::start_with(self, "body actions body-markup").await
    }

    /// A tray, to be started before the app.
    pub(crate) async fn tray(&self) -> Tray {
        Tray::start(self).await
    }
}
