//! The outbox: everything that changes something at AWS goes through it and is sent exactly once.
//!
//! Each step is in desk.db before the request that it stands for. A request whose answer is not known is looked for
//! at AWS by the reference in its text, and sent again only after it was not there for long enough. Cases do not wait for
//! each other; within one, everything goes in its order.

mod check;
pub(crate) mod entries;
mod finish;
mod held_up;
mod lanes;
mod outbox;
mod pace;
mod payload;
pub(crate) mod queries;
pub(crate) mod rating;
mod resolve;
mod send;
mod types;
mod verdict;
mod worker;

pub(crate) use held_up::{GRACE_PERIOD, held_up_cases};
pub use outbox::Outbox;
pub use pace::DeliveryPace;
pub(crate) use pace::SETTLE;
pub(crate) use payload::{Payload, ReplyRequest, ReportRequest, Request};
pub use rating::Rating;
pub use types::*;
