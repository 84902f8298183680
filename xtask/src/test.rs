//! `cargo xtask test`: what CI runs, from nothing to the last test.
//!
//! No step sets RUSTFLAGS or features of its own: that would build everything twice. For the same reason tests are
//! chosen by their names in the whole workspace and never by a package, whose dependencies may have fewer features. At
//! the end stands how long each step took.

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::metadata::{self, Package};
use crate::process::{self, cargo, npm};
use crate::setup::{self, Purpose, Tool};
use crate::steps::Steps;
use crate::{check, platform, session, side_by_side};

/// The package whose tests drive the real window. They mostly wait for programs, so they run in parallel with all
/// others.
const WINDOW_PACKAGE: &str = "eco-desk";

/// Set-up, lints, the UI's tests, then all Rust tests in private sessions.
///
/// # Errors
/// The first step that fails; its exit code becomes that of xtask.
pub(crate) fn run() -> Result<ExitCode> {
    let mut steps = Steps::default();
    let done = all(&mut steps);
    eprintln!("\n{}", steps.table());
    done.map(|()| ExitCode::SUCCESS)
}

fn all(steps: &mut Steps) -> Result<()> {
    let driver = steps.take("set-up", || {
        setup::everything_to_build(Purpose::Drive)?;
        setup::python()?;
        // Only where the window's tests run.
        platform::HAS_PRIVATE_SESSIONS.then(|| setup::tool(Tool::TAURI_DRIVER)).transpose()
    })?;
    steps.take("lints", check::lints)?;
    steps.take("the UI's tests", || process::run(&mut npm(["run", "test"])))?;
    steps.take("compiling the tests", || process::run(cargo(ALL).arg("--no-run")))?;
    let suites = suites(metadata::packages()?)?;
    let mut window = selected(&[], &suites.window);
    if let Some(driver) = driver {
        window.env("TAURI_DRIVER", driver);
    }
    let mut others = session::inside(selected(&["--lib", "--bins"], &suites.others));
    let both = side_by_side::run(&mut session::inside(window), &mut others)?;
    for (name, ended) in
        ["the window's tests", "all other tests, side by side with them"].into_iter().zip(both)
    {
        steps.note(name, ended.took, ended.status.success());
        if !ended.status.success() {
            eprintln!("`{}` failed ({})", ended.command_line, ended.status);
        }
    }
    steps.take("tests in the documentation", || process::run(cargo(ALL).arg("--doc")))?;
    if steps.all_good() { Ok(()) } else { bail!("tests failed; their names stand above") }
}

const ALL: [&str; 3] = ["test", "--workspace", "--no-fail-fast"];

/// Creates the command that runs the test programs with these names, and what the arguments `more` select.
fn selected(more: &[&str], names: &[String]) -> Command {
    let mut command = cargo(ALL);
    command.args(more).args(names.iter().flat_map(|name| ["--test", name]));
    command
}

/// The names of all test programs.
#[derive(Debug, PartialEq, Eq)]
struct Suites {
    window: Vec<String>,
    others: Vec<String>,
}

/// Sorts the test programs in the output of `cargo metadata`.
fn suites(packages: Vec<Package>) -> Result<Suites> {
    let mut suites = Suites { window: Vec::new(), others: Vec::new() };
    for package in packages {
        let names =
            package.targets.into_iter().filter(|target| target.kind == ["test"]).map(|target| target.name);
        if package.name == WINDOW_PACKAGE { &mut suites.window } else { &mut suites.others }.extend(names);
    }
    if let Some(name) = suites.window.iter().find(|name| suites.others.contains(name)) {
        bail!("two test programs are called {name}, one of them of the window: give one another name");
    }
    if suites.window.is_empty() || suites.others.is_empty() {
        bail!("there are no tests");
    }
    Ok(suites)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Target;

    fn packages(packages: &[(&str, &[(&str, &str)])]) -> Vec<Package> {
        let target =
            |(name, kind): &(&str, &str)| Target { name: (*name).to_owned(), kind: vec![(*kind).to_owned()] };
        let package = |(name, targets): &(&str, &[(&str, &str)])| Package {
            name: (*name).to_owned(),
            targets: targets.iter().map(target).collect(),
            ..Package::default()
        };
        packages.iter().map(package).collect()
    }

    #[test]
    fn every_test_program_is_in_one_of_the_two_suites() {
        let text = packages(&[
            ("eco-desk", &[("eco_desk", "rlib"), ("window", "test"), ("story", "test")]),
            ("desk-core", &[("desk_core", "lib"), ("vault", "test")]),
            ("support-sim", &[("support-sim", "bin"), ("wire", "test")]),
        ]);
        let found = suites(text).expect("they can be sorted");
        assert_eq!(found.window, ["window", "story"]);
        assert_eq!(found.others, ["vault", "wire"]);
        let command = process::command_line(&selected(&["--lib"], &found.others));
        assert!(
            command.ends_with("test --workspace --no-fail-fast --lib --test vault --test wire"),
            "{command}"
        );
    }

    #[test]
    fn a_name_that_would_run_in_both_suites_is_refused() {
        let text = packages(&[("eco-desk", &[("story", "test")]), ("desk-core", &[("story", "test")])]);
        assert!(suites(text).is_err_and(|error| error.to_string().contains("called story")));
        assert!(suites(packages(&[("desk-core", &[("vault", "test")])])).is_err(), "the window has no tests");
    }
}
