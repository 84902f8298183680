//! The sign-ins at portals of IAM Identity Center, each shared by the accounts of its portal.

use super::portal_session::PortalSession;
use crate::account::store::AccountStore;
use desk_aws::{AwsTransport, Portal, Provider, provider_of_portal};
use desk_model::{Clock, Problem, ProblemCode};
use desk_vault::Vault;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// One session for each portal.
#[derive(Debug)]
pub(in crate::account) struct PortalSessions {
    store: AccountStore,
    transport: AwsTransport,
    vault: Vault,
    /// Tells this data folder from another one of the same user.
    desk_id: String,
    clock: Clock,
    /// By their entries in the vault.
    sessions: Mutex<HashMap<String, Arc<PortalSession>>>,
}

impl PortalSessions {
    pub(super) fn new(
        store: AccountStore,
        transport: AwsTransport,
        vault: Vault,
        desk_id: String,
        clock: Clock,
    ) -> Self {
        Self { store, transport, vault, desk_id, clock, sessions: Mutex::default() }
    }

    /// The session of a portal.
    pub(in crate::account) fn of(&self, start_url: &str, region: &str) -> Arc<PortalSession> {
        let name = self.entry_of(start_url, region);
        let make = || {
            let portal = Portal::new(region, &self.transport);
            Arc::new(PortalSession::new(name.clone(), self.vault.clone(), portal, self.clock.clone()))
        };
        self.sessions().entry(name.clone()).or_insert_with(make).clone()
    }

    /// What gives the credentials of a role.
    pub(super) fn provider(&self, start_url: &str, region: &str, number: &str, role: &str) -> Provider {
        let session = self.of(start_url, region);
        provider_of_portal(session.portal().clone(), session, number, role)
    }

    /// Ends the session of a portal here and at AWS, once no account needs it.
    ///
    /// # Errors
    /// [`ProblemCode::Storage`] where it may still be in the keyring.
    pub(super) async fn end(&self, start_url: &str, region: &str) -> Result<(), Problem> {
        if !self.store.of_portal(start_url, region).await?.is_empty() {
            return Ok(());
        }
        self.of(start_url, region).end().await;
        self.forget(start_url, region).await
    }

    /// Forgets the session of a portal here, once no account needs it.
    ///
    /// # Errors
    /// [`ProblemCode::Storage`] where it may still be in the keyring.
    pub(in crate::account) async fn forget(&self, start_url: &str, region: &str) -> Result<(), Problem> {
        if !self.store.of_portal(start_url, region).await?.is_empty() {
            return Ok(());
        }
        let name = self.entry_of(start_url, region);
        self.sessions().remove(&name);
        self.vault.remove(&name).await.map_err(|error| {
            Problem::new(
                ProblemCode::Storage,
                format!(
                    "The sign-in may still be in the keyring as \"{}\" ({error}). Remove it there.",
                    self.vault.service()
                ),
            )
        })
    }

    /// The name of a portal's entry in the vault, as a user may see it in the keyring. Each data folder has its own: a
    /// refresh token is good once, so two of them cannot share a sign-in.
    fn entry_of(&self, start_url: &str, region: &str) -> String {
        format!("IAM Identity Center {start_url} {region} ({})", self.desk_id)
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Arc<PortalSession>>> {
        // The map is whole whatever panicked while it was held.
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
