//! From the SDK's types to the plain records. What AWS may leave out is given a value here, once.

use super::{
    AttachmentRecord, CaseRecord, CommunicationRecord, CommunicationType, FileBytes, NamedCode,
    ServiceRecord, instant,
};
use crate::text::single_line;
use aws_sdk_support::types;
use bytes::Bytes;

/// A case; `None` without an id, since nothing could be done with it.
pub(super) fn case(details: types::CaseDetails) -> Option<CaseRecord> {
    let (recent, more_communications) = details.recent_communications.map_or((Vec::new(), false), |recent| {
        (recent.communications.unwrap_or_default(), recent.next_token.is_some_and(|token| !token.is_empty()))
    });
    Some(CaseRecord {
        case_id: details.case_id?,
        display_id: details.display_id.filter(|number| !number.is_empty()),
        subject: details.subject.unwrap_or_default(),
        status: details.status.unwrap_or_default(),
        service_code: details.service_code.unwrap_or_default(),
        category_code: details.category_code.unwrap_or_default(),
        severity_code: details.severity_code.unwrap_or_default(),
        submitted_by: details.submitted_by,
        created_at: instant::parse_or_epoch(details.time_created.as_deref()),
        cc: details.cc_email_addresses.unwrap_or_default(),
        recent: communications(recent),
        more_communications,
    })
}

/// Communications, oldest first. AWS documents no order; equal instants keep the one they came in.
pub(super) fn communications(given: Vec<types::Communication>) -> Vec<CommunicationRecord> {
    let mut records: Vec<_> = given.into_iter().map(communication).collect();
    // AWS gives the newest first; so, reversed, equal instants stand as they were written.
    records.reverse();
    records.sort_by_key(|record| record.at);
    records
}

fn communication(given: types::Communication) -> CommunicationRecord {
    // `attachments` has all files, `attachmentSet` only those up to 5 MB; older accounts may get only the latter.
    let attachments = given.attachments.filter(|files| !files.is_empty()).or(given.attachment_set);
    CommunicationRecord {
        body: given.body.unwrap_or_default(),
        submitted_by: given.submitted_by.unwrap_or_default(),
        at: instant::parse_or_epoch(given.time_created.as_deref()),
        attachments: attachments.unwrap_or_default().into_iter().filter_map(attachment).collect(),
    }
}

fn attachment(given: types::AttachmentDetails) -> Option<AttachmentRecord> {
    Some(AttachmentRecord {
        attachment_id: given.attachment_id?,
        file_name: given.file_name.unwrap_or_default(),
    })
}

pub(super) fn file(given: types::Attachment) -> FileBytes {
    FileBytes {
        name: given.file_name.unwrap_or_default(),
        bytes: given.data.map(|blob| Bytes::from(blob.into_inner())).unwrap_or_default(),
    }
}

pub(super) fn service(given: types::Service) -> Option<ServiceRecord> {
    let categories = given.categories.unwrap_or_default();
    Some(ServiceRecord {
        code: given.code?,
        name: single_line(&given.name.unwrap_or_default()),
        categories: categories.into_iter().filter_map(|given| named(given.code, given.name)).collect(),
    })
}

pub(super) fn named(code: Option<String>, name: Option<String>) -> Option<NamedCode> {
    Some(NamedCode { code: code?, name: single_line(&name.unwrap_or_default()) })
}

pub(super) fn communication_type(given: types::CommunicationTypeOptions) -> Option<CommunicationType> {
    let hours = given.supported_hours.unwrap_or_default();
    let closed = given.dates_without_support.unwrap_or_default();
    Some(CommunicationType {
        kind: given.r#type?,
        hours: hours.into_iter().filter_map(|hours| Some((hours.start_time?, hours.end_time?))).collect(),
        closed: closed
            .into_iter()
            .filter_map(|closed| {
                Some((instant::parse(&closed.start_date_time?)?, instant::parse(&closed.end_date_time?)?))
            })
            .collect(),
    })
}
