//! Keeps the local mirror equal to AWS: polls, and writes what differs as mirror rows and events.

mod follow;
pub(crate) mod forget;
mod lookup;
mod owner;
mod poll;
mod room;
mod types;

pub use room::{Sync, SyncPace};
pub use types::*;
