//! An incident as screens show it: what AWS has of it, with what this computer has beside that.

mod cases;
mod clauses;
mod correspondence;
mod detail;
pub(crate) mod marks;
mod rows;
mod statuses;
mod types;
mod unlisted;

pub use crate::{
    delivery::Rating,
    mirror::{CaseStatus, Gap, Waiting},
    report::HandOver,
};
pub use cases::Cases;
pub use detail::REOPEN_DAYS;
pub use statuses::{STATUSES, Stage, StatusWords};
pub use types::*;
pub use unlisted::UnlistedMessage;
pub(crate) use unlisted::all as unlisted_messages;
