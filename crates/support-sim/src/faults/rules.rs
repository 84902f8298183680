//! The fault rules of a sim, and how they are matched to calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};

use super::{Fault, FaultTarget, On};

/// What goes wrong with which calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultRule {
    /// The calls.
    pub on: On,
    /// How many of them; `None` for all, until the rule is removed.
    #[serde(default)]
    pub times: Option<u32>,
    /// How likely; `None` for certainly.
    #[serde(default)]
    pub chance: Option<Chance>,
    /// What goes wrong.
    pub fault: Fault,
}

/// A likelihood that can be repeated: the same seed gives the same series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// From 0 to 1; what is beyond counts as the nearer of the two.
    pub probability: f64,
    /// Seeds the series.
    #[serde(default)]
    pub seed: u64,
}

/// A rule that is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultEntry {
    /// What [`Faults::remove`] takes.
    pub id: u64,
    /// The rule; its `times` are those that are left.
    #[serde(flatten)]
    pub rule: FaultRule,
}

#[derive(Debug)]
struct Standing {
    entry: FaultEntry,
    series: Option<StdRng>,
}

impl Standing {
    fn hits(&mut self) -> bool {
        match (self.entry.rule.chance, &mut self.series) {
            (Some(chance), Some(series)) => series.random::<f64>() < chance.probability,
            (Some(_) | None, None) | (None, Some(_)) => true,
        }
    }
}

#[derive(Debug, Default)]
struct Rules {
    standing: Vec<Standing>,
    last_id: u64,
}

/// The faults of one sim. Clones share the same rules.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Rules>>);

impl Faults {
    /// The next call that `on` meets gets `fault`.
    pub fn once(&self, on: impl Into<On>, fault: Fault) {
        self.times(on, 1, fault);
    }

    /// The next `count` calls that `on` meets get `fault`.
    pub fn times(&self, on: impl Into<On>, count: u32, fault: Fault) {
        self.add(FaultRule { on: on.into(), times: Some(count), chance: None, fault });
    }

    /// Every call that `on` meets gets `fault`, until [`Faults::clear`].
    pub fn always(&self, on: impl Into<On>, fault: Fault) {
        self.add(FaultRule { on: on.into(), times: None, chance: None, fault });
    }

    /// Each call that `on` meets gets `fault` with this probability (0 to 1), until [`Faults::clear`].
    pub fn chance(&self, on: impl Into<On>, probability: f64, seed: u64, fault: Fault) {
        let chance = Some(Chance { probability, seed });
        self.add(FaultRule { on: on.into(), times: None, chance, fault });
    }

    /// Puts a rule in force, behind those that are, and gives its id. A rule for no times at all is never in force.
    pub fn add(&self, rule: FaultRule) -> u64 {
        let mut rules = self.rules();
        rules.last_id += 1;
        let id = rules.last_id;
        if rule.times != Some(0) {
            let series = rule.chance.map(|chance| StdRng::seed_from_u64(chance.seed));
            rules.standing.push(Standing { entry: FaultEntry { id, rule }, series });
        }
        id
    }

    /// The rules in force, in their order.
    #[must_use]
    pub fn list(&self) -> Vec<FaultEntry> {
        self.rules().standing.iter().map(|standing| standing.entry.clone()).collect()
    }

    /// Takes a rule out of force; says whether it was.
    #[must_use]
    pub fn remove(&self, id: u64) -> bool {
        let mut rules = self.rules();
        let before = rules.standing.len();
        rules.standing.retain(|standing| standing.entry.id != id);
        rules.standing.len() < before
    }

    /// Removes all rules.
    pub fn clear(&self) {
        self.rules().standing.clear();
    }

    /// How many faults are not used up; a rule that holds until it is removed counts as one.
    #[must_use]
    pub fn pending(&self) -> u32 {
        self.rules().standing.iter().map(|standing| standing.entry.rule.times.unwrap_or(1)).sum()
    }

