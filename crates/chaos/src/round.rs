//! One round: a user, faults and kills in the order of a seed, then peace, then the checks.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use support_sim::{Customer, Sim};

use crate::client::{Client, Reply};
use crate::expectation::Expectation;
use crate::gate::{Gate, Line};
use crate::protocol::{Answer, Command, DraftLine, EntryLine};
use crate::{check, faults, folder, platform, user};

/// Steps of a round.
const STEPS: u32 = 110;

/// A new case is listed this late, at most; less than the program waits before it sends again.
const LATEST_LISTING: Duration = Duration::from_millis(900);

/// Most time that a network is cut or a process stands still: more than the program waits before it sends again.
const LONGEST_STANDSTILL: Duration = Duration::from_millis(4500);

/// How far clocks jump, in hours.
const JUMPS: [i64; 6] = [-24, -3, -1, 1, 3, 24];

const HOUR: Duration = Duration::from_secs(3600);

/// After the last fault everything has to be at AWS within this time.
const QUIET: Duration = Duration::from_secs(60);

/// The state of a round.
struct Round {
    random: StdRng,
    folder: tempfile::TempDir,
    /// AWS, one emulator for each account.
    sims: Vec<Sim>,
    customers: Vec<Customer>,
    gate: Gate,
    /// How far the program's clock is ahead of the system's, in milliseconds.
    ahead: i64,
    /// Whether the program's clock jumps in this round; AWS's lies in the others.
    clock_jumps: bool,
    /// Whether the program's disk takes nothing now.
    disk_full: bool,
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
    let customers = vec![
        Customer::example(),
        Customer::new("AKIAI44QH8DHBEXAMPLE", "second-secret", "OpsRole (Role) <bob@example.com>"),
    ];
    let (mut sims, mut servers, mut doors) = (Vec::new(), Vec::new(), Vec::new());
    for (customer, account) in customers.iter().zip(["111122223333", "444455556666"]) {
        let sim = Sim::builder()
            .seed(seed)
            .account(account)
            .customer(customer.clone())
            .cases_per_hour(None)
            .attachment_sets_per_hour(None)
            .appear_after(late)
            .build()?;
        let server = sim.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?)?;
        doors.push((customer.access_key_id().to_owned(), server.address()));
        sims.push(sim);
        servers.push(server);
    }
    let folder = tempfile::tempdir()?;
    folder::write_profiles(folder.path(), &customers)?;
    let clock_jumps = random.random_bool(0.5);
    let mut round = Round {
        random,
        folder,
        sims,
        customers,
        gate: Gate::open(doors).await?,
        ahead: 0,
        clock_jumps,
        disk_full: false,
        expected: Expectation::default(),
        backup: None,
        kills: 0,
        verbose,
    };
    round.play().await?;
    round.come_to_rest().await?;
    check::at_aws(&round.expected, &round.sims)?;
    let all: Vec<_> = round.sims.iter().flat_map(Sim::cases).collect();
    let cases = all.len();
    let said: usize = all.iter().map(|case| case.communications.len()).sum();
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
        self.disk_full = false;
        let mut client = Client::start(self.path(), self.gate.url(), self.ahead).await?;
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
                    let sim = &self.sims[self.random.random_range(0..self.sims.len())];
                    let fault = faults::add(sim, &mut self.random, !self.clock_jumps);
                    self.tell(&fault);
                }
                12..20 => {
                    let time = Duration::from_millis(self.random.random_range(5..300));
                    tokio::time::sleep(time).await;
                }
                20..22 => {
                    self.tell("a second program");
                    if !Client::second_gives_up(self.path(), self.gate.url()).await? {
                        bail!("a second program opened the same folder");
                    }
                }
                22..26 => client = self.back_up_or_put_back(client).await?,
                26..28 => self.cut_network(),
                28..30 => self.stand_still(&mut client).await?,
                30..32 => self.jump(&mut client).await?,
                32..34 => self.take_or_give_credentials(),
                34..36 => self.fill_or_free_disk(&client),
                dice => {
                    let mut entries = outbox(&mut client).await?;
                    entries.retain(|entry| entry.kind != "Resolve");
                    let command = user::next(&mut self.random, &mut self.expected, &entries, files.path())?;
                    self.tell(&format!("{command:?}"));
                    if dice < 52 {
                        client = self.cut_off(client, &command).await?;
                    } else {
                        self.obeyed(&mut client, &command).await?;
                    }
                }
            }
        }
        client.kill().await
    }

    /// Has a command done; what was sent a moment ago is sometimes taken back at once.
    async fn obeyed(&mut self, client: &mut Client, command: &Command) -> Result<()> {
        let answer = client.ask(command).await?;
        if matches!(answer, Answer::Refused { .. }) {
            self.tell(&format!("{answer:?}"));
        }
        user::note(&mut self.expected, command, &Reply::Answered(answer.clone()))?;
        let Command::Submit { draft } = command else { return Ok(()) };
        if !matches!(answer, Answer::Refused { .. }) && self.random.random_bool(0.2) {
            let pause = Duration::from_millis(self.random.random_range(0..60));
            tokio::time::sleep(pause).await;
            let undo = Command::Edit { entry: draft.clone() };
            let answer = client.ask(&undo).await?;
            self.tell(&format!("taken back after {pause:?}: {answer:?}"));
            user::note(&mut self.expected, &undo, &Reply::Answered(answer))?;
        }
        Ok(())
    }

    /// Cuts the network for a while, with or without a word.
    fn cut_network(&mut self) {
        let line = if self.random.random_bool(0.5) { Line::Refused } else { Line::Silent };
        let time = self.random.random_range(Duration::from_millis(100)..LONGEST_STANDSTILL);
        self.tell(&format!("the network is {line:?} for {time:?}"));
        self.gate.set(line);
        let mended = self.gate.line();
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            mended.send_replace(Line::Up);
        });
    }

    /// Stops the process and lets it go on; sometimes hours have passed meanwhile, here and at AWS, as for a computer
    /// that slept.
    async fn stand_still(&mut self, client: &mut Client) -> Result<()> {
        let Some(process) = client.process() else { return Ok(()) };
        if !platform::pause(process) {
            return Ok(());
        }
        let hours = u32::from(self.random.random_bool(0.5)) * self.random.random_range(1..13);
        let time = self.random.random_range(Duration::from_millis(50)..LONGEST_STANDSTILL / 2);
        self.tell(&format!("it stands still for {time:?}, as if for {hours} h"));
        tokio::time::sleep(time).await;
        for sim in &self.sims {
            sim.step_clock(HOUR * hours)?;
        }
        platform::resume(process);
        self.step(client, i64::from(hours)).await
    }

    /// Sets the program's clock back or forth.
    async fn jump(&mut self, client: &mut Client) -> Result<()> {
        if !self.clock_jumps {
            return Ok(());
        }
        let hours = JUMPS[self.random.random_range(0..JUMPS.len())];
        self.tell(&format!("its clock jumps by {hours} h"));
        self.step(client, hours).await
    }

    async fn step(&mut self, client: &mut Client, hours: i64) -> Result<()> {
        let by = hours * 3_600_000;
        self.ahead += by;
        client.ask(&Command::StepClock { by }).await.map(drop)
    }

    /// AWS forgets the credentials of an account, or knows them again.
    fn take_or_give_credentials(&mut self) {
        let account = self.random.random_range(0..self.sims.len());
        let (sim, customer) = (&self.sims[account], &self.customers[account]);
        if sim.revoke(customer.access_key_id()) {
            self.tell(&format!("the credentials of account {account} are refused"));
        } else {
            sim.add_customer(customer.clone());
            self.tell(&format!("the credentials of account {account} are good again"));
        }
    }

    /// No file takes anything more, or all do again. It ends with the process.
    fn fill_or_free_disk(&mut self, client: &Client) {
        let full = !self.disk_full;
        if client.process().is_some_and(|process| platform::fill_disk(process, full)) {
            self.disk_full = full;
            self.tell(if full { "the disk takes nothing" } else { "the disk takes everything again" });
        }
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
        for (sim, customer) in self.sims.iter().zip(&self.customers) {
            sim.faults().clear();
            sim.add_customer(customer.clone());
        }
        self.gate.set(Line::Up);
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
