//! The vault: secrets in the operating system's keyring, one entry for each account, never in a file.
//!
//! Where there is no keyring, or it stays locked, a secret is held for this session only and the caller is told.
//! The keyring may wait for a person to unlock it, so it is asked on a thread of its own and not for ever.

#[cfg_attr(windows, path = "entry_windows.rs")]
mod entry;

use super::{AccountId, Secret};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use zeroize::Zeroizing;

/// The name under which the entries stand in the keyring, as a user may see it there.
const SERVICE: &str = "ECO Desk";
/// How long a person may take to unlock the keyring.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a secret was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// In the operating system's keyring: it is there after a restart.
    InKeyring,
    /// In memory, until the program ends.
    ThisSession,
}

/// Why the keyring did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the keyring of this computer cannot be used: {0}")]
pub(crate) struct VaultError(String);

/// Puts secrets away and gets them back. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vault {
    session: Arc<Mutex<HashMap<AccountId, Secret>>>,
}

impl Vault {
    /// Puts an account's secret away.
    pub(crate) async fn put(&self, account: &AccountId, secret: &Secret) -> Kept {
        let (user, bytes) = (account.0.clone(), Zeroizing::new(secret.reveal().as_bytes().to_vec()));
        let put = in_keyring(move || entry::open(SERVICE, &user)?.set_secret(&bytes)).await;
        match put {
            Ok(()) => {
                self.session().remove(account);
                Kept::InKeyring
            }
            Err(error) => {
                tracing::warn!("a secret is held for this session only: {error}");
                self.session().insert(account.clone(), secret.clone());
                Kept::ThisSession
            }
        }
    }

    /// An account's secret; `None` where there is none (any more).
    ///
    /// # Errors
    /// Where the keyring cannot be used and this session does not hold the secret.
    pub(crate) async fn get(&self, account: &AccountId) -> Result<Option<Secret>, VaultError> {
        let held = self.session().get(account).cloned();
        if held.is_some() {
            return Ok(held);
        }
        let user = account.0.clone();
        in_keyring(move || match entry::open(SERVICE, &user)?.get_secret() {
            Ok(bytes) => Ok(String::from_utf8(bytes).ok().map(|text| Secret::new(&Zeroizing::new(text)))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Forgets an account's secret.
    ///
    /// # Errors
    /// Where the keyring cannot be used: the entry may still be in it.
    pub(crate) async fn remove(&self, account: &AccountId) -> Result<(), VaultError> {
        self.session().remove(account);
        let user = account.0.clone();
        in_keyring(move || match entry::open(SERVICE, &user)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Secret>> {
        // The map is whole whatever panicked while it was held.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn in_keyring<T: Send + 'static>(
    run: impl FnOnce() -> keyring::Result<T> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(run)).await {
        Ok(Ok(Ok(answer))) => Ok(answer),
        Ok(Ok(Err(error))) => Err(VaultError(error.to_string())),
        Ok(Err(_)) => Err(VaultError("it failed".to_owned())),
        Err(_) => Err(VaultError("it stays locked".to_owned())),
    }
}
