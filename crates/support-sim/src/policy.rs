//! The account's IAM policies as far as the Support API evaluates them: denials. Everything else is allowed; a denied
//! call is refused with AccessDeniedException in AWS's words.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::operation::Action;

/// Whom a denial is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Every caller.
    Everyone,
    /// The caller with this access key id.
    Key(String),
}

impl From<&str> for Who {
    fn from(access_key_id: &str) -> Self {
        Self::Key(access_key_id.to_owned())
    }
}

/// One denial.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Denial {
    /// Whose; `None` for every caller's.
    pub access_key_id: Option<String>,
    /// What is denied.
    pub action: Action,
}

/// The denials of one sim. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Policy(Arc<Mutex<BTreeSet<Denial>>>);

impl Policy {
    /// Denies an action. To deny the whole API, deny each of [`Action::ALL`].
    pub fn deny(&self, who: impl Into<Who>, action: Action) {
        self.denials().insert(denial(who.into(), action));
    }

    /// Takes a denial back; what is denied to everyone stays denied to each.
    pub fn allow(&self, who: impl Into<Who>, action: Action) {
        self.denials().remove(&denial(who.into(), action));
    }

    /// Everything is allowed again.
    pub fn clear(&self) {
        self.denials().clear();
    }

    /// All denials.
    #[must_use]
    pub fn list(&self) -> Vec<Denial> {
        self.denials().iter().cloned().collect()
    }

    pub(crate) fn denies(&self, access_key_id: &str, action: Action) -> bool {
        let denials = self.denials();
        denials.iter().any(|denial| {
            denial.action == action && denial.access_key_id.as_deref().is_none_or(|id| id == access_key_id)
        })
    }

    fn denials(&self) -> MutexGuard<'_, BTreeSet<Denial>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn denial(who: Who, action: Action) -> Denial {
    let access_key_id = match who {
        Who::Everyone => None,
        Who::Key(id) => Some(id),
    };
    Denial { access_key_id, action }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_is_about_one_action_and_one_caller_or_all() {
        let policy = Policy::default();
        policy.deny("AKIA1", Action::CreateCase);
        policy.deny(Who::Everyone, Action::ResolveCase);
        assert!(policy.denies("AKIA1", Action::CreateCase) && !policy.denies("AKIA2", Action::CreateCase));
        assert!(policy.denies("AKIA1", Action::ResolveCase) && policy.denies("AKIA2", Action::ResolveCase));
        assert_eq!(policy.list().len(), 2);
        policy.allow("AKIA1", Action::ResolveCase);
        assert!(policy.denies("AKIA1", Action::ResolveCase), "it is denied to everyone");
        policy.allow("AKIA1", Action::CreateCase);
        assert!(!policy.denies("AKIA1", Action::CreateCase));
        policy.clear();
        assert!(policy.list().is_empty());
    }
}
