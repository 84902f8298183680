//! The account: its plan, what is denied to it, its quotas.

use std::str::FromStr;

use axum::extract::{Path, State};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::cases::one_of;
use super::json::{Answer, Body, ControlError, created, ok};
use crate::customer::Customer;
use crate::operation::Action;
use crate::plan::Plan;
use crate::policy::Who;
use crate::quota::Quotas;
use crate::sim::Sim;

const PLANS: [Plan; 3] = [Plan::None, Plan::Business, Plan::Enterprise];

fn word(plan: Plan) -> &'static str {
    match plan {
        Plan::None => "none",
        Plan::Business => "business",
        Plan::Enterprise => "enterprise",
    }
}

pub(super) fn told(sim: &Sim) -> Value {
    let customers: Vec<_> =
        sim.customers().iter().map(|customer| customer.access_key_id().to_owned()).collect();
    json!({
        "account": sim.account(),
        "region": sim.region(),
        "plan": word(sim.plan()),
        "plans": PLANS.map(word),
        "denied": sim.policy().list(),
        "actions": Action::ALL,
        "quotas": sim.quotas(),
        "accessKeyIds": customers,
    })
}

pub(super) async fn show(State(sim): State<Sim>) -> Answer {
    ok(&told(&sim))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    plan: Option<String>,
    /// The actions that are denied to everyone from now on, and no others.
    denied: Option<Vec<String>>,
    /// All quotas anew; one that is left out has no limit.
    quotas: Option<Quotas>,
}

pub(super) async fn change(State(sim): State<Sim>, Body(change): Body<Change>) -> Answer {
    let plan = change.plan.as_deref().map(|plan| one_of("plan", plan, &PLANS, word)).transpose()?;
    let denied = change.denied.map(|all| all.iter().map(|name| action(name)).collect::<Result<Vec<_>, _>>());
    let denied = denied.transpose()?;
    if let Some(plan) = plan {
        sim.set_plan(plan);
    }
    if let Some(denied) = denied {
        sim.policy().clear();
        denied.into_iter().for_each(|action| sim.policy().deny(Who::Everyone, action));
    }
    if let Some(quotas) = change.quotas {
        sim.set_quotas(quotas);
    }
    sim.tell_change();
    ok(&told(&sim))
}

/// Somebody who may call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCustomer {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    expires: Option<Timestamp>,
    /// How the API names them in `submittedBy`.
    author: Option<String>,
}

pub(super) async fn admit(State(sim): State<Sim>, Body(new): Body<NewCustomer>) -> Answer {
    if new.access_key_id.is_empty() || new.secret_access_key.is_empty() {
        return Err(ControlError::bad("an access key has an id and a secret"));
    }
    let author = new.author.unwrap_or_else(|| Customer::example().author().to_owned());
    let mut customer = Customer::new(new.access_key_id, new.secret_access_key, author);
    if let Some(token) = new.session_token {
        customer = customer.session_token(token);
    }
    if let Some(at) = new.expires {
        customer = customer.expires(at);
    }
    sim.add_customer(customer);
    sim.tell_change();
    created(&told(&sim))
}

pub(super) async fn revoke(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    if !sim.revoke(&id) {
        return Err(ControlError::not_found(format!("nobody has the access key {id}")));
    }
    sim.tell_change();
    ok(&told(&sim))
}

fn action(name: &str) -> Result<Action, ControlError> {
    let full = if name.contains(':') { name.to_owned() } else { format!("support:{name}") };
    Action::from_str(&full).map_err(|_| {
        let known: Vec<_> = Action::ALL.iter().map(ToString::to_string).collect();
        ControlError::bad(format!("there is no action {name:?}; there are: {}", known.join(", ")))
    })
}
