//! Removing an account: what was kept for it goes with it.

use super::{Account, AccountId, Accounts, CredentialSource, rows};
use crate::{
    change::Change,
    problem::{Problem, ProblemCode},
    store::StoreError,
};
use rusqlite::Transaction;

impl Accounts {
    /// Removes an account and answers what it was. `let_fall` runs in the same transaction, before: it deletes what hangs on
    /// the account without a foreign key, or answers `false` where the account has to stay because something still has to
    /// be sent with it. Its secret is forgotten by [`Accounts::forget_secret`].
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] while something in the outbox still has to be sent with it, and for the demo's.
    pub(crate) async fn remove(
        &self,
        id: &AccountId,
        let_fall: impl FnOnce(&Transaction<'_>, &AccountId) -> Result<bool, StoreError> + Send + 'static,
    ) -> Result<Account, Problem> {
        let account = self.get(id).await?;
        if account.source == CredentialSource::Demo {
            return Err(Problem::new(ProblemCode::Conflict, "The demo's account cannot be removed."));
        }
        let wanted = id.clone();
        let may_go = self
            .0
            .desk
            .write(move |tx| {
                let may_go = let_fall(tx, &wanted)?;
                if may_go {
                    rows::delete(tx, &wanted)?;
                }
                Ok(may_go)
            })
            .await?;
        if !may_go {
            return Err(Problem::new(
                ProblemCode::Conflict,
                "Something in the outbox still has to be sent with this account. Send or discard it first.",
            ));
        }
        self.clients().remove(id);
        self.sessions().remove(id);
        self.0.changes.tell(Change::Accounts);
        Ok(account)
    }

    /// Forgets the secret of an account that was removed.
    ///
    /// # Errors
    /// [`ProblemCode::Storage`] where it may still be in the keyring.
    pub(crate) async fn forget_secret(&self, account: &Account) -> Result<(), Problem> {
        let session_only = match account.source {
            CredentialSource::AccessKey { session_only, .. } => session_only,
            CredentialSource::Portal { ref start_url, ref region, session_only, .. } => {
                let left = self.leave_portal(start_url, region, true).await;
                // It was held in memory for want of a keyring.
                return if session_only { Ok(()) } else { left };
            }
            CredentialSource::Demo | CredentialSource::Profile { .. } => return Ok(()),
        };
        match self.0.vault.remove(&account.id.0).await {
            Ok(()) => Ok(()),
            // It was held in memory for want of a keyring.
            Err(_) if session_only => Ok(()),
            Err(error) => Err(Problem::new(
                ProblemCode::Storage,
                format!(
                    "The account is removed, but its secret may still be in the keyring as \"{}\" ({error}). Remove it there.",
                    self.0.vault.service()
                ),
            )),
        }
    }
}
