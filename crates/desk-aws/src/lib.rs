//! The AWS layer, the only crate that uses the AWS SDK: the client of AWS Support, credential providers, errors, rate
//! limits, links to the console.

mod backend;
mod call;
mod case_options;
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
mod operation;
mod pages;
mod portal;
mod portal_provider;
mod process;
mod records;
mod role;
mod salvage;
mod shell_words;
mod support;
mod transport;

pub use backend::Backend;
pub use config_files::{Profiles, UnreadableFile, is_identifier};
pub use credentials::{
    Provider, fetch, process_of, provider_of_in_process, provider_of_keys, provider_of_profile,
};
pub use endpoint::{CustomEndpoint, Endpoint, InProcessApi};
pub use error::AwsError;
pub use error_kind::{AwsErrorKind, AwsErrorProperties, FailOver, Retry};
pub use hosts::{account_number, canonical_case_id, console_url, portal_console_url, sts_host};
pub use identity::{Caller, caller};
pub use operation::{DryRun, Operation};
pub use pages::Pages;
pub use portal::{CALLBACK, DeviceSignIn, GivenTokens, Polled, Portal, Registration};
pub use portal_provider::{TokenSource, provider_of_portal};
pub use records::*;
pub use role::{MfaSession, RoleToAssume, mfa_serial, provider_of_role, provider_of_session};
pub use support::Support;
pub use transport::AwsTransport;
