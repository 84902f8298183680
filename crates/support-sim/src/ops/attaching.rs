//! Files that go along with a new case or communication: those of a set, and uploads that are ready.

use super::OperationContext;
use crate::error::WireError;
use crate::model::{AttachmentSet, WaitingFile};
use crate::model::{Upload, UploadStatus};

impl OperationContext<'_> {
    /// The files of a set and of uploads. They stay where they are until they expire.
    pub(super) fn waiting_files(
        &self,
        set: Option<&str>,
        uploads: &[String],
    ) -> Result<Vec<WaitingFile>, WireError> {
        let mut files = match set {
            None => Vec::new(),
            Some(id) => self.set(id)?.files.clone(),
        };
        for id in uploads {
            let upload = self.upload(id)?;
            let why = match upload.status(self.now) {
                UploadStatus::Ready => {
                    files.push(upload.waiting_file());
                    continue;
                }
                UploadStatus::NotReady => "is not ready",
                UploadStatus::Failed => "has failed",
            };
            return Err(WireError::invalid_parameter(format!("The upload with the ID {id} {why}.")));
        }
        Ok(files)
    }

    /// A set that has not expired.
    pub(super) fn set(&self, id: &str) -> Result<&AttachmentSet, WireError> {
        let set = self.state.set(id).ok_or_else(|| WireError::set_not_found(id))?;
        if set.expires > self.now { Ok(set) } else { Err(WireError::of_code("AttachmentSetExpired")) }
    }

    pub(super) fn upload(&self, id: &str) -> Result<&Upload, WireError> {
        self.state.upload(id, self.now).ok_or_else(|| WireError::upload_not_found(id))
    }
}
