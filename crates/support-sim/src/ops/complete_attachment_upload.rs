//! CompleteAttachmentUpload: reports parts that have arrived, one or more at a time. With the last of them the upload
//! begins to become ready.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::{Constraints, UPLOAD_ID_LENGTH, shown};
use super::{OperationContext, end_dry_run};
use crate::clock::after;
use crate::error::WireError;
use crate::model::Record;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    upload_id: Option<String>,
    completed_uploads: Option<Vec<CompletedUpload>>,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CompletedUpload {
    part_index: Option<i32>,
    e_tag: Option<String>,
}

pub(super) fn call(context: &mut OperationContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let id = model.required_text(input.upload_id.as_deref(), "uploadId", UPLOAD_ID_LENGTH);
    let reported = model.required(input.completed_uploads.as_deref(), "completedUploads");
    for (place, part) in (1..).zip(reported) {
        model.required(part.part_index, &format!("completedUploads.{place}.member.partIndex"));
        model.required_text(part.e_tag.as_deref(), &format!("completedUploads.{place}.member.eTag"), 1..=256);
    }
    model.end()?;
    if reported.is_empty() {
        return Err(WireError::invalid_parameter("At least one completed upload must be specified."));
    }
    let mut upload = context.upload(id)?.clone();
    for part in reported {
        let (index, etag) = (part.part_index.unwrap_or_default(), part.e_tag.as_deref().unwrap_or_default());
        let arrived = u32::try_from(index).ok().and_then(|index| upload.parts.get_mut(&index));
        let Some(arrived) = arrived else {
            let text = format!("Part {index} has not been uploaded.");
            return Err(WireError::invalid_parameter(text));
        };
        if etag.trim_matches('"') != arrived.etag {
            let text = format!("The eTag '{}' is not that of part {index}.", shown(etag));
            return Err(WireError::invalid_parameter(text));
        }
        arrived.reported = true;
    }
    end_dry_run(input.dry_run)?;

    upload.fails |= context.fails_upload;
    if !upload.is_complete() && upload.reported() == upload.total_parts() as usize {
        upload.settled_at = Some(after(context.now, context.options.links.ready_after));
    }
    let answer = wire::body(&json!({ "uploadStatus": upload.status(context.now) }));
    context.state.commit(vec![Record::Upload(Box::new(upload))])?;
    Ok(answer)
}
