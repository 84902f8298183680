//! The network: proxies, TLS, trusted certificates and the connection test.
//!
//! Every connection to the outside is made with the settings of a [`Connector`], and nothing else in the program opens
//! one; so the connection test sees what happens in use.

mod certificates;
mod connect_error;
mod connector;
mod dial;
mod network;
mod policy;
mod probe;
mod proxy_input;
mod response;
mod stream;
mod system;
mod tls;
mod trust;
mod tunnel;
mod types;

pub use connect_error::{ConnectError, ConnectErrorKind, ProxyAuthError, TlsError};
pub use connector::{Connector, ConnectorSettings, ProxyEnvironment};
pub use dial::{DialObserver, NoopObserver, dial};
pub use network::{Network, NetworkParts};
pub use policy::{SystemProxies, SystemProxy};
pub use probe::{Target, TargetRequest};
pub use stream::Stream;
pub use types::*;
