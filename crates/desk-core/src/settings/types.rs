//! The plain types of the settings. A missing member reads as its default, so older files stay readable.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Appearance {
    /// As the operating system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// All settings. They are small and read and written as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Light or dark.
    pub appearance: Appearance,
    /// Whether closing the window keeps the program in the tray.
    pub close_to_tray: bool,
    /// Whether the user has been told once that the program stays in the tray.
    pub told_about_tray: bool,
    /// Seconds between two polls of AWS Support; 15 to 3,600.
    pub poll_seconds: u32,
    /// Notify of ECO's replies and questions.
    pub notify_replies: bool,
    /// Notify of changes of a case's status.
    pub notify_status: bool,
    /// Notify of incidents that ECO opens.
    pub notify_eco_incidents: bool,
    /// No notification is shown until this is switched off again.
    pub notifications_paused: bool,
    /// The user's own address, offered as an additional contact; empty when unknown.
    pub own_email: String,
    /// The Support severity code sent for High where the plan offers it.
    pub severity_high: String,
    /// The Support severity code sent for Medium.
    pub severity_medium: String,
    /// The Support severity code sent for Low.
    pub severity_low: String,
    /// The category code to use instead of the one found by name; empty for by name.
    pub category_code: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            appearance: Appearance::System,
            close_to_tray: true,
            told_about_tray: false,
            poll_seconds: 60,
            notify_replies: true,
            notify_status: true,
            notify_eco_incidents: true,
            notifications_paused: false,
            own_email: String::new(),
            severity_high: "critical".to_owned(),
            severity_medium: "high".to_owned(),
            severity_low: "normal".to_owned(),
            category_code: String::new(),
        }
    }
}
