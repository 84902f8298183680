//! The only place that names an AWS SDK type: one client per account, its limits and errors, console links.

mod backend;
mod call;
mod classify;
mod config_files;
mod convert;
mod credentials;
mod endpoint;
mod endpoint_pool;
mod error;
mod error_kind;
mod hosts;
mod http;
mod identity;
mod instant;
mod limit;
mod offers;
mod operation;
mod pages;
mod portal;
mod portal_provider;
mod process;
mod records;
mod role;
mod salvage;
mod support;
mod transport;
mod words;

pub use backend::Backend;
pub use config_files::{Profiles, UnreadableFile, is_identifier};
pub use credentials::{
    Provider, fetch, process_of, provider_of_in_process, provider_of_keys, provider_of_profile,
};
pub use endpoint::{CustomEndpoint, Endpoint, InProcessApi};
pub use error::AwsError;
pub use error_kind::{AwsErrorKind, AwsErrorProperties, FailOver, Retry};
pub use hosts::{account_number, sts_host};
pub use hosts::{canonical_case_id, console_url, portal_console_url};
pub use identity::{Caller, caller};
pub use operation::DryRun;
pub use operation::Operation;
pub use pages::Pages;
pub use portal::{CALLBACK, DeviceSignIn, GivenTokens, Polled, Portal, Registration};
pub use portal_provider::{TokenSource, provider_of_portal};
pub use records::*;
pub use role::{MfaSession, RoleToAssume, mfa_serial, provider_of_role, provider_of_session};
pub use support::Support;
pub use transport::AwsTransport;
