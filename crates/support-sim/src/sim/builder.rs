//! [`SimBuilder`]: configures a sim: account, callers, plan, clock, ECO's pace, quotas, links, where it is kept.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::Sim;
use crate::clock::Clock;
use crate::customer::Customer;
use crate::direction::Direction;
use crate::eco::EcoPace;
use crate::error::SimError;
use crate::model::LARGEST_PART;
use crate::options::{Etags, LinkOptions, Options, SigningTime};
use crate::plan::Plan;
use crate::quota::Quotas;
use crate::scenario::Scenario;

/// Builder of a [`Sim`]. Defaults: account 123456789012, region us-east-1, AWS's documented example pair,
/// Enterprise plan, the computer's clock, an ECO that keeps silent, no quotas, everything in memory.
#[derive(Clone, Debug)]
#[must_use]
pub struct SimBuilder {
    options: Options,
    plan: Plan,
    customers: Vec<Customer>,
    quotas: Quotas,
    scenario: Option<Scenario>,
    /// What was said about the pace: nothing, silence, or one.
    pace: Option<Option<EcoPace>>,
}

impl Default for SimBuilder {
    fn default() -> Self {
        Self {
            options: Options {
                account: "123456789012".into(),
                region: "us-east-1".into(),
                clock: Clock::system(),
                signing_time: SigningTime::default(),
                seed: 1,
                direction: Direction::new(Scenario::standard(), false),
                appear_after: Duration::ZERO,
                patience: None,
                redaction: true,
                links: LinkOptions {
                    origin: None,
                    live: Duration::from_secs(15 * 60),
                    part_size: 8 * 1024 * 1024,
                    ready_after: Duration::ZERO,
                    etags: Etags::default(),
                },
                data_dir: None,
            },
            plan: Plan::default(),
            customers: Vec::new(),
            quotas: Quotas::none(),
            scenario: None,
            pace: None,
        }
    }
}

