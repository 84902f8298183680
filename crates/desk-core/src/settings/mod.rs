//! What the user has chosen for this computer.

mod rows;
mod types;

pub use rows::SettingsRoom;
pub(crate) use rows::desk_id;
pub use types::*;
