//! The text that is sent: what the user wrote comes first, then a short block of what ECO cannot see in the fields
//! of the Support API, then the reference line. What is previewed is what is sent.

use crate::draft::{ContactMethod, ReplyContent, ReportContent, one_line, plain};
use desk_model::Reference;

/// With this word in the subject, ECO's engineers do not act on a case.
pub const TEST_MARK: &str = "AMSTestNoOpsActionRequired";

/// The subject as it is sent.
pub(super) fn report_subject(content: &ReportContent) -> String {
    let subject = one_line(&content.subject);
    if content.as_test && !subject.contains(TEST_MARK) { format!("{TEST_MARK}: {subject}") } else { subject }
}

/// The first communication of a case, word for word.
pub(super) fn report_body(content: &ReportContent, reference: &Reference) -> String {
    let mut block = Vec::new();
    if let Some(kind) = content.kind {
        block.push(format!("Kind of problem: {}", kind.of().title));
    }
    block.push(contact_words(content));
    if content.as_test {
        block.push("This is a test. No action is needed.".to_owned());
    }
    format!("{}\n\n---\n{}\n\n{}", plain(&content.body), block.join("\n"), reference.line())
}

/// A reply, word for word.
pub(super) fn reply_body(content: &ReplyContent, reference: &Reference) -> String {
    format!("{}\n\n{}", plain(&content.body), reference.line())
}

/// How many characters are added below the user's own text of a reply.
#[must_use]
pub fn added_to_reply() -> usize {
    reply_body(&ReplyContent::default(), &Reference::of("any")).chars().count()
}

fn contact_words(content: &ReportContent) -> String {
    match content.contact {
        ContactMethod::Web => "Contact: Web. Please answer in this case.".to_owned(),
        ContactMethod::Chat => "Contact: Chat. I start the chat from this case in Support Center.".to_owned(),
        ContactMethod::Phone => {
            let phone = &content.phone;
            let extension = one_line(&phone.extension);
            let extension =
                if extension.is_empty() { String::new() } else { format!(", extension {extension}") };
            format!(
                "Contact: Phone. I request the call from this case in Support Center. Region {}, number {}{extension}.",
                one_line(&phone.region),
                one_line(&phone.number),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{PhoneContact, ProblemKind};

    fn reference() -> Reference {
        Reference::parse("ED-7K2M-9QXA").unwrap()
    }

    fn report() -> ReportContent {
        ReportContent {
            kind: Some(ProblemKind::DataIn),
            subject: "Manifest ingestion fails".into(),
            body: "Since 05:10 CET every run ends with 500.\n\nInstance: prod, partition: opendes".into(),
            ..ReportContent::default()
        }
    }

    #[test]
    fn a_report_with_answers_by_web() {
        insta::assert_snapshot!(report_body(&report(), &reference()), @r"
        Since 05:10 CET every run ends with 500.

        Instance: prod, partition: opendes

        ---
        Kind of problem: Data does not come in
        Contact: Web. Please answer in this case.

        Ref ED-7K2M-9QXA
        ");
        assert_eq!(report_subject(&report()), "Manifest ingestion fails");
    }

    #[test]
    fn a_test_report_with_a_call() {
        let content = ReportContent {
            kind: Some(ProblemKind::SlowOrDown),
            contact: ContactMethod::Phone,
            phone: PhoneContact {
                region: "eu-west-1".into(),
                number: "+47 51 99 00 00".into(),
                extension: "12".into(),
            },
            as_test: true,
            ..report()
        };
        insta::assert_snapshot!(report_body(&content, &reference()), @r"
        Since 05:10 CET every run ends with 500.

        Instance: prod, partition: opendes

        ---
        Kind of problem: Slow or unavailable
        Contact: Phone. I request the call from this case in Support Center. Region eu-west-1, number +47 51 99 00 00, extension 12.
        This is a test. No action is needed.

        Ref ED-7K2M-9QXA
        ");
        insta::assert_snapshot!(report_subject(&content), @"AMSTestNoOpsActionRequired: Manifest ingestion fails");
        let twice = ReportContent { subject: "AMSTestNoOpsActionRequired again".into(), ..content };
        assert_eq!(report_subject(&twice), "AMSTestNoOpsActionRequired again");
    }

    #[test]
    fn a_report_with_a_chat() {
        let content =
            ReportContent { contact: ContactMethod::Chat, kind: Some(ProblemKind::Question), ..report() };
        insta::assert_snapshot!(report_body(&content, &reference()), @r"
        Since 05:10 CET every run ends with 500.

        Instance: prod, partition: opendes

        ---
        Kind of problem: A question or a wish
        Contact: Chat. I start the chat from this case in Support Center.

        Ref ED-7K2M-9QXA
        ");
    }

    #[test]
    fn a_reply() {
        let reply = ReplyContent { body: "  It works again.\r\nThank you.  ".into(), cc: Vec::new() };
        insta::assert_snapshot!(reply_body(&reply, &reference()), @r"
        It works again.
        Thank you.

        Ref ED-7K2M-9QXA
        ");
    }
}
