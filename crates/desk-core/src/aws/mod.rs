//! The only place that names an AWS SDK type: one client per account, its limits and errors, console links.

mod call;
mod classify;
mod convert;
mod credentials;
mod endpoint;
mod error;
mod http;
mod identity;
mod instant;
mod offers;
mod operation;
mod places;
mod records;
mod support;

pub(crate) use credentials::{Profiles, Provider, provider_of_door, provider_of_keys, provider_of_profile};
pub use endpoint::{Door, Endpoint};
pub use error::{AwsError, AwsErrorKind};
pub(crate) use identity::{Caller, caller};
pub use operation::Operation;
pub(crate) use operation::Specimen;
pub(crate) use places::account_number;
pub use places::{canonical_case_id, console_url};
pub use records::*;
pub use support::Support;
