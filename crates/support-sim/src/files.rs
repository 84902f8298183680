//! The file store: the data folder if there is one; else memory for small files and a temporary folder for large ones.
//! The parts of an upload are stored as they arrived and never concatenated.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tempfile::TempDir;

use crate::error::{SimError, at};
use crate::model::Content;

/// What AWS calls small, in bytes: at most this is in `attachmentSet` and can be had by DescribeAttachment.
pub(crate) const SMALL_FILE: u64 = 5 * 1024 * 1024;

/// The files of one sim.
#[derive(Debug)]
pub(crate) struct Files(Place);

#[derive(Debug)]
enum Place {
    Kept(PathBuf),
    Forgotten { small: Mutex<HashMap<String, Bytes>>, large: Mutex<Option<TempDir>> },
}

impl Files {
    /// Creates a store that is deleted with the sim.
    pub(crate) fn temporary() -> Self {
        Self(Place::Forgotten { small: Mutex::default(), large: Mutex::default() })
    }

    /// Files in a folder, which is made where it is missing.
    pub(crate) fn in_folder(folder: PathBuf) -> Result<Self, SimError> {
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(Self(Place::Kept(folder)))
    }

    /// Keeps a file's bytes under a name.
    pub(crate) fn put(&self, name: &str, data: Bytes) -> Result<(), SimError> {
        if let Place::Forgotten { small, .. } = &self.0
            && data.len() as u64 <= SMALL_FILE
        {
            locked(small).insert(name.to_owned(), data);
            return Ok(());
        }
        let path = self.folder()?.join(name);
        fs::write(&path, &data).map_err(at(&path))
    }

    /// Where a part of an upload goes, and where it can be written until it is whole.
    pub(crate) fn part(&self, blob: &str, part: u32) -> Result<(PathBuf, PathBuf), SimError> {
        let folder = self.folder()?.join(blob);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        let unfinished = folder.join(format!("{part}.{}.unfinished", uuid::Uuid::new_v4().simple()));
        Ok((folder.join(part.to_string()), unfinished))
    }

    /// All bytes of a file.
    pub(crate) fn bytes_of(&self, content: &Content) -> Result<Bytes, SimError> {
        let whole = usize::try_from(content.size).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(whole);
        match self.read(content, 0..content.size)? {
            Reading::Memory(data) => return Ok(data),
            Reading::Disk(mut from) => {
                let path = PathBuf::from(&content.blob);
                from.read_to_end(&mut bytes).map_err(|source| SimError::Disk { path, source })?;
            }
        }
        Ok(bytes.into())
    }

    /// Some of the bytes of a file. The range lies within its size.
    pub(crate) fn read(&self, content: &Content, range: Range<u64>) -> Result<Reading, SimError> {
        if let Place::Forgotten { small, .. } = &self.0
            && let Some(data) = locked(small).get(&content.blob)
        {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(data.len());
            return Ok(Reading::Memory(data.slice(place(range.start)..place(range.end))));
        }
        let path = self.folder()?.join(&content.blob);
        let whole = [(path.clone(), 0..content.size)];
        let pieces: Vec<(PathBuf, Range<u64>)> = match content.part_size {
            None => whole.into(),
            Some(size) => (0..content.size.div_ceil(size))
                .map(|part| {
                    let start = part * size;
                    (path.join((part + 1).to_string()), start..(start + size).min(content.size))
                })
                .collect(),
        };
        let wanted = pieces.into_iter().filter_map(|(path, lies)| {
            let (start, end) = (lies.start.max(range.start), lies.end.min(range.end));
            (start < end).then(|| Piece { path, start: start - lies.start, left: end - start, open: None })
        });
        Ok(Reading::Disk(DiskReader { pieces: wanted.collect::<Vec<_>>().into_iter(), current: None }))
    }

    /// Throws away what nothing names, and what was never finished.
    pub(crate) fn sweep(&self, named: &HashSet<&str>) -> Result<(), SimError> {
        let folder = match &self.0 {
            Place::Kept(folder) => folder.clone(),
            Place::Forgotten { small, large } => {
                locked(small).retain(|name, _| named.contains(name.as_str()));
                match &*locked(large) {
                    Some(folder) => folder.path().to_owned(),
                    None => return Ok(()),
                }
            }
        };
        let folder = folder.as_path();
        for entry in fs::read_dir(folder).map_err(at(folder))? {
            let path = entry.map_err(at(folder))?.path();
            let is_named =
                path.file_name().and_then(|name| name.to_str()).is_some_and(|name| named.contains(name));
            match (is_named, path.is_dir()) {
                (true, false) => {}
                (true, true) => remove_unfinished(&path)?,
                (false, true) => fs::remove_dir_all(&path).map_err(at(&path))?,
                (false, false) => fs::remove_file(&path).map_err(at(&path))?,
            }
        }
        Ok(())
    }

