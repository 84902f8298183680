//! The desktop's tray: what it shows of the app, and a person who uses its menu.

use serde::Deserialize;

use super::child::Companion;
use super::session::Session;
use super::{eventually, script};

/// What the tray shows; all empty while the app has no item there.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct TrayState {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) label: String,
    pub(crate) tooltip: String,
    /// A hash of the picture; empty when there is none.
    pub(crate) icon_sha256: String,
    pub(crate) menu: Vec<TrayEntry>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct TrayEntry {
    pub(crate) label: String,
    pub(crate) enabled: bool,
    pub(crate) visible: bool,
    pub(crate) checked: bool,
    /// 0 in the menu itself, 1 in a menu below it.
    pub(crate) depth: u32,
}

impl TrayState {
    /// The labels of the menu, without separators.
    pub(crate) fn labels(&self) -> Vec<&str> {
        let seen = self.menu.iter().filter(|entry| entry.visible && !entry.label.is_empty());
        seen.map(|entry| entry.label.as_str()).collect()
    }
}

pub(crate) struct Tray(Companion);

impl Tray {
    pub(super) async fn start(session: &Session) -> Self {
        Self(Companion::start(session.command(script("tray_host.py"))).await)
    }

    /// What it shows now.
    pub(crate) async fn state(&self) -> TrayState {
        let answer = self.0.ask("state").await;
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error} in {answer}"))
    }

    /// Waits until it shows what is wanted; `what` completes "waited in vain for".
    pub(crate) async fn wait(&self, what: &str, is_it: impl Fn(&TrayState) -> bool) -> TrayState {
        eventually(&format!("a tray with {what}"), async || Some(self.state().await).filter(&is_it)).await
    }

    /// Clicks an entry of the menu, once it is there and can be clicked.
    pub(crate) async fn click(&self, label: &str) {
        eventually(&format!("a tray menu with {label:?}"), async || {
            let answer = self.0.ask(&format!("click {label}")).await;
            answer.contains("true").then_some(())
        })
        .await;
    }
}
