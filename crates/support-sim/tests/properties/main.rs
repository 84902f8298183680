//! What holds whatever is done in whatever order: random sequences of operations against a model in this process.
//!
//! A failure shows the shortest sequence that proptest finds, and the seed; `SUPPORT_SIM_SEED=<seed>` repeats it.
#![allow(clippy::unwrap_used)]

mod life;
mod limits;
mod paging;
mod runner;
#[path = "../support/mod.rs"]
mod support;
