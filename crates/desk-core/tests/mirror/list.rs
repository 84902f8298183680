//! The list of cases: rows, filters, counts, search, pages.

use crate::world::World;
use desk_core::case::{
    Author, CaseGroup, CaseQuery, CaseSort, CaseStatus, CaseView, Presence, Reporter, ResponseClock, Waiting,
};
use desk_model::Priority;
use proptest::prelude::*;
use support_sim::Severity;

#[tokio::test]
async fn a_case_of_a_colleague_is_listed_as_aws_has_it() {
    let world = World::followed().await;
    world.colleague_reports("Search is slow", "Since this morning.", "critical").await;
    world.sync().await;
    let row = world.only().await;
    let at_aws = world.sim.cases().remove(0);
    assert_eq!(row.display_id.as_deref(), Some(at_aws.display_id.as_str()));
    assert_eq!((row.subject.as_str(), row.priority), ("Search is slow", Priority::High));
    assert_eq!(row.status, CaseStatus("unassigned".to_owned()));
    assert_eq!(row.reported_by, Author::Colleague { name: "bob".to_owned() });
    assert_eq!((row.presence, row.waiting, row.unread), (Presence::AtAws, Waiting::Eco, true));
    assert_eq!(row.created_at, at_aws.created.as_millisecond());
    assert_eq!(
        row.response,
        ResponseClock::Running { due_at: row.created_at + 15 * 60_000, target_minutes: 15 }
    );
    let detail = world.desk.cases.get(&row.key).await.unwrap();
    assert_eq!(detail.cc, ["ops@example.com"]);
    assert_eq!((detail.messages, detail.console_url, detail.reopen_until), (1, None, None));
    let account = world.desk.accounts.get(&crate::world::demo()).await.unwrap();
    assert_eq!(account.account_number.as_deref(), Some("123456789012"));
}

#[tokio::test]
async fn the_first_response_stops_the_clock() {
    let world = World::followed().await;
    let case = world.colleague_reports("Down", "All is down.", "critical").await;
    world.pass(120);
    world.sim.eco().reply(&case, "We are looking.").unwrap();
    world.pass(60);
    world.sim.eco().reply(&case, "Found it.").unwrap();
    world.sync().await;
    let row = world.only().await;
    assert_eq!(row.response, ResponseClock::Responded { after_minutes: 2, target_minutes: 15 });
    let messages = world.desk.cases.correspondence(&row.key, 10).await.unwrap().recent;
    let first: Vec<bool> = messages.iter().map(|message| message.first_response).collect();
    assert_eq!(first, [false, true, false]);
    assert_eq!(messages[1].author, Author::Eco);
}

#[tokio::test]
async fn views_and_counts_agree() {
    let world = World::followed().await;
    let asked = world.colleague_reports("Asked", "a", "normal").await;
    world.colleague_reports("High", "b", "critical").await;
    let done = world.colleague_reports("Done", "c", "high").await;
    world.sync().await;
    world.pass(1);
    world.sim.eco().ask(&asked, "Which one?").unwrap();
    world.sim.eco().open_incident("Disk full", "We saw it.", Severity::Urgent).unwrap();
    world.sim.eco().reply(&done, "Solved.").unwrap();
    world.sim.eco().resolve(&done).unwrap();
    world.sync().await;
    // High waits for its first response for longer than 15 minutes; so does none of the others.
    world.pass_here(16 * 60);
    assert_eq!(world.view(CaseView::NeedsMyReply).await, ["Asked"]);
    assert_eq!(world.view(CaseView::ResponseLate).await, ["High"]);
    assert_eq!(world.view(CaseView::ReportedByEco).await, ["Disk full"]);
    assert_eq!(world.view(CaseView::RecentlyResolved).await, ["Done"]);
    let mut high_priority = world.view(CaseView::HighPriority).await;
    high_priority.sort();
    assert_eq!(high_priority, ["Disk full", "High"]);
    assert_eq!(world.view(CaseView::Open).await.len(), 3);
    let counts = world.page(CaseQuery::default()).await.counts;
    assert_eq!((counts.total, counts.needs_my_reply, counts.high_priority), (4, 1, 2));
    assert_eq!((counts.response_late, counts.unread), (1, 4));

    let eco = world.rows().await.into_iter().find(|row| row.subject == "Disk full").unwrap();
    assert_eq!((eco.reported_by, eco.response), (Author::Eco, ResponseClock::NotApplicable));
    let resolved = world.rows().await.into_iter().find(|row| row.subject == "Done").unwrap();
    let detail = world.desk.cases.get(&resolved.key).await.unwrap();
    assert_eq!(resolved.waiting, Waiting::Nobody);
    assert!(detail.reopen_until.is_some_and(|until| until > resolved.updated_at + 13 * 86_400_000));
}

