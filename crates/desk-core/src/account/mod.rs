//! The AWS accounts that the user works in. Each concern is a type of its own, from low to high:
//!
//! - [`store`] the accounts as rows of desk.db.
//! - [`credentials`] where an account's credentials come from: access keys, roles, MFA sessions, profiles, portals.
//! - [`ownership`] to which AWS account credentials belong.
//! - [`clients`] one client of AWS Support for each account.
//! - [`check`] whether an account's connection works, and what is in the way.
//! - [`sign_in`] sign-ins with IAM Identity Center that are under way.
//! - [`setup`] connects accounts and renews their credentials.
//! - [`config_watch`] starts accounts over when the AWS config files change.
//!
//! [`Accounts`] opens them and joins them for the other rooms.

mod accounts;
mod check;
mod clients;
mod config_watch;
mod credentials;
mod names;
mod ownership;
mod regions;
mod setup;
mod sign_in;
pub(crate) mod store;
mod types;

pub use accounts::Accounts;
pub(crate) use check::Examined;
pub use check::{
    CLOCK_NOTICED, CLOCK_REFUSED, ConnectionCheck, ConnectionChecker, EdiCategory, Identity, Obstacle,
    ObstacleKind, OperationCheck, PURPOSES, Permission, Purpose,
};
pub use credentials::{ConfigFiles, Credentials, HeldKey, HeldKeyId, KeyFiles};
pub use names::{ACCOUNT_COLOURS, PARTITIONS, PartitionWords};
pub use regions::{REGIONS, Region};
pub use setup::{AccountSetup, EnteredKey, KeyEntry, MAX_NAME, ProfileEntry};
pub use sign_in::{PortalAccount, SignInBegun, SignInId, SignInWay, SignIns};
pub use types::*;
