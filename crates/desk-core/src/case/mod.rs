//! An incident as AWS knows it: the mirror of cases and communications, and what is asked of it.

pub(crate) mod author;
mod cases;
mod clauses;
mod correspondence;
mod detail;
pub(crate) mod mirror;
mod rating;
mod rows;
mod types;

pub use cases::Cases;
pub use rating::Rating;
pub use types::*;
