//! Persistence: none, or a folder with a journal (one JSON line per change) beside the [`Files`].
//!
//! A change is in the operating system's hands before the call is answered, so it survives the process being killed
//! (not the loss of power: nothing is flushed to the platter). A last line that a kill cut off is dropped, since its
//! call was never answered. At start the journal is rewritten where much of it is out of date.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{SimError, at};
use crate::files::Files;
use crate::model::Record;

/// The journal's first line.
#[derive(Serialize, Deserialize)]
struct Head {
    support_sim: u32,
    account: String,
}

const FORMAT: u32 = 1;
const JOURNAL: &str = "journal.jsonl";
const ATTACHMENTS: &str = "attachments";

/// The journal, where there is one.
#[derive(Debug)]
pub(crate) enum Store {
    Nowhere,
    Folder(Folder),
}

/// An open data folder.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    account: String,
    journal: File,
    /// Bytes of whole lines in the journal.
    length: u64,
    /// Held for as long as the folder is open.
    _lock: File,
}

impl Store {
    /// Opens or makes a data folder and hands each record of its journal to `replay`, oldest first.
    pub(crate) fn open(
        path: &Path,
        account: &str,
        replay: impl FnMut(Record),
    ) -> Result<(Self, Files), SimError> {
        let files = Files::in_folder(path.join(ATTACHMENTS))?;
        let lock_path = path.join("lock");
        let lock = File::create(&lock_path).map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SimError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(SimError::Disk { path: lock_path, source }),
        }
        let journal_path = path.join(JOURNAL);
        let length = match File::open(&journal_path) {
            Ok(file) => read_journal(file, &journal_path, account, replay)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
            Err(source) => return Err(SimError::Disk { path: journal_path, source }),
        };
        let journal = open_for_append(&journal_path, length)?;
        let mut folder =
            Folder { path: path.to_owned(), account: account.to_owned(), journal, length, _lock: lock };
        if length == 0 {
            folder.append(&head_line(account))?;
        }
        Ok((Self::Folder(folder), files))
    }

    /// Appends a change to the journal. On failure it is not kept at all.
    pub(crate) fn write(&mut self, records: &[Record]) -> Result<(), SimError> {
        match self {
            Self::Nowhere => Ok(()),
            Self::Folder(folder) => folder.append(&line_of(&records)),
        }
    }

    /// Replaces the journal by one that says the same with these lines alone.
    pub(crate) fn rewrite(&mut self, lines: impl Iterator<Item = Vec<Record>>) -> Result<(), SimError> {
        match self {
            Self::Nowhere => Ok(()),
            Self::Folder(folder) => folder.rewrite(lines),
        }
    }
}

impl Folder {
    fn append(&mut self, line: &[u8]) -> Result<(), SimError> {
        let path = self.path.join(JOURNAL);
        if let Err(source) = self.journal.write_all(line) {
            // Half a line before the next one would damage both.
            if let Err(error) = self.journal.set_len(self.length) {
                tracing::error!(%error, "a half-written line stays in the journal");
            }
            return Err(SimError::Disk { path, source });
        }
        self.length += line.len() as u64;
        Ok(())
    }

    fn rewrite(&mut self, lines: impl Iterator<Item = Vec<Record>>) -> Result<(), SimError> {
        let (fresh, path) = (self.path.join("journal.new"), self.path.join(JOURNAL));
        let mut out = BufWriter::new(File::create(&fresh).map_err(at(&fresh))?);
        let mut length = 0;
        for line in std::iter::once(head_line(&self.account)).chain(lines.map(|records| line_of(&records))) {
            out.write_all(&line).map_err(at(&fresh))?;
            length += line.len() as u64;
        }
        let file = out
            .into_inner()
            .map_err(|error| SimError::Disk { path: fresh.clone(), source: error.into_error() })?;
        file.sync_all().map_err(at(&fresh))?;
        // Not every system replaces a file that is open: the old journal is let go first.
        self.journal = file;
        fs::rename(&fresh, &path).map_err(at(&path))?;
        self.journal = open_for_append(&path, length)?;
        self.length = length;
        Ok(())
    }
}

fn open_for_append(path: &Path, length: u64) -> Result<File, SimError> {
    let file = OpenOptions::new().create(true).append(true).open(path).map_err(at(path))?;
    file.set_len(length).map_err(at(path))?;
    Ok(file)
}

fn line_of(value: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value).expect("records have string keys and finite numbers");
    line.push(b'\n');
    line
}

fn head_line(account: &str) -> Vec<u8> {
    line_of(&Head { support_sim: FORMAT, account: account.to_owned() })
}

/// Reads whole lines; gives the length up to the end of the last good one.
fn read_journal(
    file: File,
    path: &Path,
    account: &str,
    mut replay: impl FnMut(Record),
) -> Result<u64, SimError> {
    let damaged = |line, reason: String| SimError::Damaged { path: path.to_owned(), line, reason };
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut good, mut number, mut line) = (0_u64, 0_usize, Vec::new());
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(at(path))?;
        if read == 0 {
            return Ok(good);
        }
        number += 1;
        let whole = line.ends_with(b"\n");
        let parsed = if number == 1 {
            serde_json::from_slice::<Head>(&line).map(|head| (Some(head), Vec::new()))
        } else {
            serde_json::from_slice::<Vec<Record>>(&line).map(|records| (None, records))
        };
        match parsed {
            Ok((head, records)) if whole => {
                if let Some(head) = head {
                    check_head(&head, path, account)?;
                }
                records.into_iter().for_each(&mut replay);
                good += read as u64;
            }
            Ok(_) => return Ok(good),
            Err(error) => {
                let last = reader.fill_buf().map_err(at(path))?.is_empty();
                if last {
                    tracing::warn!(line = number, %error, "the journal's last line is damaged and is dropped");
                    return Ok(good);
                }
                return Err(damaged(number, error.to_string()));
            }
        }
    }
}

fn check_head(head: &Head, path: &Path, account: &str) -> Result<(), SimError> {
    if head.support_sim != FORMAT {
        return Err(SimError::Damaged {
            path: path.to_owned(),
            line: 1,
            reason: format!("format {} is not {FORMAT}", head.support_sim),
        });
    }
    if head.account != account {
        return Err(SimError::OtherAccount {
            path: path.to_owned(),
            found: head.account.clone(),
            wanted: account.to_owned(),
        });
    }
    Ok(())
}
