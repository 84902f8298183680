//! An upload in parts: what is known of it, and its status, which follows from that and the time alone.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Content, WaitingFile};
use crate::clock::after;

/// The largest file, in bytes (`FileSize` of the service model).
pub(crate) const LARGEST_FILE: u64 = 157_286_400;
/// The largest part, in bytes (`PartSizeBytes` of the service model).
pub(crate) const LARGEST_PART: u64 = 104_857_600;
/// How long an upload is known. AWS documents nothing.
const LIFE: Duration = Duration::from_secs(24 * 3600);

/// A file that is being uploaded, or waits for a case or a communication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) file_name: String,
    pub(crate) content: Content,
    pub(crate) part_size: u64,
    pub(crate) made: Timestamp,
    /// The parts that have arrived, by their index from 1.
    pub(crate) parts: BTreeMap<u32, Part>,
    /// Whether it was told to fail.
    pub(crate) fails: bool,
    /// From when it is ready or failed; known once all parts are reported.
    pub(crate) settled_at: Option<Timestamp>,
}

/// A part that has arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Hexadecimal digits, without quotes.
    pub(crate) etag: String,
    pub(crate) size: u64,
    /// Whether CompleteAttachmentUpload has named it.
    pub(crate) reported: bool,
}

/// The values of `uploadStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum UploadStatus {
    #[serde(rename = "attachment-ready")]
    Ready,
    #[serde(rename = "attachment-not-ready")]
    NotReady,
    #[serde(rename = "failed")]
    Failed,
}

impl Upload {
    pub(crate) fn total_parts(&self) -> u32 {
        u32::try_from(self.content.size.div_ceil(self.part_size))
            .expect("at most 150 million parts of a byte")
    }

    /// The size that a part ought to have; `None` where there is no such part.
    pub(crate) fn size_of(&self, part: u32) -> Option<u64> {
        let total = self.total_parts();
        if !(1..=total).contains(&part) {
            return None;
        }
        let before = u64::from(part - 1) * self.part_size;
        Some((self.content.size - before).min(self.part_size))
    }

    pub(crate) fn reported(&self) -> usize {
        self.parts.values().filter(|part| part.reported).count()
    }

    /// Whether all parts are reported; then nothing can be sent any more.
    pub(crate) fn is_complete(&self) -> bool {
        self.settled_at.is_some()
    }

    pub(crate) fn is_known(&self, now: Timestamp) -> bool {
        now < after(self.made, LIFE)
    }

    pub(crate) fn status(&self, now: Timestamp) -> UploadStatus {
        match self.settled_at {
            Some(at) if at <= now => {
                let whole = self.parts.iter().all(|(&part, is)| self.size_of(part) == Some(is.size));
                if whole && !self.fails { UploadStatus::Ready } else { UploadStatus::Failed }
            }
            Some(_) | None => UploadStatus::NotReady,
        }
    }

    pub(crate) fn waiting_file(&self) -> WaitingFile {
        WaitingFile { file_name: self.file_name.clone(), content: self.content.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(size: u64, part_size: u64) -> Upload {
        Upload {
            id: "u".into(),
            file_name: "f".into(),
            content: Content { blob: "b".into(), size, part_size: Some(part_size) },
            part_size,
            made: Timestamp::UNIX_EPOCH,
            parts: BTreeMap::new(),
            fails: false,
            settled_at: None,
        }
    }

    fn arrived(size: u64) -> Part {
        Part { etag: String::new(), size, reported: true }
    }

    #[test]
    fn parts_are_of_one_size_but_the_last() {
        for (size, part_size, sizes) in [
            (1, 8, vec![1]),
            (8, 8, vec![8]),
            (9, 8, vec![8, 1]),
            (16, 8, vec![8, 8]),
            (20, 8, vec![8, 8, 4]),
        ] {
            let upload = upload(size, part_size);
            let got: Vec<u64> = (1..).map_while(|part| upload.size_of(part)).collect();
            assert_eq!(got, sizes);
            assert_eq!((upload.total_parts() as usize, upload.size_of(0)), (sizes.len(), None));
        }
    }

    #[test]
    fn it_is_ready_after_a_while_unless_a_part_is_short_or_it_was_told_to_fail() {
        let mut upload = upload(9, 8);
        upload.parts = BTreeMap::from([(1, arrived(8)), (2, arrived(1))]);
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(upload.status(at(1_000)), UploadStatus::NotReady);
        upload.settled_at = Some(at(10));
        assert_eq!(upload.status(at(9)), UploadStatus::NotReady);
        assert_eq!(upload.status(at(10)), UploadStatus::Ready);
        upload.parts.insert(1, arrived(7));
        assert_eq!(upload.status(at(10)), UploadStatus::Failed);
        upload.parts.insert(1, arrived(8));
        upload.fails = true;
        assert_eq!(upload.status(at(9)), UploadStatus::NotReady);
        assert_eq!(upload.status(at(10)), UploadStatus::Failed);
    }

    #[test]
    fn it_is_known_for_a_day() {
        let upload = upload(1, 1);
        assert!(upload.is_known(Timestamp::from_second(86_399).unwrap()));
        assert!(!upload.is_known(Timestamp::from_second(86_400).unwrap()));
    }
}
