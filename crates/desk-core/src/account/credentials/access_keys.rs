//! Access keys: their secrets in the vault, and what they give, alone, in a session or for a role.

use desk_aws::{
    AwsTransport, MfaSession, Provider, RoleToAssume, provider_of_keys, provider_of_role, provider_of_session,
};
use desk_model::{AccountId, Partition, Problem, ProblemCode, Secret};
use desk_vault::{NotKept, Vault};

/// How an access key is used.
#[derive(Debug, Clone, Copy)]
pub(in crate::account) enum KeyUse<'a> {
    /// As it is.
    Alone,
    /// For a session that a code of this multi-factor device opens.
    Session(&'a str),
    /// To assume a role.
    Role(&'a RoleToAssume),
}

impl<'a> KeyUse<'a> {
    /// A role comes before a device.
    pub(in crate::account) fn of(role: Option<&'a RoleToAssume>, mfa_serial: Option<&'a str>) -> Self {
        match (role, mfa_serial) {
            (Some(role), _) => Self::Role(role),
            (None, Some(serial)) => Self::Session(serial),
            (None, None) => Self::Alone,
        }
    }
}

/// The access keys of accounts, each secret in the vault under its account's id.
#[derive(Debug)]
pub(in crate::account) struct AccessKeys {
    transport: AwsTransport,
    vault: Vault,
}

impl AccessKeys {
    pub(super) fn new(transport: AwsTransport, vault: Vault) -> Self {
        Self { transport, vault }
    }

    /// What an access key gives, used like this.
    pub(in crate::account) fn provider(
        &self,
        access_key_id: &str,
        secret: &Secret,
        with: KeyUse<'_>,
        partition: Partition,
        session: &MfaSession,
    ) -> Provider {
        let keys = provider_of_keys(access_key_id, secret.reveal());
        let transport = &self.transport;
        match with {
            KeyUse::Alone => keys,
            KeyUse::Session(serial) => provider_of_session(keys, serial, partition, transport, session),
            KeyUse::Role(role) => provider_of_role(keys, role, partition, transport, session),
        }
    }

    /// The secret of an account's key.
    ///
    /// # Errors
    /// Where it is not in the vault, or the keyring cannot be used.
    pub(super) async fn secret(&self, id: &AccountId) -> Result<Secret, Problem> {
        let again = "Enter the access key again: in the settings, connect an account with the same key.";
        match self.vault.get(&id.0).await {
            Ok(Some(secret)) => Ok(secret),
            Ok(None) => {
                let message = format!("The secret of this access key is no longer on this computer. {again}");
                Err(Problem::new(ProblemCode::CredentialsMissing, message))
            }
            Err(error) => {
                let message = format!("{} {again}", error.explained("The secret of this access key"));
                Err(Problem::new(ProblemCode::Keyring, message))
            }
        }
    }

    /// Stores the secret of an account's key; answers why the keyring did not take it, where it did not.
    pub(in crate::account) async fn store(&self, id: &AccountId, secret: &Secret) -> Option<NotKept> {
        self.vault.put(&id.0, secret).await.not_kept()
    }

    /// Forgets the secret of an account's key.
    ///
    /// # Errors
    /// [`ProblemCode::Storage`] where it may still be in the keyring.
    pub(in crate::account) async fn forget(&self, id: &AccountId) -> Result<(), Problem> {
        self.vault.remove(&id.0).await.map_err(|error| {
            Problem::new(
                ProblemCode::Storage,
                format!(
                    "The account is removed, but its secret may still be in the keyring as \"{}\" ({error}). Remove it there.",
                    self.vault.service()
                ),
            )
        })
    }
}
