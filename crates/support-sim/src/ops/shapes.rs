//! Output shapes that more than one operation gives.

use serde::Serialize;

use crate::model::{AttachedFile, Communication};

/// Larger files are only in `attachments` and cannot be had by DescribeAttachment.
pub(super) const SMALL_FILE: u64 = 5 * 1024 * 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CommunicationShape<'a> {
    case_id: &'a str,
    body: &'a str,
    submitted_by: &'a str,
    time_created: String,
    attachments: Vec<AttachmentDetails<'a>>,
    attachment_set: Vec<AttachmentDetails<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttachmentDetails<'a> {
    attachment_id: &'a str,
    file_name: &'a str,
}

impl<'a> CommunicationShape<'a> {
    pub(super) fn new(
        said: &'a Communication,
        case_id: &'a str,
        time: fn(jiff::Timestamp) -> String,
    ) -> Self {
        let details = |file: &'a AttachedFile| AttachmentDetails {
            attachment_id: &file.id,
            file_name: &file.file_name,
        };
        Self {
            case_id,
            body: &said.body,
            submitted_by: &said.author,
            time_created: time(said.at),
            attachments: said.files.iter().map(details).collect(),
            attachment_set: said.files.iter().filter(|file| file.size <= SMALL_FILE).map(details).collect(),
        }
    }
}
