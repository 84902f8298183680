//! Output shapes that more than one operation gives. They are written straight from the state, without copies.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::files::SMALL_FILE;
use crate::model::{AttachedFile, Communication};
use crate::time_text::Stamp;

pub(super) use crate::time_text::TimeForm;

/// A list that is written item by item.
pub(super) struct Each<I>(I);

/// A list of what an iterator gives.
pub(super) fn each<I: Iterator + Clone>(items: I) -> Each<I> {
    Each(items)
}

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.clone())
    }
}

/// A `Communication`.
pub(super) struct CommunicationShape<'a> {
    pub(super) said: &'a Communication,
    pub(super) case_id: &'a str,
    pub(super) time: TimeForm,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttachmentDetails<'a> {
    attachment_id: &'a str,
    file_name: &'a str,
}

impl<'a> From<&'a AttachedFile> for AttachmentDetails<'a> {
    fn from(file: &'a AttachedFile) -> Self {
        Self { attachment_id: &file.id, file_name: &file.file_name }
    }
}

impl Serialize for CommunicationShape<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let files = self.said.files.iter();
        let small = files.clone().filter(|file| file.content.size <= SMALL_FILE);
        let mut shape = to.serialize_struct("Communication", 6)?;
        shape.serialize_field("caseId", self.case_id)?;
        shape.serialize_field("body", &self.said.body)?;
        shape.serialize_field("submittedBy", &self.said.author)?;
        shape.serialize_field("timeCreated", &Stamp(self.said.at, self.time))?;
        shape.serialize_field("attachments", &each(files.map(AttachmentDetails::from)))?;
        shape.serialize_field("attachmentSet", &each(small.map(AttachmentDetails::from)))?;
        shape.end()
    }
}
