//! The files of the log: one for each day, each with a largest size, two weeks of them, all of them with a largest size.
//! Only the user reads them.

use desk_store::private_file;
use jiff::Timestamp;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tracing_subscriber::fmt::MakeWriter;

/// Most bytes of one day.
const DAY_LIMIT: u64 = 2 * 1024 * 1024;
/// Days that are kept.
const DAYS: usize = 14;
/// Most bytes of all days together.
const TOTAL_LIMIT: u64 = DAY_LIMIT * DAYS as u64;
pub(super) const PREFIX: &str = "eco-desk.";
pub(super) const SUFFIX: &str = ".log";
/// The last line of a day that has reached its limit.
const FULL: &str = "the log of this day has reached its largest size; it goes on tomorrow\n";

/// Writes into the file of the day it is.
pub(super) struct LogFile {
    folder: PathBuf,
    now: fn() -> Timestamp,
    day_limit: u64,
    current: Mutex<Option<Current>>,
}

struct Current {
    day: String,
    file: File,
    size: u64,
    is_full: bool,
}

impl LogFile {
    /// A log in `folder`, which is made; `None` where that is impossible.
    pub(super) fn open(folder: &Path) -> Option<Self> {
        std::fs::create_dir_all(folder).ok()?;
        let current = Mutex::default();
        Some(Self { folder: folder.to_owned(), now: Timestamp::now, day_limit: DAY_LIMIT, current })
    }

    fn current(&self) -> MutexGuard<'_, Option<Current>> {
        // It is whole whatever panicked while it was held.
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, day: String) -> io::Result<Current> {
        let path = self.folder.join(format!("{PREFIX}{day}{SUFFIX}"));
        private_file(&path)?;
        let mut file = OpenOptions::new().read(true).append(true).open(path)?;
        let size = file.metadata()?.len();
        let is_full = size >= self.day_limit || ends_full(&mut file, size)?;
        // An old file that stays is no reason to log nothing: another program may have it open.
        let _ = prune(&self.folder);
        Ok(Current { day, file, size, is_full })
    }

    fn write(&self, line: &[u8]) -> io::Result<()> {
        let day = (self.now)().strftime("%Y-%m-%d").to_string();
        let mut current = self.current();
        if current.as_ref().is_none_or(|current| current.day != day) {
            *current = Some(self.begin(day)?);
        }
        let Some(current) = current.as_mut() else { return Ok(()) };
        if current.is_full {
            return Ok(());
        }
        let size = current.size.saturating_add(line.len() as u64);
        let room = self.day_limit.saturating_sub(FULL.len() as u64);
        current.is_full = size > room;
        let line = if current.is_full { FULL.as_bytes() } else { line };
        current.file.write_all(line)?;
        current.size += line.len() as u64;
        Ok(())
    }
}

/// Whether an earlier start of this day has reached the limit.
fn ends_full(file: &mut File, size: u64) -> io::Result<bool> {
    let mut last = [0; FULL.len()];
    let Some(begin) = size.checked_sub(last.len() as u64) else { return Ok(false) };
    file.seek(SeekFrom::Start(begin))?;
    file.read_exact(&mut last)?;
    Ok(last == FULL.as_bytes())
}

/// Removes files that are more than are kept, and the oldest of those that are larger than all may be. One that cannot be
/// removed does not keep the others; the first error is answered.
fn prune(folder: &Path) -> io::Result<()> {
    let mut files: Vec<(PathBuf, u64)> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_log = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if is_log {
            files.push((entry.path(), entry.metadata()?.len()));
        }
    }
    // The names sort by day; the newest come first.
    files.sort_by(|(one, _), (other, _)| other.cmp(one));
    let (mut total, mut outcome) = (0_u64, Ok(()));
    for (at, (path, size)) in files.into_iter().enumerate() {
        total = total.saturating_add(size);
        // The file of this day stays, whatever its size.
        if at >= DAYS || (at > 0 && total > TOTAL_LIMIT) {
            outcome = outcome.and(std::fs::remove_file(path));
        }
    }
    outcome
}

/// One event's line.
pub(super) struct Writer<'a>(&'a LogFile);

