//! Converts the SDK's types to this crate's records, with defaults for optional members.

use super::{
    AttachmentRecord, CaseRecord, CommunicationRecord, CommunicationType, FileBytes, NamedCode, Page,
    ServiceRecord, Unreadable, instant,
};
use aws_sdk_support::types;
use bytes::Bytes;
use desk_model::text::single_line;

/// Converts a page of cases.
pub(super) fn cases(given: Vec<types::CaseDetails>, next: Option<String>) -> Page<CaseRecord> {
    let mut page = Page { items: Vec::with_capacity(given.len()), unreadable: Vec::new(), next: token(next) };
    for details in given {
        match case(details) {
            Some(record) => page.items.push(record),
            None => page.unreadable.push(Unreadable::default()),
        }
    }
    page
}

/// Normalises a paging token: an empty one counts as none.
pub(super) fn token(given: Option<String>) -> Option<String> {
    given.filter(|token| !token.is_empty())
}

/// Converts a case; `None` if it has no id, without which it is of no use.
fn case(details: types::CaseDetails) -> Option<CaseRecord> {
    let case_id = details.case_id.filter(|id| !id.trim().is_empty())?;
    let (given, next) = details
        .recent_communications
        .map_or((Vec::new(), None), |recent| (recent.communications.unwrap_or_default(), recent.next_token));
    let recent = communications(given, next);
    let recent_unreadable = !recent.unreadable.is_empty();
    Some(CaseRecord {
        case_id,
        display_id: details.display_id.filter(|number| !number.is_empty()),
        subject: details.subject.unwrap_or_default(),
        status: details.status.unwrap_or_default(),
        service_code: details.service_code.unwrap_or_default(),
        category_code: details.category_code.unwrap_or_default(),
        severity_code: details.severity_code.unwrap_or_default(),
        submitted_by: details.submitted_by,
        created_at: instant::parse_or_epoch(details.time_created.as_deref()),
        cc: details.cc_email_addresses.unwrap_or_default(),
        more_communications: recent.next.is_some() || recent_unreadable || recent.items.is_empty(),
        recent_unreadable,
        recent: recent.items,
    })
}

/// Converts a page of communications and sorts it, oldest first. AWS documents no order; equal times keep theirs.
pub(super) fn communications(
    given: Vec<types::Communication>,
    next: Option<String>,
) -> Page<CommunicationRecord> {
    let mut page = Page { items: Vec::with_capacity(given.len()), unreadable: Vec::new(), next: token(next) };
    for given in given {
        let case_id = given.case_id.clone();
        match communication(given) {
            Some(record) => page.items.push(record),
            None => page.unreadable.push(Unreadable { case_id }),
        }
    }
    // AWS sends the newest first; reversed, communications with equal times are in the order of writing.
    page.items.reverse();
    page.items.sort_by_key(|record| record.at);
    page
}

/// Converts a communication; `None` if it has no text, which each has at AWS (1 to 8,000 characters).
fn communication(given: types::Communication) -> Option<CommunicationRecord> {
    // `attachments` has all files, `attachmentSet` only those up to 5 MB; older accounts may get only the latter.
    let attachments = given.attachments.filter(|files| !files.is_empty()).or(given.attachment_set);
    Some(CommunicationRecord {
        body: given.body.filter(|body| !body.is_empty())?,
        submitted_by: given.submitted_by.unwrap_or_default(),
        at: instant::parse_or_epoch(given.time_created.as_deref()),
        attachments: attachments.unwrap_or_default().into_iter().filter_map(attachment).collect(),
    })
}

fn attachment(given: types::AttachmentDetails) -> Option<AttachmentRecord> {
    Some(AttachmentRecord {
        attachment_id: given.attachment_id?,
        file_name: given.file_name.unwrap_or_default(),
    })
}

/// Converts a file; `None` if it has no content, which must not be taken for an empty file.
pub(super) fn file(given: types::Attachment) -> Option<FileBytes> {
    Some(FileBytes {
        name: given.file_name.unwrap_or_default(),
        bytes: Bytes::from(given.data?.into_inner()),
    })
}

pub(super) fn service(given: types::Service) -> Option<ServiceRecord> {
    let categories = given.categories.unwrap_or_default();
    Some(ServiceRecord {
        code: given.code?,
        name: single_line(&given.name.unwrap_or_default()),
        categories: categories.into_iter().filter_map(|given| named_code(given.code, given.name)).collect(),
    })
}

pub(super) fn named_code(code: Option<String>, name: Option<String>) -> Option<NamedCode> {
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
