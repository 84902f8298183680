//! What ECO Desk knows and does, without a window.
//!
//! One folder for each thing that users have a word for; in each, plain types first, then what is done with
//! them. Arrows run one way: every room may use `aws` and `store`, and neither of these knows a room.
//! Nothing here knows Tauri or the UI; the shell calls [`Desk`] and shows what it answers.

pub mod account;
pub mod address;
pub mod attachment;
mod backend;
pub mod case;
pub mod delivery;
pub mod desk;
pub mod link;
pub mod log;
pub mod mirror;
pub mod notify;
pub mod report;
pub mod settings;
pub mod suggest;
pub mod sync;

pub use desk::{Desk, DeskOptions};
