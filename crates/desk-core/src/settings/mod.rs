//! What the user has chosen for this computer.

mod rows;
mod types;

pub use rows::SettingsRoom;
pub use types::*;
