use super::*;
use desk_model::ProblemCode;
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = include_str!("../../../../../docs/RELIABILITY.md");
const NOW: Millis = 1_000_000_000;

const STATES: [&str; 7] = ["Queued", "Preparing", "Requested", "Reconciling", "Waiting", "Stopped", "Done"];
const EVENTS: [&str; 14] = [
    "Due",
    "RetryRequested",
    "SendAgain",
    "Prepared",
    "FilesUploaded",
    "ServerTime",
    "ShutDown",
    "Confirmed",
    "Refused",
    "AnswerLost",
    "NotFound",
    "Undecided",
    "Failed",
    "Recorded",
];

fn state_name(state: &State) -> &'static str {
    match state {
        State::Queued { .. } => "Queued",
        State::Preparing { .. } => "Preparing",
        State::Requested { .. } => "Requested",
        State::Reconciling { .. } => "Reconciling",
        State::Waiting { .. } => "Waiting",
        State::Stopped { .. } => "Stopped",
        State::Done { .. } => "Done",
    }
}

fn event_name(event: &Event) -> &'static str {
    match event {
        Event::Due => "Due",
        Event::RetryRequested => "RetryRequested",
        Event::SendAgain => "SendAgain",
        Event::Prepared => "Prepared",
        Event::FilesUploaded(_) => "FilesUploaded",
        Event::ServerTime(_) => "ServerTime",
        Event::ShutDown => "ShutDown",
        Event::Confirmed(_) => "Confirmed",
        Event::Refused(..) => "Refused",
        Event::AnswerLost => "AnswerLost",
        Event::NotFound { .. } => "NotFound",
        Event::Undecided { .. } => "Undecided",
        Event::Failed(_) => "Failed",
        Event::Recorded => "Recorded",
    }
}

fn effect_name(effect: &Effect) -> &'static str {
    match effect {
        Effect::Prepare => "Prepare",
        Effect::UploadFiles => "UploadFiles",
        Effect::AskServerTime => "AskServerTime",
        Effect::Request => "Request",
        Effect::Reconcile => "Reconcile",
        Effect::Record(_) => "Record",
        Effect::NoteFailure(_) => "NoteFailure",
        Effect::NoteDelivery => "NoteDelivery",
    }
}

fn problem() -> Problem {
    Problem::new(ProblemCode::Network, "No way.")
}

fn failure(decision: RetryDecision, concerns_account: bool) -> Failure {
    Failure { problem: problem(), decision, concerns_account }
}

/// Each state in all variants that may matter.
fn states() -> Vec<State> {
    let set = |expires_at| Some(FileSet { id: "set".into(), expires_at });
    let mut states = vec![State::Done { done_at: 1, requested_at: None, sent_again: None }];
    for file_set in [None, set(NOW + 2 * SET_MARGIN), set(NOW + SET_MARGIN)] {
        for search_from in [None, Some(7)] {
            let attempts =
                Attempts { count: 3, search_from, file_set: file_set.clone(), ..Attempts::default() };
            states.push(State::Queued { attempts: attempts.clone() });
            states.push(State::Stopped { attempts: attempts.clone(), problem: problem() });
            states.push(State::Waiting {
                attempts: attempts.clone(),
                failed_at: NOW - 5,
                next_try_at: NOW + 5,
                problem: problem(),
            });
            for repeated in [false, true] {
                states.push(State::Preparing { attempts: attempts.clone(), repeated });
                states.push(State::Requested {
                    attempts: attempts.clone(),
                    repeated,
                    first_requested_at: 7,
                    requested_at: NOW - 9,
                });
            }
            // Asked for a moment ago, between the settling times, long ago, and by a clock that was ahead.
            for since in [NOW - 9, NOW - 300_000, NOW - 3_600_000, NOW + 3_600_000] {
                states.push(State::Reconciling {
                    attempts: attempts.clone(),
                    first_requested_at: 7,
                    requested_at: NOW - 3_600_000,
                    since,
                    next_check_at: NOW,
                    overdue: false,
                });
            }
        }
    }
    states
}