    /// What goes wrong with this call.
    pub(crate) fn take(&self, target: FaultTarget) -> Option<Fault> {
        let mut rules = self.rules();
        let place = rules
            .standing
            .iter_mut()
            .position(|standing| standing.entry.rule.on.matches(target) && standing.hits())?;
        let rule = &mut rules.standing[place].entry.rule;
        let fault = rule.fault.clone();
        if let Some(left) = &mut rule.times {
            *left -= 1;
            if *left == 0 {
                rules.standing.remove(place);
            }
        }
        Some(fault)
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Operation;

    const CREATE: FaultTarget = FaultTarget::Call(Some(Operation::CreateCase));
    const RESOLVE: FaultTarget = FaultTarget::Call(Some(Operation::ResolveCase));

    #[test]
    fn faults_are_used_up_in_order_and_by_operation() {
        let faults = Faults::default();
        faults.times(Operation::CreateCase, 2, Fault::LoseAnswer);
        faults.once(On::Any, Fault::Unreachable);
        assert_eq!(faults.pending(), 3);
        assert_eq!(faults.take(CREATE), Some(Fault::LoseAnswer));
        assert_eq!(faults.take(RESOLVE), Some(Fault::Unreachable));
        assert_eq!(faults.take(RESOLVE), None);
        assert_eq!(faults.take(CREATE), Some(Fault::LoseAnswer));
        assert_eq!(faults.take(CREATE), None);
    }

    #[test]
    fn a_standing_fault_ends_when_cleared_or_removed() {
        let faults = Faults::default();
        faults.always(Operation::CreateCase, Fault::throttle());
        for _ in 0..5 {
            assert!(faults.take(CREATE).is_some());
        }
        faults.clear();
        assert_eq!(faults.take(CREATE), None);
        let id = faults.add(FaultRule { on: On::Any, times: None, chance: None, fault: Fault::Malformed });
        assert!(faults.take(CREATE).is_some() && faults.remove(id) && !faults.remove(id));
        assert_eq!(faults.take(CREATE), None);
    }

    #[test]
    fn transfers_are_met_by_their_own_name_or_by_any() {
        let faults = Faults::default();
        faults.once(On::Upload, Fault::Truncated);
        assert_eq!(faults.take(FaultTarget::Download), None);
        assert_eq!(faults.take(FaultTarget::Call(None)), None);
        assert_eq!(faults.take(FaultTarget::Upload), Some(Fault::Truncated));
        faults.once(On::Any, Fault::Unreachable);
        assert_eq!(faults.take(FaultTarget::Download), Some(Fault::Unreachable));
    }

    #[test]
    fn a_chance_can_be_repeated_and_leaves_the_call_to_later_rules() {
        let series = |seed| -> Vec<bool> {
            let faults = Faults::default();
            faults.chance(On::Any, 0.3, seed, Fault::LoseAnswer);
            (0..1_000).map(|_| faults.take(CREATE).is_some()).collect()
        };
        let hits = series(7).into_iter().filter(|hit| *hit).count();
        assert!((220..380).contains(&hits), "{hits} of 1000");
        assert_eq!(series(7), series(7));
        assert_ne!(series(7), series(8));

        let faults = Faults::default();
        faults.chance(On::Any, 0.0, 1, Fault::LoseAnswer);
        faults.always(On::Any, Fault::Unreachable);
        assert_eq!(faults.take(CREATE), Some(Fault::Unreachable));
    }

    #[test]
    fn a_rule_has_a_plain_form() {
        let faults = Faults::default();
        let rule: FaultRule =
            serde_json::from_str(r#"{"on":"CreateCase","times":2,"fault":{"kind":"lose_answer"}}"#).unwrap();
        let id = faults.add(rule);
        assert!(faults.take(CREATE).is_some());
        let listed = faults.list();
        assert_eq!((listed[0].id, listed[0].rule.times), (id, Some(1)));
        let text = serde_json::to_string(&listed[0]).unwrap();
        assert_eq!(serde_json::from_str::<FaultEntry>(&text).unwrap(), listed[0]);
        faults.add(FaultRule { times: Some(0), ..listed[0].rule.clone() });
        assert_eq!(faults.list().len(), 1, "a rule for no times is not kept");
    }
}
