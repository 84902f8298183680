use super::*;
use desk_aws::{CaseRecord, CommunicationRecord};
use desk_model::{CaseKey, Millis};
use desk_store::Store;
use std::collections::HashMap;

const CASE_ID: &str = "case-123456789012-muen-2026-0123";

fn account() -> AccountId {
    AccountId("a".to_owned())
}

fn said(at: Millis, author: &str, body: &str) -> CommunicationRecord {
    CommunicationRecord {
        body: body.to_owned(),
        submitted_by: author.to_owned(),
        at,
        attachments: Vec::new(),
    }
}

fn observed(status: &str, reach: Reach, communications: Vec<CommunicationRecord>) -> Observed {
    let record = CaseRecord {
        case_id: CASE_ID.to_owned(),
        display_id: Some("17".to_owned()),
        subject: "Subject".to_owned(),
        status: status.to_owned(),
        service_code: "s".to_owned(),
        category_code: "c".to_owned(),
        severity_code: "high".to_owned(),
        submitted_by: Some("x <x@example.com>".to_owned()),
        created_at: 10,
        cc: Vec::new(),
        recent: Vec::new(),
        recent_unreadable: false,
        more_communications: false,
    };
    Observed { record, communications, reach, gap: None }
}

/// Runs `put` on a fresh mirror.
async fn in_mirror<R: Send + 'static>(
    put: impl FnOnce(&Transaction<'_>) -> Result<R, StoreError> + Send + 'static,
) -> R {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap().store;
    let answer = store.cases.write(put).await.unwrap();
    store.close().await;
    answer
}

fn put(tx: &Transaction<'_>, seen: &Observed) -> Put {
    put_record(tx, &account(), seen, &Known::default(), false, 1_000).unwrap()
}

fn events(tx: &Transaction<'_>) -> Vec<EventKind> {
    let mut select = tx.prepare("SELECT kind FROM event ORDER BY id").unwrap();
    let kinds = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    kinds.map(|kind| serde_json::from_str(&kind.unwrap()).unwrap()).collect()
}

fn number(tx: &Transaction<'_>, select: &str) -> i64 {
    tx.query_row(select, [], |row| row.get::<_, Option<i64>>(0)).unwrap().unwrap_or(-1)
}

