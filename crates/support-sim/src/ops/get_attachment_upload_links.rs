//! GetAttachmentUploadLinks: begins an upload, or goes on with one; ten links at a time.

use std::ops::Range;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::model::{Constraints, UPLOAD_ID_LENGTH};
use super::{OperationContext, check, end_dry_run};
use crate::error::WireError;
use crate::links::Link;
use crate::model::Record;
use crate::model::{LARGEST_FILE, Upload};
use crate::time_text;
use crate::wire;

/// The most links in one answer.
const LINKS: u32 = 10;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    file_name: Option<String>,
    file_size_bytes: Option<i64>,
    upload_id: Option<String>,
    upload_range: Option<UploadRange>,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UploadRange {
    start_index: Option<i32>,
    end_index: Option<i32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<'a> {
    upload_id: &'a str,
    part_size_bytes: u64,
    total_parts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_index: Option<u32>,
    upload_urls: Vec<UploadUrl>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UploadUrl {
    url: String,
    part_index: u32,
    expiry_date: String,
}

pub(super) fn call(context: &mut OperationContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let file_name = model.required(input.file_name.as_deref(), "fileName");
    let largest = i64::try_from(LARGEST_FILE).expect("150 MB fit");
    model.number(input.file_size_bytes, "fileSizeBytes", 1..=largest);
    model.text(input.upload_id.as_deref(), "uploadId", UPLOAD_ID_LENGTH);
    if let Some(range) = &input.upload_range {
        model.required(range.start_index, "uploadRange.startIndex");
        model.number(range.start_index.map(i64::from), "uploadRange.startIndex", 1..=i64::MAX);
        model.number(range.end_index.map(i64::from), "uploadRange.endIndex", 2..=i64::MAX);
    }
    model.end()?;
    check::file_name(file_name)?;
    let known = match (&input.upload_id, input.file_size_bytes) {
        (Some(id), size) => {
            let upload = context.upload(id)?;
            if size.is_some_and(|size| u64::try_from(size) != Ok(upload.content.size)) {
                return Err(WireError::invalid_parameter("fileSizeBytes is not the size of the upload."));
            }
            if upload.is_complete() {
                return Err(WireError::invalid_parameter("All parts of the upload have been completed."));
            }
            Some(upload.clone())
        }
        (None, Some(_)) => None,
        (None, None) => {
            let text = "Either fileSizeBytes, for a new upload, or uploadId must be specified.";
            return Err(WireError::invalid_parameter(text));
        }
    };
    let is_new = known.is_none();
    let upload = known.unwrap_or_else(|| {
        let size = input.file_size_bytes.and_then(|size| u64::try_from(size).ok()).unwrap_or_default();
        context.state.new_upload(file_name, size, context.options.links.part_size, context.now)
    });
    let range = range_of(input.upload_range.as_ref(), &upload)?;
    let origin = context.origin.ok_or_else(WireError::no_origin)?;
    end_dry_run(input.dry_run)?;

    let upload_urls = range
        .clone()
        .map(|part_index| {
            let link = Link::Upload { upload_id: upload.id.clone(), part: part_index };
            let (url, until) = link.url(origin, context.options, context.now);
            UploadUrl { url, part_index, expiry_date: time_text::zulu(until) }
        })
        .collect();
    let total_parts = upload.total_parts();
    let answer = wire::body(&Output {
        upload_id: &upload.id,
        part_size_bytes: upload.part_size,
        total_parts,
        next_index: (range.end <= total_parts).then_some(range.end),
        upload_urls,
    });
    if is_new {
        context.state.commit(vec![Record::Upload(Box::new(upload))])?;
    }
    Ok(answer)
}

/// The parts that links are asked for; without a range the first that has not been completed and what follows it.
fn range_of(asked: Option<&UploadRange>, upload: &Upload) -> Result<Range<u32>, WireError> {
    let invalid = |text: &str| Err(WireError::invalid_parameter(text));
    let total = upload.total_parts();
    let index = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    let (start, end) = match asked {
        None => {
            let open = |part: &u32| upload.parts.get(part).is_none_or(|arrived| !arrived.reported);
            ((1..=total).find(open).unwrap_or(1), None)
        }
        Some(range) => (index(range.start_index).unwrap_or(1), index(range.end_index)),
    };
    if start > total {
        return invalid("The startIndex of uploadRange is beyond the last part.");
    }
    let end = end.unwrap_or(start.saturating_add(LINKS));
    if end <= start {
        return invalid("The endIndex of uploadRange must be greater than its startIndex.");
    }
    if end - start > LINKS {
        return invalid("The range size of uploadRange must not exceed 10.");
    }
    Ok(start..end.min(total + 1))
}
