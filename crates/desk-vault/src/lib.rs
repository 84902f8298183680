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

use desk_model::Secret;
use desk_store::Database;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use ts_rs::TS;
use zeroize::Zeroizing;

/// Prefix of an entry of this program that holds a secret itself: nothing else under its names is believed.
const PREFIX: &[u8] = b"eco-desk-secret-1:";
/// How long a person may take to unlock the keyring.
const UNLOCK_TIMEOUT: Duration = Duration::from_secs(60);

/// Why a secret is not in the operating system's keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NotKept {
    /// There is no keyring.
    NoKeyring,
    /// It was not unlocked.
    Locked,
    /// It could not write, as with a full disk.
    Failed,
    /// Something of another program stands there under this one's name.
    Foreign,
}

/// Result of storing a secret: where it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// In the operating system's keyring: it is there after a restart.
    InKeyring,
    /// Only in memory, until the program ends, for this reason.
    InMemory(NotKept),
}

impl Stored {
    /// Returns the reason why the secret is not in the keyring; `None` if it is.
    pub fn not_kept(self) -> Option<NotKept> {
        match self {
            Self::InKeyring => None,
            Self::InMemory(reason) => Some(reason),
        }
    }
}

/// A failed call of the keyring.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no keyring.
    #[error("this computer has no keyring that can be used ({0})")]
    Absent(String),
    /// The keyring was not unlocked in time.
    #[error("the keyring of this computer stays locked")]
    Locked,
    /// The keyring could not read or write.
    #[error("the keyring of this computer failed ({0})")]
    Failed(String),
    /// The entry of this name was not written by this program.
    #[error("something that is not ECO Desk's stands in the keyring of this computer under ECO Desk's name")]
    Foreign,
}

impl VaultError {
    /// Formats the error for the user: `what` is missing, why, and what to do. Ends with "Or:", after which the caller adds
    /// an alternative.
    pub fn explained(&self, what: &str) -> String {
        let what_to_do = match self {
            Self::Absent(_) => "Start the keyring of this computer, then check again",
            Self::Locked => "Unlock it, then check again",
            Self::Failed(_) => "Look at it with the program of your system, then check again",
            Self::Foreign => "Remove the entry with the program of your system, then check again",
        };
        format!("{what} cannot be had: {self}. {what_to_do}. Or:")
    }

    /// Converts the error to the reason that is stored with an account.
    pub fn reason(&self) -> NotKept {
        match self {
            Self::Absent(_) => NotKept::NoKeyring,
            Self::Locked => NotKept::Locked,
            Self::Failed(_) => NotKept::Failed,
            Self::Foreign => NotKept::Foreign,
        }
    }
}

