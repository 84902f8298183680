//! The mirror against an emulated AWS Support, through the real SDK: what is read, what is told, what is kept.
#![allow(clippy::unwrap_used)]

mod account;
mod authors;
mod following;
mod gaps;
mod list;
mod news;
mod outlive;
mod outside;
mod trouble;
mod unlisted;
pub(crate) mod world;
