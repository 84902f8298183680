//! Cross-compilation for other systems: `cargo xtask check --target …` compiles and lints
//! it for Windows and type-checks it for macOS, `cargo xtask test --target windows` runs the core's tests under Wine.
//!
//! The rule: everything lies in target/cross, and the table at the end tells what was linted, only type-checked,
//! or run. The normal build stays the judge of what compiles: Debian's Rust here is a newer one.

mod row;
mod suite;
mod tested;
mod toolchain;
mod wine;

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::process;
use crate::setup;
use row::{CheckLevel, Outcome, Row};
use toolchain::{Toolchain, Triple};

/// A system that the workspace is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Windows 10 and 11, on x86-64
    Windows,
    /// macOS, on Apple silicon
    Macos,
}

/// A step of a check: triple, level and command.
type Step = (Triple, CheckLevel, fn(&Toolchain, Triple) -> Command);

/// Returns the steps of the check of a system.
fn steps_of(target: Target) -> &'static [Step] {
    match target {
        // The first is what a Linux machine can compile in full, the second what is shipped.
        Target::Windows => &[
            (Triple::WindowsGnu, CheckLevel::Linted, Toolchain::clippy),
            (Triple::WindowsMsvc, CheckLevel::TypeChecked, Toolchain::check),
        ],
        Target::Macos => &[(Triple::Macos, CheckLevel::TypeChecked, Toolchain::check)],
    }
}

/// Checks the whole workspace with its tests and examples for each of the systems, to the last even when one fails.
///
/// # Errors
/// When the compiler is not there and cannot be installed.
pub(crate) fn check(targets: &[Target]) -> Result<ExitCode> {
    setup::cross()?;
    let toolchain = Toolchain::prepared()?;
    let mut rows = Vec::new();
    for (triple, way, command) in targets.iter().flat_map(|target| steps_of(*target)) {
        let started = Instant::now();
        let done = process::status(&mut command(&toolchain, *triple))?;
        rows.push(Row {
            triple: *triple,
            what: "the whole workspace, its tests and examples too".to_owned(),
            way: *way,
            outcome: if done.success() { Outcome::Passed } else { Outcome::Failed },
            took: started.elapsed(),
        });
    }
    Ok(report(&rows))
}

/// Runs the core's and the emulator's tests as programs of another system.
///
/// # Errors
/// When nothing here runs such programs, or what does cannot be installed.
pub(crate) fn test(target: Target) -> Result<ExitCode> {
    match target {
        Target::Windows => {}
        Target::Macos => bail!("nothing here runs programs of macOS; on macOS itself run `cargo xtask test`"),
    }
    setup::cross()?;
    let toolchain = Toolchain::prepared()?;
    let wine = wine::Wine::prepared(toolchain.folder())?;
    Ok(report(&suite::run(&toolchain, &wine)?))
}

fn report(rows: &[Row]) -> ExitCode {
    println!("\n{}", row::table(rows));
    if rows.iter().all(Row::is_good) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
