//! Fallback parser for pages that the SDK cannot deserialize because one record is malformed.
//!
//! The SDK deserializes a response as a whole: a number in the place of one case's subject hides all cases. Here each
//! record is parsed by itself, so that only the malformed ones are missing.

use super::{CaseRecord, CommunicationRecord, Page, Unreadable, convert};
use aws_sdk_support::{error::SdkError, types};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Returns the body of a response with HTTP 200 that the SDK could not deserialize.
pub(super) fn unreadable_body<E>(error: &SdkError<E, HttpResponse>) -> Option<&[u8]> {
    let raw = match error {
        SdkError::ResponseError(context) => context.raw(),
        // The SDK reports a deserialization failure as an unhandled service error.
        SdkError::ServiceError(context) => context.raw(),
        // The SDK's enum is non-exhaustive.
        _ => return None,
    };
    raw.body().bytes().filter(|_| raw.status().as_u16() == 200)
}

/// Parses a page of cases; `None` if the body is not one.
pub(super) fn cases(body: &[u8]) -> Option<Page<CaseRecord>> {
    let given: Cases<'_> = serde_json::from_slice(body).ok()?;
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next: convert::token(given.next_token) };
    for raw in given.cases {
        let (read, malformed) = match serde_json::from_str::<Case<'_>>(raw.get()) {
            Ok(case) => case.into_details(),
            Err(_) => {
                page.unreadable.push(Unreadable { case_id: case_id_of(raw) });
                continue;
            }
        };
        let converted = convert::cases(vec![read], None);
        page.unreadable.extend(converted.unreadable);
        page.items.extend(converted.items.into_iter().map(|record| CaseRecord {
            recent_unreadable: record.recent_unreadable || malformed,
            more_communications: record.more_communications || malformed,
            ..record
        }));
    }
    Some(page)
}

/// Parses a page of communications; `None` if the body is not one.
pub(super) fn communications(body: &[u8]) -> Option<Page<CommunicationRecord>> {
    let given: Communications<'_> = serde_json::from_slice(body).ok()?;
    let (read, malformed) = readable(&given.communications);
    let mut page = convert::communications(read, given.next_token);
    page.unreadable.extend(malformed);
    Some(page)
}

/// Reads the case id of a malformed record.
fn case_id_of(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Named {
        case_id: Option<String>,
    }
    serde_json::from_str::<Named>(raw.get()).ok()?.case_id.filter(|id| !id.trim().is_empty())
}

fn readable(given: &[&RawValue]) -> (Vec<types::Communication>, Vec<Unreadable>) {
    let (mut read, mut malformed) = (Vec::new(), Vec::new());
    for raw in given {
        match serde_json::from_str::<Communication>(raw.get()) {
            Ok(communication) => read.push(communication.into_sdk()),
            Err(_) => malformed.push(Unreadable { case_id: case_id_of(raw) }),
        }
    }
    (read, malformed)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cases<'a> {
    #[serde(borrow)]
    cases: Vec<&'a RawValue>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Communications<'a> {
    #[serde(borrow)]
    communications: Vec<&'a RawValue>,
    next_token: Option<String>,
}

/// The members of `CaseDetails` that this program uses.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case<'a> {
    case_id: Option<String>,
    display_id: Option<String>,
    subject: Option<String>,
    status: Option<String>,
    service_code: Option<String>,
    category_code: Option<String>,
    severity_code: Option<String>,
    submitted_by: Option<String>,
    time_created: Option<String>,
    #[serde(borrow)]
    recent_communications: Option<Recent<'a>>,
    cc_email_addresses: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recent<'a> {
    #[serde(borrow)]
    communications: Option<Vec<&'a RawValue>>,
    next_token: Option<String>,
}

impl Case<'_> {
    /// Converts it to the SDK's type; also returns whether some of its communications are malformed.
    fn into_details(self) -> (types::CaseDetails, bool) {
        let mut any_malformed = false;
        let recent = self.recent_communications.map(|recent| {
            let (read, malformed) = readable(&recent.communications.unwrap_or_default());
            any_malformed = !malformed.is_empty();
            types::RecentCaseCommunications::builder()
                .set_communications(Some(read))
                .set_next_token(recent.next_token)
                .build()
        });
        let details = types::CaseDetails::builder()
            .set_case_id(self.case_id)
            .set_display_id(self.display_id)
            .set_subject(self.subject)
            .set_status(self.status)
            .set_service_code(self.service_code)
            .set_category_code(self.category_code)
            .set_severity_code(self.severity_code)
            .set_submitted_by(self.submitted_by)
            .set_time_created(self.time_created)
            .set_recent_communications(recent)
            .set_cc_email_addresses(self.cc_email_addresses)
            .build();
        (details, any_malformed)
    }
}

