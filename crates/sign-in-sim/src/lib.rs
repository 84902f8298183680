//! A local STS, to test signing in against: it speaks the services' real protocols over a socket, checks signatures,
//! and knows only the keys and roles that it was told of.
//!
//! A request says by its `Host` header which service and Region it was meant for, as it does at AWS, so one address
//! serves all of them. What it does not do: session policies, tags, durations other than one hour, permissions.

mod server;
mod sts;
mod world;

pub use server::Serving;
pub use world::{Keys, Role, SignInSim};
