//! What the user has chosen for this computer.

mod rows;
mod types;

pub(crate) use rows::desk_id;
pub use rows::{POLL_SECONDS, SettingsRoom};
pub use types::*;
