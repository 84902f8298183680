//! From the start of the process to the first painted row, beside a bare window.

use anyhow::{Context, Result};

use super::app::{Prepared, Subject};
use super::row::{LIMIT as FIXED, Row, median};

/// The bench's name.
pub(super) const NAME: &str = "start";

/// Starts of each program; the median is taken.
const RUNS: usize = 7;

/// The first row may take so many times a bare window's first text.
const LIMIT: f64 = 1.5;

/// What was measured of one program, in milliseconds.
#[derive(Default)]
struct Times {
    first: Vec<f64>,
    whole: Vec<f64>,
}

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
    let mut times: Vec<Times> = prepared.iter().map(|_| Times::default()).collect();
    for round in 1..=RUNS {
        for (program, times) in prepared.iter().zip(&mut times) {
            let running = program.start()?;
            let first = running.first_paint_ms();
            times.first.push(first);
            let label = program.subject().label();
            if program.subject() == Subject::BareWindow {
                eprintln!("  {round}/{RUNS} {label}: {first:.0} ms");
            } else {
                let whole = running.whole_screen_ms()?;
                times.whole.push(whole);
                eprintln!("  {round}/{RUNS} {label}: {first:.0} ms, the whole screen {whole:.0} ms");
            }
        }
    }
    let mut desks = prepared.iter().zip(times);
    let bare = desks.next().map(|(_, times)| median(times.first)).context("nothing was measured")?;
    let yardstick = Subject::BareWindow.label();
    let mut rows = Vec::new();
    for (program, times) in desks {
        let label = program.subject().label();
        let first = median(times.first);
        rows.push(Row::cost(NAME, format!("first painted row, {label}"), "ms", first, &yardstick, bare));
        let metric = format!("the same in bare windows, {label}");
        rows.push(Row::cost(NAME, metric, "×", first / bare, FIXED, LIMIT));
        let metric = format!("the whole screen, {label}");
        rows.push(Row::cost(NAME, metric, "ms", median(times.whole), &yardstick, bare));
    }
    Ok(rows)
}
