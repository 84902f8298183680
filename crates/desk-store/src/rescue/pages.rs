//! Reads records straight out of the pages of a SQLite file, for pages that SQLite cannot reach any more.
//!
//! Only leaf pages of tables are read; the tree above them is not needed. `secure_delete` zeroes what is deleted, so what
//! is found is live. Of the write-ahead log the committed frames of its last generation count, as in SQLite; a frame
//! whose checksum is wrong is read too, since each record is checked by itself.

use rusqlite::types::Value;
use std::{collections::BTreeMap, path::Path};

/// The page size where neither the file nor its log tells.
const USUAL_PAGE: usize = 4096;
/// The first byte of a leaf page of a table.
const TABLE_LEAF: u8 = 0x0D;
/// More columns than any table has: what claims more is no record.
const MOST_COLUMNS: usize = 100;
/// More bytes than any record has.
const LARGEST_RECORD: usize = 64 * 1024 * 1024;

/// The newest committed images of the pages of a database file.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Bytes of a page that SQLite uses.
    usable: usize,
    pages: BTreeMap<u32, Vec<u8>>,
}

/// A row of some table, by its values in the order of the columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    /// The row's id, which stands for an `INTEGER PRIMARY KEY`.
    pub(super) rowid: i64,
    /// The stored values; an `INTEGER PRIMARY KEY` is `Null` here.
    pub(super) values: Vec<Value>,
}

impl Pages {
    /// Reads a database file and its write-ahead log, as far as they are there.
    pub(super) fn read(database: &Path, log: &Path) -> Self {
        let file = std::fs::read(database).unwrap_or_default();
        let log = std::fs::read(log).unwrap_or_default();
        let size = page_size(&file, &log);
        let reserved = file.get(20).copied().filter(|_| is_header(&file)).map_or(0, usize::from);
        let mut pages = BTreeMap::new();
        for (number, page) in (1_u32..).zip(file.chunks(size)) {
            pages.insert(number, page.to_owned());
        }
        for (number, page) in committed_frames(&log, size) {
            pages.insert(number, page.to_owned());
        }
        Self { usable: size.saturating_sub(reserved), pages }
    }

    /// The records of all leaf pages but those of the schema's first page, in the order of the pages.
    pub(super) fn records(&self) -> Vec<Record> {
        let leaves =
            self.pages.iter().filter(|(number, page)| **number > 1 && page.first() == Some(&TABLE_LEAF));
        leaves.flat_map(|(_, page)| self.records_of(page)).collect()
    }

    fn records_of(&self, page: &[u8]) -> Vec<Record> {
        let cells = u16_at(page, 3).unwrap_or(0);
        (0..usize::from(cells))
            .filter_map(|cell| {
                let at = usize::from(u16_at(page, 8 + 2 * cell)?);
                self.record(page, at)
            })
            .collect()
    }

    fn record(&self, page: &[u8], at: usize) -> Option<Record> {
        let (length, at) = varint(page, at)?;
        let (rowid, at) = varint(page, at)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= LARGEST_RECORD)?;
        let payload = self.payload(page, at, length)?;
        Some(Record { rowid, values: values(&payload)? })
    }

    /// The bytes of a record, with its overflow pages.
    fn payload(&self, page: &[u8], at: usize, length: usize) -> Option<Vec<u8>> {
        let most = self.usable.checked_sub(35)?;
        if length <= most {
            return Some(page.get(at..at + length)?.to_owned());
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let even = least + (length - least) % (self.usable - 4);
        let here = if even <= most { even } else { least };
        let mut bytes = page.get(at..at + here)?.to_owned();
        let mut next = u32_at(page, at + here)?;
        while bytes.len() < length {
            let overflow = self.pages.get(&next)?;
            let wanted = (length - bytes.len()).min(self.usable - 4);
            bytes.extend_from_slice(overflow.get(4..4 + wanted)?);
            next = u32_at(overflow, 0)?;
        }
        Some(bytes)
    }
}

fn is_header(file: &[u8]) -> bool {
    file.starts_with(b"SQLite format 3\0")
}

fn page_size(file: &[u8], log: &[u8]) -> usize {
    let known = |size: usize| (512..=65536).contains(&size) && size.is_power_of_two();
    let of_file = u16_at(file, 16).map(|size| if size == 1 { 65536 } else { usize::from(size) });
    let of_log = u32_at(log, 8).and_then(|size| usize::try_from(size).ok());
    let of_file = of_file.filter(|size| is_header(file) && known(*size));
    of_file.or(of_log.filter(|size| known(*size))).unwrap_or(USUAL_PAGE)
}

/// The frames of the log up to the last one that ends a transaction: page numbers and images, oldest first.
fn committed_frames(log: &[u8], size: usize) -> Vec<(u32, &[u8])> {
    let (Some(salt), Some(frames)) = (log.get(16..24), log.get(32..)) else { return Vec::new() };
    let (mut found, mut committed) = (Vec::new(), 0);
    for frame in frames.chunks_exact(24 + size) {
        if frame.get(8..16) != Some(salt) {
            break;
        }
        let (Some(number), Some(after_commit)) = (u32_at(frame, 0), u32_at(frame, 4)) else { break };
        found.push((number, &frame[24..]));
        if after_commit > 0 {
            committed = found.len();
        }
    }
    found.truncate(committed);
    found
}

/// The values of a record; `None` where it is none.
fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let (header, mut at) = varint(payload, 0)?;
    let header = usize::try_from(header).ok().filter(|header| *header <= payload.len())?;
    let (mut body, mut values) = (header, Vec::new());
    while at < header {
        let (kind, next) = varint(payload, at)?;
        at = next;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let bytes = payload.get(body..body.checked_add(length)?)?;
        body += length;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
            1..=6 => Value::Integer(integer(bytes)),
            _ if kind % 2 == 0 => Value::Blob(bytes.to_owned()),
            _ => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        });
        if values.len() > MOST_COLUMNS {
            return None;
        }
    }
    Some(values)
}

/// A big-endian integer of up to eight bytes, with its sign.
fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    bytes.iter().fold(if negative { -1 } else { 0 }, |value, byte| value << 8 | i64::from(*byte))
}

/// A varint at `at`, and where it ends.
fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut value = 0_i64;
    for place in 0..8 {
        let byte = *bytes.get(at.checked_add(place)?)?;
        value = value << 7 | i64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((value, at + place + 1));
        }
    }
    Some((value << 8 | i64::from(*bytes.get(at + 8)?), at + 9))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
