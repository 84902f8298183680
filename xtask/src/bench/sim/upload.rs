//! A large file to support-sim in parts, beside `curl -T` of the same file to nginx.

use std::fs::File;
use std::io::Write;

use anyhow::{Context, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::super::row::{Row, median};
use super::nginx::Nginx;
use super::{rows, script, support_sim};
use crate::process;

/// The bench's name.
pub(in super::super) const NAME: &str = "sim-upload";

/// The largest file that AWS Support takes.
const BYTES: u32 = 157_286_400;

/// Both ways in turn, so many times, after one time that does not count.
const ROUNDS: usize = 7;

/// At least this share of the plain server's throughput.
const MIN_SHARE: f64 = 0.5;

/// By so much may memory grow.
const MAX_GROWTH_MB: f64 = 64.0;

const YARDSTICK: &str = "curl -T to nginx";

/// Seconds, as upload_in_parts.py prints them.
#[derive(Deserialize)]
struct Seconds {
    in_parts: f64,
    plain: f64,
}

/// Uploads in turns, and watches the memory of support-sim.
///
/// # Errors
/// When a server does not start or refuses the file; on other systems than Linux.
pub(in super::super) fn run() -> Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("large.bin");
    write_noise(&file)?;
    let parts = folder.path().join("parts");
    // Both write below the same folder, to the same disk.
    let nginx = Nginx::start(&folder.path().join("nginx"))?;
    let sim = support_sim(&[], Some(&folder.path().join("sim")))?;

    let (before, mut growth) = (sim.resident_mb()?, 0.0_f64);
    let (mut in_parts, mut plain) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        sim.forget_peak()?;
        let said = process::output(
            script("upload_in_parts.py")?.arg(&file).arg(&parts).args([sim.url(), nginx.url()]),
        )?;
        let took: Seconds = serde_json::from_str(&said).context("upload_in_parts.py says something else")?;
        let peak = sim.peak_mb()? - before;
        let speeds = [took.in_parts, took.plain].map(|seconds| f64::from(BYTES) / seconds / 1e6);
        eprintln!(
            "  {round}/{ROUNDS} in parts {:.0} MB/s, curl -T {:.0} MB/s, {peak:.1} MB more memory",
            speeds[0], speeds[1]
        );
        growth = growth.max(peak);
        if round > 0 {
            in_parts.push(speeds[0]);
            plain.push(speeds[1]);
        }
    }
    let (in_parts, plain) = (median(in_parts), median(plain));
    Ok(vec![
        rows::rate(NAME, "150 MiB in parts", "MB/s", in_parts, YARDSTICK, plain),
        rows::at_least(
            NAME,
            format!("150 MiB in parts, by {YARDSTICK}"),
            "times",
            in_parts / plain,
            MIN_SHARE,
        ),
        rows::at_most(NAME, "memory's growth at its peak", "MB", growth, MAX_GROWTH_MB),
    ])
}

/// A file that no file system can squeeze, the same in every run.
fn write_noise(path: &std::path::Path) -> Result<()> {
    let mut file = std::io::BufWriter::new(File::create(path)?);
    for number in 0..BYTES / 32 {
        file.write_all(&Sha256::digest(number.to_le_bytes()))?;
    }
    file.flush().with_context(|| format!("cannot write {}", path.display()))
}
