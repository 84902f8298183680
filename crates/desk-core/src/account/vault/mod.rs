//! The vault: secrets in the operating system's keyring, one entry for each account and for each sign-in that several
//! accounts share, never in a file. What is too long for Windows' keyring is sealed: see [`sealed`].
//!
//! Where there is no keyring, or it stays locked, a secret is held for this session only and the caller is told.
//! The keyring may wait for a person to unlock it, so it is asked on a thread of its own and not for ever; and
//! nobody asks while an earlier question waits there, so that one is on the screen and not one for each poll.

#[cfg_attr(unix, path = "entry_unix.rs")]
#[cfg_attr(windows, path = "entry_windows.rs")]
mod entry;
mod sealed;

use super::Secret;
use crate::store::Database;
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
#[derive(Debug, Clone)]
pub(crate) struct Vault {
    /// Where sealed values are.
    desk: Database,
    session: Arc<Mutex<HashMap<String, Secret>>>,
    /// Held while the keyring is asked, also by who is no longer waited for.
    asking: Arc<tokio::sync::Mutex<()>>,
    patience: Duration,
}

impl Vault {
    /// A vault over the keyring of whoever runs this program; sealed values go into `desk`.
    pub(crate) fn new(desk: Database) -> Self {
        Self { desk, session: Arc::default(), asking: Arc::default(), patience: PATIENCE }
    }

    /// Puts a secret away under `name`.
    pub(crate) async fn put(&self, name: &str, secret: &Secret) -> Kept {
        match self.keep(name, secret).await {
            Ok(()) => {
                self.session().remove(name);
                Kept::InKeyring
            }
            Err(error) => {
                tracing::warn!("a secret is held for this session only: {error}");
                self.session().insert(name.to_owned(), secret.clone());
                Kept::ThisSession
            }
        }
    }

    async fn keep(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        let short = secret.reveal().len() <= sealed::LONGEST_ENTRY;
        let bytes = if short {
            Zeroizing::new(secret.reveal().as_bytes().to_vec())
        } else {
            sealed::seal(&self.desk, name, secret).await.map_err(|error| VaultError(error.to_string()))?
        };
        let (user, entry) = (name.to_owned(), bytes.clone());
        self.ask(move || entry::open(SERVICE, &user)?.set_secret(&entry)).await?;
        // Only now is what an earlier entry opened of no use.
        sealed::forget_others(&self.desk, name, if short { None } else { Some(&bytes) })
            .await
            .map_err(|error| VaultError(error.to_string()))
    }

    /// The secret under `name`; `None` where there is none (any more), or what is there is not ours.
    ///
    /// # Errors
    /// Where the keyring cannot be used and this session does not hold the secret.
    pub(crate) async fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        let held = self.session().get(name).cloned();
        if held.is_some() {
            return Ok(held);
        }
        let user = name.to_owned();
        let found = self
            .ask(move || match entry::open(SERVICE, &user)?.get_secret() {
                Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
                Err(keyring::Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            })
            .await?;
        let Some(bytes) = found else { return Ok(None) };
        if sealed::is_key(&bytes) {
            return sealed::open(&self.desk, name, &bytes)
                .await
                .map_err(|error| VaultError(error.to_string()));
        }
        Ok(std::str::from_utf8(&bytes).ok().map(Secret::new))
    }

    /// Forgets the secret under `name`.
    ///
    /// # Errors
    /// Where the keyring cannot be used: the entry may still be in it.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.session().remove(name);
        sealed::forget_others(&self.desk, name, None).await.map_err(|error| VaultError(error.to_string()))?;
        let user = name.to_owned();
        self.ask(move || match entry::open(SERVICE, &user)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret>> {
        // The map is whole whatever panicked while it was held.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the keyring, after whoever asked before has an answer.
    async fn ask<T: Send + 'static>(
        &self,
        run: impl FnOnce() -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let asking = self.asking.clone();
        let asked = async move {
            let turn = asking.lock_owned().await;
            tokio::task::spawn_blocking(move || {
                let _turn = turn;
                run()
            })
            .await
        };
        match tokio::time::timeout(self.patience, asked).await {
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(Ok(Err(error))) => Err(VaultError(error.to_string())),
            Ok(Err(_)) => Err(VaultError("it failed".to_owned())),
            Err(_) => Err(VaultError("it stays locked".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    };

    #[tokio::test]
    async fn nobody_asks_while_an_earlier_question_waits() {
        let dir = tempfile::tempdir().unwrap();
        let desk = Store::open(dir.path()).await.unwrap().store.desk;
        let vault = Vault { patience: Duration::from_millis(20), ..Vault::new(desk) };
        let (unlock, locked) = mpsc::channel::<()>();
        let asked = Arc::new(AtomicU32::new(0));
        let count = || {
            let asked = asked.clone();
            move || asked.fetch_add(1, Ordering::SeqCst)
        };
        let first = count();
        let waits = vault.ask(move || {
            first();
            locked.recv().ok();
            Ok(())
        });
        let locked = VaultError("it stays locked".to_owned());
        assert_eq!(waits.await.unwrap_err(), locked);
        for _ in 0..3 {
            let next = count();
            assert_eq!(vault.ask(move || Ok(next())).await.unwrap_err(), locked);
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        unlock.send(()).unwrap();
        let vault = Vault { patience: PATIENCE, ..vault };
        let next = count();
        assert_eq!(vault.ask(move || Ok(next())).await.unwrap(), 1);
    }
}
