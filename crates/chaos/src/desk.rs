//! The headless program: a desk without a window, led by lines on standard input.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};
use desk_aws::{CustomEndpoint, Endpoint};
use desk_core::attachment::OpenedFile;
use desk_core::case::Rating;
use desk_core::delivery::{Backoff, OutboxEntry, OutboxId, OutboxState};
use desk_core::report::{Draft, DraftContent, DraftId, ProblemKind, ReplyContent, ReportContent};
use desk_core::sync::SyncPace;
use desk_core::{Desk, DeskOptions, account::ConfigFiles};
use desk_model::{AccountId, CaseKey, Clock, Millis, Problem};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::protocol::{Answer, Command, DraftLine, EntryLine};

/// The accounts: the profiles in the data folder's own AWS files, and the names that they are connected under.
pub(crate) const ACCOUNTS: [&str; 2] = ["production", "test"];

/// Pauses of a program in a hurry. New cases are listed within `settle_high` in these rounds, although AWS's clock only
/// tells whole seconds.
const BACKOFF: Backoff = Backoff {
    settle: Duration::from_secs(4),
    settle_high: Duration::from_secs(3),
    first_pause: Duration::from_millis(40),
    longest_pause: Duration::from_millis(300),
    check_pause: Duration::from_millis(60),
};

/// How often AWS is asked for news.
const POLL: Duration = Duration::from_millis(400);

/// Runs until standard input ends or the program is told to shut down.
///
/// # Errors
/// When the data folder cannot be opened, for example because another program has it.
pub(crate) async fn run(data_dir: &Path, endpoint: &str, ahead: Millis) -> Result<()> {
    let clock = running_clock(ahead);
    let aws = data_dir.join("aws");
    let desk = Desk::open(DeskOptions {
        data_dir: data_dir.join("desk"),
        clock: clock.clone(),
        endpoint: Endpoint::Override(CustomEndpoint::parse(endpoint)?),
        config: ConfigFiles { config: aws.join("config"), credentials: aws.join("credentials") },
        sync: SyncPace { poll: Some(POLL), ..SyncPace::default() },
        delivery: BACKOFF,
    })
    .await
    .map_err(|problem| in_words(&problem))?;
    let known = desk.accounts.list().await.map_err(|error| in_words(&error.into()))?;
    let mut accounts = Vec::new();
    for name in ACCOUNTS {
        let connected = match known.iter().find(|account| account.name == name) {
            Some(account) => account.id.clone(),
            None => {
                let setup = desk.accounts.setup.connect_profile(name, name).await;
                setup.map_err(|problem| in_words(&problem))?.id
            }
        };
        accounts.push(connected);
    }
    desk.start();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut out = tokio::io::stdout();
    out.write_all(b"ready\n").await?;
    out.flush().await?;
    while let Some(line) = lines.next_line().await? {
        let command: Command = serde_json::from_str(&line).context("a line that is no command")?;
        let ends = command == Command::ShutDown;
        let answer = obey(&desk, &accounts, &clock, command).await.unwrap_or_else(|problem| {
            Answer::Refused { code: format!("{:?}", problem.code), message: problem.message }
        });
        if ends {
            desk.shut_down().await;
        }
        let mut text = serde_json::to_string(&answer)?;
        text.push('\n');
        out.write_all(text.as_bytes()).await?;
        out.flush().await?;
        if ends {
            break;
        }
    }
    Ok(())
}

/// The system's clock, so many milliseconds ahead, that can be set.
fn running_clock(ahead: Millis) -> Clock {
    let clock = Clock::stepped(Clock::System.now() + ahead);
    let running = clock.clone();
    tokio::spawn(async move {
        let mut last = Instant::now();
        loop {
            tokio::time::sleep(Duration::from_millis(3)).await;
            let passed = last.elapsed().as_millis();
            running.step(i64::try_from(passed).unwrap_or(0));
            last += Duration::from_millis(u64::try_from(passed).unwrap_or(0));
        }
    });
    clock
}

fn in_words(problem: &Problem) -> anyhow::Error {
    anyhow!("{:?}: {}", problem.code, problem.message)
}

