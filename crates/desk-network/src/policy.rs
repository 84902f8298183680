//! The routing policy: through which proxy a host is reached, or directly.
//!
//! A proxy that was entered by hand is used for every host but the exceptions, even for this computer itself. Otherwise
//! the rules of curl and browsers apply: the environment if it names a proxy, else the operating system; hosts on this
//! computer are reached directly.

mod environment;

use self::environment::EnvironmentRoute;
pub use self::environment::ProxyEnvironment;
use super::{ConnectError, ProxyMode, ProxySettings};
use data_encoding::BASE64;
use desk_model::Secret;
use desk_vault::Vault;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Intercept;
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

/// Time limit for the operating system's answer: WPAD asks the network first.
const SYSTEM_TIMEOUT: Duration = Duration::from_secs(6);
/// Time limit for the keyring; short enough that a call is not abandoned before it is known that nothing was sent.
const KEYRING_TIMEOUT: Duration = Duration::from_secs(6);

/// Source of the operating system's proxies for a host: its settings, a PAC file, WPAD.
pub trait SystemProxies: fmt::Debug + Send + Sync {
    /// Finds the routes to `url` (`https://host:port/`), the preferred one first; empty if the system names none.
    /// Blocks.
    ///
    /// # Errors
    /// Why the proxies could not be found, as part of a sentence.
    fn find(&self, url: &str) -> Result<Vec<SystemProxy>, String>;
}

/// A route that the operating system names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemProxy {
    /// A direct connection.
    Direct,
    /// Through an HTTP proxy.
    Http {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
    },
    /// Through an HTTP proxy that itself speaks TLS.
    Https {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
    },
    /// Through another kind of proxy, as the system names it, such as `SOCKS proxy:1080`.
    Other(String),
}

/// An operating system without proxy settings.
#[derive(Debug)]
pub(super) struct NoSystemProxies;

impl SystemProxies for NoSystemProxies {
    fn find(&self, _url: &str) -> Result<Vec<SystemProxy>, String> {
        Ok(Vec::new())
    }
}

/// Source of a proxy's password.
#[derive(Debug, Clone)]
pub(super) enum PasswordSource {
    /// There is no password.
    None,
    /// The password that the user has just entered.
    Entered(Secret),
    /// The vault, which is asked when the proxy is first used.
    Vault { vault: Vault, entry: String, known: Arc<OnceCell<Option<Secret>>> },
}

impl PasswordSource {
    async fn get(&self) -> Result<Option<Secret>, ConnectError> {
        match self {
            Self::None => Ok(None),
            Self::Entered(secret) => Ok(Some(secret.clone())),
            Self::Vault { vault, entry, known } => {
                let asked = known.get_or_try_init(|| vault.get(entry));
                match tokio::time::timeout(KEYRING_TIMEOUT, asked).await {
                    Ok(Ok(secret)) => Ok(secret.clone()),
                    Ok(Err(error)) => Err(ConnectError::ProxyPassword { reason: error.to_string() }),
                    Err(_) => Err(ConnectError::ProxyPassword { reason: "it stays locked".to_owned() }),
                }
            }
        }
    }
}

/// An HTTP proxy with its credentials.
#[derive(Clone)]
pub(super) struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// Whether the connection to the proxy itself is TLS.
    pub(super) encrypted: bool,
    auth: ProxyAuth,
}

#[derive(Clone)]
enum ProxyAuth {
    None,
    Header(HeaderValue),
    Password { user_name: String, password: PasswordSource },
}

impl Proxy {
    /// Returns `host:port`, for messages.
    pub(super) fn name(&self) -> String {
        // An address of IPv6 has colons of its own.
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        format!("{host}:{}", self.port)
    }

    /// Returns the value of `Proxy-Authorization`, if the proxy has credentials.
    pub(super) async fn authorization(&self) -> Result<Option<HeaderValue>, ConnectError> {
        match &self.auth {
            ProxyAuth::None => Ok(None),
            ProxyAuth::Header(value) => Ok(Some(value.clone())),
            ProxyAuth::Password { user_name, password } => {
                Ok(password.get().await?.map(|password| basic_auth(user_name, &password)))
            }
        }
    }
}

/// A route to a host.
#[derive(Clone)]
pub(super) enum Route {
    Direct,
    Through(Proxy),
    /// A proxy that this program cannot use.
    Unusable(String),
}

/// The routes to a host, the preferred one first, and why they were chosen.
pub(super) struct Routes {
    pub(super) routes: Vec<Route>,
    pub(super) reason: String,
}

impl Routes {
    fn one(route: Route, reason: impl Into<String>) -> Self {
        Self { routes: vec![route], reason: reason.into() }
    }
}

/// The inputs of the routing decision.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) proxy: ProxySettings,
    pub(super) password: PasswordSource,
    pub(super) environment: ProxyEnvironment,
    pub(super) system: Arc<dyn SystemProxies>,
}

impl Policy {
    /// Finds the routes to the host of `uri`.
    pub(super) async fn routes(&self, uri: &Uri) -> Result<Routes, ConnectError> {
        match self.proxy.mode {
            ProxyMode::None => Ok(Routes::one(Route::Direct, "No proxy, as chosen here")),
            ProxyMode::Manual => Ok(self.manual_routes(uri)),
            ProxyMode::System => self.system_routes(uri).await,
        }
    }

