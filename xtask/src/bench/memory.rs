//! Idle memory: what all processes of the app hold together, beside a bare window.
//!
//! PSS counts a page that several processes share once, in parts; so a sum over processes is honest.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::app::{Prepared, Subject};
use super::process_tree;
use super::row::{LIMIT as FIXED, Row, median};

/// The bench's name.
pub(super) const NAME: &str = "memory";

/// After the first paint, until start-up work is over.
const UNTIL_IDLE: Duration = Duration::from_secs(15);

/// The app may hold so many times what a bare window holds.
const LIMIT: f64 = 1.3;

/// Runs of each program; the median is taken.
const RUNS: usize = 3;

/// Starts each program in turn and reads its memory once it is idle.
///
/// # Errors
/// On other systems than Linux; when a program does not paint or its memory cannot be read.
pub(super) fn run() -> Result<Vec<Row>> {
    if !Path::new("/proc/self/smaps_rollup").exists() {
        bail!("memory is measured on Linux only: PSS is a Linux figure");
    }
    let subjects = [Subject::BareWindow, Subject::Desk { cases: 0 }, Subject::Desk { cases: 10_000 }];
    let prepared = subjects.into_iter().map(Prepared::new).collect::<Result<Vec<_>>>()?;
    let mut sizes = vec![Vec::new(); prepared.len()];
    for round in 1..=RUNS {
        for (program, sizes) in prepared.iter().zip(&mut sizes) {
            let running = program.start()?;
            std::thread::sleep(UNTIL_IDLE);
            let size = pss_mb(running.pid())?;
            eprintln!("  {round}/{RUNS} {}: {size:.0} MB", program.subject().label());
            sizes.push(size);
        }
    }
    let medians: Vec<f64> = sizes.into_iter().map(median).collect();
    let (bare, yardstick) = (medians[0], Subject::BareWindow.label());
    let mut rows = Vec::new();
    for (program, value) in prepared.iter().zip(&medians).skip(1) {
        let label = program.subject().label();
        let metric = format!("idle PSS of all processes, {label}");
        rows.push(Row::cost(NAME, metric, "MB", *value, &yardstick, bare));
        let metric = format!("the same in bare windows, {label}");
        rows.push(Row::cost(NAME, metric, "×", value / bare, FIXED, LIMIT));
    }
    Ok(rows)
}

/// Returns the sum of PSS over a process tree, in MB of 10⁶ bytes.
fn pss_mb(pid: u32) -> Result<f64> {
    let mut kib = 0;
    for member in process_tree::of(pid)? {
        let path = format!("/proc/{member}/smaps_rollup");
        let rollup = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        kib += pss_in(&rollup).with_context(|| format!("{path} gives no Pss"))?;
    }
    Ok(f64::from(kib) * 1024.0 / 1e6)
}

/// KiB after `Pss:` in `/proc/PID/smaps_rollup`.
fn pss_in(rollup: &str) -> Option<u32> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_is_read_from_its_own_line() {
        let rollup = "55d0-7ffe ---p 00000000 00:00 0 [rollup]\nRss: 9 kB\nPss:   1234 kB\nPss_Dirty: 5 kB\n";
        assert_eq!(pss_in(rollup), Some(1234));
    }
}