async fn obey(
    desk: &Desk,
    accounts: &[AccountId],
    clock: &Clock,
    command: Command,
) -> Result<Answer, Problem> {
    let draft_of = |draft: Draft| Answer::Draft { id: draft.id.0 };
    match command {
        Command::BeginReport => desk.reports.begin().await.map(draft_of),
        Command::BeginReply { case } => desk.reports.reply_draft(&CaseKey(case)).await.map(draft_of),
        Command::SaveReport { draft, account, subject, body, priority } => {
            let content = ReportContent {
                account: accounts.get(account).cloned(),
                kind: Some(ProblemKind::DataIn),
                priority: Some(priority),
                subject,
                body,
                step: 4,
                ..ReportContent::default()
            };
            desk.reports.save(&DraftId(draft), DraftContent::Report(content)).await?;
            Ok(Answer::Done)
        }
        Command::SaveReply { draft, body } => {
            let content = ReplyContent { body, cc: Vec::new() };
            desk.reports.save(&DraftId(draft), DraftContent::Reply(content)).await?;
            Ok(Answer::Done)
        }
        Command::Attach { draft, file } => {
            desk.attachments.add(&DraftId(draft), OpenedFile::open_all(&[file])).await?;
            Ok(Answer::Done)
        }
        Command::Submit { draft } => desk.reports.submit(&DraftId(draft)).await.map(|key| {
            desk.outbox.wake();
            Answer::Case { key: key.0 }
        }),
        Command::Resolve { case, stars, comment } => {
            let send_to_eco = comment.is_some();
            let rating = Rating { stars, comment: comment.unwrap_or_default(), send_to_eco };
            desk.outbox.resolve(&CaseKey(case), Some(rating)).await?;
            Ok(Answer::Done)
        }
        Command::Discard { entry } => {
            let id = OutboxId(entry);
            // As the dialog asks it: by what is shown.
            let shown = desk.outbox.list().await?.into_iter().find(|entry| entry.id == id);
            let may_be_there = shown.is_none_or(|entry| entry.may_be_with_eco);
            desk.outbox.discard(&id).await.map(|()| Answer::Discarded { may_be_there })
        }
        Command::Edit { entry } => {
            desk.outbox.edit(&OutboxId(entry)).await.map(|draft| Answer::Draft { id: draft.0 })
        }
        Command::Retry { entry } => desk.outbox.retry(&OutboxId(entry)).await.map(|()| Answer::Done),
        Command::SendAgain { entry } => desk.outbox.send_again(&OutboxId(entry)).await.map(|()| Answer::Done),
        Command::Drafts => {
            let drafts = desk.reports.list().await?;
            Ok(Answer::Drafts {
                drafts: drafts.into_iter().map(|draft| draft_line(draft, accounts)).collect(),
            })
        }
        Command::Outbox => {
            let entries = desk.outbox.list().await?;
            Ok(Answer::Outbox { entries: entries.into_iter().map(entry_line).collect() })
        }
        Command::StepClock { by } => {
            clock.step(by);
            Ok(Answer::Done)
        }
        Command::ShutDown => Ok(Answer::Done),
    }
}

fn draft_line(draft: Draft, accounts: &[AccountId]) -> DraftLine {
    let account = draft.account.and_then(|account| accounts.iter().position(|known| *known == account));
    let (subject, body) = match draft.content {
        DraftContent::Report(report) => (report.subject, report.body),
        DraftContent::Reply(reply) => (String::new(), reply.body),
    };
    let files = draft.files.into_iter().map(|file| file.name).collect();
    DraftLine { id: draft.id.0, case: draft.case.map(|key| key.0), account, subject, body, files }
}

fn entry_line(entry: OutboxEntry) -> EntryLine {
    let (state, problem) = match entry.state {
        OutboxState::Queued => ("queued", None),
        OutboxState::Sending { .. } => ("sending", None),
        OutboxState::Checking { overdue: true, .. } => ("undecided", None),
        OutboxState::Checking { .. } => ("checking", None),
        OutboxState::Waiting { problem, .. } => ("waiting", Some(problem.message)),
        OutboxState::Stopped { problem } => ("stopped", Some(problem.message)),
    };
    EntryLine {
        id: entry.id.0,
        case: entry.case.0,
        kind: format!("{:?}", entry.kind),
        state: state.to_owned(),
        problem,
    }
}
