//! What was entered for a report or a reply, kept in desk.db from the first keystroke on.

pub(crate) mod files;
pub(crate) mod rows;
mod text;
mod types;
pub(crate) mod unreadable;

pub(crate) use text::{one_line, plain};
pub use types::*;
