//! The headless program: a desk without a window, led by lines on standard input.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use desk_aws::{CustomEndpoint, Endpoint};
use desk_core::attachment::OpenedFile;
use desk_core::case::Rating;
use desk_core::delivery::{Backoff, OutboxEntry, OutboxId, OutboxState};
use desk_core::report::{Draft, DraftContent, DraftId, ProblemKind, ReplyContent, ReportContent};
use desk_core::sync::SyncPace;
use desk_core::{Desk, DeskOptions, account::ConfigFiles};
use desk_model::{AccountId, CaseKey, Clock, Problem};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::protocol::{Answer, Command, DraftLine, EntryLine};

/// The profile in the data folder's own AWS files.
pub(crate) const PROFILE: &str = "chaos";

/// Pauses of a program in a hurry. New cases are listed within `settle` in these rounds.
const BACKOFF: Backoff = Backoff {
    settle: Duration::from_secs(3),
    settle_high: Duration::from_secs(2),
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
pub(crate) async fn run(data_dir: &Path, endpoint: &str) -> Result<()> {
    let aws = data_dir.join("aws");
    let desk = Desk::open(DeskOptions {
        data_dir: data_dir.join("desk"),
        clock: Clock::System,
        endpoint: Endpoint::Override(CustomEndpoint::parse(endpoint)?),
        config: ConfigFiles { config: aws.join("config"), credentials: aws.join("credentials") },
        sync: SyncPace { poll: Some(POLL), ..SyncPace::default() },
        delivery: BACKOFF,
    })
    .await
    .map_err(|problem| in_words(&problem))?;
    let account =
        match desk.accounts.list().await.map_err(|error| in_words(&error.into()))?.into_iter().next() {
            Some(account) => account.id,
            None => {
                desk.accounts
                    .setup
                    .connect_profile(PROFILE, "Production")
                    .await
                    .map_err(|problem| in_words(&problem))?
                    .id
            }
        };
    desk.start();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut out = tokio::io::stdout();
    out.write_all(b"ready\n").await?;
    out.flush().await?;
    while let Some(line) = lines.next_line().await? {
        let command: Command = serde_json::from_str(&line).context("a line that is no command")?;
        let ends = command == Command::ShutDown;
        let answer = obey(&desk, &account, command).await.unwrap_or_else(|problem| Answer::Refused {
            code: format!("{:?}", problem.code),
            message: problem.message,
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

fn in_words(problem: &Problem) -> anyhow::Error {
    anyhow!("{:?}: {}", problem.code, problem.message)
}

async fn obey(desk: &Desk, account: &AccountId, command: Command) -> Result<Answer, Problem> {
    let draft_of = |draft: Draft| Answer::Draft { id: draft.id.0 };
    match command {
        Command::BeginReport => desk.reports.begin().await.map(draft_of),
        Command::BeginReply { case } => desk.reports.reply_draft(&CaseKey(case)).await.map(draft_of),
        Command::SaveReport { draft, subject, body, priority } => {
            let content = ReportContent {
                account: Some(account.clone()),
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
        Command::Resolve { case, stars } => {
            let rating = Rating { stars, comment: String::new(), send_to_eco: false };
            desk.outbox.resolve(&CaseKey(case), Some(rating)).await?;
            Ok(Answer::Done)
        }
        Command::Discard { entry } => desk.outbox.discard(&OutboxId(entry)).await.map(|()| Answer::Done),
        Command::Edit { entry } => {
            desk.outbox.edit(&OutboxId(entry)).await.map(|draft| Answer::Draft { id: draft.0 })
        }
        Command::Retry { entry } => desk.outbox.retry(&OutboxId(entry)).await.map(|()| Answer::Done),
        Command::SendAgain { entry } => desk.outbox.send_again(&OutboxId(entry)).await.map(|()| Answer::Done),
        Command::Drafts => {
            let drafts = desk.reports.list().await?;
            Ok(Answer::Drafts { drafts: drafts.into_iter().map(draft_line).collect() })
        }
        Command::Outbox => {
            let entries = desk.outbox.list().await?;
            Ok(Answer::Outbox { entries: entries.into_iter().map(entry_line).collect() })
        }
        Command::ShutDown => Ok(Answer::Done),
    }
}

fn draft_line(draft: Draft) -> DraftLine {
    let (subject, body) = match draft.content {
        DraftContent::Report(report) => (report.subject, report.body),
        DraftContent::Reply(reply) => (String::new(), reply.body),
    };
    let files = draft.files.into_iter().map(|file| file.name).collect();
    DraftLine { id: draft.id.0, case: draft.case.map(|key| key.0), subject, body, files }
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
