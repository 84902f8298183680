//! The scenario: which it is, at which pace, whether ECO acts by itself; and its stories played by hand.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{Answer, Body, ControlError, ok};
use crate::sim::Sim;

pub(super) fn told(sim: &Sim) -> Value {
    let eco = sim.eco();
    let scenario = eco.scenario();
    let stories = scenario.stories().into_iter().map(|(name, about)| json!({ "name": name, "about": about }));
    json!({
        "acting": eco.is_acting(),
        "pace": scenario.pace_name(),
        "paces": scenario.paces(),
        "stories": stories.collect::<Vec<_>>(),
        "nextStep": sim.next_step(),
    })
}

pub(super) async fn show(State(sim): State<Sim>) -> Answer {
    ok(&told(&sim))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    acting: Option<bool>,
    pace: Option<String>,
}

pub(super) async fn change(State(sim): State<Sim>, Body(change): Body<Change>) -> Answer {
    let eco = sim.eco();
    if let Some(pace) = change.pace {
        let scenario = eco.scenario().at_pace(&pace).map_err(|error| ControlError::bad(error.to_string()))?;
        eco.set_scenario(scenario);
    }
    if let Some(acting) = change.acting {
        eco.set_acting(acting);
    }
    sim.tell_change();
    ok(&told(&sim))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    name: String,
}

pub(super) async fn play(State(sim): State<Sim>, Path(id): Path<String>, Body(story): Body<Story>) -> Answer {
    sim.eco().play(&id, &story.name)?;
    super::cases::show(State(sim), Path(id)).await
}

pub(super) async fn stop(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    sim.eco().stop(&id)?;
    super::cases::show(State(sim), Path(id)).await
}

pub(super) async fn hurry(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    sim.eco().hurry(&id)?;
    sim.tick()?;
    super::cases::show(State(sim), Path(id)).await
}
