//! `cargo xtask bench`: runs benchmarks, each with a yardstick for comparison, and writes the table.
//!
//! A value alone says more about the machine than about the app; so each row has a yardstick that was
//! measured in the same run, or a limit.

mod app;
mod keys;
mod memory;
mod process_tree;
mod report;
mod row;
mod sim;
mod start;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

use crate::process::{self, cargo};
use crate::setup::{self, Purpose};
use crate::{session, workspace};
use row::Row;

/// One thing that can be measured.
struct Bench {
    name: &'static str,
    of: Subject,
    run: fn() -> Result<Vec<Row>>,
}

/// What is measured, which decides on what is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Desk,
    Sim,
}

/// All of them. The name comes back as `Row::name` in each row.
const ALL: [Bench; 7] = [
    Bench { name: start::NAME, of: Subject::Desk, run: start::run },
    Bench { name: memory::NAME, of: Subject::Desk, run: memory::run },
    Bench { name: keys::OPEN_CASE, of: Subject::Desk, run: keys::open_case },
    Bench { name: keys::TYPING, of: Subject::Desk, run: keys::typing },
    Bench { name: sim::load::NAME, of: Subject::Sim, run: sim::load::run },
    Bench { name: sim::describe::NAME, of: Subject::Sim, run: sim::describe::run },
    Bench { name: sim::upload::NAME, of: Subject::Sim, run: sim::upload::run },
];

/// Set for the second run of this command, which finds everything built and, on Linux, a private display.
const BUILT: &str = "ECO_DESK_BENCH_BUILT";

/// The names that the command line takes.
pub(crate) fn names() -> PossibleValuesParser {
    ALL.iter().map(|bench| bench.name).collect::<Vec<_>>().into()
}

/// Runs the named benches (all when none is named), prints their rows, writes them to `json` where asked and
/// to docs/BENCHMARKS.md, where rows of other benches stay.
///
/// The exit code tells whether all limits were kept.
///
/// # Errors
/// When the set-up fails, a measured program does not paint, or a file cannot be written.
pub(crate) fn run(names: &[String], json: Option<&Path>) -> Result<ExitCode> {
    let chosen: Vec<&Bench> =
        ALL.iter().filter(|bench| names.is_empty() || names.iter().any(|name| name == bench.name)).collect();
    let needs_window = chosen.iter().any(|bench| bench.of == Subject::Desk);
    if std::env::var_os(BUILT).is_none() && chosen.iter().any(|bench| bench.of == Subject::Sim) {
        if !needs_window {
            setup::system(Purpose::Drive)?;
        }
        sim::prepare()?;
    }
    if std::env::var_os(BUILT).is_none() && needs_window {
        setup::everything_to_build(Purpose::Drive)?;
        let mut build = cargo(["build", "--release", "--package", "eco-desk", "--package", "desk-core"]);
        process::run(build.args([
            "--bin",
            "eco-desk",
            "--example",
            "bare-window",
            "--example",
            "fill-mirror",
        ]))?;
        let mut again = process::program(std::env::current_exe().context("cannot find xtask itself")?);
        again.env(BUILT, "1");
        again.args(std::env::args_os().skip(1)).current_dir(std::env::current_dir()?);
        return Ok(process::exit_code(process::status(&mut session::inside(again))?));
    }
    let mut rows = Vec::new();
    for bench in chosen {
        eprintln!("\nmeasuring {}", bench.name);
        rows.extend((bench.run)()?);
    }
    println!("\n{}", report::table(&rows.iter().map(report::cells).collect::<Vec<_>>()));
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&rows)? + "\n";
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    report::update(&workspace::root().join("docs/BENCHMARKS.md"), &rows)?;
    let missed = row::missed(&rows);
    for row in &missed {
        eprintln!(
            "limit missed: {}, {}: {:.2} {}, limit {}",
            row.name, row.metric, row.value, row.unit, row.yardstick_value
        );
    }
    Ok(if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
