//! AddAttachmentsToSet: three files of 5 MB each, kept for an hour.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::model::Constraints;
use super::{OperationContext, check, end_dry_run};
use crate::clock::{after, before};
use crate::error::WireError;
use crate::files::SMALL_FILE;
use crate::ids;
use crate::model::AttachmentSet;
use crate::model::Record;
use crate::time_text;
use crate::wire;

const FILES: usize = 3;
const LIFE: Duration = Duration::from_secs(3600);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    attachment_set_id: Option<String>,
    attachments: Option<Vec<Attachment>>,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attachment {
    file_name: Option<String>,
    data: Option<String>,
}

pub(super) fn call(context: &mut OperationContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let attachments = model.required(input.attachments.as_deref(), "attachments");
    model.end()?;
    if attachments.is_empty() {
        return Err(WireError::invalid_parameter("At least one attachment must be specified."));
    }
    let old = match input.attachment_set_id.as_deref() {
        None => None,
        Some(id) => Some(context.set(id)?.clone()),
    };
    let files = attachments.iter().map(read_file).collect::<Result<Vec<_>, _>>()?;
    let already = old.as_ref().map_or(0, |set| set.files.len());
    if already + files.len() > FILES || files.iter().any(|(_, data)| data.len() as u64 > SMALL_FILE) {
        return Err(WireError::of_code("AttachmentSetSizeLimitExceeded"));
    }
    if let (None, Some(limit)) = (&old, context.quotas.attachment_sets_per_hour)
        && context.state.sets_made_since(before(context.now, LIFE)) >= limit
    {
        return Err(WireError::of_code("AttachmentLimitExceeded"));
    }
    end_dry_run(input.dry_run)?;

    let mut set = old.unwrap_or_else(|| AttachmentSet {
        id: ids::attachment_set(&mut context.state.rng),
        made: context.now,
        expires: after(context.now, LIFE),
        files: Vec::new(),
    });
    for (name, data) in files {
        set.files.push(context.state.keep(name, data.into())?);
    }
    let answer = json!({ "attachmentSetId": set.id, "expiryTime": time_text::offset(set.expires) });
    context.state.commit(vec![Record::Set(set)])?;
    Ok(wire::body(&answer))
}

fn read_file(attachment: &Attachment) -> Result<(&str, Vec<u8>), WireError> {
    let (Some(name), Some(data)) = (attachment.file_name.as_deref(), attachment.data.as_deref()) else {
        return Err(WireError::invalid_parameter("Each attachment needs a fileName and data."));
    };
    check::file_name(name)?;
    let data = STANDARD.decode(data).map_err(|_| WireError::new("SerializationException", ""))?;
    if data.is_empty() {
        return Err(WireError::invalid_parameter(format!("The attachment '{name}' is empty.")));
    }
    Ok((name, data))
}
