//! Accounts, over real sockets: signing in, and the connection check.
#![allow(clippy::unwrap_used)]

mod check;
mod expiry;
mod office;
mod portal;
mod profiles;
