//! The shell: windows, tray, OS notifications, native drops and dialogs, and the commands that the UI calls.
//!
//! No decision lives here. What the product knows and does is in `desk-core`; this crate joins it to the
//! operating system and to the web view, and in the demo to `support-sim`.

#[macro_use]
mod contract;
mod closing;
mod commands;
mod demo;
mod dialogs;
mod drop_target;
mod drops;
mod ending;
mod file_opening;
mod guard;
mod instance;
mod links;
mod logs;
mod menu_bar;
mod news;
mod notifications;
mod options;
mod placement;
mod platform;
mod plugins;
mod start;
mod state;
mod tray;
mod ui;
mod window;
mod zoom;

pub use options::Options;
pub use start::run;
