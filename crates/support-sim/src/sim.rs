//! [`Sim`]: one emulated account, cheap to clone, and what can be seen and switched from outside.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::builder::{Options, Plan, SimBuilder};
use crate::calls::{Call, CallLog};
use crate::catalog::Severity;
use crate::clock::Clock;
use crate::eco::{self, Eco};
use crate::error::SimError;
use crate::faults::Faults;
use crate::ids::{self, DisplayId};
use crate::model::{CaseStatus, IssueType};
use crate::state::{Entry, State};

/// One AWS account with a support plan, ECO behind it, and a state that all clones share.
#[derive(Clone)]
pub struct Sim(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) faults: Faults,
    plan: Mutex<Plan>,
    state: Mutex<State>,
    // Apart from the state, which a long call may hold while another one arrives.
    calls: Mutex<CallLog>,
    request_ids: Mutex<StdRng>,
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim").field("account", &self.0.options.account).finish_non_exhaustive()
    }
}

impl Default for Sim {
    fn default() -> Self {
        Self::new()
    }
}

impl Sim {
    /// A sim in memory with every default of [`SimBuilder`].
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build().expect("nothing can fail in memory with the default account")
    }

    /// Sets up a sim.
    pub fn builder() -> SimBuilder {
        SimBuilder::default()
    }

    pub(crate) fn open(options: Options, plan: Plan) -> Result<Self, SimError> {
        let now = options.clock.now();
        let mut state = State::open(&options, now)?;
        eco::plan_first_own_incident(&mut state, &options, now)?;
        let request_ids = StdRng::from_rng(&mut state.rng);
        Ok(Self(Arc::new(Inner {
            options,
            faults: Faults::default(),
            plan: Mutex::new(plan),
            state: Mutex::new(state),
            calls: Mutex::default(),
            request_ids: Mutex::new(request_ids),
        })))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn call_log(&self) -> MutexGuard<'_, CallLog> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn new_request_id(&self) -> String {
        ids::uuid(&mut self.0.request_ids.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The time it lives in.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.options.clock
    }

    /// The account id.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.0.options.account
    }

    /// The region that calls must be signed for.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.0.options.region
    }

    /// The support plan.
    #[must_use]
    pub fn plan(&self) -> Plan {
        *self.0.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Switches the support plan; [`Plan::None`] refuses everything.
    pub fn set_plan(&self, plan: Plan) {
        *self.0.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
    }

    /// What goes wrong on demand.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// ECO, played by hand.
    #[must_use]
    pub fn eco(&self) -> Eco {
        Eco::of(self.clone())
    }

    /// All cases, resolved ones too, in the order in which they were made.
    #[must_use]
    pub fn cases(&self) -> Vec<CaseView> {
        let state = self.state();
        state.entries().iter().map(|entry| self.view(entry, &state)).collect()
    }

    /// One case, by its display id or its case id with any infix.
    #[must_use]
    pub fn case(&self, id: impl AsRef<str>) -> Option<CaseView> {
        let state = self.state();
        let entry = find(&state, id.as_ref(), self.account())?;
        Some(self.view(entry, &state))
    }

    /// How many cases there are.
    #[must_use]
    pub fn case_count(&self) -> usize {
        self.state().entries().len()
    }

    /// The newest calls (at most 10,000), oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.call_log().all()
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&self) {
        self.call_log().clear();
    }

    fn view(&self, entry: &Entry, state: &State) -> CaseView {
        let case = &entry.case;
        CaseView {
            display_id: case.display_id.clone(),
            case_id: case.key.spell(self.account(), 0),
            subject: case.subject.clone(),
            status: case.status,
            issue_type: case.issue_type,
            service_code: case.service_code.clone(),
            category_code: case.category_code.clone(),
            severity: case.severity,
            language: case.language.clone(),
            cc: case.cc.clone(),
            submitted_by: case.submitted_by.clone(),
            opened_by_eco: case.by_eco,
            created: case.created,
            resolved: case.resolved,
            communications: entry.said.iter().map(|said| communication_view(said, state)).collect(),
        }
    }
}

fn communication_view(said: &crate::model::Communication, state: &State) -> CommunicationView {
    CommunicationView {
        body: said.body.clone(),
        author: said.author.clone(),
        at: said.at,
        files: said
            .files
            .iter()
            .map(|file| FileView {
                attachment_id: file.id.clone(),
                file_name: file.file_name.clone(),
                data: state.bytes_of(&file.blob).unwrap_or_else(|error| {
                    tracing::error!(%error, file = file.file_name, "an attachment cannot be read");
                    Bytes::new()
                }),
            })
            .collect(),
    }
}

/// Finds a case by either of its ids.
pub(crate) fn find<'s>(state: &'s State, id: &str, account: &str) -> Option<&'s Entry> {
    state.by_display(id).or_else(|| state.by_case_id(id, account))
}

/// A case as the sim keeps it: the exact strings that were sent.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseView {
    /// The numeric id.
    pub display_id: DisplayId,
    /// One spelling of the case id.
    pub case_id: String,
    /// As sent.
    pub subject: String,
    /// Where it stands.
    pub status: CaseStatus,
    /// Technical or customer service.
    pub issue_type: IssueType,
    /// As sent, or as ECO reclassified it.
    pub service_code: String,
    /// As sent.
    pub category_code: String,
    /// As sent.
    pub severity: Severity,
    /// ISO 639-1.
    pub language: String,
    /// Additional contacts of the case.
    pub cc: Vec<String>,
    /// Who opened it.
    pub submitted_by: String,
    /// Whether ECO opened it.
    pub opened_by_eco: bool,
    /// When.
    pub created: Timestamp,
    /// When it was last resolved.
    pub resolved: Option<Timestamp>,
    /// The correspondence, oldest first.
    pub communications: Vec<CommunicationView>,
}

impl CaseView {
    /// The first communication's text: the description that the case was opened with.
    #[must_use]
    pub fn description(&self) -> &str {
        self.communications.first().map_or("", |first| first.body.as_str())
    }
}

/// A communication as the sim keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunicationView {
    /// As sent.
    pub body: String,
    /// Who said it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What was attached.
    pub files: Vec<FileView>,
}

/// An attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    /// What DescribeAttachment takes.
    pub attachment_id: String,
    /// As sent.
    pub file_name: String,
    /// The bytes.
    pub data: Bytes,
}
