//! Accounts, over real sockets: signing in, and the connection check.
#![allow(clippy::unwrap_used)]

mod canary;
mod check;
mod expiry;
mod keys;
pub(crate) mod office;
mod other_endpoints;
pub(crate) mod portal;
mod profiles;
mod removing;
