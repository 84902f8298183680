//! The network: how this computer reaches AWS, the same way for every connection that the program makes.
//!
//! Which proxy leads to a host, which certificates are trusted beside the system's, and where on the way something
//! fails. Everything goes through [`Line`]: nothing else in the program opens a connection to the outside, so what the
//! test of the connection finds is what happens in use.

mod answer;
mod certificates;
mod dial;
mod entered;
mod line;
mod policy;
mod probe;
mod room;
mod stream;
mod system;
mod tls;
mod trouble;
mod trust;
mod tunnel;
mod types;

pub(crate) use dial::{Nobody, dial};
pub(crate) use line::Current;
pub use line::{Environment, Line};
pub use policy::{SystemProxies, SystemProxy};
pub(crate) use probe::{Target, TargetRequest};
pub use room::Network;
pub(crate) use room::Parts;
pub(crate) use stream::Stream;
pub(crate) use trouble::{Trouble, TroubleKind};
pub use types::*;
