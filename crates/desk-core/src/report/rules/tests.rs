use super::*;
use crate::{
    catalogue::catalogue,
    draft::FileId,
    report::{ProblemKind, added_to_reply},
};
use desk_model::Field;
use proptest::prelude::*;

fn complete() -> ReportContent {
    ReportContent {
        account: Some(AccountId("a".into())),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::Medium),
        subject: "Manifest ingestion fails".into(),
        body: "Since 05:10 CET every run ends with 500.".into(),
        cc: vec!["jane@example.com".into()],
        ..ReportContent::default()
    }
}

fn judged(content: &ReportContent, files: &[DraftFile]) -> Result<CompleteReport, Vec<Problem>> {
    CompleteReport::of(
        content,
        files,
        &Reference::of("draft"),
        &catalogue("Energy Data Insights (EDI) - Application Issues"),
        &Settings::default(),
        content.account.as_ref().is_some_and(|account| account.0 == "a"),
    )
}

/// The fields that have a problem, in order.
fn fields(content: &ReportContent, files: &[DraftFile]) -> Vec<String> {
    let problems = judged(content, files).err().unwrap_or_default();
    for problem in &problems {
        assert!(problem.message.ends_with('.'), "not a sentence: {}", problem.message);
    }
    let name = |problem: Problem| serde_json::to_value(problem.field).unwrap().as_str().map(str::to_owned);
    problems.into_iter().map(|problem| name(problem).expect("each problem is at a field")).collect()
}

fn file(name: &str, state: FileState) -> DraftFile {
    DraftFile { id: FileId(name.into()), name: name.into(), size: 1, state }
}

#[test]
fn a_complete_report_has_all_that_is_sent() {
    let report = judged(&complete(), &[file("a.log", FileState::Ready)]).unwrap();
    assert_eq!(report.category_code.as_deref(), Some("edi-code"));
    assert_eq!(report.severity_code, "high");
    assert_eq!(report.cc, ["jane@example.com"]);
    assert_eq!(report.hand_over, None);
    assert!(report.body.starts_with("Since 05:10 CET"));
    assert!(report.body.ends_with(&Reference::of("draft").line()));
}

#[test]
fn an_empty_draft_says_everything_in_the_order_of_the_form() {
    assert_eq!(fields(&ReportContent::default(), &[]), ["kind", "account", "priority", "subject", "body"]);
    let phone =
        ReportContent { contact: ContactMethod::Phone, cc: vec!["x".into()], ..ReportContent::default() };
    let refused = [file("empty.log", FileState::Refused { problem: Problem::field(Field::Files, "Empty.") })];
    assert_eq!(
        fields(&phone, &refused),
        ["kind", "account", "priority", "subject", "body", "files", "phone.region", "phone.number", "cc"]
    );
}

