//! DescribeAttachment: a file of up to 5 MB, in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::shapes::SMALL_FILE;
use super::{Desk, check, end_dry_run};
use crate::error::WireError;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    attachment_id: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(desk: &mut Desk<'_>, input: &Input) -> Result<Bytes, WireError> {
    let id = check::required(&input.attachment_id, "attachmentId")?;
    let file = desk.state.file(id).ok_or_else(|| {
        WireError::new("AttachmentIdNotFound", format!("An attachment with the ID {id} could not be found."))
    })?;
    if file.size > SMALL_FILE {
        return Err(WireError::invalid_parameter(
            "The attachment is larger than 5 MB. Use GetAttachmentDownloadLink to download it.",
        ));
    }
    end_dry_run(input.dry_run)?;
    let data = STANDARD.encode(desk.state.bytes_of(&file.blob)?);
    Ok(wire::body(&json!({ "attachment": { "fileName": file.file_name, "data": data } })))
}
