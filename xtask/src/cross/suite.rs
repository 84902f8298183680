//! The tests that are run as programs of Windows: all of the product's layers and support-sim but those listed here.

use std::io::{BufRead as _, BufReader};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::row::{CheckLevel, Outcome, Row};
use super::tested::Reader;
use super::toolchain::{Toolchain, Triple};
use super::wine::Wine;
use crate::layers::LAYERS;
use crate::metadata::{self, Package};
use crate::process;

/// Whose tests are run beside those of the layers. The shell's need a web view, which Wine does not have.
const EMULATOR: &str = "support-sim";

/// Whose tests are run.
fn tested_packages() -> impl Iterator<Item = &'static str> {
    LAYERS.into_iter().chain([EMULATOR])
}

/// Test programs (the names of their files in `tests/`) that make no sense under Wine, with the reason. A test that
/// only some systems can run is better left out by a `cfg` of its own.
const NOT_UNDER_WINE: &[(&str, &str)] = &[
    ("aws_clients", "it starts boto3 and the AWS CLI in Linux's Python"),
    ("drift", "it asks Linux's cargo where the SDK's sources are"),
    ("events", "it starts moto's server in Linux's Python"),
    ("model", "it reads botocore's model in Linux's Python"),
    ("network_programs", "its proxy and its TLS server, tinyproxy and socat, are programs of Linux"),
];

/// Test programs that hang are ended after so many seconds, all together.
const TIMEOUT_SECONDS: &str = "1500";

/// Compiles the tests, runs them, and tells of each program.
///
/// # Errors
/// When a program cannot be started, or the list above names a test that does not exist.
pub(super) fn run(toolchain: &Toolchain, wine: &Wine) -> Result<Vec<Row>> {
    let wanted = wanted(tests_in(metadata::packages()?), NOT_UNDER_WINE)?;
    let triple = Triple::WindowsGnu;
    let row = |what: String, way, outcome, took| Row { triple, what, way, outcome, took };

    let started = Instant::now();
    let mut build = selected(toolchain.test(triple), &wanted);
    let built = process::status(build.arg("--no-run"))?.success();
    let outcome = if built { Outcome::Passed } else { Outcome::Failed };
    let mut rows = vec![row(
        format!("the layers and {EMULATOR}, with their tests"),
        CheckLevel::Linked,
        outcome,
        started.elapsed(),
    )];
    if !built {
        return Ok(rows);
    }

    let tests = selected(toolchain.test(triple), &wanted);
    let mut tests = with_timeout(&tests);
    wine.inside(&mut tests);
    let (all_good, programs) = run_and_parse(&mut tests, || wine.end())?;
    rows.extend(programs.programs().into_iter().map(|program| match program.result {
        Some((counts, took)) => row(program.name, CheckLevel::Run, Outcome::Tested(counts), took),
        None => row(program.name, CheckLevel::Run, Outcome::Died, Duration::ZERO),
    }));
    if !all_good && rows.iter().all(Row::is_good) {
        rows.push(row("the run as a whole".to_owned(), CheckLevel::Run, Outcome::Died, Duration::ZERO));
    }
    rows.extend(
        NOT_UNDER_WINE.iter().map(|(name, why)| {
            row((*name).to_owned(), CheckLevel::Run, Outcome::LeftOut(why), Duration::ZERO)
        }),
    );
    Ok(rows)
}

/// The tests of [`tested_packages`] by name.
fn selected(mut command: Command, tests: &[String]) -> Command {
    command.args(["--no-fail-fast", "--lib", "--bins"]);
    command.args(tested_packages().flat_map(|package| ["--package", package]));
    command.args(tests.iter().flat_map(|test| ["--test", test]));
    command
}

/// The same command, ended when it takes too long.
fn with_timeout(command: &Command) -> Command {
    let mut limited = process::program("timeout");
    limited.args(["--kill-after=10", TIMEOUT_SECONDS]).arg(command.get_program()).args(command.get_args());
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(key, value),
            None => limited.env_remove(key),
        };
    }
    limited
}

