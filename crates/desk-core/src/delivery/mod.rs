//! The outbox: everything that changes something at AWS goes through it and is sent exactly once.
//!
//! An entry is a [`Request`] and a [`State`], both whole in its row of desk.db. `machine.rs` tells from a state and an
//! event the next state and what is to be done; `executor.rs` does that, after the state is on disk. So a request
//! whose answer is not known is searched for at AWS by the reference in its text. Where AWS does not list it for long
//! enough, the user decides whether it is sent again, and a High incident goes by itself. `worker.rs` takes up what is due:
//! cases do not wait for each other; within one, everything goes in its order.

mod backoff;
mod case_head;
pub(crate) mod entries;
mod executor;
pub(crate) mod hand_over;
mod held_up;
mod lanes;
pub(crate) mod links;
mod machine;
mod outbox;
mod quota;
pub(crate) mod rating;
mod reconcile;
mod record;
mod request;
mod resolve;
mod retry;
mod state;
mod types;
mod unreadable;
mod worker;

pub use backoff::Backoff;
pub(crate) use backoff::SETTLE;
pub(crate) use case_head::{CaseHead, case_head};
pub use hand_over::HandOver;
pub(crate) use held_up::held_up_cases;
pub use outbox::Outbox;
pub use rating::{Rating, STAR_WORDS};
pub(crate) use request::{ReplyRequest, ReportRequest, Request};
pub(crate) use state::State;
pub use state::{ResentBy, SentAgain};
pub use types::*;
