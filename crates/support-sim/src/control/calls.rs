//! The log of calls: what clients really sent, and how it ended.

use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{Answer, ControlError, ok};
use crate::calls::{Call, Outcome};
use crate::operation::Operation;
use crate::sim::Sim;

/// How many calls a list has unless it is asked for more.
const PAGE: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    limit: Option<usize>,
}

pub(super) async fn list(
    State(sim): State<Sim>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(wanted) = wanted.map_err(|error| ControlError::bad(error.body_text()))?;
    let calls = sim.calls();
    let newest = calls.iter().rev().take(wanted.limit.unwrap_or(PAGE));
    ok(&json!({ "calls": newest.map(told).collect::<Vec<_>>(), "total": calls.len() }))
}

pub(super) async fn clear(State(sim): State<Sim>) -> Answer {
    sim.clear_calls();
    sim.tell_change();
    ok(&json!({ "calls": [], "total": 0 }))
}

fn told(call: &Call) -> Value {
    let (outcome, code, message) = ended(&call.outcome);
    json!({
        "at": call.at,
        "operation": call.operation.map(Operation::name),
        "accessKeyId": call.access_key_id,
        "dryRun": call.dry_run,
        "outcome": outcome,
        "code": code,
        "message": message,
        "requestId": call.request_id,
    })
}

/// A word for the outcome, and the error's code and message where there is one.
fn ended(outcome: &Outcome) -> (&'static str, Option<String>, Option<String>) {
    match outcome {
        Outcome::Answered => ("answered", None, None),
        Outcome::Refused(error) => ("refused", Some(error.code.clone()), Some(error.message.clone())),
        Outcome::BareStatus(status) => ("bare-status", Some(status.to_string()), None),
        Outcome::AnswerLost(of) => {
            let (_, code, message) = ended(of);
            ("answer-lost", code, message)
        }
        Outcome::AnswerCorrupted(of) => {
            let (_, code, message) = ended(of);
            ("answer-spoilt", code, message)
        }
        Outcome::Unreachable => ("unreachable", None, None),
    }
}
