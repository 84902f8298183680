//! The programs that profiles have run (`credential_process`): each command is shown to the user before it first runs.
//!
//! The AWS config files are written by other programs too, so a command in them is no consent of the user's. What the
//! user has agreed to is kept as a digest for each account; as soon as the files say another command, nothing runs until
//! the user has seen that one.

use super::{Account, Accounts, CredentialSource};
use desk_aws::{Profiles, process_of};
use desk_model::{AccountId, Problem, ProblemCode};
use rusqlite::{Connection as Sqlite, OptionalExtension as _, Transaction};
use sha2::{Digest as _, Sha256};

impl Accounts {
    /// The command that the account's profile has run and that the user has not agreed to yet; `None` where there is
    /// none.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where there is no such account.
    pub async fn command_to_approve(&self, id: &AccountId) -> Result<Option<String>, Problem> {
        let account = self.get(id).await?;
        let CredentialSource::Profile { name } = &account.source else { return Ok(None) };
        let profiles = self.read_profiles().await;
        Ok(self.unapproved(&account, &profiles, name).await?.map(str::to_owned))
    }

    /// Agrees to the command that the account's profile has run, and notes whether the account works then.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] where the files name another command than the one that was shown.
    pub async fn approve_command(&self, id: &AccountId, command: &str) -> Result<Account, Problem> {
        let account = self.get(id).await?;
        let profiles = self.read_profiles().await;
        let current = match &account.source {
            CredentialSource::Profile { name } => process_of(&profiles, name),
            CredentialSource::Demo | CredentialSource::AccessKey { .. } | CredentialSource::Portal { .. } => {
                None
            }
        };
        if current != Some(command) {
            let message = "The command has changed again meanwhile, and was not run. Look at it once more.";
            return Err(Problem::new(ProblemCode::Conflict, message));
        }
        self.keep_approved(id, command).await?;
        self.check(id).await
    }

    /// Keeps what the user has agreed to.
    pub(super) async fn keep_approved(&self, id: &AccountId, command: &str) -> Result<(), Problem> {
        let (id, digest) = (id.clone(), digest(command));
        self.0.desk.write(move |tx| put(tx, &id, &digest)).await?;
        Ok(())
    }

    /// Refuses a profile whose command the user has not agreed to.
    ///
    /// # Errors
    /// [`ProblemCode::ApprovalNeeded`].
    pub(super) async fn require_approval(
        &self,
        account: &Account,
        profiles: &Profiles,
        profile: &str,
    ) -> Result<(), Problem> {
        match self.unapproved(account, profiles, profile).await? {
            None => Ok(()),
            Some(_) => Err(approval_needed(profile)),
        }
    }

    async fn unapproved<'a>(
        &self,
        account: &Account,
        profiles: &'a Profiles,
        profile: &'a str,
    ) -> Result<Option<&'a str>, Problem> {
        let Some(command) = process_of(profiles, profile) else { return Ok(None) };
        let id = account.id.clone();
        let approved = self.0.desk.read(move |sqlite| get(sqlite, &id)).await?;
        Ok((approved.as_deref() != Some(&digest(command))).then_some(command))
    }
}

/// Nothing was run: the user has to see the command first.
pub(super) fn approval_needed(profile: &str) -> Problem {
    let message = format!(
        "To get credentials, the profile {profile} has a command run that you have not agreed to yet. Nothing was run. Look at the command, and run it if you know it."
    );
    Problem::new(ProblemCode::ApprovalNeeded, message)
}

fn digest(command: &str) -> String {
    hex::encode(Sha256::digest(command))
}

fn get(sqlite: &Sqlite, id: &AccountId) -> Result<Option<String>, desk_store::StoreError> {
    let select = "SELECT digest FROM approved_command WHERE account = ?1";
    Ok(sqlite.query_row(select, [&id.0], |row| row.get(0)).optional()?)
}

fn put(tx: &Transaction<'_>, id: &AccountId, digest: &str) -> Result<(), desk_store::StoreError> {
    tx.execute(
        "INSERT INTO approved_command (account, digest) VALUES (?1, ?2)
         ON CONFLICT (account) DO UPDATE SET digest = excluded.digest",
        (&id.0, digest),
    )?;
    Ok(())
}

/// Forgets what was agreed to for an account.
pub(super) fn forget(tx: &Transaction<'_>, id: &AccountId) -> Result<(), desk_store::StoreError> {
    tx.execute("DELETE FROM approved_command WHERE account = ?1", [&id.0])?;
    Ok(())
}
