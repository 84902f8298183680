//! How soon a sim with many cases is ready, and how much memory it holds.

use std::collections::HashSet;

use anyhow::{Result, ensure};

use super::super::row::{Row, median};
use super::client::{Client, requests_in};
use super::program::Program;
use super::{rows, script, support_sim};
use crate::process;

/// The bench's name.
pub(in super::super) const NAME: &str = "sim-load";

/// Cases to begin with; each has ten communications.
pub(super) const CASES: usize = 10_000;

/// Starts; the median is taken.
const RUNS: usize = 5;

const MAX_SECONDS: f64 = 3.0;
const MAX_MB: f64 = 400.0;

/// Starts support-sim with many cases, and reads its memory once all of them have been listed.
///
/// # Errors
/// When it does not start, does not answer, or has not the cases; on other systems than Linux.
pub(in super::super) fn run() -> Result<Vec<Row>> {
    let (mut times, mut sizes) = (Vec::new(), Vec::new());
    for round in 1..=RUNS {
        let sim = seeded()?;
        list_everything(&sim)?;
        let (seconds, size) = (sim.ready().as_secs_f64(), sim.memory_mb()?);
        eprintln!("  {round}/{RUNS} ready in {seconds:.2} s, {size:.0} MB");
        times.push(seconds);
        sizes.push(size);
    }
    let what = "10,000 cases, 100,000 communications";
    Ok(vec![
        rows::at_most(NAME, format!("ready, {what}"), "s", median(times), MAX_SECONDS),
        rows::at_most(NAME, format!("PSS when all were listed, {what}"), "MB", median(sizes), MAX_MB),
    ])
}

/// support-sim with that many cases.
///
/// # Errors
/// When it does not start.
pub(super) fn seeded() -> Result<Program> {
    support_sim(&["--seed-cases", &CASES.to_string()], None)
}

/// Lists all cases page by page, as a client's first sync does, and sees that they are what was asked for.
fn list_everything(sim: &Program) -> Result<()> {
    let folder = tempfile::tempdir()?;
    process::output(script("signed_requests.py")?.arg(sim.url()).arg(folder.path()))?;
    let mut client = Client::new(sim.address());
    let mut ids = HashSet::new();
    for request in requests_in(&folder.path().join("pages"))? {
        client.exchange(&request)?;
        let page: serde_json::Value = serde_json::from_slice(client.body())?;
        for case in page["cases"].as_array().into_iter().flatten() {
            ids.insert(case["displayId"].as_str().unwrap_or_default().to_owned());
            let said = &case["recentCommunications"];
            let said = said["communications"].as_array().map_or(0, Vec::len);
            ensure!(said == 5, "a case shows {said} communications, not the five newest");
        }
    }
    ensure!(ids.len() == CASES, "{} cases were listed, not {CASES}", ids.len());
    Ok(())
}
