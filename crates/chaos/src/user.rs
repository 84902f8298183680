//! What the user of a round does next, and what follows from each answer.

use std::path::Path;

use anyhow::{Context as _, Result};
use desk_model::Priority;
use rand::RngExt as _;
use rand::prelude::IndexedRandom as _;
use rand::rngs::StdRng;

use crate::client::Reply;
use crate::desk::ACCOUNTS;
use crate::expectation::{Count, Expectation, Report, Text, Typed};
use crate::protocol::{Answer, Command, EntryLine};

/// The largest file of a report, in bytes.
const LARGEST_FILE: usize = 40_000;

/// Files of one message: as many as an attachment set takes.
const MOST_FILES: usize = 3;

const PRIORITIES: [Priority; 3] = [Priority::High, Priority::Medium, Priority::Low];

/// Draws the next command. `entries` are those of the outbox, where it was asked for.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn next(
    random: &mut StdRng,
    expected: &mut Expectation,
    entries: &[EntryLine],
    files: &Path,
) -> Result<Command> {
    let cases: Vec<String> = expected
        .reports
        .iter()
        .filter(|(_, report)| matches!(report.text.count, Count::One | Count::OneOrTwo))
        .map(|(key, _)| key.clone())
        .collect();
    // A reply whose report was taken back waits for that.
    let goes = |typed: &Typed| typed.case.as_ref().is_none_or(|case| cases.contains(case));
    let drafts: Vec<String> =
        expected.drafts.iter().filter(|(_, typed)| goes(typed)).map(|(id, _)| id.clone()).collect();
    // A rating is known by its text alone: it is left to go.
    let known: Vec<EntryLine> =
        entries.iter().filter(|entry| expected.text_mut(&entry.id).is_some()).cloned().collect();
    let dice = random.random_range(0..100);
    Ok(match (drafts.choose(random), cases.choose(random), known.choose(random)) {
        // An empty draft is typed into first.
        (Some(draft), ..) if dice < 14 || (dice < 66 && expected.drafts[draft].saved.is_empty()) => {
            typed(random, expected, draft)
        }
        (Some(draft), ..) if dice < 22 && expected.drafts[draft].files.len() < MOST_FILES => {
            Command::Attach { draft: draft.clone(), file: file(random, files)? }
        }
        (Some(draft), ..) if dice < 66 && !expected.drafts[draft].saved.is_empty() => {
            Command::Submit { draft: draft.clone() }
        }
        (_, Some(case), _) if dice < 80 => Command::BeginReply { case: case.clone() },
        (_, Some(case), _) if dice < 84 => {
            let comment = random.random_bool(0.5).then(|| format!("{}: quick and clear", expected.token()));
            Command::Resolve { case: case.clone(), stars: random.random_range(1..=5), comment }
        }
        (_, _, Some(entry)) if dice < 88 && entry.state == "checking" => {
            Command::SendAgain { entry: entry.id.clone() }
        }
        (_, _, Some(entry)) if dice < 90 => Command::Discard { entry: entry.id.clone() },
        (_, _, Some(entry)) if dice < 93 => Command::Edit { entry: entry.id.clone() },
        (_, _, Some(entry)) if dice < 95 => Command::Retry { entry: entry.id.clone() },
        _ => Command::BeginReport,
    })
}

/// Types a new text into a draft.
fn typed(random: &mut StdRng, expected: &mut Expectation, draft: &str) -> Command {
    let token = expected.token();
    let words = random.random_range(1..60);
    let body = format!("{token}: {}", "the ingestion stands still. ".repeat(words).trim_end());
    if expected.drafts[draft].case.is_some() {
        return Command::SaveReply { draft: draft.to_owned(), body };
    }
    let account = match expected.drafts[draft].account {
        Some(account) if random.random_bool(0.8) => account,
        _ => random.random_range(0..ACCOUNTS.len()),
    };
    Command::SaveReport {
        draft: draft.to_owned(),
        account,
        subject: format!("Incident {token}"),
        body,
        priority: *PRIORITIES.choose(random).expect("there are priorities"),
    }
}

/// Writes a file with a name and a content of its own.
fn file(random: &mut StdRng, folder: &Path) -> Result<std::path::PathBuf> {
    let name = format!("log-{:08x}.txt", random.random::<u32>());
    let size = random.random_range(1..LARGEST_FILE);
    let content: Vec<u8> = (0..size).map(|_| random.random_range(b' '..=b'~')).collect();
    let path = folder.join(name);
    std::fs::write(&path, content).context("a file of the round")?;
    Ok(path)
}

