//! The desktop's notifications: what the app sent, and a person who clicks.

use serde::Deserialize;

use super::child::Companion;
use super::session::Session;
use super::{eventually, script};

/// As it arrived at the desktop.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Notification {
    pub(crate) id: u32,
    pub(crate) app: String,
    pub(crate) summary: String,
    pub(crate) body: String,
    /// Key, label, key, label, ...
    pub(crate) actions: Vec<String>,
}

pub(crate) struct Notifications(Companion);

impl Notifications {
    pub(super) async fn start(session: &Session) -> Self {
        Self::start_with(session, "body actions").await
    }

    /// Starts one that says it can do this.
    pub(super) async fn start_with(session: &Session, capabilities: &str) -> Self {
        let mut server = session.command(script("mock_notifications.py"));
        server.env("CAPABILITIES", capabilities);
        Self(Companion::start(server).await)
    }

    /// All that were sent so far.
    pub(crate) fn all(&self) -> Vec<Notification> {
        let lines = self.0.said();
        let lines = lines.iter().filter(|line| line.starts_with('{'));
        lines.map(|line| serde_json::from_str(line).expect("the mock writes JSON")).collect()
    }

    /// The first whose summary or body contains the text.
    pub(crate) async fn wait_for(&self, text: &str) -> Notification {
        eventually(&format!("a notification with {text:?}"), async || {
            self.all().into_iter().find(|sent| sent.summary.contains(text) || sent.body.contains(text))
        })
        .await
    }

    /// Clicks its body.
    pub(crate) fn click(&self, notification: &Notification) {
        self.0.tell(&format!("click {}", notification.id));
    }
}
