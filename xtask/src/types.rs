//! `cargo xtask types`: writes the TypeScript of the contract with the UI anew.
//!
//! The test that otherwise finds stale types is told to write them, so that the two cannot differ.

use anyhow::Result;

use crate::process::{self, cargo};
use crate::setup::{self, Purpose};

/// Rewrites the committed types.
///
/// # Errors
/// When the app does not compile or a file cannot be written.
pub(crate) fn run() -> Result<()> {
    setup::system(Purpose::Build)?;
    let mut write = cargo(["test", "--package", "eco-desk", "--lib", "contract"]);
    process::run(write.env("ECO_DESK_WRITE_TYPES", "1"))
}
