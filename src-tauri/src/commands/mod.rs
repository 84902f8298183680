//! What each declared command does: asks the desk, and nothing more. One file a room.
//!
//! The functions take the shell's state and the declared arguments; `contract/handlers.rs` makes Tauri's
//! entries of them.

pub(crate) mod account;
pub(crate) mod app;
pub(crate) mod attachment;
pub(crate) mod case;
pub(crate) mod network;
pub(crate) mod outbox;
pub(crate) mod report;
pub(crate) mod settings;
pub(crate) mod storage;
pub(crate) mod sync;
