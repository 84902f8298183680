//! [`Sim`]: one emulated account, cheap to clone, and what can be switched from outside.

mod builder;
mod contact;
mod hand;
mod handle;
mod links;
mod ticking;
mod view;

pub use builder::SimBuilder;
pub use hand::{Eco, PlannedStep};
pub use handle::Transport;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::{mpsc, watch};

use crate::calls::{Call, CallLog};
use crate::case_event::CaseEvent;
use crate::clock::{Clock, ClockRate};
use crate::customer::Customer;
use crate::eco;
use crate::error::SimError;
use crate::faults::Faults;
use crate::ids;
use crate::links::{Transfer, TransferLog};
use crate::model::Record;
use crate::options::Options;
use crate::plan::Plan;
use crate::policy::Policy;
use crate::quota::{Bucket, Quotas};
use crate::state::State;

/// One AWS account with a support plan, ECO behind it, and a state that all clones share.
#[derive(Clone)]
pub struct Sim(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) faults: Faults,
    policy: Policy,
    terms: Mutex<Terms>,
    used: Mutex<Used>,
    state: RwLock<State>,
    // Apart from the state, which a long call may hold while another one arrives.
    calls: Mutex<CallLog>,
    transfers: Mutex<TransferLog>,
    request_ids: Mutex<StdRng>,
    /// Counts everything that changes, for those who watch.
    changed: watch::Sender<u64>,
    /// Where it is served, first come first.
    addresses: Mutex<Vec<SocketAddr>>,
}

/// What the account has, and may do.
#[derive(Debug)]
struct Terms {
    plan: Plan,
    quotas: Quotas,
    customers: Vec<Customer>,
}

