//! A local STS, IAM Identity Center and AWS Sign-In, to test signing in against: they speak the services' real protocols over a
//! socket, check signatures, and know only the keys, roles and assignments that they were told of.
//!
//! A request says by its `Host` header which service and Region it was meant for, as it does at AWS, so one address
//! serves all of them. What it does not do: session policies, tags, permissions, and a page to sign in at: its user is signed in
//! already, and allows or refuses.

mod login;
mod oidc;
mod portal;
mod server;
mod sts;
mod world;

pub use server::Serving;
pub use world::{Assignment, Device, Directory, Keys, Role, SignInSim};
