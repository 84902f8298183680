//! Accounts, over real sockets: signing in, and the connection check.
#![allow(clippy::unwrap_used)]

mod canary;
mod check;
mod expiry;
mod keys;
mod office;
mod other_endpoints;
mod portal;
mod profiles;
mod removing;