/// Each event in all variants that may matter.
fn events() -> Vec<Event> {
    let mut events = vec![
        Event::Due,
        Event::RetryRequested,
        Event::SendAgain,
        Event::Prepared,
        Event::FilesUploaded(FileSet { id: "new".into(), expires_at: NOW * 2 }),
        Event::ServerTime(NOW),
        Event::ShutDown,
        Event::Confirmed(Outcome::CommunicationAdded),
        Event::AnswerLost,
        Event::Recorded,
    ];
    for asked_at in [0, NOW - 3_599_000, NOW - 3_600_000 + 120_000, NOW] {
        events.extend([Event::NotFound { asked_at }, Event::Undecided { asked_at }]);
    }
    let decisions = [
        RetryDecision::Backoff,
        RetryDecision::LongestBackoff,
        RetryDecision::After(2_400_000),
        RetryDecision::Stop,
    ];
    for decision in decisions {
        for concerns_account in [false, true] {
            let failure = failure(decision, concerns_account);
            for remedy in [None, Some(Remedy::UploadAgain), Some(Remedy::SignAgain)] {
                events.push(Event::Refused(failure.clone(), remedy));
            }
            events.push(Event::Failed(failure));
        }
    }
    events
}

/// Whether a condition of the page holds; `None` for "otherwise".
fn holds(when: &str, state: &State, event: &Event, given: &Given<'_>) -> Option<bool> {
    let mut attempts = match state {
        State::Preparing { attempts, .. } | State::Requested { attempts, .. } => attempts.clone(),
        State::Queued { .. }
        | State::Reconciling { .. }
        | State::Waiting { .. }
        | State::Stopped { .. }
        | State::Done { .. } => Attempts::default(),
    };
    if matches!(event, Event::Refused(_, Some(Remedy::UploadAgain))) {
        attempts.file_set = None;
    }
    let is_uploaded =
        !given.has_files || attempts.file_set.is_some_and(|set| set.expires_at > NOW + SET_MARGIN);
    let remedy = matches!(event, Event::Refused(_, Some(_)))
        && matches!(state, State::Requested { repeated: false, .. });
    Some(match when {
        "" => true,
        "otherwise" => return None,
        "it may be repeated" => given.is_repeatable,
        "its files are not uploaded" => !given.is_repeatable && !is_uploaded,
        "a remedy, not yet tried, and its files are not uploaded" => remedy && !is_uploaded,
        "a remedy, not yet tried" => remedy && is_uploaded,
        "it would be refused again" | "it would fail again" => match event {
            Event::Refused(failure, _) | Event::Failed(failure) => {
                !remedy && failure.decision == RetryDecision::Stop
            }
            other => panic!("{other:?} is no failure"),
        },
        "a High incident, and AWS had 2 minutes, by its clock and by ours" => match (state, event) {
            (State::Reconciling { requested_at, since, .. }, Event::NotFound { asked_at }) => {
                given.is_high && *asked_at >= requested_at + 120_000 && NOW >= since + 120_000
            }
            other => panic!("{other:?} has no settling time"),
        },
        unknown => panic!("what is “{unknown}”?"),
    })
}

/// The cells of the page's table whose head begins with these words.
fn table(head: &[&str]) -> Vec<Vec<&'static str>> {
    let cells = |line: &'static str| {
        line.trim()
            .trim_start_matches('|')
            .trim_end_matches('|')
            .split('|')
            .map(str::trim)
            .collect::<Vec<_>>()
    };
    let lines = PAGE.lines().skip_while(|line| !cells(line).starts_with(head)).skip(2);
    lines.take_while(|line| line.starts_with('|')).map(cells).collect()
}

/// A line of the first table.
#[derive(Debug)]
struct Line {
    when: &'static str,
    becomes: &'static str,
    effect: &'static str,
}

type Pair = (&'static str, &'static str);

fn possible() -> BTreeMap<Pair, Vec<Line>> {
    let mut possible: BTreeMap<Pair, Vec<Line>> = BTreeMap::new();
    for line in table(&["State", "Event", "When"]) {
        let [state, event, when, becomes, effect, _] = line[..] else { panic!("{line:?}") };
        possible.entry((state, event)).or_default().push(Line { when, becomes, effect });
    }
    possible
}

fn impossible() -> Vec<Pair> {
    let mut impossible = Vec::new();
    for line in table(&["State", "Events", "Why"]) {
        let [state, events, why] = line[..] else { panic!("{line:?}") };
        assert!(why.ends_with('.'), "{state}: {why}");
        impossible.extend(events.split(", ").map(|event| (state, event)));
    }
    impossible
}

#[test]
fn the_page_of_transitions_tells_of_every_pair_once() {
    let (possible, impossible) = (possible(), impossible());
    let mut told: Vec<Pair> = possible.keys().copied().chain(impossible).collect();
    told.sort_unstable();
    let mut all: Vec<Pair> =
        STATES.iter().flat_map(|state| EVENTS.iter().map(move |event| (*state, *event))).collect();
    all.sort_unstable();
    assert_eq!(told, all);
    let described: Vec<&str> = table(&["State", "What it means"]).into_iter().map(|line| line[0]).collect();
    assert_eq!(described, STATES);
}

