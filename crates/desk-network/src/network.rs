//! [`Network`]: stores, applies and tests the network settings.
//!
//! The proxy's password lies in the vault and goes only to the proxy that it was entered for: it is deleted when the
//! proxy or the user name changes.

use super::{
    CaCertificate, Connector, NetworkSettings, NetworkTest, PasswordKept, ProxySettings, Target,
    certificates::CertificateFolder, policy::PasswordSource, probe, proxy_input::validate, trust,
};
use desk_model::{Change, Changes, Clock, Field, Problem, ProblemCode, Secret};
use desk_store::{Database, StoreError};
use desk_vault::{Stored, Vault};
use futures_util::future::join_all;
use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::{Mutex, MutexGuard, OnceCell};

/// The key of the settings in the table `setting`.
const SETTING_NAME: &str = "network";
/// The name of the folder of extra certificates in the data folder.
const CERTIFICATES_FOLDER: &str = "certificates";

/// The settings as they are stored in desk.db.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Saved {
    proxy: ProxySettings,
    /// Never [`PasswordKept::Session`]: that ends with the program.
    password: PasswordKept,
}

/// The dependencies of [`Network::open`].
pub struct NetworkParts {
    /// The connector that the settings are applied to.
    pub connector: Connector,
    /// The database of the settings.
    pub desk: Database,
    /// The vault of the proxy's password.
    pub vault: Vault,
    /// The name of the password's entry in the vault.
    pub entry: String,
    /// The data folder, which contains the folder of extra certificates.
    pub data_dir: PathBuf,
    /// Receives [`Change::Settings`] when the settings have changed.
    pub changes: Changes,
    /// This computer's clock, which is compared with AWS's.
    pub clock: Clock,
    /// Whether the program makes connections to the outside at all.
    pub in_use: bool,
}

/// The network settings, with everything that is done with them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Network(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connector: Connector,
    desk: Database,
    vault: Vault,
    entry: String,
    folder: CertificateFolder,
    changes: Changes,
    clock: Clock,
    in_use: bool,
    /// The current settings, also those that hold for this session only. Locked during a change.
    current: Mutex<Saved>,
}

impl Network {
    /// Reads the stored settings and applies them.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn open(parts: NetworkParts) -> Result<Self, StoreError> {
        let NetworkParts { connector, desk, vault, entry, data_dir, changes, clock, in_use } = parts;
        let saved: Saved = desk
            .read(|sqlite| {
                let select = "SELECT value FROM setting WHERE name = ?1";
                let found: Option<String> =
                    sqlite.query_row(select, [SETTING_NAME], |row| row.get(0)).optional()?;
                Ok(found.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
            })
            .await?;
        let folder = CertificateFolder::new(data_dir.join(CERTIFICATES_FOLDER));
        let current = Mutex::new(saved);
        let network =
            Self(Arc::new(Inner { connector, desk, vault, entry, folder, changes, clock, in_use, current }));
        network.apply(&network.0.current.lock().await).await;
        Ok(network)
    }

    /// Returns what the settings page shows, which does not include the password.
    pub async fn settings(&self) -> NetworkSettings {
        let Saved { proxy, password } = self.0.current.lock().await.clone();
        let certificates = self.certificates().await.into_iter().map(|(known, _)| known).collect();
        NetworkSettings { proxy, password, certificates, in_use: self.0.in_use }
    }

    /// Validates, stores and applies proxy settings. An empty `password` deletes the stored one; `None` keeps it, as
    /// long as proxy and user name stay the same.
    ///
    /// # Errors
    /// A [`Problem`] with the field that is wrong (`host`, `port`, `userName`, `exceptions`), or where it cannot be saved.
    pub async fn save(
        &self,
        proxy: ProxySettings,
        password: Option<Secret>,
    ) -> Result<NetworkSettings, Problem> {
        let proxy = validate(proxy)?;
        let mut now = self.0.current.lock().await;
        let keeps = is_same_sign_in(&now.proxy, &proxy) && password.is_none();
        let mut left_behind = None;
        let kept = match password.filter(|password| !password.is_empty() && !proxy.user_name.is_empty()) {
            Some(password) => match self.0.vault.put(&self.0.entry, &password).await {
                Stored::InKeyring => PasswordKept::Keyring,
                Stored::InMemory(_) => PasswordKept::Session,
            },
            None if keeps => now.password,
            None => {
                if now.password != PasswordKept::None {
                    left_behind = self.0.vault.remove(&self.0.entry).await.err();
                }
                PasswordKept::None
            }
        };
        let saved = Saved { proxy, password: kept };
        let row = match kept {
            PasswordKept::Session => Saved { password: PasswordKept::None, ..saved.clone() },
            PasswordKept::None | PasswordKept::Keyring => saved.clone(),
        };
        let json = serde_json::to_string(&row).map_err(StoreError::from)?;
        self.0
            .desk
            .write(move |transaction| {
                transaction.execute(
                    "INSERT INTO setting (name, value) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    [SETTING_NAME, &json],
                )?;
                Ok(())
            })
            .await?;
        let was_in_memory = now.password == PasswordKept::Session;
        *now = saved;
        self.apply(&now).await;
        drop(now);
        self.0.changes.tell(Change::Settings);
        match left_behind {
            Some(error) if !was_in_memory => Err(Problem::new(
                ProblemCode::Storage,
                format!(
                    "The settings are saved, but the proxy's former password may still be in the keyring as \"{}\" ({error}). Remove it there.",
                    self.0.vault.service()
                ),
            )),
            Some(_) | None => Ok(self.settings().await),
        }
    }

