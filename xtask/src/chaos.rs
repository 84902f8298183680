//! `cargo xtask chaos`: random deeds, faults and kills, and AWS held against what was acknowledged.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, cargo};
use crate::workspace;

/// Builds the program and runs so many seeds.
///
/// # Errors
/// When it cannot be built or started; a seed that fails is told by the exit code.
pub(crate) fn run(seeds: u64, from: u64, verbose: bool) -> Result<ExitCode> {
    process::run(&mut cargo(["build", "--package", "chaos"]))?;
    let mut chaos = process::program(workspace::built("debug", "chaos"));
    chaos.args(["run", "--seeds", &seeds.to_string(), "--from", &from.to_string()]);
    if verbose {
        chaos.arg("--verbose");
    }
    Ok(process::exit_code(process::status(&mut chaos)?))
}