#[tokio::test]
async fn the_same_again_changes_and_tells_nothing() {
    in_mirror(|tx| {
        let seen = observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "a"), said(20, "ECO", "b")]);
        assert!(put(tx, &seen).changed);
        let told = events(tx);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0], EventKind::CaseOpened { by_eco: false });
        assert!(matches!(&told[1], EventKind::Message { by_eco: true, excerpt } if excerpt == "b"));
        let wandered = Observed {
            record: CaseRecord { case_id: CASE_ID.replace("muen", "mufr"), ..seen.record.clone() },
            ..seen.clone()
        };
        for again in [&seen, &wandered, &seen] {
            assert!(!put(tx, again).changed);
        }
        assert_eq!(events(tx), told);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn equal_messages_are_counted_and_cut_lists_add_none() {
    in_mirror(|tx| {
        let three = vec![said(10, "x <x@y>", "a"), said(20, "ECO", "b"), said(20, "ECO", "b")];
        let cut = observed("opened", Reach::Known, vec![said(20, "ECO", "b")]);
        put(tx, &observed("opened", Reach::Beginning, three[..2].to_vec()));
        put(tx, &cut);
        assert_eq!(number(tx, "SELECT count(*) FROM communication"), 2);
        put(tx, &observed("opened", Reach::Beginning, three));
        put(tx, &cut);
        assert_eq!(number(tx, "SELECT count(*) FROM communication"), 3);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn older_messages_that_come_late_are_no_news_and_complete_the_facts() {
    in_mirror(|tx| {
        let newest = vec![said(50, "ECO", "e"), said(60, "x <x@y>", "f")];
        put(tx, &observed("opened", Reach::Gap, newest.clone()));
        assert_eq!(number(tx, "SELECT first_response_at FROM incident"), -1);
        assert_eq!(number(tx, "SELECT complete FROM incident"), 0);
        let told = events(tx).len();
        let mut all = vec![said(10, "x <x@y>", "a"), said(30, "ECO", "c")];
        all.extend(newest);
        put(tx, &observed("opened", Reach::Beginning, all));
        assert_eq!(events(tx).len(), told);
        assert_eq!(number(tx, "SELECT first_response_at FROM incident"), 30);
        assert_eq!(number(tx, "SELECT complete FROM incident"), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_baseline_tells_that_a_case_is_there_to_nobody() {
    in_mirror(|tx| {
        let seen = observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "a"), said(20, "ECO", "b")]);
        put_record(tx, &account(), &seen, &Known::default(), true, 1_000)?;
        assert_eq!(events(tx), []);
        // Nor is it told later, where a poll finds the same.
        put(tx, &seen);
        assert_eq!(events(tx), []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn ones_own_messages_are_no_news_and_not_unread() {
    in_mirror(|tx| {
        let own = Own { case: CaseKey("draft".to_owned()), is_report: true, body: None };
        let known = Known { own: HashMap::from([("ED-7K2M-9QXA".to_owned(), own)]), links: HashMap::new() };
        let report = said(10, "x <x@y>", "Down.\n\nRef ED-7K2M-9QXA");
        let seen = observed("opened", Reach::Beginning, vec![report.clone()]);
        let put = put_record(tx, &account(), &seen, &known, false, 1_000)?;
        assert_eq!(put.key.0, "draft");
        assert_eq!(number(tx, "SELECT newest_other_at FROM incident"), -1);
        assert_eq!(events(tx), []);
        let answered = observed("opened", Reach::Beginning, vec![report, said(20, "ECO", "b")]);
        put_record(tx, &account(), &answered, &known, false, 1_000)?;
        assert_eq!(number(tx, "SELECT newest_other_at FROM incident"), 20);
        assert_eq!(events(tx).len(), 1);
        Ok(())
    })
    .await;
}

fn created(key: &str) -> CreatedCase {
    CreatedCase {
        key: CaseKey(key.to_owned()),
        account: account(),
        case_id: CASE_ID.to_owned(),
        subject: "Subject".to_owned(),
        service_code: "s".to_owned(),
        category_code: "c".to_owned(),
        severity_code: "high".to_owned(),
        cc: Vec::new(),
        created_at: 10,
    }
}

#[tokio::test]
async fn a_created_case_is_put_once_and_then_filled_by_the_sync() {
    in_mirror(|tx| {
        put_created(tx, &created("draft"))?;
        put_created(tx, &created("draft"))?;
        assert_eq!(number(tx, "SELECT listed FROM incident"), 0);
        let seen = observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "a")]);
        assert_eq!(put(tx, &seen).key.0, "draft");
        assert_eq!(number(tx, "SELECT listed FROM incident"), 1);
        assert!(!events(tx).contains(&EventKind::CaseOpened { by_eco: false }), "it began here");
        put_created(tx, &created("draft"))?;
        assert_eq!(number(tx, "SELECT count(*) FROM incident"), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_case_that_a_sync_saw_first_gets_its_own_key() {
    in_mirror(|tx| {
        let seen = observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "findable")]);
        assert_ne!(put(tx, &seen).key.0, "draft");
        put_created(tx, &created("draft"))?;
        let made = put(tx, &seen).key;
        assert_eq!(made.0, "draft");
        for table in [
            "incident WHERE key",
            "communication WHERE case_key",
            "event WHERE case_key",
            "former_key WHERE key",
        ] {
            let found: String = format!("SELECT count(*) FROM {table} = 'draft'");
            assert_eq!(number(tx, &found), 1, "{table}");
        }
        let searched = "SELECT count(*) FROM words WHERE words MATCH 'findable' AND case_key = 'draft'";
        assert_eq!(number(tx, searched), 1);
        assert!(!put(tx, &seen).changed);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_the_user_did_sets_the_status_without_news() {
    in_mirror(|tx| {
        let seen = observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "a")]);
        let key = put(tx, &seen).key;
        let told = events(tx).len();
        put_status(tx, &key, "resolved", 500)?;
        assert_eq!(number(tx, "SELECT status_at FROM incident WHERE status = 'resolved'"), 500);
        put_status(tx, &key, "resolved", 900)?;
        assert_eq!(number(tx, "SELECT status_at FROM incident"), 500);
        put(tx, &observed("resolved", Reach::Beginning, vec![said(10, "x <x@y>", "a")]));
        assert_eq!(events(tx).len(), told);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_gone_case_that_aws_gives_again_is_back() {
    in_mirror(|tx| {
        let seen = observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "a")]);
        let key = put(tx, &seen).key;
        put_gone(tx, &key, 700)?;
        put_gone(tx, &key, 800)?;
        assert_eq!(number(tx, "SELECT gone_at FROM incident"), 700);
        assert!(put(tx, &seen).changed);
        assert_eq!(number(tx, "SELECT gone_at FROM incident"), -1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn forgetting_an_account_leaves_no_word_of_it() {
    in_mirror(|tx| {
        let key = put(tx, &observed("opened", Reach::Beginning, vec![said(10, "x <x@y>", "findable")])).key;
        assert_eq!(number(tx, "SELECT count(*) FROM words"), 2);
        assert_eq!(incident::keys_of(tx, &account())?, [key]);
        assert_eq!(accounts(tx)?, [account()]);
        forget_account(tx, &account())?;
        assert_eq!(accounts(tx)?, []);
        for table in ["incident", "communication", "words", "event"] {
            assert_eq!(number(tx, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
        }
        assert_eq!(number(tx, "SELECT count(*) FROM words WHERE words MATCH 'findable'"), 0);
        Ok(())
    })
    .await;
}

/// A second case at AWS with the same first communication.
fn twin(of: &Observed) -> Observed {
    let record = CaseRecord {
        case_id: CASE_ID.replace("0123", "4567"),
        display_id: Some("18".to_owned()),
        ..of.record.clone()
    };
    Observed { record, ..of.clone() }
}

#[tokio::test]
async fn two_cases_with_one_reference_have_a_key_each() {
    in_mirror(|tx| {
        let own = Own { case: CaseKey("draft".to_owned()), is_report: true, body: None };
        let known = Known { own: HashMap::from([("ED-7K2M-9QXA".to_owned(), own)]), links: HashMap::new() };
        let report = said(10, "x <x@y>", "Down.\n\nRef ED-7K2M-9QXA");
        let seen = observed("opened", Reach::Beginning, vec![report]);
        let other = twin(&seen);
        for _ in 0..2 {
            assert_eq!(put_record(tx, &account(), &seen, &known, false, 1_000)?.key.0, "draft");
            assert_ne!(put_record(tx, &account(), &other, &known, false, 1_000)?.key.0, "draft");
        }
        // The outbox may learn the id of either.
        for case_id in [&seen.record.case_id, &other.record.case_id] {
            put_created(tx, &CreatedCase { case_id: case_id.clone(), ..created("draft") })?;
        }
        assert_eq!(number(tx, "SELECT count(*) FROM incident"), 2);
        assert_eq!(number(tx, "SELECT count(*) FROM incident WHERE key = 'draft'"), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_message_that_aws_lists_late_is_news_where_all_before_it_was_known() {
    in_mirror(|tx| {
        let mut all = vec![said(10, "x <x@y>", "a"), said(30, "x <x@y>", "c")];
        put(tx, &observed("opened", Reach::Beginning, all.clone()));
        let told = events(tx).len();
        all.insert(1, said(20, "ECO", "b"));
        put(tx, &observed("opened", Reach::Beginning, all));
        assert_eq!(events(tx)[told..], [EventKind::Message { by_eco: true, excerpt: "b".to_owned() }]);
        Ok(())
    })
    .await;
}

/// The keys of the events in the queue.
fn event_keys(tx: &Transaction<'_>) -> Vec<String> {
    events::queued(tx, 100).unwrap().into_iter().map(|event| event.key).collect()
}

#[tokio::test]
async fn the_same_news_have_the_same_key_out_of_another_mirror_and_other_news_another_one() {
    let story = |tx: &Transaction<'_>| {
        let mut all = vec![said(10, "x <x@y>", "a")];
        put(tx, &observed("opened", Reach::Beginning, all.clone()));
        all.push(said(20, "ECO", "b"));
        all.push(said(20, "ECO", "b"));
        put(tx, &observed("pending-customer-action", Reach::Beginning, all.clone()));
        // Back and forth without a word.
        for (status, now) in [("opened", 2_000), ("pending-customer-action", 3_000)] {
            let seen = observed(status, Reach::Beginning, all.clone());
            put_record(tx, &account(), &seen, &Known::default(), false, now).unwrap();
        }
        Ok(event_keys(tx))
    };
    let (one, other) = (in_mirror(story).await, in_mirror(story).await);
    assert_eq!(one, other);
    assert_eq!(one.len(), 6, "opened, changed thrice, said twice");
    let different: std::collections::HashSet<&String> = one.iter().collect();
    assert_eq!(different.len(), one.len());
}
