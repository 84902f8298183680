//! The sim's clock: how it runs, and steps of it, in which ECO does what comes due at its own time.

use std::time::Duration;

use axum::extract::State;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{Answer, Body, ControlError, away, ok};
use crate::clock::ClockRate;
use crate::scenario::duration;
use crate::sim::Sim;

/// The fastest that a clock may run, in seconds a second: a day in a second.
const FASTEST: f64 = 86_400.0;
/// In the place of a length of time: up to ECO's next step.
const NEXT: &str = "next";

pub(super) fn told(sim: &Sim) -> Value {
    let clock = sim.clock();
    let (mode, rate) = match clock.rate() {
        ClockRate::Running => ("running", 1.0),
        ClockRate::Faster(rate) => ("faster", rate),
        ClockRate::Standing => ("standing", 0.0),
    };
    json!({ "now": clock.now(), "mode": mode, "rate": rate })
}

pub(super) async fn show(State(sim): State<Sim>) -> Answer {
    ok(&told(&sim))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    mode: Option<String>,
    rate: Option<f64>,
    now: Option<Timestamp>,
}

pub(super) async fn set(State(sim): State<Sim>, Body(setting): Body<Setting>) -> Answer {
    let rate = match (setting.mode.as_deref(), setting.rate) {
        (None, None) => None,
        (Some("running"), None) => Some(ClockRate::Running),
        (Some("standing"), None) => Some(ClockRate::Standing),
        (Some("faster") | None, Some(rate)) if rate > 0.0 && rate <= FASTEST => Some(ClockRate::Faster(rate)),
        (Some("faster") | None, Some(_) | None) => {
            return Err(ControlError::bad(format!(
                "a faster clock needs a rate above 0 and up to {FASTEST}"
            )));
        }
        (Some("running" | "standing"), Some(_)) => {
            return Err(ControlError::bad("only the mode faster takes a rate"));
        }
        (Some(mode), _) => {
            return Err(ControlError::bad(format!(
                "there is no mode {mode:?}; there are: running, faster (with a rate), standing"
            )));
        }
    };
    away(move || {
        if let Some(now) = setting.now {
            sim.set_clock(now)?;
        }
        if let Some(rate) = rate {
            sim.set_clock_rate(rate)?;
        }
        sim.tick()?;
        sim.tell_change();
        ok(&told(&sim))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    by: String,
}

pub(super) async fn step(State(sim): State<Sim>, Body(step): Body<Step>) -> Answer {
    let by = if step.by == NEXT { None } else { Some(duration(&step.by).map_err(ControlError::bad)?) };
    away(move || {
        let by = match by {
            Some(by) => by,
            // Looked up here, since a page's knowledge of it may be old.
            None => until_next(&sim)?,
        };
        let steps = sim.advance(by)?;
        sim.tell_change();
        ok(&json!({ "clock": told(&sim), "steps": steps }))
    })
    .await
}

fn until_next(sim: &Sim) -> Result<Duration, ControlError> {
    let next = sim.next_step().ok_or_else(|| {
        ControlError::new(StatusCode::CONFLICT, "Conflict", "nothing is planned that the time could go on to")
    })?;
    Ok(Duration::try_from(next.duration_since(sim.clock().now())).unwrap_or_default())
}

pub(super) async fn tick(State(sim): State<Sim>) -> Answer {
    away(move || {
        let steps = sim.tick()?;
        ok(&json!({ "clock": told(&sim), "steps": steps }))
    })
    .await
}
