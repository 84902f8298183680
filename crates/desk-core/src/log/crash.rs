//! Reports of panics: a file beside the log that says when and where, never what a panic said, since that may quote what a
//! user typed. The next start offers it; nothing is sent.

use super::file::{PREFIX, SUFFIX};
use desk_store::private_file;
use serde::Serialize;
use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use ts_rs::TS;

/// The report that this run writes, and the one of the run before.
const CURRENT: &str = "crash.txt";
const LAST: &str = "last-crash.txt";
/// Most bytes of a report: panics that repeat say no more.
const LARGEST: u64 = 16 * 1024;
/// How much of the end of the log goes into diagnostics.
const TAIL: u64 = 24 * 1024;

/// Where panics of this process are reported.
static FOLDER: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Has panics reported into `folder` from now on. What the last run reported is kept to be offered.
pub(super) fn begin(folder: &Path) {
    let _ = std::fs::rename(folder.join(CURRENT), folder.join(LAST));
    *FOLDER.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder.to_owned());
}

/// Reports a panic at a place of the source.
pub(super) fn report(place: &str) {
    // A panic while this is held must not wait for itself.
    let Some(folder) = FOLDER.try_lock().ok().and_then(|folder| folder.clone()) else { return };
    let _ = append(&folder.join(CURRENT), place);
}

fn append(path: &Path, place: &str) -> std::io::Result<()> {
    private_file(path)?;
    let mut file = OpenOptions::new().append(true).open(path)?;
    if file.metadata()?.len() > LARGEST {
        return Ok(());
    }
    let thread = std::thread::current();
    writeln!(
        file,
        "{:.3} ECO Desk {} panicked at {place}, thread {}",
        jiff::Timestamp::now(),
        env!("CARGO_PKG_VERSION"),
        thread.name().unwrap_or("without a name")
    )
}

/// What the log has for a bug report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogReport {
    /// The end of the log.
    pub log: String,
    /// What the last run reported of panics.
    pub crash: Option<String>,
}

impl LogReport {
    /// Reads what is in the folder of the log.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let name = entry.file_name().into_string().ok()?;
                (name.starts_with(PREFIX) && name.ends_with(SUFFIX)).then(|| entry.path())
            })
            .collect();
        files.sort();
        let log = files.last().and_then(|newest| tail(newest).ok()).unwrap_or_default();
        Self { log, crash: last(folder) }
    }
}

/// What the last run reported of panics.
#[must_use]
pub fn last(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join(LAST)).ok().filter(|report| !report.is_empty())
}

/// The user has taken note of what the last run reported.
pub fn dismiss(folder: &Path) {
    let _ = std::fs::remove_file(folder.join(LAST));
}

/// The last whole lines of a file.
fn tail(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(match text.split_once('\n') {
        Some((_, whole)) if length > TAIL => whole.to_owned(),
        Some(_) | None => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_start_offers_what_this_one_reported_until_it_is_dismissed() {
        let dir = tempfile::tempdir().unwrap();
        append(&dir.path().join(CURRENT), "a.rs:7:1").unwrap();
        assert_eq!(last(dir.path()), None, "it is of this run");
        begin(dir.path());
        let report = last(dir.path()).unwrap();
        assert!(report.contains("panicked at a.rs:7:1") && report.lines().count() == 1, "{report}");
        assert_eq!(LogReport::read(dir.path()).crash, Some(report));
        dismiss(dir.path());
        assert_eq!(last(dir.path()), None);
    }

    #[test]
    fn a_panic_again_and_again_fills_no_disk() {
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..1_000 {
            append(&dir.path().join(CURRENT), "a.rs:7:1").unwrap();
        }
        assert!(std::fs::metadata(dir.path().join(CURRENT)).unwrap().len() < 2 * LARGEST);
    }

    #[test]
    fn the_end_of_the_newest_log_is_read_by_whole_lines() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("eco-desk.2026-11-25.log"), "old\n").unwrap();
        let lines: String = (0..5_000).map(|line| format!("line {line}\n")).collect();
        std::fs::write(dir.path().join("eco-desk.2026-11-26.log"), lines).unwrap();
        let log = LogReport::read(dir.path()).log;
        assert!(log.starts_with("line ") && log.ends_with("line 4999\n") && log.len() as u64 <= TAIL);
    }
}
