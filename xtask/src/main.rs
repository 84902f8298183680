//! ECO Desk's own commands, run as `cargo xtask COMMAND`.
//!
//! The rule: a fresh machine with Rust and Node.js needs nothing else. Each command first brings in what it
//! lacks, and skips that quickly when nothing is to do.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program")]

mod audit;
mod bench;
mod bundle;
mod chaos;
mod check;
mod cross;
mod demo;
mod dev;
mod icons;
mod import_cycles;
mod layers;
mod locks;
mod metadata;
mod platform;
mod process;
mod public_types;
mod rooms;
mod rules;
mod sbom;
mod session;
mod setup;
mod side_by_side;
mod stamp;
mod steps;
mod table;
mod tables;
mod test;
mod types;
mod workflows;
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
    /// Set-up, lints, the UI's tests, then all Rust tests
    Test {
        /// Only the core's and the emulator's tests, compiled for this system and run under Wine
        #[arg(long, value_enum)]
        target: Option<cross::Target>,
    },
    /// Lints only: format, clippy, licences, house rules, lock files, workflows, the UI's linter and types
    Check {
        /// Only compile and lint the workspace for these systems, as far as that goes without them
        #[arg(long, value_enum)]
        target: Vec<cross::Target>,
    },
    /// Ask whether vulnerabilities are known in the packages that are used; needs the network
    Audit {
        /// A Git repository with a copy of the RustSec advisory database, instead of the public one
        #[arg(long, value_name = "PATH")]
        db: Option<PathBuf>,
        /// What answers npm's question for advisories, instead of npm's own registry
        #[arg(long, value_name = "URL")]
        registry: Option<String>,
    },
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
    /// Kill the core at random between random deeds and faults, and check that AWS has everything exactly once
    Chaos {
        /// How many rounds
        #[arg(long, default_value_t = 10)]
        seeds: u64,
        /// The first seed
        #[arg(long, default_value_t = 1)]
        from: u64,
        /// Tell each step
        #[arg(long)]
        verbose: bool,
    },
    /// Only bring in the Python packages that support-sim's tests need, for running those with `cargo test` alone
    Python,
    /// The installers of this system with their checksums, in target/bundle
    Bundle {
        /// Another platform than this one's, such as universal-apple-darwin
        #[arg(long, value_name = "TRIPLE")]
        target: Option<String>,
        /// With the development profile: quick to build, slow to run
        #[arg(long)]
        debug: bool,
        /// Refuse to build where this system's signing keys are not in the environment
        #[arg(long)]
        signed: bool,
    },
    /// Lists of all packages in the program and in its UI (CycloneDX), in target/sbom
    Sbom,
    /// Rewrite the generated TypeScript types of the commands
    Types,
    /// Redraw the PNG, ICO and ICNS files from the SVG sources in icons/
    Icons,
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Task::Demo { headless, app_args } => demo::run(headless, &app_args),
        Task::Test { target: None } => test::run(),
        Task::Test { target: Some(target) } => cross::test(target),
        Task::Check { target } if target.is_empty() => check::run().map(|()| ExitCode::SUCCESS),
        Task::Check { target } => cross::check(&target),
        Task::Audit { db, registry } => {
            audit::run(db.as_deref(), registry.as_deref()).map(|()| ExitCode::SUCCESS)
        }
        Task::Dev { app_args } => dev::run(&app_args),
        Task::Bench { names, json } => bench::run(&names, json.as_deref()),
        Task::Chaos { seeds, from, verbose } => chaos::run(seeds, from, verbose),
        Task::Python => setup::python_alone().map(|()| ExitCode::SUCCESS),
        Task::Bundle { target, debug, signed } => {
            bundle::run(target.as_deref(), debug, signed).map(|()| ExitCode::SUCCESS)
        }
        Task::Sbom => sbom::run().map(|()| ExitCode::SUCCESS),
        Task::Types => types::run().map(|()| ExitCode::SUCCESS),
        Task::Icons => icons::run().map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        eprintln!("\nerror: {error:#}");
        process::exit_code_of(&error)
    })
}
