//! Monitoring: what it looks at, what it has seen, and values that an operator lets come in.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::json;

use super::cases::one_of;
use super::json::{Answer, Body, ControlError, created, number, ok};
use crate::model::Finding;
use crate::sim::Sim;

pub(super) async fn list(State(sim): State<Sim>) -> Answer {
    let scenario = sim.eco().scenario();
    let alarms: Vec<_> = scenario
        .script
        .alarms
        .iter()
        .map(|alarm| {
            json!({
                "name": alarm.name,
                "subject": alarm.subject,
                "metric": alarm.metric,
                "threshold": alarm.threshold,
                "values": [alarm.values.0, alarm.values.1],
            })
        })
        .collect();
    let mut events = sim.eco().events();
    events.reverse();
    ok(&json!({ "alarms": alarms, "events": events }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raise {
    alarm: String,
    value: u64,
    found: Option<String>,
}

pub(super) async fn raise(State(sim): State<Sim>, Body(raise): Body<Raise>) -> Answer {
    let found = raise.found.as_deref().map(found).transpose()?;
    let id = sim.eco().raise_event(&raise.alarm, raise.value, found)?;
    let event = sim.eco().events().into_iter().find(|event| event.id == id);
    created(&event)
}

fn found(word: &str) -> Result<Finding, ControlError> {
    one_of("finding", word, &Finding::ALL, Finding::as_str)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settle {
    found: String,
}

pub(super) async fn settle(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(settle): Body<Settle>,
) -> Answer {
    let id = number(&id, "event")?;
    sim.eco().settle_event(id, found(&settle.found)?)?;
    ok(&sim.eco().events().into_iter().find(|event| event.id == id))
}
