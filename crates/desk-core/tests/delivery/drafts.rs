//! Drafts from the first keystroke to the submit, and what the form offers.

use crate::harness::{Bench, account, report, severities};
use desk_core::{
    attachment::OpenedFile,
    report::{
        ContactMethod, DraftContent, DraftId, Opening, PriorityWords, ReplyContent, ReportContent, Service,
    },
};
use desk_model::{AccountId, Field, Priority, ProblemCode};
use std::time::Duration;
use support_sim::{EDI_CATEGORY_CODE, Fault, On, Operation, Plan};

#[tokio::test]
async fn what_is_typed_is_there_after_a_kill() {
    let mut bench = Bench::new().await;
    let draft = bench.rooms.reports.begin().await.unwrap();
    assert_eq!(draft.account, Some(account()), "the only account is chosen already");
    for end in 1..=7 {
        let content = ReportContent { subject: "Subject"[..end].into(), ..ReportContent::default() };
        bench.rooms.reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    }
    bench.restart().await;
    let drafts = bench.rooms.reports.list().await.unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].subject, "Subject");
}

#[tokio::test]
async fn an_empty_draft_is_used_again_and_not_listed() {
    let bench = Bench::new().await;
    let first = bench.rooms.reports.begin().await.unwrap();
    assert_eq!(bench.rooms.reports.begin().await.unwrap().id, first.id);
    assert_eq!(bench.rooms.reports.list().await.unwrap(), Vec::new());
    let content = ReportContent { body: "x".into(), ..ReportContent::default() };
    bench.rooms.reports.save(&first.id, DraftContent::Report(content)).await.unwrap();
    assert_ne!(bench.rooms.reports.begin().await.unwrap().id, first.id);
    assert_eq!(bench.rooms.reports.list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn closing_discards_only_a_draft_in_which_nothing_was_entered() {
    let bench = Bench::new().await;
    let reports = &bench.rooms.reports;
    let mut blank = reports.begin().await.unwrap();
    let entered = |change: fn(&mut ReportContent)| {
        let mut content = ReportContent { account: Some(account()), ..ReportContent::default() };
        change(&mut content);
        content
    };
    let kept: [fn(&mut ReportContent); 9] = [
        |content| content.contact = ContactMethod::Phone,
        |content| content.service = Service::ServiceRequest,
        |content| content.category_code = Some("edi-application-issues-7f3c".into()),
        |content| content.as_test = true,
        |content| content.phone.region = "eu-west-1".into(),
        |content| content.phone.extension = "12".into(),
        |content| content.priority = Some(Priority::Low),
        |content| content.subject = "x".into(),
        |content| content.cc = vec!["joe@example.com".into()],
    ];
    for (at, change) in kept.into_iter().enumerate() {
        let content = DraftContent::Report(entered(change));
        reports.save(&blank.id, content.clone()).await.unwrap();
        assert!(reports.close(&blank.id).await.unwrap(), "entry {at} was discarded");
        assert_eq!(reports.get(&blank.id).await.unwrap().content, content);
        blank = reports.begin().await.unwrap();
    }
    assert_eq!(reports.list().await.unwrap().len(), 9);
    // Where the user only looked, and blanks alone, are no entries.
    let looked = entered(|content| {
        content.step = 4;
        content.body = " \n".into();
    });
    reports.save(&blank.id, DraftContent::Report(looked)).await.unwrap();
    assert!(!reports.close(&blank.id).await.unwrap());
    assert_eq!(reports.get(&blank.id).await.unwrap_err().code, ProblemCode::NotFound);
    assert!(!reports.close(&blank.id).await.unwrap(), "one that is gone is closed");
    // A file is an entry.
    let with_file = reports.begin().await.unwrap();
    let file = OpenedFile::open_all(&[bench.file("a.log", b"a")]);
    bench.rooms.attachments.add(&with_file.id, file).await.unwrap();
    assert!(reports.close(&with_file.id).await.unwrap());
}

#[tokio::test]
async fn an_incomplete_draft_is_not_submitted_and_stays_as_it_was() {
    let bench = Bench::new().await;
    let draft = bench.rooms.reports.begin().await.unwrap();
    let content = ReportContent { subject: String::new(), ..report() };
    let saved = bench.rooms.reports.save(&draft.id, DraftContent::Report(content.clone())).await.unwrap();
    assert_eq!(saved.problems.len(), 1);
    let refused = bench.rooms.reports.submit(&draft.id).await.unwrap_err();
    assert_eq!((refused.code, refused.field), (ProblemCode::InvalidInput, Some(Field::Subject)));
    assert_eq!(bench.rooms.reports.get(&draft.id).await.unwrap().content, DraftContent::Report(content));
    assert_eq!(bench.entries().await, Vec::new());
    assert!(!bench.deliver().await);
}

#[tokio::test]
async fn a_discarded_draft_is_gone_with_its_files() {
    let bench = Bench::new().await;
    let draft = bench.draft("Gone").await;
    bench.attach(&draft, "a.log", b"abc").await;
    bench.rooms.reports.discard(&draft).await.unwrap();
    assert_eq!(bench.staged(), Vec::<String>::new());
    for missing in [
        bench.rooms.reports.get(&draft).await.map(|_| ()),
        bench.rooms.reports.save(&draft, DraftContent::Report(report())).await.map(|_| ()),
        bench.rooms.reports.submit(&draft).await.map(|_| ()),
        bench.rooms.reports.preview(&draft).await.map(|_| ()),
        bench
            .rooms
            .attachments
            .add(&draft, OpenedFile::open_all(&[bench.file("b.log", b"b")]))
            .await
            .map(|_| ()),
    ] {
        assert_eq!(missing.unwrap_err().code, ProblemCode::NotFound);
    }
    assert_eq!(bench.staged(), Vec::<String>::new());
    bench.rooms.reports.discard(&DraftId("never was".into())).await.unwrap();
}

#[tokio::test]
async fn each_case_has_one_reply_draft() {
    let bench = Bench::new().await;
    let key = bench.report("A case").await;
    let reports = &bench.rooms.reports;
    let (first, second) = tokio::join!(reports.reply_draft(&key), reports.reply_draft(&key));
    let draft = first.unwrap();
    assert_eq!(draft.id, second.unwrap().id);
    assert_eq!((draft.subject.as_str(), draft.account), ("A case", Some(account())));
    let content = DraftContent::Reply(ReplyContent { body: "Kept.".into(), cc: Vec::new() });
    reports.save(&draft.id, content.clone()).await.unwrap();
    assert_eq!(reports.reply_draft(&key).await.unwrap().content, content);
    let crossed = reports.save(&draft.id, DraftContent::Report(report())).await.unwrap_err();
    assert_eq!(crossed.code, ProblemCode::Conflict);
    let unknown = desk_model::CaseKey("unknown".into());
    assert_eq!(reports.reply_draft(&unknown).await.unwrap_err().code, ProblemCode::NotFound);
}

#[tokio::test]
async fn the_form_offers_what_aws_lists_and_keeps_it_for_when_aws_is_away() {
    let bench = Bench::new().await;
    let form = bench.rooms.reports.form(&account()).await.unwrap();
    assert_eq!(form.problem, None);
    let services: Vec<_> = form.services.iter().map(|service| service.service).collect();
    assert_eq!(services, [Service::ReportIncident, Service::ServiceRequest]);
    assert_eq!(form.services[0].edi_category.as_deref(), Some(EDI_CATEGORY_CODE));
    let priorities: Vec<_> = form
        .priorities
        .iter()
        .map(|option| {
            (
                option.priority,
                PriorityWords::of(option.priority).target_minutes,
                option.severity_code.as_str(),
            )
        })
        .collect();
    assert_eq!(
        priorities,
        [(Priority::High, 15, "critical"), (Priority::Medium, 240, "high"), (Priority::Low, 720, "normal")]
    );
    let asked = bench.answered(Operation::DescribeServices);
    bench.rooms.reports.form(&account()).await.unwrap();
    assert_eq!(bench.answered(Operation::DescribeServices), asked, "asked once a day");

    bench.sim.faults().always(On::Any, Fault::Unreachable);
    bench.pass(Duration::from_secs(25 * 3600));
    let kept = bench.rooms.reports.form(&account()).await.unwrap();
    assert_eq!(kept.problem.map(|problem| problem.code), Some(ProblemCode::Network));
    assert_eq!((kept.services, kept.fetched_at), (form.services, form.fetched_at));
}

#[tokio::test]
async fn before_aws_was_reached_the_form_still_offers_priorities() {
    let bench = Bench::new().await;
    bench.sim.faults().always(On::Any, Fault::Unreachable);
    let form = bench.rooms.reports.form(&account()).await.unwrap();
    assert_eq!((form.services.len(), form.fetched_at, form.priorities.len()), (0, None, 3));
    assert!(form.problem.is_some());
    let options =
        bench.rooms.reports.contact_options(&account(), Service::ReportIncident, None).await.unwrap();
    assert!(options.methods.iter().all(|option| option.opening == Opening::Unknown));
    assert_eq!(options.english_supported, None);
    assert!(options.problem.is_some());
}

#[tokio::test]
async fn the_settings_codes_and_the_plan_decide_the_severity() {
    let bench = Bench::with(|sim| sim.plan(Plan::Business)).await;
    let codes = |form: desk_core::report::ReportForm| {
        form.priorities.into_iter().map(|option| option.severity_code).collect::<Vec<_>>()
    };
    let by_default = codes(bench.rooms.reports.form(&account()).await.unwrap());
    assert_eq!(by_default, ["urgent", "high", "normal"], "this plan has no critical");
    bench.rooms.settings.save(severities("high", "normal", "low")).await.unwrap();
    assert_eq!(codes(bench.rooms.reports.form(&account()).await.unwrap()), ["high", "normal", "low"]);
}

#[tokio::test]
async fn contact_methods_come_with_their_hours() {
    let bench = Bench::new().await;
    let options =
        bench.rooms.reports.contact_options(&account(), Service::ReportIncident, None).await.unwrap();
    assert_eq!(options.problem, None);
    assert_eq!(options.english_supported, Some(true));
    let methods: Vec<_> = options.methods.iter().map(|option| option.method).collect();
    assert_eq!(methods, [ContactMethod::Web, ContactMethod::Phone, ContactMethod::Chat]);
    assert!(
        options.methods.iter().all(|option| !matches!(option.opening, Opening::Unknown)),
        "every method's hours are read: {:?}",
        options.methods
    );
}

#[tokio::test]
async fn the_account_that_was_used_last_is_chosen_for_the_next_report() {
    let bench = Bench::new().await;
    let second = AccountId("second".into());
    let copy = "INSERT INTO account (id, position, name, colour, source, partition, connection, seen_at)
         SELECT 'second', position + 1, 'Second', colour, source, partition, connection, seen_at FROM account";
    bench.store.desk.write(move |desk| Ok(desk.execute(copy, [])?)).await.unwrap();
    let begun = bench.rooms.reports.begin().await.unwrap();
    assert_eq!(begun.account, None, "of two accounts that were never used, none is more likely");
    let content = |account: &AccountId| ReportContent { account: Some(account.clone()), ..report() };
    let chosen = |account| DraftContent::Report(content(account));
    // A draft says where one is at work; what was sent says it better.
    bench.rooms.reports.save(&begun.id, chosen(&second)).await.unwrap();
    let next = bench.rooms.reports.begin().await.unwrap();
    assert_eq!(next.account, Some(second.clone()));
    bench.rooms.reports.save(&next.id, chosen(&account())).await.unwrap();
    bench.rooms.reports.submit(&next.id).await.unwrap();
    assert_eq!(bench.rooms.reports.begin().await.unwrap().account, Some(account()));
}
