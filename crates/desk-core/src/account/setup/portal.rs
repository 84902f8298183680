//! Accounts of IAM Identity Center: a role of an account that one is assigned to, and signing in again.

use super::{AccountSetup, checked_name};
use crate::account::{Account, Connection, CredentialSource, SignInId, sign_in::SignedIn};
use desk_model::{AccountId, Problem, ProblemCode};
use desk_vault::NotKept;

impl AccountSetup {
    /// Connects a role of an account that one is assigned to.
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
        let SignedIn { start_url, region, tokens } = self.sign_ins.complete(sign_in)?;
        let name = checked_name(name)?;
        let accounts = self.store.list().await?;
        let same = |account: &&Account| match &account.source {
            CredentialSource::Portal { start_url: url, account_number, role: known, .. } => {
                *url == start_url && account_number == number && known == role
            }
            CredentialSource::Demo
            | CredentialSource::Profile { .. }
            | CredentialSource::AccessKey { .. } => false,
        };
        let session = self.credentials.portals.of(&start_url, &region);
        let not_kept = session.put(tokens).await;
        if let Some(known) = accounts.iter().find(same) {
            // Whoever connects it once more has just signed in again.
            self.sign_ins.cancel(sign_in);
            self.signed_in_again(&start_url, &region, not_kept).await?;
            return self.store.get(&known.id).await;
        }
        let source = CredentialSource::Portal {
            start_url: start_url.clone(),
            region: region.clone(),
            account_number: number.to_owned(),
            role: role.to_owned(),
            session_only: not_kept.is_some(),
            not_kept,
        };
        let mut account = self.store.prepare(name, source, session.portal().partition()).await?;
        account.account_number = Some(number.to_owned());
        let provider = self.credentials.provider(&account).await?;
        let kept = match self.checker.try_credentials(&account, &provider).await {
            Ok(support) => self.keep(account, provider, support).await,
            Err(problem) => Err(problem),
        };
        match &kept {
            Ok(_) => self.sign_ins.cancel(sign_in),
            Err(_) => {
                // What went wrong with the account is what the user has to know.
                if let Err(left) = self.credentials.portals.forget(&start_url, &region).await {
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
        let account = self.store.get(id).await?;
        let SignedIn { start_url, region, tokens } = self.sign_ins.complete(sign_in)?;
        let its_own =
            matches!(&account.source, CredentialSource::Portal { start_url: url, .. } if *url == start_url);
        if !its_own {
            return Err(Problem::new(ProblemCode::Conflict, "This sign-in is not this account's."));
        }
        let not_kept = self.credentials.portals.of(&start_url, &region).put(tokens).await;
        self.sign_ins.cancel(sign_in);
        self.signed_in_again(&start_url, &region, not_kept).await?;
        self.store.get(id).await
    }

    /// Checks every account of a portal that one has just signed in to, and notes how long the sign-in is kept.
    async fn signed_in_again(
        &self,
        start_url: &str,
        region: &str,
        now_not_kept: Option<NotKept>,
    ) -> Result<(), Problem> {
        for mut account in self.store.of_portal(start_url, region).await? {
            self.clients.discard(&account.id);
            if let CredentialSource::Portal { session_only, not_kept, .. } = &mut account.source
                && (*session_only, *not_kept) != (now_not_kept.is_some(), now_not_kept)
            {
                (*session_only, *not_kept) = (now_not_kept.is_some(), now_not_kept);
                self.store.put(&account).await?;
            }
            match account.connection {
                Connection::Connected { .. } => {}
                Connection::Unchecked | Connection::Failed { .. } => {
                    drop(self.checker.check(&account.id).await?);
                }
            }
        }
        Ok(())
    }
}
