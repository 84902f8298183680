//! A simulated company network for tests: a forward proxy, and a TLS inspection with certificates of a private
//! authority that forwards connections to AWS's names to emulators.
//!
//! The program under test needs no special configuration: it connects to AWS's own names and ports.

mod authority;
mod inspection;
mod proxy;

pub use authority::Authority;
pub use inspection::{Inspection, tls};
pub use proxy::{Proxy, ProxyBehavior, Routes};
