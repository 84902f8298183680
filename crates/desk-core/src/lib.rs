//! What ECO Desk knows and does, without a window.
//!
//! One folder for each thing that users have a word for; in each, plain types first, then what is done with
//! them. The folders ("rooms") stand in one order, and each imports those below it alone (`xtask/src/rooms.rs`).
//! Nothing here knows Tauri or the UI; the shell calls [`Desk`] and shows what it answers.

pub mod account;
pub mod address;
pub mod attachment;
pub mod case;
mod catalogue;
pub mod delivery;
pub mod desk;
mod draft;
mod file_name;
pub mod link;
pub mod log;
pub mod mirror;
pub mod notify;
mod opened_file;
pub mod report;
pub mod settings;
pub mod suggest;
mod supervise;
pub mod sync;

pub use desk::{Desk, DeskOptions};
