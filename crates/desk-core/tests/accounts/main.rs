//! Accounts, over real sockets: signing in, and the connection check.
#![allow(clippy::unwrap_used)]

mod check;
mod office;
