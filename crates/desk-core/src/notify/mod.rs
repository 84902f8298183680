//! Which events are worth a person's attention; not how the operating system shows them.

mod alarm;
mod collect;
mod news;
mod notifier;
mod types;

pub use crate::mirror::EventKind;
pub use alarm::{Alarm, UnlistedAlarm};
pub use notifier::{Due, Notifier};
pub use types::*;
