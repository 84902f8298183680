//! DescribeAttachment: a file of up to 5 MB, in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::Constraints;
use super::{ReadContext, end_dry_run};
use crate::error::WireError;
use crate::files::SMALL_FILE;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    attachment_id: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(context: &ReadContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let id = model.required(input.attachment_id.as_deref(), "attachmentId");
    model.end()?;
    let file = context.state.file(id).ok_or_else(|| WireError::attachment_not_found(id))?;
    if file.content.size > SMALL_FILE {
        return Err(WireError::invalid_parameter(
            "The attachment is larger than 5 MB. Use GetAttachmentDownloadLink to download it.",
        ));
    }
    end_dry_run(input.dry_run)?;
    let data = STANDARD.encode(context.state.files().bytes_of(&file.content)?);
    Ok(wire::body(&json!({ "attachment": { "fileName": file.file_name, "data": data } })))
}
