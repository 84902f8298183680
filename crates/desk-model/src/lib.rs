//! The types that all layers of ECO Desk share: ids, priorities, problems, changes, time, texts. No I/O.

mod assert_not_impl;
mod change;
mod field;
mod ids;
mod partition;
mod priority;
mod problem;
mod reference;
mod secret;
pub mod text;
mod time;

pub use change::{Change, Changes};
pub use field::Field;
pub use ids::{AccountId, CaseKey};
pub use partition::Partition;
pub use priority::Priority;
pub use problem::{Problem, ProblemCode};
pub use reference::{Reference, find_reference, has_reference, strip_reference};
pub use secret::Secret;
pub use time::{Clock, DAY, HOUR, MINUTE, Millis};