impl From<keyring::Error> for VaultError {
    fn from(error: keyring::Error) -> Self {
        match error {
            keyring::Error::NoDefaultStore => {
                let why = keyring::Entry::store_status().as_ref().err().map(ToString::to_string);
                Self::Absent(why.unwrap_or_else(|| "it was not found".to_owned()))
            }
            keyring::Error::NoStorageAccess(_) => Self::Locked,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<sealed::SealError> for VaultError {
    fn from(error: sealed::SealError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<desk_store::StoreError> for VaultError {
    fn from(error: desk_store::StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The entry of a name in the keyring.
enum FoundEntry {
    /// Nothing; the entry can be made.
    None(keyring_core::Entry),
    /// An entry that this program wrote.
    Ours(keyring_core::Entry, Zeroizing<Vec<u8>>),
    /// An entry of another program, and none of ours: it is neither believed nor written over.
    Foreign,
}

/// Looks up the entry of a name in the keyring. The Secret Service takes any number of entries under one.
fn find_entry(service: &str, user: &str) -> keyring::Result<FoundEntry> {
    let entry = entry::open(service, user)?;
    let entries = match entry.get_secret() {
        Ok(bytes) => vec![(entry, Zeroizing::new(bytes))],
        Err(keyring::Error::NoEntry) => return Ok(FoundEntry::None(entry)),
        Err(keyring::Error::Ambiguous(several)) => several
            .into_iter()
            .map(|entry| entry.get_secret().map(|bytes| (entry, Zeroizing::new(bytes))))
            .collect::<keyring::Result<_>>()?,
        Err(error) => return Err(error),
    };
    let ours = entries.into_iter().find(|(_, bytes)| sealed::is_key(bytes) || bytes.starts_with(PREFIX));
    Ok(ours.map_or(FoundEntry::Foreign, |(entry, bytes)| FoundEntry::Ours(entry, bytes)))
}

/// Stores secrets and gets them back. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Vault {
    /// The database of the sealed values.
    desk: Database,
    /// The service name of all entries in the keyring; users may see it there.
    service: &'static str,
    session: Arc<Mutex<HashMap<String, Secret>>>,
    /// Held while the keyring is in use, also by a call that is no longer waited for.
    in_use: Arc<tokio::sync::Mutex<()>>,
    timeout: Duration,
}

impl Vault {
    /// Creates a vault over the current user's keyring, whose entries get the service name `service`. Sealed values are
    /// stored in `desk`.
    pub fn new(desk: Database, service: &'static str) -> Self {
        Self { desk, service, session: Arc::default(), in_use: Arc::default(), timeout: UNLOCK_TIMEOUT }
    }

    /// Returns the service name of the entries in the keyring.
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// Stores a secret under `name`.
    pub async fn put(&self, name: &str, secret: &Secret) -> Stored {
        match self.put_in_keyring(name, secret).await {
            Ok(()) => {
                self.session().remove(name);
                Stored::InKeyring
            }
            Err(error) => {
                let reason = error.reason();
                tracing::warn!(?reason, "a secret is held for this session only");
                self.session().insert(name.to_owned(), secret.clone());
                Stored::InMemory(reason)
            }
        }
    }

    async fn put_in_keyring(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        let text = secret.reveal().as_bytes();
        let short = PREFIX.len() + text.len() <= sealed::MAX_ENTRY_LENGTH;
        let bytes = if short {
            Zeroizing::new([PREFIX, text].concat())
        } else {
            sealed::seal(&self.desk, name, secret).await?
        };
        let (service, user, entry) = (self.service, name.to_owned(), bytes.clone());
        let kept = self
            .with_keyring(move || match find_entry(service, &user)? {
                FoundEntry::None(place) | FoundEntry::Ours(place, _) => Ok(Ok(place.set_secret(&entry)?)),
                FoundEntry::Foreign => Ok(Err(VaultError::Foreign)),
            })
            .await
            .flatten();
        // Once it is kept, what an earlier entry opened is of no use; until then, what this one would open.
        let opened = if short { None } else { Some(&bytes[..]) };
        match kept {
            Ok(()) => Ok(sealed::forget_others(&self.desk, name, opened).await?),
            Err(error) => {
                if let Some(entry) = opened {
                    sealed::forget(&self.desk, entry).await?;
                }
                Err(error)
            }
        }
    }

    /// Returns the secret `name`; `None` if there is none.
    ///
    /// # Errors
    /// Where the keyring cannot be used and this session does not hold the secret, or what is there is not ours.
    pub async fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        let held = self.session().get(name).cloned();
        if held.is_some() {
            return Ok(held);
        }
        let (service, user) = (self.service, name.to_owned());
        let found = self
            .with_keyring(move || match find_entry(service, &user)? {
                FoundEntry::None(_) => Ok(Ok(None)),
                FoundEntry::Ours(_, bytes) => Ok(Ok(Some(bytes))),
                FoundEntry::Foreign => Ok(Err(VaultError::Foreign)),
            })
            .await
            .flatten()?;
        let Some(bytes) = found else { return Ok(None) };
        match bytes.strip_prefix(PREFIX) {
            Some(text) => Ok(std::str::from_utf8(text).ok().map(Secret::new)),
            None => Ok(sealed::open(&self.desk, name, &bytes).await?),
        }
    }

    /// Deletes the secret `name`. An entry of another program stays.
    ///
    /// # Errors
    /// Where the keyring cannot be used: the entry may still be in it.
    pub async fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.session().remove(name);
        sealed::forget_others(&self.desk, name, None).await?;
        let (service, user) = (self.service, name.to_owned());
        self.with_keyring(move || match find_entry(service, &user)? {
            FoundEntry::None(_) | FoundEntry::Foreign => Ok(()),
            FoundEntry::Ours(entry, _) => match entry.delete_credential() {
                Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(error),
            },
        })
        .await
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret>> {
        // The map is whole whatever panicked while it was held.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a call to the keyring on a thread of its own, after the call before has ended.
    async fn with_keyring<T: Send + 'static>(
        &self,
        run: impl FnOnce() -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let in_use = self.in_use.clone();
        let asked = async move {
            let guard = in_use.lock_owned().await;
            tokio::task::spawn_blocking(move || {
                let _guard = guard;
                run()
            })
            .await
        };
        match tokio::time::timeout(self.timeout, asked).await {
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(Ok(Err(error))) => Err(error.into()),
            Ok(Err(_)) => Err(VaultError::Failed("it panicked".to_owned())),
            Err(_) => Err(VaultError::Locked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_store::Store;
    use std::sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    };

    #[tokio::test]
    async fn nobody_asks_while_an_earlier_question_waits() {
        let dir = tempfile::tempdir().unwrap();
        let desk = Store::open(dir.path()).await.unwrap().store.desk;
        let vault = Vault { timeout: Duration::from_millis(20), ..Vault::new(desk, "ECO Desk") };
        let (unlock, locked) = mpsc::channel::<()>();
        let asked = Arc::new(AtomicU32::new(0));
        let count = || {
            let asked = asked.clone();
            move || asked.fetch_add(1, Ordering::SeqCst)
        };
        let first = count();
        let waits = vault.with_keyring(move || {
            first();
            locked.recv().ok();
            Ok(())
        });
        let locked = VaultError::Locked;
        assert_eq!(waits.await.unwrap_err(), locked);
        for _ in 0..3 {
            let next = count();
            assert_eq!(vault.with_keyring(move || Ok(next())).await.unwrap_err(), locked);
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        unlock.send(()).unwrap();
        let vault = Vault { timeout: UNLOCK_TIMEOUT, ..vault };
        let next = count();
        assert_eq!(vault.with_keyring(move || Ok(next())).await.unwrap(), 1);
    }
}
