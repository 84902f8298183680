//! How ECO is controlled: by which scenario at which pace, and whether it acts by itself or only on an operator's
//! commands. Both can be changed while a sim runs.

use std::sync::{Arc, Mutex, PoisonError};

use rand::RngExt;
use rand::rngs::StdRng;

use crate::scenario::{Asked, Rule, Scenario};

/// Snapshot of how ECO is controlled.
#[derive(Clone, Debug)]
pub(crate) struct Directed {
    pub(crate) scenario: Scenario,
    /// Whether ECO takes up cases by itself.
    pub(crate) acting: bool,
}

impl Directed {
    /// The first rule that fits, by chance where it has one.
    pub(crate) fn rule_for(&self, asked: &Asked<'_>, dice: &mut StdRng) -> Option<&Rule> {
        let rules = self.scenario.script.rules.iter();
        rules.filter(|rule| rule.fits(asked)).find(|rule| rule.chance >= 1.0 || dice.random_bool(rule.chance))
    }
}

/// How ECO is controlled. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Direction(Arc<Mutex<Directed>>);

impl Direction {
    pub(crate) fn new(scenario: Scenario, acting: bool) -> Self {
        Self(Arc::new(Mutex::new(Directed { scenario, acting })))
    }

    pub(crate) fn now(&self) -> Directed {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_acting(&self, acting: bool) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).acting = acting;
    }

    pub(crate) fn set_scenario(&self, scenario: Scenario) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).scenario = scenario;
    }
}
