//! What codes of multi-factor devices have opened, in memory only.

use desk_aws::MfaSession;
use desk_model::AccountId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// One session for each account, shared by all of its providers.
#[derive(Debug, Default)]
pub(in crate::account) struct MfaSessions(Mutex<HashMap<AccountId, MfaSession>>);

impl MfaSessions {
    /// The session of an account; new and closed where no code has opened one.
    pub(super) fn of(&self, id: &AccountId) -> MfaSession {
        self.sessions().entry(id.clone()).or_default().clone()
    }

    /// Takes a session, in place of the one before.
    pub(in crate::account) fn put(&self, id: &AccountId, session: MfaSession) {
        self.sessions().insert(id.clone(), session);
    }

    /// Forgets the session of an account.
    pub(in crate::account) fn forget(&self, id: &AccountId) {
        self.sessions().remove(id);
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<AccountId, MfaSession>> {
        // The map is whole whatever panicked while it was held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
