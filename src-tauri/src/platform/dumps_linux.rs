//! Keeps the memory of this program, in which secrets are, out of core dumps. What it starts inherits that: the web view's
//! processes hold what is typed.
//!
//! The process stays dumpable in the sense of `PR_SET_DUMPABLE`: without that, desktop portals refuse every call of it
//! (flatpak/xdg-desktop-portal#785), and the window would not follow the desktop's theme.

use rustix::process::{Resource, Rlimit, setrlimit};

/// The size at which the kernel makes no dump at all, also where a program such as systemd-coredump would get it through
/// a pipe; with 0 that is left to the program (fs/coredump.c).
const NO_DUMP: u64 = 1;
/// Which mappings a dump would hold: none.
const FILTER: &str = "/proc/self/coredump_filter";

/// Makes sure that no dump of this process holds its memory.
pub(crate) fn keep_memory_out_of_dumps() {
    let limit = Rlimit { current: Some(NO_DUMP), maximum: Some(NO_DUMP) };
    // A lower limit that was set before cannot be raised, and need not be.
    let _ = setrlimit(Resource::Core, limit);
    let _ = std::fs::write(FILTER, "0");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        os::unix::process::ExitStatusExt as _,
        path::Path,
        process::{Command, ExitStatus},
    };

    /// Says what the process of its own does before it crashes.
    const INSIDE: &str = "ECO_DESK_TEST_CRASH";

    /// Crashes a process in `folder` where dumps are allowed; answers how it ended and the files it left.
    fn crash(folder: &Path, how: &str) -> (ExitStatus, Vec<String>) {
        let test = "platform::dumps::tests::a_crash_leaves_no_dump";
        let program = std::env::current_exe().unwrap();
        let status = Command::new("sh")
            .args(["-c", "ulimit -c unlimited; exec \"$0\" --exact \"$1\" --nocapture"])
            .arg(program)
            .arg(test)
            .current_dir(folder)
            .env(INSIDE, how)
            .status()
            .unwrap();
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        (status, files.map(|name| name.to_string_lossy().into_owned()).collect())
    }

    #[test]
    fn a_crash_leaves_no_dump() {
        if let Some(how) = std::env::var_os(INSIDE) {
            if how == "kept" {
                keep_memory_out_of_dumps();
                let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
                let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
                let figures: Vec<_> = core.split_whitespace().skip(4).take(2).collect();
                assert!(figures == ["1", "1"] || figures == ["0", "0"], "{core}");
                assert_eq!(std::fs::read_to_string(FILTER).unwrap().trim(), "00000000");
            }
            std::process::abort();
        }
        let dir = tempfile::tempdir().unwrap();
        let (status, files) = crash(dir.path(), "kept");
        assert_eq!(status.signal(), Some(6), "{status}");
        assert!(!status.core_dumped() && files.is_empty(), "{status} {files:?}");
        // Where this system writes dumps beside the program, the same crash would have left one.
        let pattern = std::fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap_or_default();
        let (status, files) = crash(dir.path(), "as it is");
        if pattern.trim() == "core" && status.core_dumped() {
            assert!(!files.is_empty());
        }
    }
}
