//! From the start of the process to the first painted row, beside a bare window.

use anyhow::Result;

use super::app::{Prepared, Subject};
use super::row::{Row, median};

/// The bench's name.
pub(super) const NAME: &str = "start";

/// Starts of each program; the median is taken.
const RUNS: usize = 7;

/// Starts all programs in turn, so that what else the machine does meets all of them alike.
///
/// # Errors
/// When a program does not paint.
pub(super) fn run() -> Result<Vec<Row>> {
    let subjects = [Subject::BareWindow, Subject::Desk { cases: 0 }, Subject::Desk { cases: 10_000 }];
    let prepared = subjects.into_iter().map(Prepared::new).collect::<Result<Vec<_>>>()?;
    // One start each that does not count: it fills the disk cache and makes the web view's folders.
    for program in &prepared {
        drop(program.start()?);
    }
    let mut times = vec![Vec::new(); prepared.len()];
    for round in 1..=RUNS {
        for (program, times) in prepared.iter().zip(&mut times) {
            let elapsed = program.start()?.first_paint_ms();
            eprintln!("  {round}/{RUNS} {}: {elapsed:.0} ms", program.subject().label());
            times.push(elapsed);
        }
    }
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    Ok(prepared
        .iter()
        .zip(&medians)
        .skip(1)
        .map(|(program, value)| {
            let metric = format!("first painted row, {}", program.subject().label());
            Row::cost(NAME, metric, "ms", *value, Subject::BareWindow.label(), medians[0])
        })
        .collect())
}
