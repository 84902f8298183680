//! DescribeAttachmentUploadStatus.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::{Constraints, UPLOAD_ID_LENGTH};
use super::{ReadContext, end_dry_run};
use crate::error::WireError;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    upload_id: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(context: &ReadContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let id = model.required_text(input.upload_id.as_deref(), "uploadId", UPLOAD_ID_LENGTH);
    model.end()?;
    let upload = context.state.upload(id, context.now).ok_or_else(|| WireError::upload_not_found(id))?;
    end_dry_run(input.dry_run)?;
    Ok(wire::body(&json!({
        "uploadStatus": upload.status(context.now),
        "fileName": upload.file_name,
        "uploadProgress": {
            "totalParts": upload.total_parts(),
            "completedPartsCount": upload.reported(),
        },
    })))
}
