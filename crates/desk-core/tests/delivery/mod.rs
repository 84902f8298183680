//! Drafts, files and the outbox against an emulator of AWS Support in this process, with the real SDK.
#![allow(clippy::unwrap_used)] // A test that panics has said what it has to say.

mod accounts;
mod cuts;
mod decide;
pub(crate) mod desk;
mod drafts;
mod edit;
mod files;
mod found;
mod gateway;
pub(crate) mod harness;
mod lanes;
mod lost;
mod story;
mod trouble;
mod unreadable;
mod upgrade;