    fn manual_routes(&self, uri: &Uri) -> Routes {
        let ProxySettings { host, port, user_name, exceptions, .. } = &self.proxy;
        if environment::is_excepted(uri, &normalize_exceptions(exceptions)) {
            return Routes::one(Route::Direct, "No proxy: the host is one of the exceptions");
        }
        // An emulator on this computer is reached without encryption: no proxy may read the tokens.
        if uri.scheme_str() == Some("http") && is_this_computer(uri) {
            return Routes::one(Route::Direct, "No proxy: an unencrypted address of this computer");
        }
        let auth = if user_name.is_empty() {
            ProxyAuth::None
        } else {
            ProxyAuth::Password { user_name: user_name.clone(), password: self.password.clone() }
        };
        let proxy = Proxy { host: host.clone(), port: *port, encrypted: false, auth };
        let reason = format!("Proxy {}, as entered here", proxy.name());
        Routes::one(Route::Through(proxy), reason)
    }

    async fn system_routes(&self, uri: &Uri) -> Result<Routes, ConnectError> {
        if is_this_computer(uri) {
            return Ok(Routes::one(Route::Direct, "No proxy: the host is this computer"));
        }
        match self.environment.route(uri) {
            EnvironmentRoute::Nothing => {}
            EnvironmentRoute::Excepted => {
                let reason = "No proxy: an exception in the environment (NO_PROXY)";
                return Ok(Routes::one(Route::Direct, reason));
            }
            EnvironmentRoute::Unreadable { variable } => {
                return Err(ConnectError::EnvironmentVariable { variable });
            }
            EnvironmentRoute::Through(found) => {
                let route = route_of(&found);
                let reason = match &route {
                    Route::Through(proxy) => format!("Proxy {}, from the environment", proxy.name()),
                    Route::Direct | Route::Unusable(_) => "From the environment".to_owned(),
                };
                return Ok(Routes::one(route, reason));
            }
        }
        let url = format!("{}://{}/", uri.scheme_str().unwrap_or("https"), authority(uri));
        let system = self.system.clone();
        let asked = tokio::task::spawn_blocking(move || system.find(&url));
        let found = match tokio::time::timeout(SYSTEM_TIMEOUT, asked).await {
            Ok(Ok(found)) => found.map_err(|reason| ConnectError::SystemSettings { reason })?,
            Ok(Err(_)) => {
                return Err(ConnectError::SystemSettings { reason: "asking for them failed".to_owned() });
            }
            Err(_) => {
                return Err(ConnectError::SystemSettings {
                    reason: "the system takes too long to tell".to_owned(),
                });
            }
        };
        let routes: Vec<Route> = found.into_iter().map(Route::from).collect();
        Ok(match routes.first() {
            None => Routes::one(Route::Direct, "No proxy: this computer's settings name none"),
            Some(Route::Direct) => {
                Routes { routes, reason: "No proxy, says this computer's settings".to_owned() }
            }
            Some(Route::Through(proxy)) => {
                let reason = format!("Proxy {}, from this computer's settings", proxy.name());
                Routes { routes, reason }
            }
            Some(Route::Unusable(_)) => Routes { routes, reason: "From this computer's settings".to_owned() },
        })
    }
}

impl From<SystemProxy> for Route {
    fn from(found: SystemProxy) -> Self {
        match found {
            SystemProxy::Direct => Self::Direct,
            SystemProxy::Http { host, port } => {
                Self::Through(Proxy { host, port, encrypted: false, auth: ProxyAuth::None })
            }
            SystemProxy::Https { host, port } => {
                Self::Through(Proxy { host, port, encrypted: true, auth: ProxyAuth::None })
            }
            SystemProxy::Other(said) => Self::Unusable(said),
        }
    }
}

fn route_of(found: &Intercept) -> Route {
    let uri = found.uri();
    let encrypted = uri.scheme_str() == Some("https");
    match (uri.scheme_str(), uri.host()) {
        (Some("http" | "https"), Some(host)) => Route::Through(Proxy {
            host: without_brackets(host).to_owned(),
            port: uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 }),
            encrypted,
            auth: found.basic_auth().cloned().map_or(ProxyAuth::None, ProxyAuth::Header),
        }),
        _ => Route::Unusable(uri.to_string().trim_end_matches('/').to_owned()),
    }
}

/// Returns `host:port`, with the scheme's default port if the URI names none.
pub(super) fn authority(uri: &Uri) -> String {
    format!("{}:{}", uri.host().unwrap_or_default(), port(uri))
}

/// Returns the port of a URI, or its scheme's default.
pub(super) fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 })
}

/// Removes the brackets of an IPv6 address.
pub(super) fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

fn is_this_computer(uri: &Uri) -> bool {
    let host = without_brackets(uri.host().unwrap_or_default());
    let name = host.to_ascii_lowercase();
    host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        || name == "localhost"
        || name.ends_with(".localhost")
}

/// Converts exceptions as people write them, Windows' `*.example.com; <local>` too, to curl's syntax.
fn normalize_exceptions(exceptions: &str) -> String {
    let parts = exceptions.split([',', ';', ' ', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.strip_prefix("*.").unwrap_or(part)).collect::<Vec<_>>().join(",")
}

fn basic_auth(user_name: &str, password: &Secret) -> HeaderValue {
    let plain = Zeroizing::new(format!("{user_name}:{}", password.reveal()));
    let text = Zeroizing::new(format!("Basic {}", BASE64.encode(plain.as_bytes())));
    let mut value = HeaderValue::from_str(&text).expect("base64 is always a header's value");
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests;
