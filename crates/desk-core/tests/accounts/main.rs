//! Accounts, over real sockets: signing in, and the connection check.
#![allow(clippy::unwrap_used)]

mod canary;
mod check;
mod elsewhere;
mod expiry;
mod keys;
mod leaving;
mod office;
mod portal;
mod profiles;