    /// The folder for what does not lie in memory.
    fn folder(&self) -> Result<PathBuf, SimError> {
        match &self.0 {
            Place::Kept(folder) => Ok(folder.clone()),
            Place::Forgotten { large, .. } => {
                let mut large = locked(large);
                let folder = match large.take() {
                    Some(folder) => folder,
                    None => tempfile::Builder::new()
                        .prefix("support-sim-")
                        .tempdir()
                        .map_err(at(&std::env::temp_dir()))?,
                };
                Ok(large.insert(folder).path().to_owned())
            }
        }
    }
}

fn remove_unfinished(folder: &Path) -> Result<(), SimError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "unfinished") {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes on their way out.
pub(crate) enum Reading {
    Memory(Bytes),
    Disk(DiskReader),
}

/// Reads pieces of files one after the other.
pub(crate) struct DiskReader {
    pieces: std::vec::IntoIter<Piece>,
    current: Option<Piece>,
}

struct Piece {
    path: PathBuf,
    start: u64,
    left: u64,
    open: Option<File>,
}

impl Read for DiskReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(piece) = &mut self.current else {
                self.current = self.pieces.next();
                if self.current.is_none() {
                    return Ok(0);
                }
                continue;
            };
            let most = usize::try_from(piece.left).unwrap_or(usize::MAX).min(buffer.len());
            let read = piece.open()?.read(&mut buffer[..most])?;
            piece.left -= read as u64;
            if piece.left == 0 {
                self.current = None;
            } else if read == 0 && most > 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
        }
    }
}

impl Piece {
    fn open(&mut self) -> io::Result<&mut File> {
        let file = match self.open.take() {
            Some(file) => file,
            None => {
                let mut file = File::open(&self.path)?;
                file.seek(SeekFrom::Start(self.start))?;
                file
            }
        };
        Ok(self.open.insert(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(files: &Files, content: &Content, range: Range<u64>) -> Vec<u8> {
        match files.read(content, range).unwrap() {
            Reading::Memory(data) => data.to_vec(),
            Reading::Disk(mut from) => {
                let mut bytes = Vec::new();
                from.read_to_end(&mut bytes).unwrap();
                bytes
            }
        }
    }

    #[test]
    fn ranges_run_over_the_borders_of_parts() {
        let files = Files::temporary();
        for (part, text) in [(1, "abcd"), (2, "efgh"), (3, "i")] {
            fs::write(files.part("blob", part).unwrap().0, text).unwrap();
        }
        let content = Content { blob: "blob".into(), size: 9, part_size: Some(4) };
        assert_eq!(files.bytes_of(&content).unwrap().as_ref(), b"abcdefghi");
        for (range, expected) in [(0..9, "abcdefghi"), (3..5, "de"), (4..8, "efgh"), (8..9, "i"), (2..2, "")]
        {
            assert_eq!(some(&files, &content, range.clone()), expected.as_bytes(), "{range:?}");
        }
    }

    #[test]
    fn large_files_lie_on_disk_and_small_ones_in_memory() {
        let files = Files::temporary();
        let small = Content { blob: "small".into(), size: 3, part_size: None };
        files.put("small", Bytes::from_static(b"abc")).unwrap();
        assert!(matches!(files.read(&small, 0..3).unwrap(), Reading::Memory(_)));
        assert_eq!(some(&files, &small, 1..2), b"b");
        let size = SMALL_FILE + 1;
        files.put("large", vec![7; usize::try_from(size).unwrap()].into()).unwrap();
        let large = Content { blob: "large".into(), size, part_size: None };
        assert!(matches!(files.read(&large, 0..size).unwrap(), Reading::Disk(_)));
        assert_eq!(some(&files, &large, size - 2..size), [7, 7]);
    }

    #[test]
    fn a_file_that_lost_bytes_is_an_error() {
        let files = Files::temporary();
        fs::write(files.part("blob", 1).unwrap().0, "abc").unwrap();
        let content = Content { blob: "blob".into(), size: 4, part_size: Some(4) };
        assert!(files.bytes_of(&content).is_err());
    }

    #[test]
    fn what_nothing_names_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path().join("files")).unwrap();
        files.put("named", Bytes::from_static(b"a")).unwrap();
        files.put("other", Bytes::from_static(b"b")).unwrap();
        let (whole, unfinished) = files.part("upload", 1).unwrap();
        fs::write(&whole, "x").unwrap();
        fs::write(&unfinished, "y").unwrap();
        fs::write(files.part("left", 1).unwrap().0, "z").unwrap();
        files.sweep(&HashSet::from(["named", "upload"])).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path().join("files"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["named", "upload"]);
        assert!(whole.exists() && !unfinished.exists());

        let files = Files::temporary();
        files.put("named", Bytes::from_static(b"a")).unwrap();
        files.put("other", Bytes::from_static(b"b")).unwrap();
        let (part, _) = files.part("left", 1).unwrap();
        fs::write(&part, "z").unwrap();
        files.sweep(&HashSet::from(["named"])).unwrap();
        let of = |blob: &str| Content { blob: blob.into(), size: 1, part_size: None };
        assert!(files.bytes_of(&of("named")).is_ok() && files.bytes_of(&of("other")).is_err());
        assert!(!part.exists());
    }
}