/// The members of `Communication` that this program uses.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Communication {
    case_id: Option<String>,
    body: Option<String>,
    submitted_by: Option<String>,
    time_created: Option<String>,
    attachments: Option<Vec<Attachment>>,
    attachment_set: Option<Vec<Attachment>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attachment {
    attachment_id: Option<String>,
    file_name: Option<String>,
}

impl Communication {
    fn into_sdk(self) -> types::Communication {
        let files = |given: Option<Vec<Attachment>>| {
            given.map(|files| {
                let file = |file: Attachment| {
                    types::AttachmentDetails::builder()
                        .set_attachment_id(file.attachment_id)
                        .set_file_name(file.file_name)
                        .build()
                };
                files.into_iter().map(file).collect()
            })
        };
        types::Communication::builder()
            .set_case_id(self.case_id)
            .set_body(self.body)
            .set_submitted_by(self.submitted_by)
            .set_time_created(self.time_created)
            .set_attachments(files(self.attachments))
            .set_attachment_set(files(self.attachment_set))
            .build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = r#"{"caseId":"case-1","subject":"a","recentCommunications":{"communications":[
        {"caseId":"case-1","body":"b","submittedBy":"c","timeCreated":"2026-05-12T23:12:35.000Z",
         "attachments":[{"attachmentId":"f","fileName":"f.log"}]}]}}"#;

    #[test]
    fn a_malformed_case_costs_only_itself() {
        for (malformed, id) in [
            (r#"{"caseId":"case-2","subject":7}"#, Some("case-2")),
            (r#"{"caseId":7,"subject":"a"}"#, None),
            (r#"{"caseId":" "}"#, None),
            (r#"{"subject":"\ud800","caseId":"case-2"}"#, Some("case-2")),
            (r#"{"caseId":"case-2","recentCommunications":"none"}"#, Some("case-2")),
            ("17", None),
            ("null", None),
            ("[]", None),
        ] {
            let body = format!(r#"{{"cases":[{malformed},{GOOD}],"nextToken":"t"}}"#);
            let page = cases(body.as_bytes()).expect(malformed);
            assert_eq!(page.next.as_deref(), Some("t"));
            assert_eq!(page.unreadable, [Unreadable { case_id: id.map(str::to_owned) }], "{malformed}");
            assert_eq!(page.items.len(), 1, "{malformed}");
            let good = &page.items[0];
            assert_eq!(
                (good.case_id.as_str(), good.recent.len(), good.more_communications),
                ("case-1", 1, false)
            );
            assert_eq!(good.recent[0].attachments[0].file_name, "f.log");
        }
    }

    #[test]
    fn a_malformed_communication_costs_neither_its_case_nor_the_others() {
        for malformed in [r#"{"body":7}"#, r#"{"submittedBy":"c"}"#, r#"{"body":""}"#, "3"] {
            let said = format!(r#"[{malformed},{{"body":"b","submittedBy":"c"}}]"#);
            let body = format!(
                r#"{{"cases":[{{"caseId":"case-1","recentCommunications":{{"communications":{said}}}}}]}}"#
            );
            let case = cases(body.as_bytes()).unwrap().items.remove(0);
            assert_eq!(
                (case.recent.len(), case.recent_unreadable, case.more_communications),
                (1, true, true)
            );
            let page = communications(format!(r#"{{"communications":{said}}}"#).as_bytes()).unwrap();
            assert_eq!((page.items.len(), page.unreadable.len()), (1, 1), "{malformed}");
        }
    }

    #[test]
    fn what_is_no_page_at_all_is_none() {
        for body in ["", "{}", "[]", "<html>", r#"{"cases":7}"#, r#"{"cases":[{"#] {
            assert!(cases(body.as_bytes()).is_none(), "{body}");
            assert!(communications(body.as_bytes()).is_none(), "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = (cases(&body), communications(&body));
        }
    }
}
