//! Signing in with IAM Identity Center inside this program.
//!
//! The portal's address and Region → the browser, or a code on any device → the accounts and roles that one is
//! assigned to → an account here. Until then nothing is kept; the tokens never leave the vault and the memory.

mod loopback;
mod sign_in;
mod tokens;
mod types;

use super::{Account, Accounts, Connection, CredentialSource};
use desk_aws::{Portal, Provider, provider_of_portal};
use desk_model::{AccountId, Problem, ProblemCode};
use desk_vault::NotKept;
pub(super) use sign_in::SignIns;
use std::sync::Arc;
pub(super) use tokens::PortalSession;
pub use types::*;

impl Accounts {
    /// The name of a portal's entry in the vault, as a user may see it in the keyring. Each data folder has its own: a
    /// refresh token is good once, so two of them cannot share a sign-in.
    fn entry_of(&self, start_url: &str, region: &str) -> String {
        format!("IAM Identity Center {start_url} {region} ({})", self.0.desk_id)
    }

    /// The shared sign-in of a portal.
    pub(super) fn portal_session(&self, start_url: &str, region: &str) -> Arc<PortalSession> {
        let name = self.entry_of(start_url, region);
        let make = || {
            Arc::new(PortalSession {
                name: name.clone(),
                vault: self.0.vault.clone(),
                portal: Portal::new(region, &self.0.transport),
                clock: self.0.clock.clone(),
                held: Arc::default(),
            })
        };
        self.portals().entry(name.clone()).or_insert_with(make).clone()
    }

    pub(super) fn portal_provider(
        &self,
        start_url: &str,
        region: &str,
        number: &str,
        role: &str,
    ) -> Provider {
        let session = self.portal_session(start_url, region);
        provider_of_portal(session.portal.clone(), session, number, role)
    }

    /// Connects a role of an account that one is assigned to. An empty `name` means the account's.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept.
    pub async fn connect_portal(
        &self,
        sign_in: &SignInId,
        number: &str,
        role: &str,
        name: &str,
    ) -> Result<Account, Problem> {
        let (start_url, region, tokens) = self.signed_in(sign_in)?;
        let name = super::connecting::checked_name(name)?;
        let accounts = self.list().await?;
        let same = |account: &Account| match &account.source {
            CredentialSource::Portal { start_url: url, account_number, role: known, .. } => {
                *url == start_url && account_number == number && known == role
            }
            CredentialSource::Demo
            | CredentialSource::Profile { .. }
            | CredentialSource::AccessKey { .. } => false,
        };
        let session = self.portal_session(&start_url, &region);
        let kept = session.take(tokens).await;
        let not_kept = kept.why_not();
        if let Some(known) = accounts.iter().find(|account| same(account)) {
            // Whoever connects it once more has just signed in again.
            self.sign_ins().remove(sign_in);
            self.portal_works(&start_url, &region, not_kept).await?;
            return self.get(&known.id).await;
        }
        let source = CredentialSource::Portal {
            start_url: start_url.clone(),
            region: region.clone(),
            account_number: number.to_owned(),
            role: role.to_owned(),
            session_only: not_kept.is_some(),
            not_kept,
        };
        let mut account = self.unchecked(name, source, session.portal.partition()).await?;
        account.account_number = Some(number.to_owned());
        let provider = self.provider(&account).await?;
        let kept = match self.asked(&account, &provider).await {
            Ok(support) => self.keep(account, support).await,
            Err(problem) => Err(problem),
        };
        match &kept {
            Ok(_) => self.sign_ins().remove(sign_in),
            Err(_) => {
                // What went wrong with the account is what the user has to know.
                if let Err(left) = self.leave_portal(&start_url, &region, false).await {
                    tracing::warn!(code = ?left.code, "a sign-in that was of no use stays behind");
                }
            }
        }
        kept
    }

    /// Signs in again to the portal of an account: all accounts of that portal go on.
    ///
    /// # Errors
    /// Where the sign-in is not complete, or the account is of no portal.
    pub async fn renew_portal(&self, id: &AccountId, sign_in: &SignInId) -> Result<Account, Problem> {
        let account = self.get(id).await?;
        let (start_url, region, tokens) = self.signed_in(sign_in)?;
        let its_own =
            matches!(&account.source, CredentialSource::Portal { start_url: url, .. } if *url == start_url);
        if !its_own {
            return Err(Problem::new(ProblemCode::Conflict, "This sign-in is not this account's."));
        }
        let kept = self.portal_session(&start_url, &region).take(tokens).await;
        self.sign_ins().remove(sign_in);
        self.portal_works(&start_url, &region, kept.why_not()).await?;
        self.get(id).await
    }

    /// The accounts that share the sign-in of `id`, itself among them; only itself where it shares none.
    ///
    /// # Errors
    /// Where there is no such account.
    pub async fn of_same_sign_in(&self, id: &AccountId) -> Result<Vec<AccountId>, Problem> {
        let account = self.get(id).await?;
        let CredentialSource::Portal { start_url, region, .. } = &account.source else {
            return Ok(vec![account.id]);
        };
        Ok(self.of_portal(start_url, region).await?.into_iter().map(|account| account.id).collect())
    }

    async fn of_portal(&self, start_url: &str, region: &str) -> Result<Vec<Account>, Problem> {
        let of_it = |account: &Account| matches!(&account.source, CredentialSource::Portal { start_url: url, region: at, .. } if url == start_url && at == region);
        Ok(self.list().await?.into_iter().filter(of_it).collect())
    }

    /// Looks again at every account of a portal that one has just signed in to, and notes how long the sign-in is kept.
    async fn portal_works(
        &self,
        start_url: &str,
        region: &str,
        now_not_kept: Option<NotKept>,
    ) -> Result<(), Problem> {
        let now = self.0.clock.now();
        for mut account in self.of_portal(start_url, region).await? {
            self.clients().remove(&account.id);
            if let CredentialSource::Portal { session_only, not_kept, .. } = &mut account.source
                && (*session_only, *not_kept) != (now_not_kept.is_some(), now_not_kept)
            {
                (*session_only, *not_kept) = (now_not_kept.is_some(), now_not_kept);
                let changed = account.clone();
                self.0.desk.write(move |tx| super::rows::put(tx, &changed, now)).await?;
            }
            match account.connection {
                Connection::Connected { .. } => {}
                Connection::Unchecked | Connection::Failed { .. } => drop(self.check(&account.id).await?),
            }
        }
        Ok(())
    }

    /// Forgets the sign-in of a portal, once no account needs it; with `at_aws`, there too.
    pub(super) async fn leave_portal(
        &self,
        start_url: &str,
        region: &str,
        at_aws: bool,
    ) -> Result<(), Problem> {
        if !self.of_portal(start_url, region).await?.is_empty() {
            return Ok(());
        }
        let session = self.portal_session(start_url, region);
        if at_aws {
            session.end().await;
        }
        let name = self.entry_of(start_url, region);
        self.portals().remove(&name);
        self.0.vault.remove(&name).await.map_err(|error| {
            Problem::new(
                ProblemCode::Storage,
                format!(
                    "The sign-in may still be in the keyring as \"{}\" ({error}). Remove it there.",
                    self.0.vault.service()
                ),
            )
        })
    }
}
