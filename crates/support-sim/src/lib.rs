//! An emulator of the AWS Support API (version 2013-04-15) with ECO, the EDI Cloud Operations team, behind it.
//!
//! One [`Sim`] is one AWS account with a support plan. It has two doors that lead to the same state:
//! [`Sim::serve`] answers over a socket, [`Sim::http_client`] answers the AWS SDK for Rust in process. Both go
//! through [`Sim::handle`], so a test of one says something about the other. The rule of the crate: a client must
//! not be able to tell it from the service, and where AWS documents nothing the README says what was assumed.
//!
//! Time, randomness and faults are passed in ([`Clock`], [`SimBuilder::seed`], [`Faults`]); ECO is played by its
//! pace ([`EcoPace`]) or by the caller's own hand ([`Sim::eco`]).

mod builder;
mod calls;
mod catalog;
mod clock;
mod disk;
mod door_sdk;
mod door_socket;
mod eco;
mod error;
mod faults;
mod handle;
mod ids;
mod model;
mod ops;
mod page_token;
mod seed;
mod sigv4;
mod sim;
mod state;
mod time_text;
mod wire;

pub use builder::{Customer, Plan, SimBuilder};
pub use calls::{Call, Outcome};
pub use catalog::{
    EDI_CATEGORY_CODE, EDI_CATEGORY_NAME, INCIDENT_SERVICE_CODE, REQUEST_SERVICE_CODE, Severity,
};
pub use clock::{Clock, ManualClock};
pub use door_sdk::InProcessClient;
pub use door_socket::Server;
pub use eco::{ByPriority, Eco, EcoError, EcoPace};
pub use error::{SimError, WireError};
pub use faults::{Fault, Faults, On};
pub use handle::Answer;
pub use ids::DisplayId;
pub use model::{CaseStatus, IssueType};
pub use ops::Operation;
pub use sigv4::{Expected, check as check_signature};
pub use sim::{CaseView, CommunicationView, FileView, Sim};
