//! DescribeCases over the socket, a page of 100 cases with communications, beside moto's server with the same cases.
//!
//! moto knows no pages. Asked for 100 cases as a client would ask, it answers with all that it has; so it is also
//! asked for 100 cases by their ids, where it has no more to do than support-sim. The limit counts by the latter.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::super::row::{Row, median};
use super::client::{Client, requests_in};
use super::program::Program;
use super::{load, rows, script};
use crate::process;

/// The bench's name.
pub(in super::super) const NAME: &str = "sim-describe";

/// The programs take turns, so that a busy moment of the machine meets both.
const ROUNDS: usize = 3;

/// How long each way of asking is timed in one round.
const ROUND_DURATION: Duration = Duration::from_secs(3);

/// Connections at once where throughput is measured.
const CONNECTIONS: usize = 4;

/// By how many times moto's throughput must be passed.
const MIN_FACTOR: f64 = 20.0;

/// What was measured of one server and one way of asking.
#[derive(Default)]
struct Measurements {
    /// Of one answer after another on one connection, in milliseconds.
    times: Vec<f64>,
    /// Answers a second over several connections, for each round.
    rates: Vec<f64>,
}

/// One server with requests for it.
struct RequestSet<'a> {
    server: &'a Program,
    requests: Vec<Vec<u8>>,
    measured: Measurements,
}

impl<'a> RequestSet<'a> {
    fn new(server: &'a Program, folder: &Path) -> Result<Self> {
        Ok(Self { server, requests: requests_in(folder)?, measured: Measurements::default() })
    }

    /// Times answers one after another, then counts them over several connections.
    fn round(&mut self) -> Result<()> {
        let (began, mut client) = (Instant::now(), Client::new(self.server.address()));
        for request in self.requests.iter().cycle() {
            if began.elapsed() > ROUND_DURATION {
                break;
            }
            self.measured.times.push(client.exchange(request)?.as_secs_f64() * 1000.0);
        }
        let (address, requests) = (self.server.address(), &self.requests);
        let began = Instant::now();
        let answered = std::thread::scope(|scope| {
            let work = |offset: usize| {
                let mut client = Client::new(address);
                let mut answered = 0u32;
                for request in requests.iter().cycle().skip(offset * requests.len() / CONNECTIONS) {
                    if began.elapsed() > ROUND_DURATION {
                        break;
                    }
                    client.exchange(request)?;
                    answered += 1;
                }
                Ok(answered)
            };
            let threads: Vec<_> = (0..CONNECTIONS).map(|offset| scope.spawn(move || work(offset))).collect();
            threads.into_iter().map(|thread| thread.join().expect("it does not panic")).sum::<Result<u32>>()
        })?;
        self.measured.rates.push(f64::from(answered) / began.elapsed().as_secs_f64());
        Ok(())
    }

    /// How many cases an answer has.
    fn cases_in_an_answer(&self) -> Result<usize> {
        let mut client = Client::new(self.server.address());
        client.exchange(&self.requests[0])?;
        let answer: serde_json::Value = serde_json::from_slice(client.body())?;
        let cases = answer["cases"].as_array().map_or(&[][..], Vec::as_slice);
        let whole = cases.iter().all(|case| {
            case["recentCommunications"]["communications"].as_array().is_some_and(|said| !said.is_empty())
        });
        ensure!(whole, "a case came without communications");
        Ok(cases.len())
    }
}

/// Starts both with the same cases and asks them in turns.
///
/// # Errors
/// When one of them does not start or answers with an error.
pub(in super::super) fn run() -> Result<Vec<Row>> {
    let sim = load::seeded()?;
    let (of_sim, of_moto) = (tempfile::tempdir()?, tempfile::tempdir()?);
    process::output(script("signed_requests.py")?.arg(sim.url()).arg(of_sim.path()))?;
    let mut start_moto = script("moto_with_cases.py")?;
    start_moto.arg(of_sim.path().join("cases.json")).arg(of_moto.path());
    let moto = Program::start(&mut start_moto, "listening on ")?;

    let mut rows = Vec::new();
    for (ways, what) in [("pages", "page of 100"), ("by-id", "100 by their ids")] {
        let mut asked = [
            RequestSet::new(&sim, &of_sim.path().join(ways))?,
            RequestSet::new(&moto, &of_moto.path().join(ways))?,
        ];
        let found = [asked[0].cases_in_an_answer()?, asked[1].cases_in_an_answer()?];
        ensure!(found[0] == 100, "support-sim answered with {} cases", found[0]);
        for round in 1..=ROUNDS {
            for each in &mut asked {
                each.round()?;
            }
            eprintln!("  {round}/{ROUNDS} {what}: {}", asked.each_ref().map(describe).join("; moto "));
        }
        let yardstick = format!("moto ({} cases)", found[1]);
        let [sim, moto] = asked.map(|each| each.measured);
        rows.extend(rows_of(what, &yardstick, sim, moto, ways == "by-id"));
    }
    Ok(rows)
}

fn describe(asked: &RequestSet<'_>) -> String {
    let rate = asked.measured.rates.last().copied().unwrap_or_default();
    format!("{:.2} ms, {rate:.1}/s", median(asked.measured.times.clone()))
}

fn rows_of(what: &str, yardstick: &str, sim: Measurements, moto: Measurements, limited: bool) -> Vec<Row> {
    let cost = |metric: &str, value: f64, other: f64| {
        Row::cost(NAME, format!("{what}, {metric}"), "ms", value, yardstick, other)
    };
    let (sim_rate, moto_rate) = (median(sim.rates), median(moto.rates));
    let mut rows = vec![
        cost("99 of 100 within", percentile_99(sim.times.clone()), percentile_99(moto.times.clone())),
        cost("median", median(sim.times), median(moto.times)),
        rows::rate(NAME, format!("{what}, throughput"), "/s", sim_rate, yardstick, moto_rate),
    ];
    rows.swap(0, 1);
    if limited {
        let times = sim_rate / moto_rate;
        rows.push(rows::at_least(NAME, format!("{what}, throughput by moto's"), "times", times, MIN_FACTOR));
    }
    rows
}

/// What 99 of 100 values do not exceed.
fn percentile_99(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len() * 99).div_ceil(100).saturating_sub(1);
    values[index]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "small whole numbers are exact")]
    use super::*;

    #[test]
    fn one_of_a_hundred_may_be_slower() {
        let mut values = vec![1.0; 99];
        values.push(50.0);
        assert_eq!(percentile_99(values.clone()), 1.0);
        values.push(60.0);
        assert_eq!(percentile_99(values), 50.0);
        assert_eq!(percentile_99(vec![7.0]), 7.0);
    }
}
