//! [`Connector`]: the settings by which every connection to the outside is made.

pub use super::policy::ProxyEnvironment;
use super::{
    ProxySettings,
    connect_error::{ConnectError, TlsError},
    policy::{NoSystemProxies, PasswordSource, Policy, SystemProxies},
    system::OsProxies,
    tls,
};
use rustls::{ClientConfig, pki_types::CertificateDer};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::OnceCell;

/// Holds the current connection settings (proxy policy, trusted certificates). Cheap to clone; clones share them.
#[derive(Debug, Clone)]
pub struct Connector(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    current: RwLock<Arc<ConnectorSettings>>,
    environment: ProxyEnvironment,
    system: Arc<dyn SystemProxies>,
}

/// Snapshot of the connection settings. Connections made with it are not reused once the settings have changed.
#[derive(Debug)]
pub struct ConnectorSettings {
    pub(super) policy: Policy,
    extra: Vec<CertificateDer<'static>>,
    /// The TLS configuration; built by the first connection.
    config: OnceCell<Arc<ClientConfig>>,
}

impl Default for Connector {
    /// Creates a connector that takes proxies from the environment only.
    fn default() -> Self {
        Self::new(ProxyEnvironment::from_process(), Arc::new(NoSystemProxies))
    }
}

impl Connector {
    /// Creates a connector that takes proxies from the environment, else from the operating system with its PAC files
    /// and WPAD.
    #[must_use]
    pub fn from_system() -> Self {
        Self::new(ProxyEnvironment::from_process(), Arc::new(OsProxies::default()))
    }

    /// Creates a connector that takes proxies from `environment`, and where it names none, from `system`.
    #[must_use]
    pub fn new(environment: ProxyEnvironment, system: Arc<dyn SystemProxies>) -> Self {
        let policy = Policy {
            proxy: ProxySettings::default(),
            password: PasswordSource::None,
            environment: environment.clone(),
            system: system.clone(),
        };
        let current = RwLock::new(Arc::new(ConnectorSettings::new(policy, Vec::new())));
        Self(Arc::new(Inner { current, environment, system }))
    }

    /// Returns a snapshot of the current settings.
    pub fn current(&self) -> Arc<ConnectorSettings> {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Builds settings from these values without applying them.
    pub(super) fn settings_with(
        &self,
        proxy: ProxySettings,
        password: PasswordSource,
        extra: Vec<CertificateDer<'static>>,
    ) -> ConnectorSettings {
        let policy = Policy {
            proxy,
            password,
            environment: self.0.environment.clone(),
            system: self.0.system.clone(),
        };
        ConnectorSettings::new(policy, extra)
    }

    /// Replaces the current settings; open connections end after their current request.
    pub(super) fn set(&self, current: ConnectorSettings) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(current);
    }
}

impl ConnectorSettings {
    fn new(policy: Policy, extra: Vec<CertificateDer<'static>>) -> Self {
        Self { policy, extra, config: OnceCell::new() }
    }

    /// Returns the TLS configuration; `host` is named in the error.
    pub(super) async fn tls(&self, host: &str) -> Result<Arc<ClientConfig>, ConnectError> {
        let make = || async {
            let extra = self.extra.clone();
            match tokio::task::spawn_blocking(move || tls::config(&extra)).await {
                Ok(made) => made,
                Err(_) => Err("the trusted certificates could not be read".to_owned()),
            }
        };
        let made = self.config.get_or_try_init(make).await;
        made.cloned()
            .map_err(|reason| ConnectError::Tls(TlsError::Handshake { host: host.to_owned(), reason }))
    }
}
