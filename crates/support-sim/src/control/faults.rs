//! Control API: the fault rules.

use axum::extract::{Path, State};
use serde_json::json;

use super::json::{Answer, Body, ControlError, created, number, ok};
use crate::faults::{FaultRule, On};
use crate::operation::Operation;
use crate::sim::Sim;

pub(super) async fn list(State(sim): State<Sim>) -> Answer {
    let calls = [On::Any, On::Upload, On::Download].map(|on| on.to_string());
    let calls = calls.into_iter().chain(Operation::ALL.iter().map(|operation| operation.name().to_owned()));
    ok(&json!({ "faults": sim.faults().list(), "on": calls.collect::<Vec<_>>() }))
}

pub(super) async fn add(State(sim): State<Sim>, Body(rule): Body<FaultRule>) -> Answer {
    if rule.times == Some(0) {
        return Err(ControlError::bad("a fault comes at least once; leave times out for one that stays"));
    }
    if rule.chance.as_ref().is_some_and(|chance| !(0.0..=1.0).contains(&chance.probability)) {
        return Err(ControlError::bad("a probability is a number from 0.0 (never) to 1.0 (always)"));
    }
    let id = sim.faults().add(rule);
    sim.tell_change();
    created(&sim.faults().list().into_iter().find(|entry| entry.id == id))
}

pub(super) async fn clear(State(sim): State<Sim>) -> Answer {
    sim.faults().clear();
    sim.tell_change();
    list(State(sim)).await
}

pub(super) async fn remove(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    let id = number(&id, "fault")?;
    if !sim.faults().remove(id) {
        return Err(ControlError::not_found(format!("there is no fault {id}; it may be used up")));
    }
    sim.tell_change();
    list(State(sim)).await
}
