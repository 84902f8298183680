//! Files on their way into a case, and where those that arrived are.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use super::State;
use crate::error::SimError;
use crate::files::Files;
use crate::ids;
use crate::model::{AttachedFile, AttachmentSet, Content, Upload, WaitingFile};

impl State {
    pub(crate) fn set(&self, id: &str) -> Option<&AttachmentSet> {
        self.sets.get(id)
    }

    pub(crate) fn sets_made_since(&self, since: Timestamp) -> usize {
        self.sets.values().filter(|set| set.made > since).count()
    }

    /// An upload that is still known.
    pub(crate) fn upload(&self, id: &str, now: Timestamp) -> Option<&Upload> {
        self.uploads.get(id).filter(|upload| upload.is_known(now))
    }

    /// A new upload, not committed yet.
    pub(crate) fn new_upload(
        &mut self,
        file_name: &str,
        size: u64,
        part_size: u64,
        now: Timestamp,
    ) -> Upload {
        Upload {
            id: ids::upload(&mut self.rng),
            file_name: file_name.to_owned(),
            content: Content { blob: ids::attachment(&mut self.rng), size, part_size: Some(part_size) },
            part_size,
            made: now,
            parts: BTreeMap::new(),
            fails: false,
            settled_at: None,
        }
    }

    pub(crate) fn file(&self, id: &str) -> Option<&AttachedFile> {
        let &(case, communication, file) = self.attached.get(id)?;
        self.entries.get(case as usize)?.said.get(communication as usize)?.files.get(file as usize)
    }

    /// When a file was attached.
    pub(crate) fn attached_at(&self, id: &str) -> Option<Timestamp> {
        let &(case, communication, _) = self.attached.get(id)?;
        Some(self.entries.get(case as usize)?.said.get(communication as usize)?.at)
    }

    pub(crate) fn files(&self) -> &Arc<Files> {
        &self.files
    }

    /// Keeps a file's bytes under a new name.
    pub(crate) fn keep(&mut self, file_name: &str, data: Bytes) -> Result<WaitingFile, SimError> {
        let blob = ids::attachment(&mut self.rng);
        let size = data.len() as u64;
        self.files.put(&blob, data)?;
        Ok(WaitingFile { file_name: file_name.to_owned(), content: Content { blob, size, part_size: None } })
    }

    /// Waiting files as they are attached to one communication, each with an id of its own.
    pub(crate) fn attach(&mut self, files: &[WaitingFile]) -> Vec<AttachedFile> {
        files
            .iter()
            .map(|file| AttachedFile {
                id: ids::attachment(&mut self.rng),
                file_name: file.file_name.clone(),
                content: file.content.clone(),
            })
            .collect()
    }
}
