//! The only place that names an AWS SDK type: one client per account, its limits and errors, console links.

mod call;
mod classify;
mod config_files;
mod convert;
mod credentials;
mod endpoint;
mod error;
mod http;
mod identity;
mod instant;
mod limit;
mod offers;
mod operation;
mod pages;
mod places;
mod portal;
mod portal_provider;
mod process;
mod reach;
mod records;
mod role;
mod salvage;
mod standby;
mod support;
mod words;

pub(crate) use config_files::{Profiles, is_identifier};
pub(crate) use credentials::{
    Provider, fetch, process_of, provider_of_door, provider_of_keys, provider_of_profile,
};
pub use endpoint::{CustomEndpoint, Door, Endpoint};
pub use error::{AwsError, AwsErrorKind};
pub(crate) use identity::{Caller, caller};
pub(crate) use operation::DryRun;
pub use operation::Operation;
pub(crate) use pages::Pages;
pub(crate) use places::{account_number, sts_host};
pub use places::{canonical_case_id, console_url, portal_console_url};
pub(crate) use portal::{CALLBACK, DeviceSignIn, GivenTokens, Polled, Portal, Registration};
pub(crate) use portal_provider::{TokenSource, provider_of_portal};
pub use reach::Reach;
pub use records::*;
pub(crate) use role::{MfaSession, mfa_serial, provider_of_role, provider_of_session};
pub use support::Support;
