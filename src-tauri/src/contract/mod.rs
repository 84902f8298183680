//! The contract with the UI: the declaration of the commands, what is made of it, and what the shell tells.

#[macro_use]
mod declaration;
mod freshness;
pub(crate) mod handlers;
mod permissions;
mod queries;
mod rules;
mod types;
mod typescript;

pub(crate) use types::*;
