//! An emulator of the AWS Support API (version 2013-04-15) with ECO, the EDI Cloud Operations team, behind it.
//!
//! One [`Sim`] is one AWS account with a support plan. It has two transports, which share its state:
//! [`Sim::serve`] listens on a socket, [`Sim::http_client`] serves the AWS SDK for Rust in process. Both go
//! through [`Sim::handle`], so a test of one says something about the other. The rule of the crate: a client must
//! not be able to tell it from the service, and where AWS documents nothing the README says what was assumed.
//!
//! Time, randomness and faults are passed in ([`Clock`], [`SimBuilder::seed`], [`Faults`]); ECO is played by its
//! pace ([`EcoPace`]) or by the caller's own hand ([`Sim::eco`]).

mod answer;
mod calls;
mod case_event;
mod catalog;
mod clock;
mod context;
mod control;
mod customer;
mod direction;
mod disk;
mod eco;
mod error;
mod events;
mod faults;
mod files;
mod ids;
mod in_process_client;
mod links;
mod model;
mod operation;
mod ops;
mod options;
mod page_token;
mod plan;
mod policy;
mod quota;
mod redaction;
mod rendered;
mod scenario;
mod seed;
mod server;
mod sigv4;
mod sim;
mod state;
mod time_text;
mod unread;
mod view;
mod wire;

pub use answer::{Answer, AnswerBody};
pub use calls::{Call, Outcome};
pub use case_event::{CaseEvent, CaseEventKind, Origin};
pub use catalog::{
    EDI_CATEGORY_CODE, EDI_CATEGORY_NAME, INCIDENT_SERVICE_CODE, REQUEST_SERVICE_CODE, Severity,
};
pub use clock::{Clock, ClockRate, ManualClock};
pub use customer::Customer;
pub use eco::{ByPriority, EcoError, EcoPace};
pub use error::{SimError, WireError};
pub use events::{EventMix, Events};
pub use faults::{Chance, Edit, Fault, FaultEntry, FaultRule, Faults, NoSuchCall, On};
pub use ids::DisplayId;
pub use in_process_client::InProcessClient;
pub use links::{Link, Transfer, TransferOutcome};
pub use model::{
    CaseStatus, Contact, ContactKind, ContactState, EventState, Finding, IssueType, Line, MonitoringEvent,
    Party,
};
pub use operation::{Action, NotNamed, Operation};
pub use options::{Etags, SigningTime};
pub use plan::Plan;
pub use policy::{Denial, Policy, Who};
pub use quota::Quotas;
pub use scenario::{Scenario, ScenarioError};
pub use server::Server;
pub use sigv4::{Expected, check as check_signature};
pub use sim::{Eco, PlannedStep, Sim, SimBuilder, Transport};
pub use view::{CaseView, CommunicationView, FileView};
