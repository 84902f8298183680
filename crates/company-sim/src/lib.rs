//! A company's network in front of AWS, to test against: a proxy that asks for a password or refuses, and an inspection
//! that decrypts TLS with certificates of the company's own authority and leads each of AWS's names to its emulator.
//!
//! The program under test is told of nothing: it asks for AWS's own names at AWS's own port.

mod authority;
mod inspection;
mod proxy;

pub use authority::Authority;
pub use inspection::{Inspection, tls};
pub use proxy::{Habit, Proxy, Routes};