#[tokio::test]
async fn groups_say_who_has_to_act_and_keep_the_order_within() {
    let world = World::followed().await;
    let asked = world.colleague_reports("Asked", "a", "normal").await;
    world.colleague_reports("Low", "b", "low").await;
    world.colleague_reports("High", "b", "critical").await;
    let done = world.colleague_reports("Done", "c", "high").await;
    world.sync().await;
    world.pass(1);
    world.sim.eco().ask(&asked, "Which one?").unwrap();
    world.sim.eco().resolve(&done).unwrap();
    world.sync().await;
    let query = CaseQuery { grouped: true, sort: CaseSort::Priority, ..CaseQuery::default() };
    let page = world.page(query.clone()).await;
    let subjects: Vec<&str> = page.rows.iter().map(|row| row.subject.as_str()).collect();
    assert_eq!(subjects, ["Asked", "High", "Low", "Done"]);
    let groups: Vec<_> = page.groups.iter().map(|found| (found.group, found.count)).collect();
    let expected = [(CaseGroup::WaitsForYou, 1), (CaseGroup::WaitsForEco, 2), (CaseGroup::Resolved, 1)];
    assert_eq!((groups, page.matches), (expected.to_vec(), 4));
    // A page from the middle: the groups are those of all that was found.
    let page = world.page(CaseQuery { offset: 2, limit: 1, view: CaseView::Open, ..query }).await;
    assert_eq!((page.rows[0].subject.as_str(), page.groups.len(), page.matches), ("Low", 2, 3));
    let counts = page.counts;
    assert_eq!((counts.open, counts.recently_resolved, counts.reported_by_eco), (3, 1, 0));
    let accounts: Vec<u32> = counts.accounts.iter().map(|account| account.open).collect();
    assert_eq!(accounts, [3]);
}

#[tokio::test]
async fn a_case_that_was_read_can_be_marked_as_unread_and_read_again() {
    let world = World::followed().await;
    let case = world.colleague_reports("Down", "text", "high").await;
    world.sim.eco().reply(&case, "On it.").unwrap();
    world.sync().await;
    let key = world.only().await.key;
    let cases = &world.desk.cases;
    cases.mark(std::slice::from_ref(&key), false).await.unwrap();
    assert!(!world.only().await.unread);
    cases.mark(std::slice::from_ref(&key), true).await.unwrap();
    assert!(world.only().await.unread);
    assert_eq!(world.view(CaseView::Unread).await, ["Down"]);
    assert_eq!(cases.counts().await.unwrap().unread, 1);
    cases.seen(&key).await.unwrap();
    assert!(!world.only().await.unread);
}

