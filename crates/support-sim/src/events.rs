//! What happens to cases, in the form in which EventBridge passes it on: source `aws.support`, detail-type `Support
//! Case Update` (AWS Support User Guide, "Support Case Update event"). Events carry no texts. Like AWS's they may be
//! lost or come twice, here on demand and by a seed.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::case_event::{CaseEvent, CaseEventKind, Origin};
use crate::ids;
use crate::sim::Sim;

/// How badly events are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EventMix {
    /// How likely an event is lost, 0.0 to 1.0.
    pub lost: f64,
    /// How likely an event comes twice, 0.0 to 1.0; both times with the same id.
    pub repeated: f64,
    /// The same seed loses and repeats the same ones.
    pub seed: u64,
}

/// The events of one sim from the moment on at which this is made.
#[derive(Debug)]
pub struct Events {
    case_events: UnboundedReceiver<CaseEvent>,
    account: String,
    region: String,
    mix: EventMix,
    dice: StdRng,
}

impl Events {
    /// Listens to a sim.
    #[must_use]
    pub fn of(sim: &Sim, mix: EventMix) -> Self {
        Self {
            case_events: sim.case_events(),
            account: sim.account().to_owned(),
            region: sim.region().to_owned(),
            mix,
            dice: StdRng::seed_from_u64(mix.seed),
        }
    }

    /// The next event as it is delivered, once or twice; nothing once the sim is gone. Lost events are left out.
    pub async fn next(&mut self) -> Option<Vec<String>> {
        loop {
            let case_event = self.case_events.recv().await?;
            // Everything is drawn each time, so that one event's fate does not change the others'.
            let (lost, repeated) = (self.dice.random::<f64>(), self.dice.random::<f64>());
            let event = self.event(&case_event);
            if lost >= self.mix.lost {
                let times = if repeated < self.mix.repeated { 2 } else { 1 };
                return Some(vec![event; times]);
            }
        }
    }

    fn event(&mut self, case_event: &CaseEvent) -> String {
        let id = ids::uuid(&mut self.dice);
        let communication = ids::uuid(&mut self.dice);
        // AWS names who wrote a communication, and nothing in the other events.
        let (name, communication, origin) = match case_event.kind {
            CaseEventKind::CaseCreated => ("CreateCase", String::new(), ""),
            CaseEventKind::CommunicationAdded => (
                "AddCommunicationToCase",
                format!("ekko:{}:{communication}", self.region),
                match case_event.origin {
                    Origin::Customer => "CUSTOMER",
                    Origin::Aws => "AWS",
                },
            ),
            CaseEventKind::CaseResolved => ("ResolveCase", String::new(), ""),
            CaseEventKind::CaseReopened => ("ReopenCase", String::new(), ""),
        };
        json!({
            "version": "0",
            "id": id,
            "detail-type": "Support Case Update",
            "source": "aws.support",
            "account": self.account,
            "time": case_event.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "region": self.region,
            "resources": [],
            "detail": {
                "case-id": case_event.case_id,
                "display-id": case_event.display_id.as_str(),
                "communication-id": communication,
                "event-name": name,
                "origin": origin,
            },
        })
        .to_string()
    }
}
