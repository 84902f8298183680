//! The line to the outside: what is in force now for every connection.

pub use super::policy::Environment;
use super::{
    ProxySettings,
    connect_error::{ConnectError, Encryption},
    policy::{EnvironmentOnly, PasswordSource, Policy, SystemProxies},
    system::ThisComputer,
    tls,
};
use rustls::{ClientConfig, pki_types::CertificateDer};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::OnceCell;

/// The way that every connection to the outside takes. Clones are one and the same line.
#[derive(Debug, Clone)]
pub struct Connector(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    current: RwLock<Arc<ConnectorSettings>>,
    environment: Environment,
    system: Arc<dyn SystemProxies>,
}

/// What is in force at one time. Connections made under it are dropped with it.
#[derive(Debug)]
pub struct ConnectorSettings {
    pub(super) policy: Policy,
    extra: Vec<CertificateDer<'static>>,
    /// Made with the first connection.
    config: OnceCell<Arc<ClientConfig>>,
}

impl Default for Connector {
    /// The proxies of the environment.
    fn default() -> Self {
        Self::new(Environment::of_this_process(), Arc::new(EnvironmentOnly))
    }
}

impl Connector {
    /// A line by the proxies of this computer: those of the environment, else those of the operating system, with its
    /// PAC files and WPAD.
    #[must_use]
    pub fn of_this_computer() -> Self {
        Self::new(Environment::of_this_process(), Arc::new(ThisComputer::default()))
    }

    /// A line by the proxies that the environment names, and where it names none, the operating system.
    #[must_use]
    pub fn new(environment: Environment, system: Arc<dyn SystemProxies>) -> Self {
        let policy = Policy {
            proxy: ProxySettings::default(),
            password: PasswordSource::Nowhere,
            environment: environment.clone(),
            system: system.clone(),
        };
        let current = RwLock::new(Arc::new(ConnectorSettings::new(policy, Vec::new())));
        Self(Arc::new(Inner { current, environment, system }))
    }

    /// What is in force now.
    pub fn current(&self) -> Arc<ConnectorSettings> {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What would be in force with these.
    pub(super) fn would_be(
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

    /// Puts something else in force; connections that are open end after what they are doing.
    pub(super) fn set(&self, current: ConnectorSettings) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(current);
    }
}

impl ConnectorSettings {
    fn new(policy: Policy, extra: Vec<CertificateDer<'static>>) -> Self {
        Self { policy, extra, config: OnceCell::new() }
    }

    /// What one encrypts with on the way to `host`.
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
            .map_err(|reason| ConnectError::Encryption(Encryption::None { host: host.to_owned(), reason }))
    }
}