/// The token in a text.
pub(crate) fn token_in(body: &str) -> String {
    let token = body.find("token-").and_then(|at| body[at..].split(':').next());
    token.unwrap_or_default().to_owned()
}

/// Notes what follows from an answer, or from its absence.
///
/// # Errors
/// When the answer does not fit the command.
pub(crate) fn note(expected: &mut Expectation, command: &Command, reply: &Reply) -> Result<()> {
    let answered = match reply {
        Reply::Answered(answer) => Some(answer),
        Reply::Killed => None,
    };
    if let Some(Answer::Refused { .. }) = answered {
        return Ok(());
    }
    match command {
        Command::BeginReport => {
            if let Some(Answer::Draft { id }) = answered {
                expected.drafts.entry(id.clone()).or_default();
            }
        }
        Command::BeginReply { case } => {
            if let Some(Answer::Draft { id }) = answered {
                let typed = expected.drafts.entry(id.clone()).or_default();
                typed.case = Some(case.clone());
            }
        }
        Command::SaveReport { draft, body, .. } | Command::SaveReply { draft, body } => {
            let typed = expected.drafts.entry(draft.clone()).or_default();
            let account = match command {
                Command::SaveReport { account, .. } => Some(*account),
                _ => None,
            };
            if answered.is_some() {
                typed.saved.clone_from(body);
                (typed.maybe, typed.maybe_account) = (None, None);
                typed.token = token_in(body);
                typed.account = account;
            } else {
                typed.maybe = Some(body.clone());
                typed.maybe_account = account;
            }
        }
        Command::Attach { draft, file } => {
            let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
            let content = std::fs::read(file)?;
            let typed = expected.drafts.entry(draft.clone()).or_default();
            if answered.is_some() {
                typed.files.push((name, content));
            } else {
                typed.files_are_uncertain = true;
            }
        }
        Command::Submit { draft } => {
            // A kill leaves it open; what the program says after its next start settles it (`settle`).
            if answered.is_some() {
                submitted(expected, draft, Count::One);
            }
        }
        Command::Resolve { case, comment, .. } => {
            let Some(report) = expected.reports.get_mut(case) else { return Ok(()) };
            // A case that waits for its resolution already gets no second rating; one may be edited or discarded; and
            // a kill leaves it open.
            if let Some(body) = comment {
                let (token, body, count) = (token_in(body), body.clone(), Count::AtMostOne);
                report.replies.push(Text { draft: String::new(), token, body, files: Vec::new(), count });
            }
            if answered.is_some() {
                report.is_resolved = true;
            }
        }
        Command::Discard { entry } => {
            let may_be_there = match answered {
                Some(Answer::Discarded { may_be_there }) => *may_be_there,
                _ => true,
            };
            if let Some(text) = expected.text_mut(entry) {
                text.count = match (may_be_there, text.count) {
                    (false, _) => Count::None,
                    (true, Count::OneOrTwo | Count::UpToTwo) => Count::UpToTwo,
                    (true, _) => Count::AtMostOne,
                };
            }
        }
        Command::SendAgain { entry } => {
            if let Some(text) = expected.text_mut(entry) {
                text.count = match text.count {
                    Count::One => Count::OneOrTwo,
                    Count::AtMostOne => Count::UpToTwo,
                    other => other,
                };
            }
        }
        // A kill leaves it open, as that of a submission.
        Command::Edit { entry } => {
            if answered.is_some() {
                expected.take_back(entry);
            }
        }
        Command::Retry { .. }
        | Command::StepClock { .. }
        | Command::Drafts
        | Command::Outbox
        | Command::ShutDown => {}
    }
    Ok(())
}

/// A draft has become an entry of the outbox.
pub(crate) fn submitted(expected: &mut Expectation, draft: &str, count: Count) {
    let Some(Typed { saved, files, case, token, account, .. }) = expected.drafts.remove(draft) else {
        return;
    };
    let text = Text { draft: draft.to_owned(), token, body: saved, files, count };
    match case {
        Some(case) => {
            if let Some(report) = expected.reports.get_mut(&case) {
                // Sent before the folder was put back, and once more now: still one text.
                report.replies.retain(|reply| reply.token != text.token);
                report.replies.push(text);
                report.is_resolved = false;
            }
        }
        None => {
            let account = account.unwrap_or(0);
            let report = Report { text, account, replies: Vec::new(), is_resolved: false };
            let token = report.text.token.clone();
            let former = expected.reports.insert(draft.to_owned(), report);
            // Sent with another text before the folder was put back: that is a case of its own.
            if let Some(mut former) = former.filter(|former| former.text.token != token) {
                former.text.draft.clear();
                expected.reports.insert(format!("{draft} {}", former.text.token), former);
            }
        }
    }
}
