//! The program's own manners: what it prints, what it refuses, how it ends.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

use support_sim::Scenario;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_support-sim")).args(arguments).output().unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let done = run(arguments);
    assert!(!done.status.success() && done.stdout.is_empty(), "{done:?}");
    String::from_utf8(done.stderr).unwrap()
}

#[test]
fn the_built_in_scenario_can_be_printed_changed_and_is_checked_at_the_start() {
    let printed = String::from_utf8(run(&["--print-scenario"]).stdout).unwrap();
    assert_eq!(printed, Scenario::standard_text());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, printed.replace("say = \"ask\"", "say = \"aks\"")).unwrap();
    let said = refused(&["--port", "0", "--scenario", path.to_str().unwrap()]);
    let line =
        std::fs::read_to_string(&path).unwrap().lines().position(|line| line.contains("\"aks\"")).unwrap()
            + 1;
    let expected = format!(
        "support-sim: {}, line {line}: there is no letter \"aks\"; there are: acknowledge,",
        path.display()
    );
    assert!(said.starts_with(&expected), "{said}");
}

#[test]
fn what_makes_no_sense_is_refused_with_a_word_of_help() {
    for (arguments, expected) in [
        (
            &["--port", "0", "--pace", "warp"][..],
            "there is no pace \"warp\"; there are demo, targets, lifelike",
        ),
        (&["--port", "0", "--scenario", "nowhere.toml"], "cannot read nowhere.toml"),
        (&["--port", "0", "--events-queue", "nonsense"], "begins with http"),
        (&["--port", "0", "--events-lost", "0.5"], "--events-queue"),
        (&["--port", "0", "--events-queue", "http://localhost/a/b", "--events-lost", "2"], "0.0 to 1.0"),
    ] {
        let said = refused(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_when_told_to() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_support-sim"))
        .args(["--port", "0"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.starts_with("listening on http://127.0.0.1:")));
    let told = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(child.wait().unwrap().success(), "as after Ctrl-C");
}
