//! The benches of support-sim: each drives the program over its socket, beside another program that does the same.
//!
//! They need no window: a release build of support-sim alone, and AWS's Python clients to write signed requests.

mod client;
pub(super) mod describe;
pub(super) mod load;
mod nginx;
mod program;
mod rows;
pub(super) mod upload;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process::{self, cargo};
use crate::setup;
use crate::workspace;
use client::Client;
use program::Program;

/// Brings in and builds what these benches need.
///
/// # Errors
/// When something cannot be installed or built.
pub(super) fn prepare() -> Result<()> {
    setup::python()?;
    process::run(&mut cargo(["build", "--release", "--package", "support-sim"]))
}

/// One of the Python scripts of this folder, with that Python and without this computer's own AWS set-up.
fn script(name: &str) -> Result<Command> {
    let mut command = process::program(setup::python()?);
    for (key, _) in std::env::vars_os() {
        let key_text = key.to_string_lossy().to_ascii_uppercase();
        if key_text.starts_with("AWS_") || key_text.starts_with("PYTHON") || key_text.ends_with("_PROXY") {
            command.env_remove(&key);
        }
    }
    command.arg(folder().join(name)).env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUNBUFFERED", "1");
    Ok(command)
}

fn folder() -> PathBuf {
    workspace::root().join("xtask/src/bench/sim")
}

/// support-sim with silent ECO and without quotas on a free port, its state in `data` where that is given.
fn support_sim(arguments: &[&str], data: Option<&Path>) -> Result<Program> {
    let mut command = process::program(workspace::built("release", "support-sim"));
    command.args(["--port", "0", "--pace", "off"]).args(arguments);
    if let Some(data) = data {
        command.arg("--data").arg(data);
    }
    let sim = Program::start(&mut command, "listening on ")?;
    // AWS's five calls a second would be all that is measured.
    let (address, body) = (sim.address(), "{\"quotas\":{}}");
    let request = format!(
        "PATCH /_eco/api/account HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    Client::new(address).exchange(request.as_bytes())?;
    Ok(sim)
}
