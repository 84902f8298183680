//! Control API: the overview, and the reset.

use axum::extract::State;
use serde_json::{Value, json};

use super::json::{Answer, away, ok};
use super::{account, clock, direction};
use crate::catalog;
use crate::model::CaseStatus;
use crate::model::ContactState;
use crate::sim::Sim;

/// Method, path, what it does. The table in docs/CONTROL.md says more.
pub(super) const ROUTES: &[(&str, &str, &str)] = &[
    ("GET", "/_eco/api/state", "account, clock, scenario and counts"),
    ("GET", "/_eco/api/changes", "server-sent events: something has changed"),
    ("GET", "/_eco/api/cases", "cases, the last changed first; ?search=&status=&limit="),
    ("POST", "/_eco/api/cases", "ECO opens an incident"),
    ("GET", "/_eco/api/cases/{id}", "a case with its correspondence"),
    ("POST", "/_eco/api/cases/{id}/reply", "ECO writes; the case is in work"),
    ("POST", "/_eco/api/cases/{id}/ask", "ECO asks; the case waits for the customer"),
    ("POST", "/_eco/api/cases/{id}/resolve", "ECO resolves, with a last word or without"),
    ("PUT", "/_eco/api/cases/{id}/status", "put it into a status"),
    ("PUT", "/_eco/api/cases/{id}/service", "reclassify it"),
    ("PUT", "/_eco/api/cases/{id}/severity", "change its priority"),
    ("POST", "/_eco/api/cases/{id}/story", "play one of the scenario's stories"),
    ("DELETE", "/_eco/api/cases/{id}/story", "drop what the scenario has planned"),
    ("POST", "/_eco/api/cases/{id}/story/now", "do the planned step now"),
    ("GET", "/_eco/api/attachments/{id}", "a file's bytes"),
    ("GET", "/_eco/api/scenario", "pace, stories, whether ECO acts by itself"),
    ("PATCH", "/_eco/api/scenario", "change pace, let ECO act or wait"),
    ("GET", "/_eco/api/monitoring", "alarms and what monitoring has seen"),
    ("POST", "/_eco/api/monitoring", "let a value come in"),
    ("PUT", "/_eco/api/monitoring/{id}", "say what an alarm is"),
    ("GET", "/_eco/api/contacts", "chats and calls"),
    ("POST", "/_eco/api/contacts/{id}/take", "take one"),
    ("POST", "/_eco/api/contacts/{id}/lines", "say something in a chat"),
    ("POST", "/_eco/api/contacts/{id}/end", "end one"),
    ("GET", "/_eco/api/clock", "the sim's time"),
    ("PUT", "/_eco/api/clock", "let it run, run faster, stand; set it"),
    ("POST", "/_eco/api/clock/step", "let time pass"),
    ("POST", "/_eco/api/tick", "do what is due now"),
    ("GET", "/_eco/api/faults", "what goes wrong on demand"),
    ("POST", "/_eco/api/faults", "add a fault"),
    ("DELETE", "/_eco/api/faults", "nothing goes wrong any more"),
    ("DELETE", "/_eco/api/faults/{id}", "take one fault back"),
    ("GET", "/_eco/api/account", "plan, denied actions, quotas"),
    ("PATCH", "/_eco/api/account", "change them"),
    ("POST", "/_eco/api/account/customers", "add somebody who may call"),
    ("DELETE", "/_eco/api/account/customers/{id}", "forget them, by access key id"),
    ("GET", "/_eco/api/calls", "the newest calls; ?limit="),
    ("DELETE", "/_eco/api/calls", "forget them"),
    ("POST", "/_eco/api/reset", "forget everything"),
    ("GET", "/support/api/cases/{id}", "a case as Support Center shows it"),
    ("POST", "/support/api/cases/{id}/contacts", "a customer asks for a chat or a call"),
    ("POST", "/support/api/contacts/{id}/lines", "a customer says something in a chat"),
    ("POST", "/support/api/contacts/{id}/end", "a customer ends a chat or call"),
    ("GET", "/support/api/changes", "server-sent events: something has changed"),
];

pub(super) async fn index() -> Answer {
    let routes: Vec<Value> = ROUTES
        .iter()
        .map(|(method, path, what)| json!({ "method": method, "path": path, "what": what }))
        .collect();
    ok(
        &json!({ "page": "/_eco/", "supportCenter": "/support/home#/case/?displayId=...&language=en", "routes": routes }),
    )
}

pub(super) async fn show(State(sim): State<Sim>) -> Answer {
    let services: Vec<Value> = catalog::SERVICES
        .iter()
        .filter(|service| catalog::is_ecos(service.code))
        .map(|service| json!({ "code": service.code, "name": service.name }))
        .collect();
    let (open, total, contacts) = {
        let state = sim.read();
        let open = state.entries().iter().filter(|entry| entry.case.status != CaseStatus::Resolved).count();
        let waiting = state.eco.contacts().filter(|contact| contact.state == ContactState::Waiting).count();
        (open, state.entries().len(), waiting)
    };
    ok(&json!({
        "revision": *sim.changes().borrow(),
        "version": env!("CARGO_PKG_VERSION"),
        "account": account::told(&sim),
        "clock": clock::told(&sim),
        "scenario": direction::told(&sim),
        "services": services,
        "cases": { "open": open, "total": total },
        "contactsWaiting": contacts,
        "faults": sim.faults().list().len(),
    }))
}

pub(super) async fn reset(State(sim): State<Sim>) -> Answer {
    away(move || {
        sim.reset()?;
        ok(&json!({ "cases": { "open": 0, "total": 0 } }))
    })
    .await
}
