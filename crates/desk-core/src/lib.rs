//! What ECO Desk knows and does, without a window.
//!
//! One folder for each thing that users have a word for; in each, plain types first, then what is done with
//! them. Arrows run one way: every room may use `aws` and `store`, and neither of these knows a room.
//! Nothing here knows Tauri or the UI; the shell calls [`Desk`] and shows what it answers.

#[cfg(test)]
mod never_told;

pub mod account;
pub mod attachment;
pub mod aws;
pub mod backend;
pub mod case;
pub mod change;
pub mod delivery;
pub mod desk;
pub mod field;
pub mod link;
pub mod log;
pub mod network;
pub mod notify;
pub mod problem;
pub mod report;
pub mod settings;
pub mod store;
pub mod suggest;
pub mod sync;
pub mod text;
pub mod time;

pub use backend::Backend;
pub use change::Change;
pub use desk::{Desk, DeskOptions};
pub use field::Field;
pub use problem::{Problem, ProblemCode};
