//! Drafts, files and the outbox against an emulator of AWS Support in this process, with the real SDK.

mod accounts;
mod cuts;
mod drafts;
mod edit;
mod files;
mod harness;
mod lost;
mod story;
mod trouble;
