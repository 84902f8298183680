//! What the program is started with.

use clap::Parser;
use std::path::PathBuf;

/// The command line of ECO Desk.
#[derive(Debug, Clone, Parser)]
#[command(name = "eco-desk", version, about = "Report incidents to EDI Cloud Operations and follow them")]
pub struct Options {
    /// Start the demo: a pretended ECO inside this program, with its own data. Nothing leaves the computer.
    #[arg(long)]
    pub demo: bool,
    /// Keep the data in this folder instead of the usual one.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Talk to this address in place of AWS Support, such as a support-sim. A banner says so all the time.
    #[arg(long, value_name = "URL", conflicts_with = "demo")]
    pub support_endpoint: Option<String>,
    /// Ask AWS Support every so many seconds, whatever the settings say.
    #[arg(long, value_name = "SECONDS", hide = true)]
    pub poll_seconds: Option<u64>,
}

impl Options {
    /// Reads the command line; prints the usage and ends the program where it is wrong.
    #[must_use]
    pub fn from_command_line() -> Self {
        Self::parse()
    }
}