#[test]
fn every_transition_is_the_one_of_the_page() {
    let possible = possible();
    let backoff = Backoff::default();
    let (mut tried, mut hit) = (BTreeSet::new(), BTreeSet::new());
    for state in states() {
        for event in events() {
            let requests =
                [(false, false, false), (false, false, true), (true, false, false), (false, true, false)];
            for (has_files, is_repeatable, is_high) in requests {
                let given =
                    Given { now: NOW, backoff: &backoff, jitter: 1, has_files, is_repeatable, is_high };
                let pair = (state_name(&state), event_name(&event));
                tried.insert(pair);
                let told = possible.get(&pair).map(|lines| line_of(lines, &state, &event, &given));
                let context = format!("{state:?}, {event:?}, {given:?}");
                let step = step(state.clone(), event.clone(), &given);
                let Some((place, line)) = told else {
                    assert_eq!(step, None, "{context}");
                    continue;
                };
                hit.insert((pair, place));
                let step = step.unwrap_or_else(|| panic!("the page has {line:?} for {context}"));
                let concerns_account = match &event {
                    Event::Refused(failure, _) | Event::Failed(failure) => failure.concerns_account,
                    _ => false,
                };
                let expected = match line.effect {
                    "" => Vec::new(),
                    "(NoteFailure)" if concerns_account => vec!["NoteFailure"],
                    "(NoteFailure)" => Vec::new(),
                    effect => vec![effect],
                };
                let effects: Vec<&str> = step.effects.iter().map(effect_name).collect();
                assert_eq!((state_name(&step.state), effects), (line.becomes, expected), "{context}");
            }
        }
    }
    assert_eq!(tried.len(), STATES.len() * EVENTS.len());
    let lines: usize = possible.values().map(Vec::len).sum();
    assert_eq!(hit.len(), lines, "each line of the page was tried");
}

/// The one line that holds, and its place among those of its pair.
fn line_of<'a>(lines: &'a [Line], state: &State, event: &Event, given: &Given<'_>) -> (usize, &'a Line) {
    let told: Vec<(usize, &Line)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| holds(line.when, state, event, given) == Some(true))
        .collect();
    let otherwise = || lines.iter().enumerate().find(|(_, line)| line.when == "otherwise");
    match told[..] {
        [only] => only,
        [] => otherwise().unwrap_or_else(|| panic!("no line for {state:?}, {event:?}, {given:?}")),
        _ => panic!("{told:?} for {state:?}, {event:?}, {given:?}"),
    }
}

fn given(backoff: &Backoff) -> Given<'_> {
    Given { now: NOW, backoff, jitter: 1, has_files: true, is_repeatable: false, is_high: false }
}

#[test]
fn an_attempt_is_counted_and_keeps_what_earlier_ones_left() {
    let backoff = Backoff::default();
    let set = FileSet { id: "set".into(), expires_at: NOW * 2 };
    let attempts = Attempts { count: 1, search_from: Some(7), file_set: Some(set), ..Attempts::default() };
    let begun = step(State::Queued { attempts: attempts.clone() }, Event::Due, &given(&backoff)).unwrap();
    let counted = Attempts { count: 2, ..attempts };
    assert_eq!(begun.state, State::Preparing { attempts: counted.clone(), repeated: false });

    let requested = step(begun.state, Event::ServerTime(50), &given(&backoff)).unwrap();
    let twice = SentAgain { at: NOW, by: ResentBy::Program };
    let counted = Attempts { sent_again: Some(twice), ..counted };
    let first = "a lost request of an earlier attempt is looked for too";
    assert_eq!(
        requested.state,
        State::Requested {
            attempts: counted.clone(),
            repeated: false,
            first_requested_at: 7,
            requested_at: 50
        },
        "{first}"
    );
    let lost = step(requested.state, Event::AnswerLost, &given(&backoff)).unwrap();
    let reconciling = State::Reconciling {
        attempts: Attempts { file_set: None, ..counted.clone() },
        first_requested_at: 7,
        requested_at: 50,
        since: NOW,
        next_check_at: NOW + 10_000,
        overdue: false,
    };
    assert_eq!(lost.state, reconciling);

    let failed = step(
        State::Preparing { attempts: counted.clone(), repeated: false },
        Event::Failed(failure(RetryDecision::LongestBackoff, false)),
        &given(&backoff),
    );
    let waiting =
        State::Waiting { attempts: counted, failed_at: NOW, next_try_at: NOW + 300_000, problem: problem() };
    assert_eq!(failed.unwrap().state, waiting);
}

