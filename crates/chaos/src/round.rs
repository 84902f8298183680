//! One round: a user, faults and kills in the order of a seed, then peace, then the checks.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use support_sim::{Customer, Sim};

use crate::client::{Client, Reply};
use crate::expectation::Expectation;
use crate::protocol::{Answer, Command, DraftLine, EntryLine};
use crate::{check, faults, folder, user};

/// Steps of a round.
const STEPS: u32 = 80;

/// A new case is listed this late, at most; less than the program waits before it sends again.
const LATEST_LISTING: Duration = Duration::from_millis(900);

/// After the last fault everything has to be at AWS within this time.
const QUIET: Duration = Duration::from_secs(60);

/// The state of a round.
struct Round {
    random: StdRng,
    folder: tempfile::TempDir,
    sim: Sim,
    endpoint: String,
    expected: Expectation,
    /// A copy of the data folder, with what was expected then.
    backup: Option<(tempfile::TempDir, Expectation)>,
    kills: u32,
    verbose: bool,
}

/// Runs the round of a seed; returns what happened in it.
///
/// # Errors
/// What was lost, double, altered or out of order; or a program that did not start, hung or never came to rest.
pub(crate) async fn run(seed: u64, verbose: bool) -> Result<String> {
    let mut random = StdRng::seed_from_u64(seed);
    let late = random.random_range(Duration::ZERO..LATEST_LISTING);
    let sim = Sim::builder()
        .seed(seed)
        .customer(Customer::example())
        .cases_per_hour(None)
        .attachment_sets_per_hour(None)
        .appear_after(late)
        .build()?;
    let server = sim.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?)?;
    let folder = tempfile::tempdir()?;
    folder::write_profile(folder.path(), &Customer::example())?;
    let endpoint = server.url();
    let mut round = Round {
        random,
        folder,
        sim,
        endpoint,
        expected: Expectation::default(),
        backup: None,
        kills: 0,
        verbose,
    };
    round.play().await?;
    round.come_to_rest().await?;
    check::at_aws(&round.expected, &round.sim)?;
    let cases = round.sim.case_count();
    let said: usize = round.sim.cases().iter().map(|case| case.communications.len()).sum();
    Ok(format!("{cases} cases, {said} messages, {} kills", round.kills))
}

impl Round {
    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn tell(&self, what: &str) {
        if self.verbose {
            println!("  {what}");
        }
    }

    /// Starts the program and settles what a kill had left open.
    async fn start(&mut self, open: Option<&Command>) -> Result<Client> {
        let mut client = Client::start(self.path(), &self.endpoint).await?;
        let Answer::Drafts { drafts } = client.ask(&Command::Drafts).await? else { bail!("no drafts") };
        self.settle(&drafts, open)?;
        Ok(client)
    }

    fn settle(&mut self, drafts: &[DraftLine], open: Option<&Command>) -> Result<()> {
        check::settle(&mut self.expected, drafts, open)
    }

    async fn play(&mut self) -> Result<()> {
        let files = tempfile::tempdir()?;
        let mut client = self.start(None).await?;
        for _ in 0..STEPS {
            match self.random.random_range(0..100) {
                0..12 => {
                    let fault = faults::add(&self.sim, &mut self.random);
                    self.tell(&fault);
                }
                12..24 => {
                    let time = Duration::from_millis(self.random.random_range(5..300));
                    tokio::time::sleep(time).await;
                }
                24..27 => {
                    self.tell("a second program");
                    if !Client::second_gives_up(self.path(), &self.endpoint).await? {
                        bail!("a second program opened the same folder");
                    }
                }
                27..31 => client = self.back_up_or_put_back(client).await?,
                dice => {
                    let entries = outbox(&mut client).await?;
                    let ids: Vec<String> = entries
                        .into_iter()
                        .filter(|entry| entry.kind != "Resolve")
                        .map(|entry| entry.id)
                        .collect();
                    let command = user::next(&mut self.random, &mut self.expected, &ids, files.path())?;
                    self.tell(&format!("{command:?}"));
                    if dice < 48 {
                        client = self.cut_off(client, &command).await?;
                    } else {
                        let answer = client.ask(&command).await?;
                        user::note(&mut self.expected, &command, &Reply::Answered(answer))?;
                    }
                }
            }
        }
        client.kill().await
    }

    /// Sends a command, kills the program somewhere in it, and starts it anew.
    async fn cut_off(&mut self, client: Client, command: &Command) -> Result<Client> {
        let delay = Duration::from_micros(self.random.random_range(0..40_000));
        let reply = client.ask_and_kill(command, delay).await?;
        self.kills += 1;
        self.tell(&format!("killed after {delay:?}: {reply:?}"));
        user::note(&mut self.expected, command, &reply)?;
        let open = (reply == Reply::Killed).then_some(command);
        self.start(open).await
    }

    /// Copies the data folder aside, or puts the copy back in its place, as a user's backup does.
    async fn back_up_or_put_back(&mut self, client: Client) -> Result<Client> {
        client.kill().await?;
        self.kills += 1;
        if let Some((backup, then)) = self.backup.take() {
            self.tell("the folder is put back");
            folder::copy(backup.path(), self.path())?;
            self.expected.go_back_to(&then);
        } else {
            self.tell("the folder is copied");
            let backup = tempfile::tempdir()?;
            folder::copy(self.path(), backup.path())?;
            self.backup = Some((backup, self.expected.clone()));
        }
        self.start(None).await
    }

    /// Ends all faults and waits until the outbox is empty.
    async fn come_to_rest(&mut self) -> Result<()> {
        self.sim.faults().clear();
        self.tell("peace");
        let mut client = self.start(None).await?;
        let began = Instant::now();
        loop {
            let entries = outbox(&mut client).await?;
            if entries.is_empty() {
                break;
            }
            if began.elapsed() > QUIET {
                bail!("still in the outbox after {QUIET:?}: {entries:?}");
            }
            for entry in &entries {
                match entry.state.as_str() {
                    "stopped" => client.ask(&Command::Retry { entry: entry.id.clone() }).await?,
                    "undecided" => client.ask(&Command::SendAgain { entry: entry.id.clone() }).await?,
                    _ => continue,
                };
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        client.ask(&Command::ShutDown).await.context("it does not shut down")?;
        Ok(())
    }
}

async fn outbox(client: &mut Client) -> Result<Vec<EntryLine>> {
    match client.ask(&Command::Outbox).await? {
        Answer::Outbox { entries } => Ok(entries),
        other => bail!("no outbox: {other:?}"),
    }
}