#[tokio::test]
async fn filters_narrow_and_pages_do_not_overlap() {
    let world = World::followed().await;
    for number in 0..5 {
        let severity = ["low", "normal", "high", "urgent", "critical"][number];
        world.colleague_reports(&format!("Case {number}"), "text", severity).await;
        world.pass(1);
    }
    world.sync().await;
    let by = |query: CaseQuery| async { world.page(query).await };
    let medium = by(CaseQuery { priorities: vec![Priority::Medium], ..CaseQuery::default() }).await;
    assert_eq!(medium.rows.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["Case 2"]);
    let two = vec![Priority::High, Priority::Low];
    assert_eq!(by(CaseQuery { priorities: two, ..CaseQuery::default() }).await.matches, 4);
    let mine = by(CaseQuery { reporters: vec![Reporter::Me], ..CaseQuery::default() }).await;
    assert_eq!((mine.matches, mine.counts.total), (0, 5));
    let others = vec![Reporter::Colleague, Reporter::Eco];
    assert_eq!(by(CaseQuery { reporters: others, ..CaseQuery::default() }).await.matches, 5);
    let status = vec![CaseStatus("resolved".to_owned())];
    assert_eq!(by(CaseQuery { statuses: status, ..CaseQuery::default() }).await.matches, 0);
    assert_eq!(by(CaseQuery { with_attachment: true, ..CaseQuery::default() }).await.matches, 0);
    let account = vec![desk_model::AccountId("other".to_owned())];
    assert_eq!(by(CaseQuery { accounts: account, ..CaseQuery::default() }).await.matches, 0);
    for (sort, descending, first) in [
        (CaseSort::Subject, false, "Case 0"),
        (CaseSort::Subject, true, "Case 4"),
        (CaseSort::Created, false, "Case 0"),
        (CaseSort::Updated, true, "Case 4"),
        // Of the two with High priority the one that has waited longer.
        (CaseSort::Priority, true, "Case 3"),
        (CaseSort::Waiting, true, "Case 0"),
        (CaseSort::ResponseDue, false, "Case 3"),
        (CaseSort::Status, false, "Case 4"),
    ] {
        let page = by(CaseQuery { sort, descending, limit: 1, ..CaseQuery::default() }).await;
        assert_eq!((page.rows[0].subject.as_str(), page.matches), (first, 5), "{sort:?} {descending}");
    }
    let past = by(CaseQuery { offset: 9, ..CaseQuery::default() }).await;
    assert_eq!((past.rows.len(), past.matches), (0, 5));
    let mut all = Vec::new();
    for offset in [0, 2, 4] {
        let query = CaseQuery { sort: CaseSort::Number, offset, limit: 2, ..CaseQuery::default() };
        all.extend(by(query).await.rows.into_iter().map(|row| row.subject));
    }
    all.sort();
    assert_eq!(all, ["Case 0", "Case 1", "Case 2", "Case 3", "Case 4"]);
}

#[tokio::test]
async fn a_search_finds_words_that_stand_in_different_messages() {
    let world = World::followed().await;
    let case = world.colleague_reports("Ingestion fails", "Manifest naïve-17 hangs.", "high").await;
    world.colleague_reports("Something else", "Nothing of it.", "high").await;
    world.pass(1);
    world.sim.eco().reply(&case, "The workflow has a timeout.").unwrap();
    world.sync().await;
    let number = world.sim.case(&case).unwrap().display_id.to_string();
    for text in [
        "ingestion",
        "INGEST workflow",
        "naive",
        "manif timeout fails",
        &number,
        &number[..6],
        "naïve-17",
        "\"hangs.\"",
    ] {
        assert_eq!(world.search(text).await, ["Ingestion fails"], "{text:?}");
    }
    for text in ["ingestion else", "gestion", "zzz"] {
        assert_eq!(world.search(text).await, Vec::<String>::new(), "{text:?}");
    }
    assert_eq!(world.search(" *** ").await.len(), 2, "no word narrows nothing");
}

