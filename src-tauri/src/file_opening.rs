//! Opens dropped files beside the main thread, which a network drive that does not answer would hold for minutes.

use desk_core::attachment::OpenedFile;
use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

/// How long a drop waits for its files; those of a disk take less than a thousandth of it. Later ones are waited for
/// elsewhere.
const LONGEST: Duration = Duration::from_secs(1);

/// Files that are being opened, or are open.
pub(crate) struct FileOpening {
    paths: Vec<PathBuf>,
    files: Receiver<Vec<OpenedFile>>,
}

impl FileOpening {
    /// Begins to open files that are held over the window: what offers them may delete them as soon as they are dropped.
    pub(crate) fn of_held(paths: Vec<PathBuf>) -> Self {
        Self::new(paths, OpenedFile::open_all)
    }

    /// Begins to open files that were dropped. Those that were open before are not opened again.
    pub(crate) fn of_dropped(paths: Vec<PathBuf>, held: Option<Self>) -> Self {
        let held = held.filter(|held| held.paths == paths);
        Self::new(paths, move |paths| {
            let held = held.and_then(|held| held.files.recv().ok());
            match held {
                Some(held) => held.into_iter().zip(paths).map(opened_at_last).collect(),
                None => OpenedFile::open_all(paths),
            }
        })
    }

    fn new(paths: Vec<PathBuf>, open: impl FnOnce(&[PathBuf]) -> Vec<OpenedFile> + Send + 'static) -> Self {
        let (opened, files) = mpsc::channel();
        let named = paths.clone();
        thread::spawn(move || {
            // Where the receiver is gone, the files are closed again.
            let _ = opened.send(open(&named));
        });
        Self { paths, files }
    }

    /// Waits a moment for the files. Where they take longer, the rest of the waiting is answered.
    pub(crate) fn wait(self) -> Result<Vec<OpenedFile>, Self> {
        self.files.recv_timeout(LONGEST).map_err(|_| self)
    }

    /// The files, whenever they are open. Blocks.
    pub(crate) fn finish(self) -> Vec<OpenedFile> {
        self.files.recv().unwrap_or_default()
    }

    /// How many files they are.
    pub(crate) fn count(&self) -> usize {
        self.paths.len()
    }
}

/// A file as it was opened while it was held, or opened now: an archiver unpacks it only when it is dropped.
fn opened_at_last((held, path): (OpenedFile, &PathBuf)) -> OpenedFile {
    if held.is_open() { held } else { OpenedFile::open(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(files: Vec<OpenedFile>) -> Vec<(String, bool)> {
        files.into_iter().map(|file| (file.name().to_owned(), file.is_open())).collect()
    }

    #[test]
    fn what_was_held_is_open_though_it_is_gone_and_what_came_with_the_drop_is_opened_then() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let (held, unpacked) = (folder.path().join("held.log"), folder.path().join("unpacked.log"));
        std::fs::write(&held, "held").expect("written");
        let paths = vec![held.clone(), unpacked.clone()];
        let opening = FileOpening::of_held(paths.clone());
        let files = opening.finish();
        assert_eq!(open(files), [("held.log".into(), true), ("unpacked.log".into(), false)]);

        let files = OpenedFile::open_all(&paths);
        let (sent, received) = mpsc::channel();
        sent.send(files).expect("received below");
        std::fs::remove_file(&held).expect("deleted");
        std::fs::write(&unpacked, "unpacked").expect("written");
        let dropped = FileOpening::of_dropped(paths.clone(), Some(FileOpening { paths, files: received }));
        assert_eq!(open(dropped.finish()), [("held.log".into(), true), ("unpacked.log".into(), true)]);
    }

    #[test]
    fn files_of_another_drag_are_not_taken() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let (first, second) = (folder.path().join("first.log"), folder.path().join("second.log"));
        for path in [&first, &second] {
            std::fs::write(path, "x").expect("written");
        }
        let held = FileOpening::of_held(vec![first]);
        let dropped = FileOpening::of_dropped(vec![second], Some(held));
        assert_eq!(open(dropped.finish()), [("second.log".into(), true)]);
    }
}