#[test]
fn what_aws_does_not_list_is_decided_by_its_user_or_for_a_high_incident_by_itself() {
    let backoff = Backoff::default();
    let checking = |minutes: Millis| State::Reconciling {
        attempts: Attempts::default(),
        first_requested_at: NOW - minutes * MINUTE,
        requested_at: NOW - minutes * MINUTE,
        since: NOW - minutes * MINUTE,
        next_check_at: NOW,
        overdue: false,
    };
    let after = |minutes, event: &Event, is_high| {
        step(checking(minutes), event.clone(), &Given { is_high, ..given(&backoff) }).unwrap().state
    };
    let overdue = |state: &State| match state {
        State::Reconciling { overdue, .. } => *overdue,
        other => panic!("it goes again: {other:?}"),
    };
    let not_listed = Event::NotFound { asked_at: NOW };
    let could_not_ask = Event::Failed(failure(RetryDecision::Backoff, false));
    let may_be_it = Event::Undecided { asked_at: NOW };
    for event in [&not_listed, &could_not_ask, &may_be_it] {
        assert!(!overdue(&after(9, event, false)), "{event:?}");
        assert!(overdue(&after(10, event, false)), "{event:?}");
        assert!(!overdue(&after(1, event, true)), "{event:?}");
    }
    for event in [&could_not_ask, &may_be_it] {
        assert!(overdue(&after(2, event, true)), "AWS has not said that it is not there: {event:?}");
    }
    let goes = |by| State::Queued {
        attempts: Attempts { search_from: Some(NOW - 2 * MINUTE), resent_by: by, ..Attempts::default() },
    };
    assert_eq!(after(2, &not_listed, true), goes(ResentBy::Program));
    for is_high in [false, true] {
        assert_eq!(after(2, &Event::SendAgain, is_high), goes(ResentBy::User), "at any time");
    }
}

#[test]
fn what_waits_is_due_at_its_time_or_when_its_account_works_again() {
    let waiting = |failed_at, code| State::Waiting {
        attempts: Attempts::default(),
        failed_at,
        next_try_at: NOW + 60_000,
        problem: Problem::new(code, "No way."),
    };
    let worked = |worked_at| AccountStanding { worked_at, started_at: 100 };
    let (signed_out, busy) = (ProblemCode::CredentialsExpired, ProblemCode::Throttled);
    let (at_once, later) = (Some(NOW), Some(NOW + 60_000));
    let table = [
        (waiting(500, signed_out), worked(None), later),
        (waiting(500, signed_out), worked(Some(500)), later),
        (waiting(500, signed_out), worked(Some(501)), at_once),
        (waiting(500, busy), worked(Some(501)), later),
        // It failed before this start.
        (waiting(99, signed_out), worked(Some(50)), at_once),
        (waiting(99, signed_out), worked(None), later),
        (State::new(), worked(None), at_once),
        (State::Stopped { attempts: Attempts::default(), problem: problem() }, worked(Some(NOW)), None),
    ];
    for (state, account, expected) in table {
        assert_eq!(due_at(&state, account, NOW, 300_000), expected, "{state:?} {account:?}");
    }
    // Every attempt of today fails "before" a start or a connection that a clock stamped which was ahead.
    let ahead = |worked_at, started_at| AccountStanding { worked_at: Some(worked_at), started_at };
    for account in [ahead(NOW - 1, NOW + 7_200_000), ahead(NOW + 7_200_000, 100)] {
        let failed = waiting(NOW - 1, ProblemCode::Network);
        assert_eq!(due_at(&failed, account, NOW, 300_000), later, "{account:?}");
    }
    // AWS's hourly limit is waited for longer than any pause.
    let limited = State::Waiting {
        attempts: Attempts::default(),
        failed_at: NOW,
        next_try_at: NOW + 2_400_000,
        problem: Problem::new(ProblemCode::QuotaReached, "Ten."),
    };
    assert_eq!(due_at(&limited, worked(None), NOW, 300_000), Some(NOW + 2_400_000));
    let far = waiting(500, busy);
    assert_eq!(due_at(&far, worked(None), NOW - 600_000, 300_000), Some(NOW - 600_000), "a clock set back");
}

mod exactly_once;
