//! What the user has chosen for this computer.

mod rows;
mod types;

pub use rows::{POLL_SECONDS, SettingsRoom};
pub(crate) use rows::{desk_id, get, kept_files, put, remove};
pub use types::*;
