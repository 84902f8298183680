//! Which events are worth a person's attention; not how the operating system shows them.

mod alarm;
mod notifier;
mod types;

pub use alarm::{Alarm, UnlistedAlarm};
pub use notifier::{Due, Notifier};
pub use types::*;
