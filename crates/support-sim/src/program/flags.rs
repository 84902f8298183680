//! The program's flags, and the sim that they describe.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use support_sim::{Customer, Etags, EventMix, Plan, Quotas, Scenario, SigningTime, Sim};

/// An emulator of the AWS Support API with ECO (EDI Cloud Operations) behind it.
///
/// Listens on the loopback interface only. The operator's page is at /_eco/, the control API below /_eco/api. Logs go
/// to standard error, steered by RUST_LOG.
#[derive(Parser)]
#[command(name = "support-sim", version)]
pub(crate) struct Flags {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 4567)]
    pub(crate) port: u16,
    /// Folder to keep the state in; without it everything is forgotten at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Access key id that callers must use; AWS's documented example pair unless told otherwise.
    #[arg(long, value_name = "ID", requires = "secret_access_key")]
    access_key_id: Option<String>,
    /// The secret that belongs to it.
    #[arg(long, value_name = "SECRET", requires = "access_key_id")]
    secret_access_key: Option<String>,
    /// What ECO does and writes, as a TOML file; --print-scenario gives one to begin with.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Which of the scenario's paces ECO works at; "off" leaves ECO to the operator's page. The scenario's first
    /// unless told otherwise: demo, a few seconds a step.
    #[arg(long, value_name = "NAME")]
    pace: Option<String>,
    /// Print the built-in scenario's file and end.
    #[arg(long)]
    pub(crate) print_scenario: bool,
    /// Seeds ids and what ECO does by chance: the same seed and calls give the same run.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The support plan.
    #[arg(long, value_enum, default_value_t = PlanName::Enterprise)]
    plan: PlanName,
    /// Whether AWS's quotas hold: 5 calls a second, 10 new cases an hour.
    #[arg(long, value_enum, default_value_t = QuotaName::Aws)]
    quotas: QuotaName,
    /// What the ETag of an uploaded part is.
    #[arg(long, value_enum, default_value_t = EtagName::Opaque)]
    etags: EtagName,
    /// How long a new case stays out of the lists of DescribeCases, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    appear_after: u64,
    /// After how many days a case that waits for the customer is resolved; 0 for never.
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    auto_resolve_after: u64,
    /// Put a dozen past cases into an empty sim.
    #[arg(long)]
    demo_cases: bool,
    /// Fill an empty sim with this many generated cases of ten communications each.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed_cases: usize,
    /// Send events of EventBridge's form to this SQS queue.
    #[arg(long, value_name = "URL")]
    pub(crate) events_queue: Option<String>,
    /// How likely an event is lost, 0.0 to 1.0.
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability, requires = "events_queue")]
    events_lost: f64,
    /// How likely an event comes twice, 0.0 to 1.0.
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability, requires = "events_queue")]
    events_repeated: f64,
}

#[derive(Clone, Copy, ValueEnum)]
enum PlanName {
    /// None: every call is refused.
    None,
    /// Business Support+.
    Business,
    /// Enterprise or Unified Operations.
    Enterprise,
}

#[derive(Clone, Copy, ValueEnum)]
enum QuotaName {
    /// As AWS publishes them.
    Aws,
    /// No limits.
    None,
}

#[derive(Clone, Copy, ValueEnum)]
enum EtagName {
    /// Digits that mean nothing, as S3 gives them where it encrypts with KMS keys.
    Opaque,
    /// The MD5 digest of the part, as S3 gives it elsewhere.
    Md5,
}

fn probability(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("it is from 0.0 to 1.0".to_owned()) }
}

impl Flags {
    /// Who may call, and whether that was said.
    pub(crate) fn customer(&self) -> (Customer, &'static str) {
        match (&self.access_key_id, &self.secret_access_key) {
            (Some(id), Some(secret)) => {
                (Customer::new(id, secret, "AdminRole (Role) <jane@example.com>"), "as told")
            }
            (None, None) | (Some(_), None) | (None, Some(_)) => {
                (Customer::example(), "AWS's documented example pair")
            }
        }
    }

    pub(crate) fn event_mix(&self) -> EventMix {
        EventMix { lost: self.events_lost, repeated: self.events_repeated, seed: self.seed }
    }

    /// Opens the sim.
    ///
    /// # Errors
    /// The scenario is wrong, or the data folder cannot be used.
    pub(crate) fn open(&self) -> anyhow::Result<Sim> {
        let mut scenario = match &self.scenario {
            Some(path) => Scenario::load(path)?,
            None => Scenario::standard(),
        };
        let pace = self.pace.as_deref();
        if let Some(pace) = pace.filter(|pace| *pace != "off") {
            scenario = scenario
                .at_pace(pace)
                .context("--pace takes one of the scenario's paces, or off to leave ECO to the operator")?;
        }
        const DAY: u64 = 24 * 3600;
        let mut builder = Sim::builder()
            .customer(self.customer().0)
            .seed(self.seed)
            .plan(match self.plan {
                PlanName::None => Plan::None,
                PlanName::Business => Plan::Business,
                PlanName::Enterprise => Plan::Enterprise,
            })
            .quotas(match self.quotas {
                QuotaName::Aws => Quotas::aws(),
                QuotaName::None => Quotas::none(),
            })
            .etags(match self.etags {
                EtagName::Opaque => Etags::Opaque,
                EtagName::Md5 => Etags::Md5,
            })
            // Clients sign with this computer's time, whatever the sim's clock shows.
            .signing_time(SigningTime::SimOrComputer)
            // As at AWS: complete does not mean ready.
            .uploads_ready_after(Duration::from_secs(2))
            .appear_after(Duration::from_secs(self.appear_after))
            .auto_resolve_after(
                (self.auto_resolve_after > 0).then(|| Duration::from_secs(self.auto_resolve_after * DAY)),
            )
            .scenario(scenario);
        if let Some(folder) = &self.data {
            builder = builder.data_dir(folder);
        }
        let sim = builder.build()?;
        if pace == Some("off") {
            sim.eco().set_acting(false);
        }
        if self.demo_cases {
            sim.demo_seed()?;
        }
        if self.seed_cases > 0 && sim.case_count() == 0 {
            sim.seed(self.seed_cases, 10, 1)?;
        }
        Ok(sim)
    }
}
