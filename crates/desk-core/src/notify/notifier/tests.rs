use super::*;
use desk_model::AccountId;

fn event(case: &str, kind: EventKind) -> Event {
    Event {
        id: 1,
        at: 0,
        account: AccountId("a".to_owned()),
        case: CaseKey(case.to_owned()),
        subject: format!("Subject {case}"),
        event: kind,
    }
}

fn message(by_eco: bool, excerpt: &str) -> EventKind {
    EventKind::Message { by_eco, excerpt: excerpt.to_owned() }
}

fn status(to: &str) -> EventKind {
    EventKind::Status { from: "opened".to_owned(), to: to.to_owned() }
}

fn titles(events: Vec<EventKind>, settings: &Settings) -> Vec<(String, String)> {
    let events: Vec<Event> = events.into_iter().map(|kind| event("x", kind)).collect();
    let shown = notifications(&events, settings);
    shown.into_iter().map(|shown| (shown.title, shown.body)).collect()
}

#[test]
fn what_has_happened_in_a_case_becomes_one_notification() {
    let pending = CaseStatus::PENDING_CUSTOMER;
    /// Events; title and body.
    type Line<'a> = (Vec<EventKind>, Option<(&'a str, &'a str)>);
    let table: Vec<Line<'_>> = vec![
        (vec![message(true, "Done?")], Some(("ECO replied: Subject x", "Done?"))),
        (vec![status(pending), message(true, "Which one?")], Some(("ECO asks: Subject x", "Which one?"))),
        (vec![message(true, "a"), message(true, "b")], Some(("ECO replied: Subject x", "b"))),
        (
            vec![EventKind::CaseOpened { by_eco: true }],
            Some((
                "ECO opened an incident: Subject x",
                "ECO's monitoring found it. Open it to see what it means for you.",
            )),
        ),
        (vec![status("resolved")], Some(("Resolved: Subject x", ""))),
        (vec![message(true, "Fixed."), status("resolved")], Some(("Resolved: Subject x", "Fixed."))),
        (
            vec![status(pending)],
            Some(("ECO waits for you: Subject x", "The incident goes on when you have answered.")),
        ),
        (vec![status("work-in-progress")], Some(("ECO is working on it: Subject x", ""))),
        (vec![status("work-in-progress"), message(true, "Hello")], Some(("ECO replied: Subject x", "Hello"))),
        (vec![message(false, "me too")], None),
        (vec![EventKind::CaseOpened { by_eco: false }], None),
        (vec![status("reopened")], None),
        (vec![EventKind::Reclassified { from: "a".to_owned(), to: "b".to_owned() }], None),
    ];
    for (events, expected) in table {
        let said = format!("{events:?}");
        let expected: Vec<_> =
            expected.into_iter().map(|(title, body)| (title.to_owned(), body.to_owned())).collect();
        assert_eq!(titles(events, &Settings::default()), expected, "{said}");
    }
}

#[test]
fn each_kind_can_be_switched_off() {
    let on = Settings::default();
    let quiet = |settings: Settings, kind: EventKind| titles(vec![kind], &settings).is_empty();
    assert!(quiet(Settings { notify_replies: false, ..on.clone() }, message(true, "x")));
    assert!(quiet(Settings { notify_status: false, ..on.clone() }, status("resolved")));
    assert!(quiet(
        Settings { notify_eco_incidents: false, ..on.clone() },
        EventKind::CaseOpened { by_eco: true }
    ));
    assert!(!quiet(Settings { notify_status: false, ..on }, message(true, "x")));
}

#[test]
fn more_than_three_are_summed_up() {
    let cases =
        |count: usize| (0..count).map(|n| event(&n.to_string(), message(true, "x"))).collect::<Vec<_>>();
    assert_eq!(notifications(&cases(3), &Settings::default()).len(), 3);
    let summed = notifications(&cases(5), &Settings::default());
    assert_eq!(
        summed,
        [Notification {
            case: None,
            title: "5 incidents have news".to_owned(),
            body: "Subject 0, Subject 1, Subject 2, and 2 more".to_owned(),
        }]
    );
}

#[test]
fn no_line_of_a_notification_is_as_long_as_a_subject_may_be() {
    let long = |name: String| Event { subject: "ø".repeat(10_000), ..event(&name, message(true, "x")) };
    let alone = notifications(&[long("1".to_owned())], &Settings::default()).remove(0);
    assert_eq!(alone.title.chars().count(), 120);
    assert!(alone.title.starts_with("ECO replied: ø") && alone.title.ends_with('…'), "{}", alone.title);
    let several: Vec<Event> = (0..5).map(|number| long(number.to_string())).collect();
    let summed = notifications(&several, &Settings::default()).remove(0);
    assert!(summed.body.chars().count() <= 3 * 60 + ", , , and 2 more".len(), "{}", summed.body);
    assert!(summed.body.ends_with("…, and 2 more"), "{}", summed.body);
}

#[test]
fn a_notification_says_account_and_priority_below_its_text() {
    let mut told = Notification::new(None, "ECO replied: Subject", "Done?");
    told.say_where(Some("Barents\nJV"), "High");
    assert_eq!(told.body, "Done?\nBarents JV · High priority");
    let mut bare = Notification::new(None, "Resolved: Subject", "");
    bare.say_where(None, "Low");
    assert_eq!(bare.body, "Low priority");
}
