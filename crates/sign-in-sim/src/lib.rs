//! Emulators of STS, IAM Identity Center and AWS Sign-In for tests: they speak the services' real protocols over a
//! socket, check signatures, and know only the keys, roles and assignments that the test has added.
//!
//! The `Host` header of a request names the service and Region, as at AWS, so that one address serves all of them. Not
//! emulated: session policies, tags, permissions, and the sign-in page, whose user is signed in already and allows or
//! refuses.

mod login;
mod oidc;
mod portal;
mod server;
mod sts;
mod world;

pub use server::SignInServer;
pub use world::{Assignment, Device, Directory, Keys, Role, SignInSim};
