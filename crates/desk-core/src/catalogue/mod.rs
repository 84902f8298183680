//! ECO's services, categories and severities, as AWS offers them to an account.

mod cache;
mod severity;
mod types;

pub(crate) use cache::Catalogue;
#[cfg(test)]
pub(crate) use cache::tests::catalogue;
pub use severity::{priority_of, severity_codes, severity_for, target_minutes};
pub use types::*;
