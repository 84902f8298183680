//! Keeps the local mirror equal to AWS: polls, and writes what differs as mirror rows and events.

mod follow;
mod owner;
mod poll;
mod room;
mod state;
mod types;

pub use room::{Sync, SyncPace};
pub use types::*;
