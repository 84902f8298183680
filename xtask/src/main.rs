//! ECO Desk's own commands, run as `cargo xtask COMMAND`.
//!
//! The rule: a fresh machine with Rust and Node.js needs nothing else. Each command first brings in what it
//! lacks, and skips that quickly when nothing is to do.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program")]

mod bench;
mod check;
mod demo;
mod dev;
mod icons;
mod process;
mod rules;
mod session;
mod setup;
mod stamp;
mod test;
mod types;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "ECO Desk's own commands")]
struct Args {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Open ECO Desk beside an ECO that answers
    Demo {
        /// Do the main job in a private display without a person, and leave screenshots
        #[arg(long)]
        headless: bool,
        /// Handed on to the app
        #[arg(last = true)]
        app_args: Vec<String>,
    },
    /// Everything CI runs: set-up, lints, the UI's tests, then all Rust tests
    Test,
    /// Lints only: format, clippy, licences, house rules, the UI's linter and types
    Check,
    /// The app with live reload of the UI, in demo mode unless other arguments are given
    Dev {
        /// Handed on to the app
        #[arg(last = true)]
        app_args: Vec<String>,
    },
    /// Measure, and write the table in docs/BENCHMARKS.md
    Bench {
        /// Which to run; all when none is named
        #[arg(value_parser = bench::names())]
        names: Vec<String>,
        /// Also write the rows as one JSON array
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Only bring in the Python packages that support-sim's tests need, for running those with `cargo test` alone
    Python,
    /// Rewrite the generated TypeScript types of the commands
    Types,
    /// Redraw the PNG, ICO and ICNS files from the SVG sources in icons/
    Icons,
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Task::Demo { headless, app_args } => demo::run(headless, &app_args),
        Task::Test => test::run(),
        Task::Check => check::run().map(|()| ExitCode::SUCCESS),
        Task::Dev { app_args } => dev::run(&app_args),
        Task::Bench { names, json } => bench::run(&names, json.as_deref()),
        Task::Python => setup::python_alone().map(|()| ExitCode::SUCCESS),
        Task::Types => types::run().map(|()| ExitCode::SUCCESS),
        Task::Icons => icons::run().map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        eprintln!("\nerror: {error:#}");
        process::exit_code_of(&error)
    })
}