impl SimBuilder {
    /// The account id, twelve digits.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.options.account = account.into();
        self
    }

    /// The region that calls must be signed for.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.options.region = region.into();
        self
    }

    /// Adds someone who may call; [`Sim::add_customer`] does it later. With none, [`Customer::example`] may.
    pub fn customer(mut self, customer: Customer) -> Self {
        self.customers.push(customer);
        self
    }

    /// The support plan; [`Sim::set_plan`] changes it later.
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = plan;
        self
    }

    /// Where the time comes from. A sim in a data folder whose clock was set by [`Sim::set_clock`] and the like goes on
    /// with that one, unless a clock is given here.
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.options.clock = clock.into();
        self
    }

    /// Seeds ids and the variety of ECO's texts: the same seed and calls give the same ids.
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// Lets ECO act by itself at [`Sim::tick`], as this scenario says and at the scenario's pace.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.scenario = Some(scenario);
        self
    }

    /// Lets ECO act by itself at [`Sim::tick`], at this pace; `None` leaves ECO to [`Sim::eco`]. With neither a pace
    /// nor a scenario ECO keeps silent.
    pub fn pace(mut self, pace: impl Into<Option<EcoPace>>) -> Self {
        self.pace = Some(pace.into());
        self
    }

    /// How long a new case stays out of the lists of DescribeCases (asked for by `caseIdList` it is there at once).
    pub fn appear_after(mut self, delay: Duration) -> Self {
        self.options.appear_after = delay;
        self
    }

    /// Whose time a signature must be near; the sim's unless told otherwise.
    pub fn signing_time(mut self, whose: SigningTime) -> Self {
        self.options.signing_time = whose;
        self
    }

    /// All quotas at once; [`Sim::set_quotas`] changes them later.
    pub fn quotas(mut self, quotas: Quotas) -> Self {
        self.quotas = quotas;
        self
    }

    /// More calls than this in a second are refused with ThrottlingException; AWS's quota is 5.
    pub fn calls_per_second(mut self, limit: impl Into<Option<u32>>) -> Self {
        self.quotas.calls_per_second = limit.into();
        self
    }

    /// More new cases than this in an hour are refused with CaseCreationLimitExceeded; AWS's quota is 10.
    pub fn cases_per_hour(mut self, limit: impl Into<Option<usize>>) -> Self {
        self.quotas.cases_per_hour = limit.into();
        self
    }

    /// More new attachment sets than this in an hour are refused with AttachmentLimitExceeded; AWS's number is
    /// not published.
    pub fn attachment_sets_per_hour(mut self, limit: impl Into<Option<usize>>) -> Self {
        self.quotas.attachment_sets_per_hour = limit.into();
        self
    }

    /// How long a case waits for the customer (`pending-customer-action`) until it is resolved by itself; `None` (the
    /// default) for ever. AWS's number is not published.
    pub fn auto_resolve_after(mut self, wait: impl Into<Option<Duration>>) -> Self {
        self.options.patience = wait.into();
        self
    }

    /// Whether secret keys, private keys and card numbers in what customers write are replaced, as AWS does; on unless
    /// told otherwise.
    pub fn redaction(mut self, redact: bool) -> Self {
        self.options.redaction = redact;
        self
    }

    /// What links to uploads and downloads begin with, such as `http://localhost:4567`. Without it a link leads to
    /// where its call came from, or to the first address that the sim is served on.
    pub fn link_origin(mut self, origin: impl Into<String>) -> Self {
        self.options.links.origin = Some(origin.into());
        self
    }

    /// How long a link can be used, in the sim's time; 15 minutes unless told otherwise.
    pub fn links_live(mut self, time: Duration) -> Self {
        self.options.links.live = time;
        self
    }

    /// The size of the parts of an upload in bytes, from 1 to 104,857,600; 8 MiB unless told otherwise.
    pub fn upload_part_size(mut self, size: u64) -> Self {
        self.options.links.part_size = size.clamp(1, LARGEST_PART);
        self
    }

    /// What the ETags of uploaded parts are.
    pub fn etags(mut self, etags: Etags) -> Self {
        self.options.links.etags = etags;
        self
    }

    /// How long an upload takes to become ready once all its parts are reported, in the sim's time; none unless told
    /// otherwise.
    pub fn uploads_ready_after(mut self, delay: Duration) -> Self {
        self.options.links.ready_after = delay;
        self
    }

    /// Keeps everything in this folder, which is made where it is missing.
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.data_dir = Some(folder.into());
        self
    }

    /// Opens the sim.
    ///
    /// # Errors
    /// A malformed account id or origin of links; a data folder that cannot be used, is in use, is damaged, or is another account's.
    pub fn build(mut self) -> Result<Sim, SimError> {
        let account = &self.options.account;
        if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(SimError::BadAccount(account.clone()));
        }
        if let Some(origin) = &mut self.options.links.origin {
            *origin = checked_origin(origin)?;
        }
        if self.customers.is_empty() {
            self.customers.push(Customer::example());
        }
        let acting = self.pace.map_or(self.scenario.is_some(), |pace| pace.is_some());
        let mut scenario = self.scenario.unwrap_or_else(Scenario::standard);
        if let Some(pace) = self.pace.flatten() {
            scenario.pace = Arc::new(pace.put_into(&scenario.pace));
        }
        self.options.direction = Direction::new(scenario, acting);
        Sim::open(self.options, self.plan, self.customers, self.quotas)
    }
}

/// An origin without the slash at its end.
fn checked_origin(text: &str) -> Result<String, SimError> {
    let trimmed = text.strip_suffix('/').unwrap_or(text);
    let is_origin = trimmed.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && trimmed.matches('/').count() == 2
            && uri.query().is_none()
    });
    if is_origin { Ok(trimmed.to_owned()) } else { Err(SimError::BadOrigin(text.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for (text, expected) in [
            ("http://localhost:4567", "http://localhost:4567"),
            ("https://uploads.support-sim.example/", "https://uploads.support-sim.example"),
        ] {
            assert_eq!(checked_origin(text).unwrap(), expected);
        }
        for text in
            ["", "localhost:4567", "ftp://host", "http://host/path", "http://", "http://a@b", "http://h?q"]
        {
            assert!(matches!(checked_origin(text), Err(SimError::BadOrigin(_))), "{text}");
        }
    }
}
