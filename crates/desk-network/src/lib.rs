//! The network: how this computer reaches AWS, the same way for every connection that the program makes.
//!
//! Which proxy leads to a host, which certificates are trusted beside the system's, and where on the way something
//! fails. Everything goes through [`Connector`]: nothing else in the program opens a connection to the outside, so what the
//! test of the connection finds is what happens in use.

mod answer;
mod certificates;
mod connect_error;
mod connector;
mod dial;
mod entered;
mod policy;
mod probe;
mod room;
mod stream;
mod system;
mod tls;
mod trust;
mod tunnel;
mod types;

pub use connect_error::{ConnectError, ConnectErrorKind, Encryption, SignIn};
pub use connector::ConnectorSettings;
pub use connector::{Connector, Environment};
pub use dial::{DialObserver, NoopObserver, dial};
pub use policy::{SystemProxies, SystemProxy};
pub use probe::{Target, TargetRequest};
pub use room::Network;
pub use room::NetworkParts;
pub use stream::Stream;
pub use types::*;
