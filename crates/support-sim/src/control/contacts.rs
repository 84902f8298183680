//! Chats and calls: the operator's side of them, and the customer's in the stand-in for Support Center.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{Answer, Body, ControlError, created, number, ok};
use super::shapes::CasePage;
use crate::eco::EcoError;
use crate::model::{Contact, ContactKind, Party};
use crate::sim::Sim;
use crate::view::find;

pub(super) async fn list(State(sim): State<Sim>) -> Answer {
    let mut contacts = sim.contacts();
    contacts.reverse();
    ok(&json!({ "contacts": contacts }))
}

pub(super) async fn take(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    let id = contact_id(&id)?;
    sim.take_contact(id)?;
    show(&sim, id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLine {
    text: String,
}

pub(super) async fn say_as_eco(sim: State<Sim>, id: Path<String>, line: Body<NewLine>) -> Answer {
    say(&sim.0, &id.0, Party::Eco, &line.0.text)
}

pub(super) async fn say_as_customer(sim: State<Sim>, id: Path<String>, line: Body<NewLine>) -> Answer {
    say(&sim.0, &id.0, Party::Customer, &line.0.text)
}

fn say(sim: &Sim, id: &str, by: Party, text: &str) -> Answer {
    let id = contact_id(id)?;
    sim.say_in_contact(id, by, text)?;
    show(sim, id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending {
    /// What a call was about.
    note: Option<String>,
}

pub(super) async fn end_by_eco(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(ending): Body<Ending>,
) -> Answer {
    let id = contact_id(&id)?;
    sim.end_contact(id, ending.note.as_deref())?;
    show(&sim, id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

pub(super) async fn end_by_customer(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(Nothing {}): Body<Nothing>,
) -> Answer {
    let id = contact_id(&id)?;
    sim.end_contact(id, None)?;
    show(&sim, id)
}

/// A case as Support Center shows it, with what is under way about it.
pub(super) async fn customer_case(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    let state = sim.read();
    let entry = find(&state, &id).ok_or_else(|| EcoError::NoSuchCase(id.clone()))?;
    let contacts = state.eco.contacts().filter(|contact| contact.case == entry.case.display_id);
    let contacts: Vec<&Contact> = contacts.collect();
    let mut page = serde_json::to_value(CasePage::of(entry, sim.account())).unwrap_or(Value::Null);
    if let Some(page) = page.as_object_mut() {
        // What ECO has planned is nothing that a customer sees.
        page.remove("plan");
        page.insert("contacts".into(), json!(contacts));
    }
    ok(&page)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub(super) enum Beginning {
    Chat {},
    Call { region: String, phone: String, extension: Option<String> },
}

pub(super) async fn begin(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(beginning): Body<Beginning>,
) -> Answer {
    let kind = match beginning {
        Beginning::Chat {} => ContactKind::Chat,
        Beginning::Call { region, phone, extension } => ContactKind::Call {
            region: region.trim().to_owned(),
            phone: phone.trim().to_owned(),
            extension: extension.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
        },
    };
    let id = sim.begin_contact(&id, kind)?;
    created(&sim.contacts().into_iter().find(|contact| contact.id == id))
}

fn contact_id(text: &str) -> Result<u64, ControlError> {
    number(text, "contact")
}

fn show(sim: &Sim, id: u64) -> Answer {
    ok(&sim.contacts().into_iter().find(|contact| contact.id == id))
}
