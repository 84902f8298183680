//! Random sequences of what users do, random faults of AWS, and a process that is killed at random moments: afterwards
//! everything that was acknowledged is at AWS exactly once.
//!
//! `chaos run --seeds N` is what `cargo xtask chaos` starts. It serves an emulated AWS and starts `chaos desk`, a
//! headless program of the core, which it kills and starts anew (docs/RELIABILITY.md).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program")]

mod check;
mod client;
mod desk;
mod expectation;
mod faults;
mod folder;
mod gate;
#[cfg_attr(unix, path = "platform/unix.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod platform;
mod protocol;
mod round;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Breaks the core at random and checks what is at AWS afterwards")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs so many rounds, each with a seed of its own
    Run {
        /// How many rounds
        #[arg(long, default_value_t = 10)]
        seeds: u64,
        /// The first seed
        #[arg(long, default_value_t = 1)]
        from: u64,
        /// Tells each step of each round
        #[arg(long)]
        verbose: bool,
    },
    /// The program that is broken: reads commands on standard input, answers on standard output
    Desk {
        /// Its data folder
        #[arg(long)]
        data_dir: PathBuf,
        /// Where AWS is emulated
        #[arg(long)]
        endpoint: String,
        /// How many milliseconds its clock is ahead of the system's
        #[arg(long, default_value_t = 0, allow_hyphen_values = true)]
        ahead: i64,
    },
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    match Args::parse().task {
        Task::Run { seeds, from, verbose } => run(seeds, from, verbose).await,
        Task::Desk { data_dir, endpoint, ahead } => {
            desk::run(&data_dir, &endpoint, ahead).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn run(seeds: u64, from: u64, verbose: bool) -> Result<ExitCode> {
    let (mut passed, mut failed) = (0, Vec::new());
    for seed in from..from.saturating_add(seeds) {
        match round::run(seed, verbose).await {
            Ok(done) => {
                passed += 1;
                println!("seed {seed}: {done}");
            }
            Err(error) => {
                println!("seed {seed}: FAILED: {error:#}");
                failed.push(seed);
            }
        }
    }
    for seed in &failed {
        println!("again: cargo xtask chaos --seeds 1 --from {seed} --verbose");
    }
    println!("{passed} passed, {} failed", failed.len());
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