#[test]
fn each_wrong_entry_is_said_where_it_is() {
    let ready =
        |count: usize| (0..count).map(|n| file(&format!("{n}.log"), FileState::Ready)).collect::<Vec<_>>();
    let addresses = |count: usize| (0..count).map(|n| format!("p{n}@example.com")).collect::<Vec<_>>();
    let phone = |region: &str, number: &str| ReportContent {
        contact: ContactMethod::Phone,
        phone: PhoneContact { region: region.into(), number: number.into(), extension: String::new() },
        ..complete()
    };
    let ok: &[&str] = &[];
    let table: Vec<(ReportContent, Vec<DraftFile>, &[&str])> = vec![
        (complete(), ready(3), ok),
        (complete(), ready(4), &["files"]),
        (ReportContent { account: Some(AccountId("gone".into())), ..complete() }, vec![], &["account"]),
        (ReportContent { service: Service::ServiceRequest, ..complete() }, vec![], &["category"]),
        (ReportContent { category_code: Some("nonsense".into()), ..complete() }, vec![], &["category"]),
        (ReportContent { subject: " \n\0 ".into(), ..complete() }, vec![], &["subject"]),
        (ReportContent { subject: "ø".repeat(250), ..complete() }, vec![], ok),
        (ReportContent { subject: "ø".repeat(251), ..complete() }, vec![], &["subject"]),
        (ReportContent { subject: "s".repeat(240), as_test: true, ..complete() }, vec![], &["subject"]),
        (ReportContent { body: " \t\u{1b} ".into(), ..complete() }, vec![], &["body"]),
        (ReportContent { body: "x".repeat(8_000), ..complete() }, vec![], &["body"]),
        (ReportContent { cc: addresses(10), ..complete() }, vec![], ok),
        (ReportContent { cc: addresses(11), ..complete() }, vec![], &["cc"]),
        (ReportContent { cc: vec!["jane@localhost".into()], ..complete() }, vec![], &["cc"]),
        (
            ReportContent { cc: vec!["a@example.com".into(), "A@Example.com".into()], ..complete() },
            vec![],
            &["cc"],
        ),
        (ReportContent { cc: vec![" a@example.com ".into(), String::new()], ..complete() }, vec![], ok),
        (phone("eu-west-1", "+47 51 99 00 00"), vec![], ok),
        (phone("us-gov-west-1", "0047 (51) 99-00.00"), vec![], ok),
        (phone("", "+47 51 99 00 00"), vec![], &["phone.region"]),
        (phone("Europe", "+47 51 99 00 00"), vec![], &["phone.region"]),
        (phone("eu-west-1", "51 99 00 00"), vec![], &["phone.number"]),
        (phone("eu-west-1", "+47"), vec![], &["phone.number"]),
        (phone("eu-west-1", "+47 call me 51990000"), vec![], &["phone.number"]),
    ];
    for (content, files, expected) in table {
        assert_eq!(fields(&content, &files), expected, "for {content:?} with {} files", files.len());
    }
}

#[test]
fn the_added_lines_count_and_the_problem_says_by_how_much() {
    let added = judged(&complete(), &[]).unwrap().body.chars().count() - complete().body.chars().count();
    let just = ReportContent { body: "ø".repeat(MAX_BODY - added), ..complete() };
    assert_eq!(judged(&just, &[]).unwrap().body.chars().count(), MAX_BODY);
    let over = ReportContent { body: "ø".repeat(MAX_BODY - added + 7), ..complete() };
    let problem = judged(&over, &[]).unwrap_err().remove(0);
    assert!(problem.message.contains("by 7,"), "{}", problem.message);
}

#[test]
fn a_call_is_handed_over() {
    let phone =
        PhoneContact { region: "eu-west-1".into(), number: "+47 51 99 00 00".into(), extension: "7".into() };
    let content = ReportContent { contact: ContactMethod::Phone, phone: phone.clone(), ..complete() };
    let expected = Some(HandOver { method: ContactMethod::Phone, phone });
    assert_eq!(judged(&content, &[]).unwrap().hand_over, expected);
}

#[test]
fn a_reply_needs_a_text_even_with_files() {
    let reference = Reference::of("reply");
    let reply = |body: &str| ReplyContent { body: body.into(), cc: Vec::new() };
    let wrong = CompleteReply::of(&reply(" "), &[file("a.log", FileState::Ready)], &reference).unwrap_err();
    assert_eq!(wrong[0].field, Some(Field::Body));
    let longest = MAX_BODY - added_to_reply();
    assert!(CompleteReply::of(&reply(&"ø".repeat(longest)), &[], &reference).is_ok());
    assert!(CompleteReply::of(&reply(&"ø".repeat(longest + 1)), &[], &reference).is_err());
    let right = CompleteReply::of(&reply("Thank you."), &[], &reference).unwrap();
    assert_eq!(right.body, format!("Thank you.\n\n{}", reference.line()));
}

proptest! {
    #[test]
    fn what_is_complete_keeps_all_limits(
        subject in "(?s).{0,300}",
        body in "(?s).{0,300}",
        cc in proptest::collection::vec("[a-c]@example\\.com| |x", 0..14),
        as_test: bool,
    ) {
        let content = ReportContent { subject, body, cc, as_test, ..complete() };
        match judged(&content, &[]) {
            Ok(report) => {
                prop_assert!((1..=MAX_SUBJECT).contains(&report.subject.chars().count()));
                prop_assert!((1..=MAX_BODY).contains(&report.body.chars().count()));
                prop_assert!(report.cc.len() <= MAX_CC && report.cc.iter().all(|address| is_email(address)));
                prop_assert!(!report.subject.chars().any(char::is_control));
                prop_assert!(!report.body.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')));
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }
}
