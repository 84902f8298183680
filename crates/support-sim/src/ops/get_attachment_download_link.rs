//! GetAttachmentDownloadLink: for files of any size.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::Constraints;
use super::{ReadContext, end_dry_run};
use crate::error::WireError;
use crate::links::Link;
use crate::{time_text, wire};

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
    let origin = context.origin.ok_or_else(WireError::no_origin)?;
    end_dry_run(input.dry_run)?;
    let link = Link::Download { attachment_id: file.id.clone() };
    let (url, until) = link.url(origin, context.options, context.now);
    Ok(wire::body(&json!({
        "fileName": file.file_name,
        "downloadUrl": { "url": url, "expiryDate": time_text::zulu(until) },
    })))
}