#[test]
fn whatever_is_typed_is_no_syntax_error() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(async {
        let world = World::followed().await;
        world.colleague_reports("A subject", "A body", "high").await;
        world.sync().await;
        world
    });
    let listed = |text: String| {
        let query = CaseQuery { text, ..CaseQuery::default() };
        runtime.block_on(world.desk.cases.list(query)).map(|page| page.matches)
    };
    for text in
        ["AND", "NEAR(a b)", "a\"b", "\"", "col:x", "^a", "a*", "-a", "(", "a\u{0}b", "\u{345}", "%_\\", "½"]
    {
        assert!(listed(text.to_owned()).is_ok(), "{text:?}");
    }
    proptest!(ProptestConfig::with_cases(300), |(text in "\\PC{0,30}|[\"*:^()\\-+a-c \u{0}-\u{7f}]{0,20}")| {
        prop_assert!(listed(text.clone()).is_ok(), "{:?}", text);
    });
}

#[tokio::test]
async fn what_only_the_outbox_has_is_listed_as_not_yet_sent() {
    let world = World::followed().await;
    world.outbox_report(
        "draft-1",
        "ED-7K2M-9QXA",
        "Portal down",
        "Nobody can sign in.\n\nRef ED-7K2M-9QXA",
        false,
    );
    let row = world.only().await;
    assert_eq!((row.presence, row.reported_by.clone()), (Presence::NotYetSent, Author::Me));
    assert_eq!((row.priority, row.response), (Priority::High, ResponseClock::NotApplicable));
    // The list goes by the rule of the alarm, the tray and the outbox.
    let entry = world.desk.outbox.list().await.unwrap().remove(0);
    assert_eq!((row.not_yet_with_eco, entry.not_yet_with_eco), (false, false), "sending takes a moment");
    world.pass(61);
    let entry = world.desk.outbox.list().await.unwrap().remove(0);
    assert_eq!((world.only().await.not_yet_with_eco, entry.not_yet_with_eco), (true, true));
    assert!(world.desk.cases.get(&row.key).await.unwrap().row.not_yet_with_eco);
    assert_eq!(world.search("nobody portal").await, ["Portal down"]);
    assert_eq!(world.bodies(&row.key).await, ["Nobody can sign in."]);
    let mine = CaseQuery { reporters: vec![Reporter::Me], ..CaseQuery::default() };
    assert_eq!(world.page(mine).await.matches, 1);
    assert_eq!(world.desk.cases.get(&row.key).await.unwrap().messages, 1);
}

#[tokio::test]
async fn ten_thousand_cases_are_listed_and_searched_at_once() {
    let world = World::new().await;
    {
        let mut mirror = world.mirror();
        let tx = mirror.transaction().unwrap();
        for number in 0..10_000_i64 {
            tx.execute(
                "INSERT INTO incident (key, account, case_id, canonical_id, display_id, subject, status, service_code,
                     category_code, severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since,
                     status_at, complete, listed)
                 VALUES (?1, 'demo', ?1, ?1, ?1, 'Subject ' || ?1, 'resolved', 's', 'c', 'high', '[]', ?1, ?1, 0, ?1,
                     ?1, 1, 1)",
                [number.to_string()],
            )
            .unwrap();
            for message in 0..10_i64 {
                tx.execute(
                    "INSERT INTO communication (case_key, at, author, by_eco, body, ordinal, digest, attachments)
                     VALUES (?1, ?2, 'x <a@b>', 0, 'Message ' || ?2 || ' about workflow number ' || ?1, 0, ?2, '[]')",
                    rusqlite::params![number.to_string(), message],
                )
                .unwrap();
            }
        }
        tx.commit().unwrap();
    }
    let began = std::time::Instant::now();
    let first = world.page(CaseQuery::default()).await;
    let listed = began.elapsed();
    assert_eq!((first.matches, first.rows.len()), (10_000, 50));
    let began = std::time::Instant::now();
    assert_eq!(world.search("workflow 4711").await, ["Subject 4711"]);
    let searched = began.elapsed();
    // Only against what never ends: how long a busy machine takes is not for a test to judge.
    assert!(listed.as_secs() < 15, "listing took {listed:?}");
    assert!(searched.as_secs() < 15, "searching took {searched:?}");
}