    /// Copies the certificates of these files into the data folder and trusts them from now on. Returns them.
    ///
    /// # Errors
    /// Which file has no usable certificate: then nothing is added, of the other files neither. That all of them are
    /// trusted already.
    pub async fn add_certificates(&self, files: Vec<PathBuf>) -> Result<Vec<CaCertificate>, Problem> {
        let (folder, now) = (self.0.folder.clone(), self.0.clock.now());
        let added = run_blocking(move || folder.add(&files, now)).await?;
        let known = self.0.desk.read(trust::digests).await?;
        if let [first, others @ ..] = added.as_slice()
            && added.iter().all(|one| known.contains(&one.id))
        {
            let which = match others {
                [] => format!("“{}” is", first.subject),
                _ => format!("These {} certificates are", added.len()),
            };
            let message = format!("{which} trusted already; nothing was changed.");
            return Err(Problem::field(Field::Certificate, message));
        }
        // The files first: a row without its file would be logged as a mistake.
        let trusted = added.clone();
        self.0.desk.write(move |tx| trust::add(tx, &trusted)).await?;
        self.certificates_changed().await;
        Ok(added)
    }

    /// Removes a trusted certificate; a missing one is no error.
    ///
    /// # Errors
    /// [`ProblemCode::Storage`] where its file cannot be removed.
    pub async fn remove_certificate(&self, id: &str) -> Result<(), Problem> {
        let (folder, id) = (self.0.folder.clone(), id.to_owned());
        let digest = id.clone();
        self.0.desk.write(move |tx| trust::remove(tx, &digest)).await?;
        let removed = run_blocking(move || folder.remove(&id)).await;
        self.certificates_changed().await;
        removed
    }

    /// Tests the connection to each target with these settings, stored or not. If they are the stored ones, they are
    /// applied anew, so that certificates that were meanwhile installed on this computer are used from now on.
    ///
    /// # Errors
    /// As [`Network::save`], for what is wrong with the settings; what is wrong with the network is in the findings.
    pub async fn test(
        &self,
        targets: Vec<Target>,
        proxy: ProxySettings,
        password: Option<Secret>,
    ) -> Result<NetworkTest, Problem> {
        let proxy = validate(proxy)?;
        let now = self.0.current.lock().await.clone();
        let is_saved = now.proxy == proxy && password.is_none();
        let source = match password {
            Some(password) if password.is_empty() => PasswordSource::None,
            Some(password) => PasswordSource::Entered(password),
            None if is_same_sign_in(&now.proxy, &proxy) => self.source(now.password),
            None => PasswordSource::None,
        };
        let extra = self.certificates().await.into_iter().map(|(_, der)| der).collect();
        let current = self.0.connector.settings_with(proxy, source, extra);
        let at = self.0.clock.now();
        let probes = targets.iter().map(|target| probe::probe(&current, target, &self.0.clock));
        let probes = join_all(probes).await.into_iter().flatten().collect();
        if is_saved {
            // Not what was tested: settings and certificates may have changed meanwhile.
            self.apply(&self.0.current.lock().await).await;
        }
        Ok(NetworkTest { at, probes })
    }

    async fn certificates_changed(&self) {
        self.apply(&self.0.current.lock().await).await;
        self.0.changes.tell(Change::Settings);
    }

    /// Applies `saved`. The caller holds the lock, so that of two changes the later one wins.
    async fn apply(&self, saved: &MutexGuard<'_, Saved>) {
        let extra = self.certificates().await.into_iter().map(|(_, der)| der).collect();
        let source = self.source(saved.password);
        self.0.connector.set(self.0.connector.settings_with(saved.proxy.clone(), source, extra));
    }

    fn source(&self, kept: PasswordKept) -> PasswordSource {
        match kept {
            PasswordKept::None => PasswordSource::None,
            PasswordKept::Keyring | PasswordKept::Session => PasswordSource::Vault {
                vault: self.0.vault.clone(),
                entry: self.0.entry.clone(),
                known: Arc::new(OnceCell::new()),
            },
        }
    }

    async fn certificates(&self) -> Vec<(CaCertificate, rustls::pki_types::CertificateDer<'static>)> {
        let digests = match self.0.desk.read(trust::digests).await {
            Ok(digests) => digests,
            Err(error) => {
                tracing::warn!(cause = error.cause(), "the extra certificates are not known");
                return Vec::new();
            }
        };
        let folder = self.0.folder.clone();
        tokio::task::spawn_blocking(move || folder.load(&digests)).await.unwrap_or_default()
    }
}

async fn run_blocking<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(run).await.unwrap_or_else(|_| {
        Err(Problem::new(ProblemCode::Internal, "The certificates could not be read. Try again."))
    })
}

/// Whether a password that was entered for `one` may be sent to `other`.
fn is_same_sign_in(one: &ProxySettings, other: &ProxySettings) -> bool {
    (&one.host, one.port, &one.user_name) == (&other.host, other.port, &other.user_name)
}