impl Write for Writer<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = Writer<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        Writer(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> Timestamp {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    fn sizes(folder: &Path) -> Vec<(String, u64)> {
        let mut all: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len()))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn a_day_has_a_largest_size_also_over_a_restart_and_the_next_day_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let line = b"one line of the log that is written again and again\n";
        let limit = 1_000;
        for _ in 0..2 {
            let log =
                LogFile { day_limit: limit, now: || at("2026-11-26"), ..LogFile::open(dir.path()).unwrap() };
            for _ in 0..100 {
                log.write(line).unwrap();
            }
        }
        let text = std::fs::read_to_string(dir.path().join("eco-desk.2026-11-26.log")).unwrap();
        assert!(text.len() as u64 <= limit, "{} bytes", text.len());
        assert!(text.ends_with(FULL) && text.matches(FULL).count() == 1, "{text}");
        let next =
            LogFile { day_limit: limit, now: || at("2026-11-27"), ..LogFile::open(dir.path()).unwrap() };
        next.write(line).unwrap();
        assert_eq!(sizes(dir.path())[1], ("eco-desk.2026-11-27.log".to_owned(), line.len() as u64));
    }

    // Windows has no permission bits: a file there has the list of its folder.
    #[cfg(all(test, unix))]
    #[test]
    fn nobody_else_can_read_the_file_of_any_day() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        // As an earlier version left it.
        std::fs::write(dir.path().join("eco-desk.2026-11-25.log"), "earlier\n").unwrap();
        let mode = |day: &str| {
            let path = dir.path().join(format!("eco-desk.{day}.log"));
            path.metadata().unwrap().permissions().mode() & 0o777
        };
        let days: [fn() -> Timestamp; 3] = [|| at("2026-11-25"), || at("2026-11-26"), || at("2026-11-27")];
        for now in days {
            LogFile { now, ..LogFile::open(dir.path()).unwrap() }.write(b"new\n").unwrap();
        }
        assert_eq!(
            ["2026-11-25", "2026-11-26", "2026-11-27"].map(mode),
            [0o600; 3],
            "the first day's was there, the others were begun while the program ran"
        );
        let kept = std::fs::read_to_string(dir.path().join("eco-desk.2026-11-25.log")).unwrap();
        assert_eq!(kept, "earlier\nnew\n");
    }

    #[test]
    fn two_weeks_are_kept_and_not_more_than_all_may_be() {
        let dir = tempfile::tempdir().unwrap();
        for day in 1..20 {
            std::fs::write(dir.path().join(format!("eco-desk.2026-11-{day:02}.log")), "old").unwrap();
        }
        // An earlier version knew no largest size.
        let large = File::create(dir.path().join("eco-desk.2026-11-18.log")).unwrap();
        large.set_len(TOTAL_LIMIT + 1).unwrap();
        drop(large);
        std::fs::write(dir.path().join("notes.txt"), "not a log").unwrap();
        let log = LogFile { now: || at("2026-11-20"), ..LogFile::open(dir.path()).unwrap() };
        log.write(b"new\n").unwrap();
        let names: Vec<_> = sizes(dir.path()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["eco-desk.2026-11-19.log", "eco-desk.2026-11-20.log", "notes.txt"]);
    }

    #[test]
    fn an_old_file_that_cannot_be_removed_keeps_nothing_from_being_logged() {
        let dir = tempfile::tempdir().unwrap();
        // As on Windows a file that an editor holds open, a folder is not removed as a file.
        std::fs::create_dir(dir.path().join("eco-desk.2026-10-01.log")).unwrap();
        for day in 1..20 {
            std::fs::write(dir.path().join(format!("eco-desk.2026-11-{day:02}.log")), "old").unwrap();
        }
        let log = LogFile { now: || at("2026-11-20"), ..LogFile::open(dir.path()).unwrap() };
        log.write(b"new\n").unwrap();
        assert_eq!(std::fs::read(dir.path().join("eco-desk.2026-11-20.log")).unwrap(), b"new\n");
        assert_eq!(sizes(dir.path()).len(), DAYS + 1, "the others were removed");
    }
}
