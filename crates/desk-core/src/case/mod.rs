//! An incident as AWS knows it: the mirror of cases and communications, and what is asked of it.

pub(crate) mod author;
mod cases;
mod clauses;
mod correspondence;
mod detail;
mod gap;
pub(crate) mod mirror;
mod rating;
mod rows;
mod statuses;
mod types;
mod unlisted;

pub use cases::Cases;
pub use detail::REOPEN_DAYS;
pub use gap::Gap;
pub use rating::{Rating, STAR_WORDS};
pub use statuses::{STATUSES, Stage, StatusWords};
pub use types::*;
pub use unlisted::UnlistedMessage;
pub(crate) use unlisted::all as unlisted_messages;
