//! The programs that profiles have run (`credential_process`): each command is shown to the user before it first runs.
//!
//! The AWS config files are written by other programs too, so a command in them is no consent of the user's. What the
//! user has agreed to is kept as a digest for each account; as soon as the files say another command, nothing runs until
//! the user has seen that one. This file owns the `approved_command` table of desk.db.

use desk_aws::{Profiles, process_of};
use desk_model::{AccountId, Problem, ProblemCode};
use desk_store::{Database, StoreError};
use rusqlite::{Connection as Sqlite, OptionalExtension as _, Transaction};
use sha2::{Digest as _, Sha256};

/// The commands that the user has agreed to.
#[derive(Debug)]
pub(in crate::account) struct Approvals {
    desk: Database,
}

impl Approvals {
    pub(super) fn new(desk: Database) -> Self {
        Self { desk }
    }

    /// The command that an account's profile has run and that the user has not agreed to; `None` where there is none.
    pub(in crate::account) async fn unapproved<'a>(
        &self,
        id: &AccountId,
        profiles: &'a Profiles,
        profile: &'a str,
    ) -> Result<Option<&'a str>, StoreError> {
        let Some(command) = process_of(profiles, profile) else { return Ok(None) };
        let id = id.clone();
        let approved = self.desk.read(move |sqlite| get(sqlite, &id)).await?;
        Ok((approved.as_deref() != Some(&digest(command))).then_some(command))
    }

    /// Keeps what the user has agreed to, in place of what was agreed to before.
    pub(in crate::account) async fn approve(&self, id: &AccountId, command: &str) -> Result<(), StoreError> {
        let (id, digest) = (id.clone(), digest(command));
        self.desk.write(move |tx| put(tx, &id, &digest)).await
    }
}

/// Nothing was run: the user has to see the command first.
pub(in crate::account) fn approval_needed(profile: &str) -> Problem {
    let message = format!(
        "To get credentials, the profile {profile} has a command run that you have not agreed to yet. Nothing was run. Look at the command, and run it if you know it."
    );
    Problem::new(ProblemCode::ApprovalNeeded, message)
}

fn digest(command: &str) -> String {
    hex::encode(Sha256::digest(command))
}

fn get(sqlite: &Sqlite, id: &AccountId) -> Result<Option<String>, StoreError> {
    let select = "SELECT digest FROM approved_command WHERE account = ?1";
    Ok(sqlite.query_row(select, [&id.0], |row| row.get(0)).optional()?)
}

fn put(tx: &Transaction<'_>, id: &AccountId, digest: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO approved_command (account, digest) VALUES (?1, ?2)
         ON CONFLICT (account) DO UPDATE SET digest = excluded.digest",
        (&id.0, digest),
    )?;
    Ok(())
}

/// Forgets what was agreed to for an account.
pub(in crate::account) fn forget_approved(tx: &Transaction<'_>, id: &AccountId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM approved_command WHERE account = ?1", [&id.0])?;
    Ok(())
}