/// How much of the quotas is used up.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(crate) calls: Bucket,
    pub(crate) described_attachments: Bucket,
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

    pub(crate) fn open(
        mut options: Options,
        plan: Plan,
        customers: Vec<Customer>,
        quotas: Quotas,
    ) -> Result<Self, SimError> {
        if options.clock.is_system() {
            // A builder may build more than one sim; each has hands of its own.
            options.clock = Clock::system();
        }
        let mut state = State::open(&options)?;
        eco::plan_schedules(&mut state, &options, options.clock.now())?;
        let changed = state.changed.clone();
        let request_ids = StdRng::from_rng(&mut state.rng);
        Ok(Self(Arc::new(Inner {
            options,
            faults: Faults::default(),
            policy: Policy::default(),
            terms: Mutex::new(Terms { plan, quotas, customers }),
            used: Mutex::default(),
            state: RwLock::new(state),
            calls: Mutex::default(),
            transfers: Mutex::default(),
            request_ids: Mutex::new(request_ids),
            changed,
            addresses: Mutex::default(),
        })))
    }

    /// The state with its lock, for what decides itself whether it changes anything.
    fn shared_state(&self) -> &RwLock<State> {
        &self.0.state
    }

    /// The state, to be changed.
    pub(crate) fn state(&self) -> RwLockWriteGuard<'_, State> {
        self.0.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, to be read; others read it at the same time.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.0.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn call_log(&self) -> MutexGuard<'_, CallLog> {
        locked(&self.0.calls)
    }

    pub(crate) fn transfer_log(&self) -> MutexGuard<'_, TransferLog> {
        locked(&self.0.transfers)
    }

    pub(crate) fn used(&self) -> MutexGuard<'_, Used> {
        locked(&self.0.used)
    }

    pub(crate) fn new_request_id(&self) -> String {
        ids::uuid(&mut locked(&self.0.request_ids))
    }

    /// Counts everything that changes, for those who watch.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.0.changed.subscribe()
    }

    /// Something has changed that is not in the state.
    pub(crate) fn tell_change(&self) {
        self.0.changed.send_modify(|count| *count += 1);
    }

    pub(crate) fn is_served_at(&self, address: SocketAddr) {
        locked(&self.0.addresses).push(address);
    }

    pub(crate) fn is_no_longer_served_at(&self, address: SocketAddr) {
        locked(&self.0.addresses).retain(|served| *served != address);
    }

    /// An address that leads to this sim from this computer.
    pub(crate) fn first_address(&self) -> Option<SocketAddr> {
        let mut address = *locked(&self.0.addresses).first()?;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            IpAddr::V4(_) | IpAddr::V6(_) => {}
        }
        Some(address)
    }

    /// The time it lives in. What is changed here is forgotten at a restart; [`Sim::set_clock`] and its like keep it.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.options.clock
    }

    /// Lets its time pass in another way.
    ///
    /// # Errors
    /// It cannot be kept on disk; the clock is changed nevertheless.
    pub fn set_clock_rate(&self, rate: ClockRate) -> Result<(), SimError> {
        self.turn_clock(|clock| clock.set_rate(rate))
    }

    /// Puts its clock on. ECO's steps that come due thereby are done at the next [`Sim::tick`].
    ///
    /// # Errors
    /// It cannot be kept on disk; the clock is changed nevertheless.
    pub fn step_clock(&self, step: Duration) -> Result<(), SimError> {
        self.turn_clock(|clock| clock.step(step))
    }

    /// Sets its clock, forwards or backwards.
    ///
    /// # Errors
    /// It cannot be kept on disk; the clock is changed nevertheless.
    pub fn set_clock(&self, to: Timestamp) -> Result<(), SimError> {
        self.turn_clock(|clock| clock.set(to))
    }

    fn turn_clock(&self, turn: impl FnOnce(&Clock)) -> Result<(), SimError> {
        let mut state = self.state();
        turn(self.clock());
        state.commit(vec![Record::Clock(self.clock().position())])
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
        locked(&self.0.terms).plan
    }

    /// Switches the support plan; [`Plan::None`] refuses everything.
    pub fn set_plan(&self, plan: Plan) {
        locked(&self.0.terms).plan = plan;
    }

    /// How much of the API may be used in a time.
    #[must_use]
    pub fn quotas(&self) -> Quotas {
        locked(&self.0.terms).quotas
    }

    /// Switches the quotas. What was used before counts.
    pub fn set_quotas(&self, quotas: Quotas) {
        locked(&self.0.terms).quotas = quotas;
    }

    /// Those who may call.
    #[must_use]
    pub fn customers(&self) -> Vec<Customer> {
        locked(&self.0.terms).customers.clone()
    }

    /// Who has this key and token.
    pub(crate) fn customer(&self, access_key_id: &str, session_token: Option<&str>) -> Option<Customer> {
        let terms = locked(&self.0.terms);
        terms.customers.iter().find(|customer| customer.is(access_key_id, session_token)).cloned()
    }

    /// Adds someone who may call, in place of who had the same access key id.
    pub fn add_customer(&self, customer: Customer) {
        let mut terms = locked(&self.0.terms);
        terms.customers.retain(|known| known.access_key_id() != customer.access_key_id());
        terms.customers.push(customer);
    }

    /// Forgets who may call with this access key id, and says whether anyone could: from then on
    /// UnrecognizedClientException.
    #[must_use]
    pub fn revoke(&self, access_key_id: &str) -> bool {
        let mut terms = locked(&self.0.terms);
        let before = terms.customers.len();
        terms.customers.retain(|known| known.access_key_id() != access_key_id);
        terms.customers.len() < before
    }

    /// Who may not call what.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.0.policy
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

    /// Everything that happens to cases from now on.
    #[must_use]
    pub fn case_events(&self) -> mpsc::UnboundedReceiver<CaseEvent> {
        self.state().listen()
    }

    /// Lets an upload end as `failed`; says whether there is such an upload.
    ///
    /// # Errors
    /// It cannot be kept on disk.
    pub fn fail_upload(&self, upload_id: &str) -> Result<bool, SimError> {
        let now = self.clock().now();
        let mut state = self.state();
        let Some(mut upload) = state.upload(upload_id, now).cloned() else { return Ok(false) };
        upload.fails = true;
        state.commit(vec![Record::Upload(Box::new(upload))])?;
        Ok(true)
    }

    /// The newest calls (at most 10,000), oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.call_log().all()
    }

    /// Forgets the calls and the uses of links so far.
    pub fn clear_calls(&self) {
        self.call_log().clear();
        self.transfer_log().clear();
    }

    /// The newest uses of links (at most 10,000), oldest first.
    #[must_use]
    pub fn transfers(&self) -> Vec<Transfer> {
        self.transfer_log().all()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