/// Runs the command, shows what it says, and reads it. Cargo and the programs write into one pipe, so that what
/// they say stays in order. What they leave running holds that pipe open, so `end` ends it once the command is done.
fn run_and_parse(command: &mut Command, end: impl FnOnce() + Send) -> Result<(bool, Reader)> {
    eprintln!("\n$ {}", process::command_line(command));
    let (reader, writer) = std::io::pipe().context("cannot make a pipe")?;
    command.stdout(writer.try_clone().context("cannot make a pipe")?).stderr(writer);
    let mut child = command.spawn().context("cannot start the tests")?;
    // Our own ends of the pipe, which would keep it open.
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut said = Reader::default();
    std::thread::scope(|threads| {
        let waiting = threads.spawn(move || {
            let status = child.wait();
            end();
            status
        });
        for line in BufReader::new(reader).split(b'\n') {
            let line = line.context("cannot read what the tests say")?;
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end_matches('\r');
            eprintln!("{line}");
            said.read(line);
        }
        let status = waiting.join().expect("waiting does not panic").context("the tests are lost")?;
        Ok((status.success(), said))
    })
}

/// The names of the integration tests of [`tested_packages`].
fn tests_in(packages: Vec<Package>) -> Vec<String> {
    let ours = packages.into_iter().filter(|package| tested_packages().any(|name| name == package.name));
    let tests = ours.flat_map(|package| package.targets).filter(|target| target.kind == ["test"]);
    tests.map(|target| target.name).collect()
}

/// Those that are not left out.
fn wanted(mut tests: Vec<String>, left_out: &[(&str, &str)]) -> Result<Vec<String>> {
    for (name, _) in left_out {
        let before = tests.len();
        tests.retain(|test| test != name);
        if tests.len() == before {
            bail!("{name} is left out under Wine, but there is no such test");
        }
    }
    Ok(tests)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const METADATA: &str = r#"{"packages": [
        {"name": "desk-core", "targets": [
            {"name": "desk_core", "kind": ["lib"]}, {"name": "fill-mirror", "kind": ["example"]},
            {"name": "vault", "kind": ["test"]}]},
        {"name": "eco-desk", "targets": [{"name": "window", "kind": ["test"]}]},
        {"name": "support-sim", "targets": [{"name": "wire", "kind": ["test"]}, {"name": "python", "kind": ["test"]}]}
    ]}"#;

    #[test]
    fn all_tests_of_the_layers_and_the_emulator_are_run_but_those_left_out() {
        let tests = tests_in(metadata::parse(METADATA).unwrap());
        assert_eq!(tests, ["vault", "wire", "python"]);
        let tests = wanted(tests, &[("python", "it starts Python")]).unwrap();
        let mut command = Command::new("cargo");
        command.arg("test");
        assert_eq!(
            process::command_line(&selected(command, &tests)),
            "cargo test --no-fail-fast --lib --bins --package desk-model --package desk-store --package desk-vault --package desk-network --package desk-aws --package desk-core --package support-sim --test vault --test wire"
        );
    }

    #[test]
    fn a_test_that_is_gone_is_not_left_out_for_ever() {
        let error = wanted(tests_in(metadata::parse(METADATA).unwrap()), &[("gone", "")]).unwrap_err();
        assert_eq!(error.to_string(), "gone is left out under Wine, but there is no such test");
    }

    #[test]
    fn a_limit_changes_nothing_else() {
        let mut command = Command::new("cargo");
        command.args(["test", "--lib"]).env("CARGO_TARGET_DIR", "x").env_remove("RUSTFLAGS");
        let limited = with_timeout(&command);
        assert_eq!(process::command_line(&limited), "timeout --kill-after=10 1500 cargo test --lib");
        let kept: Vec<_> = command.get_envs().collect();
        assert!(kept.iter().all(|kept| limited.get_envs().any(|found| found == *kept)));
    }
}
