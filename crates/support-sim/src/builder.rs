//! How a sim is set up: account, callers, plan, clock, ECO's pace, limits, where it is kept.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::eco::EcoPace;
use crate::error::SimError;
use crate::sim::Sim;

/// The access key id of AWS's documented example pair.
pub(crate) const EXAMPLE_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
/// The secret of AWS's documented example pair.
pub(crate) const EXAMPLE_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Someone who may call: a key pair, and how the API names its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) session_token: Option<String>,
    pub(crate) author: String,
}

impl std::fmt::Debug for Customer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Customer")
            .field("access_key_id", &self.access_key_id)
            .field("author", &self.author)
            .finish_non_exhaustive()
    }
}

impl Customer {
    /// `author` is what `submittedBy` says, such as `AdminRole (Role) <jane@example.com>`.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        author: impl Into<String>,
    ) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: None,
            author: author.into(),
        }
    }

    /// AWS's documented example pair (AKIAIOSFODNN7EXAMPLE), owned by `AdminRole (Role) <jane@example.com>`.
    #[must_use]
    pub fn example() -> Self {
        Self::new(EXAMPLE_KEY, EXAMPLE_SECRET, "AdminRole (Role) <jane@example.com>")
    }

    /// Temporary credentials: calls must carry this token too.
    #[must_use]
    pub fn session_token(mut self, token: impl Into<String>) -> Self {
        self.session_token = Some(token.into());
        self
    }

    /// The access key id.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }
}

/// The account's support plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plan {
    /// None that has the API: every call is refused with SubscriptionRequiredException.
    None,
    /// Business Support+: severities up to `urgent`.
    Business,
    /// Enterprise or Unified Operations: all severities.
    #[default]
    Enterprise,
}

/// What stays the same while a sim runs (the plan is in [`Sim`], since it can be switched).
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) customers: Vec<Customer>,
    pub(crate) clock: Clock,
    pub(crate) seed: u64,
    pub(crate) pace: Option<EcoPace>,
    pub(crate) appear_after: Duration,
    pub(crate) cases_per_hour: Option<usize>,
    pub(crate) sets_per_hour: Option<usize>,
    pub(crate) data_dir: Option<PathBuf>,
}

/// Sets up a [`Sim`]. What is not said: account 123456789012, region us-east-1, AWS's documented example pair,
/// Enterprise plan, the computer's clock, an ECO that keeps silent, no quotas, everything in memory.
#[derive(Clone, Debug)]
#[must_use]
pub struct SimBuilder {
    options: Options,
    plan: Plan,
}

impl Default for SimBuilder {
    fn default() -> Self {
        Self {
            options: Options {
                account: "123456789012".into(),
                region: "us-east-1".into(),
                customers: Vec::new(),
                clock: Clock::System,
                seed: 1,
                pace: None,
                appear_after: Duration::ZERO,
                cases_per_hour: None,
                sets_per_hour: None,
                data_dir: None,
            },
            plan: Plan::default(),
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

    /// Adds someone who may call. With none, [`Customer::example`] may.
    pub fn customer(mut self, customer: Customer) -> Self {
        self.options.customers.push(customer);
        self
    }

    /// The support plan; [`Sim::set_plan`] changes it later.
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = plan;
        self
    }

    /// Where the time comes from.
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.options.clock = clock.into();
        self
    }

    /// Seeds ids and the variety of ECO's texts: the same seed and calls give the same ids.
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// How fast ECO acts by itself at [`Sim::tick`]; `None` (the default) leaves ECO to [`Sim::eco`].
    pub fn pace(mut self, pace: impl Into<Option<EcoPace>>) -> Self {
        self.options.pace = pace.into();
        self
    }

    /// How long a new case stays out of the lists of DescribeCases (asked for by `caseIdList` it is there at once).
    pub fn appear_after(mut self, delay: Duration) -> Self {
        self.options.appear_after = delay;
        self
    }

    /// More new cases than this in an hour are refused with CaseCreationLimitExceeded; AWS's quota is 10.
    pub fn cases_per_hour(mut self, limit: impl Into<Option<usize>>) -> Self {
        self.options.cases_per_hour = limit.into();
        self
    }

    /// More new attachment sets than this in an hour are refused with AttachmentLimitExceeded; AWS's number is
    /// not published.
    pub fn attachment_sets_per_hour(mut self, limit: impl Into<Option<usize>>) -> Self {
        self.options.sets_per_hour = limit.into();
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
    /// A malformed account id; a data folder that cannot be used, is in use, is damaged, or is another account's.
    pub fn build(mut self) -> Result<Sim, SimError> {
        let account = &self.options.account;
        if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(SimError::BadAccount(account.clone()));
        }
        if self.options.customers.is_empty() {
            self.options.customers.push(Customer::example());
        }
        Sim::open(self.options, self.plan)
    }
}
