//! An AWS account the user works in: where its credentials come from and whether they work.

mod accounts;
mod profiles;
mod rows;
mod types;

pub use accounts::Accounts;
pub use profiles::ConfigFiles;
pub use types::*;
