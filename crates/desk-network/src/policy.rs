//! Which way leads to a host: through which proxy, or none.
//!
//! By hand means by hand: only the exceptions go round an entered proxy, this computer itself too. The system's way is
//! that of curl and browsers: the environment where it names a proxy, else the operating system, and hosts on this
//! computer are reached without one.

mod environment;

pub use self::environment::Environment;
use self::environment::Says;
use super::{ConnectError, ProxyMode, ProxySettings};
use data_encoding::BASE64;
use desk_model::Secret;
use desk_vault::Vault;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Intercept;
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

/// How long the operating system may take: WPAD asks the network first.
const SYSTEM: Duration = Duration::from_secs(6);
/// How long the keyring may take; a call must not be given up before it is known that nothing was sent.
const KEYRING: Duration = Duration::from_secs(6);

/// Asks the operating system which proxies lead to a host: its settings, a PAC file, WPAD. Blocks.
pub trait SystemProxies: fmt::Debug + Send + Sync {
    /// The ways to `url` (`https://host:port/`), the best first; empty where the system names none.
    ///
    /// # Errors
    /// Why it could not be found out, as part of a sentence.
    fn find(&self, url: &str) -> Result<Vec<SystemProxy>, String>;
}

/// A way that the operating system names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemProxy {
    /// Without a proxy.
    Direct,
    /// Through an HTTP proxy.
    Http {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
    },
    /// Through an HTTP proxy that one speaks TLS with.
    Https {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
    },
    /// Through something else, in the system's own words, such as `SOCKS proxy:1080`.
    Other(String),
}

/// A system that names proxies in the environment only.
#[derive(Debug)]
pub(super) struct EnvironmentOnly;

impl SystemProxies for EnvironmentOnly {
    fn find(&self, _url: &str) -> Result<Vec<SystemProxy>, String> {
        Ok(Vec::new())
    }
}

/// Where a proxy's password comes from.
#[derive(Debug, Clone)]
pub(super) enum PasswordSource {
    /// There is none.
    Nowhere,
    /// It was just entered.
    Entered(Secret),
    /// The vault, asked when a proxy is used for the first time.
    Vault { vault: Vault, entry: String, known: Arc<OnceCell<Option<Secret>>> },
}

impl PasswordSource {
    async fn get(&self) -> Result<Option<Secret>, ConnectError> {
        match self {
            Self::Nowhere => Ok(None),
            Self::Entered(secret) => Ok(Some(secret.clone())),
            Self::Vault { vault, entry, known } => {
                let asked = known.get_or_try_init(|| vault.get(entry));
                match tokio::time::timeout(KEYRING, asked).await {
                    Ok(Ok(secret)) => Ok(secret.clone()),
                    Ok(Err(error)) => Err(ConnectError::Password { reason: error.to_string() }),
                    Err(_) => Err(ConnectError::Password { reason: "it stays locked".to_owned() }),
                }
            }
        }
    }
}

/// A proxy.
#[derive(Clone)]
pub(super) struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// Whether one speaks TLS with the proxy itself.
    pub(super) encrypted: bool,
    sign_in: SignInWith,
}

#[derive(Clone)]
enum SignInWith {
    Nothing,
    Header(HeaderValue),
    Password { user_name: String, password: PasswordSource },
}

impl Proxy {
    /// How it is called in a sentence.
    pub(super) fn name(&self) -> String {
        // An address of IPv6 has colons of its own.
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        format!("{host}:{}", self.port)
    }

    /// What it is told to let one through.
    pub(super) async fn authorization(&self) -> Result<Option<HeaderValue>, ConnectError> {
        match &self.sign_in {
            SignInWith::Nothing => Ok(None),
            SignInWith::Header(value) => Ok(Some(value.clone())),
            SignInWith::Password { user_name, password } => {
                Ok(password.get().await?.map(|password| basic(user_name, &password)))
            }
        }
    }
}

/// A way to a host.
#[derive(Clone)]
pub(super) enum Route {
    Direct,
    Through(Proxy),
    /// A proxy that this program cannot use.
    Unusable(String),
}

/// The ways to a host, the best first, and why it is they.
pub(super) struct Routes {
    pub(super) routes: Vec<Route>,
    pub(super) because: String,
}

impl Routes {
    fn one(route: Route, because: impl Into<String>) -> Self {
        Self { routes: vec![route], because: because.into() }
    }
}

/// What decides.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) proxy: ProxySettings,
    pub(super) password: PasswordSource,
    pub(super) environment: Environment,
    pub(super) system: Arc<dyn SystemProxies>,
}

impl Policy {
    /// The ways to the host of `uri`.
    pub(super) async fn routes(&self, uri: &Uri) -> Result<Routes, ConnectError> {
        match self.proxy.mode {
            ProxyMode::None => Ok(Routes::one(Route::Direct, "No proxy, as chosen here")),
            ProxyMode::Manual => Ok(self.by_hand(uri)),
            ProxyMode::System => self.by_system(uri).await,
        }
    }

    fn by_hand(&self, uri: &Uri) -> Routes {
        let ProxySettings { host, port, user_name, exceptions, .. } = &self.proxy;
        if environment::is_excepted(uri, &normal(exceptions)) {
            return Routes::one(Route::Direct, "No proxy: the host is one of the exceptions");
        }
        // What stands in for AWS Support here is spoken to unencrypted: no proxy may read the tokens.
        if uri.scheme_str() == Some("http") && is_this_computer(uri) {
            return Routes::one(Route::Direct, "No proxy: an unencrypted address of this computer");
        }
        let sign_in = if user_name.is_empty() {
            SignInWith::Nothing
        } else {
            SignInWith::Password { user_name: user_name.clone(), password: self.password.clone() }
        };
        let proxy = Proxy { host: host.clone(), port: *port, encrypted: false, sign_in };
        let because = format!("Proxy {}, as entered here", proxy.name());
        Routes::one(Route::Through(proxy), because)
    }

    async fn by_system(&self, uri: &Uri) -> Result<Routes, ConnectError> {
        if is_this_computer(uri) {
            return Ok(Routes::one(Route::Direct, "No proxy: the host is this computer"));
        }
        match self.environment.says(uri) {
            Says::Nothing => {}
            Says::Excepted => {
                let because = "No proxy: an exception in the environment (NO_PROXY)";
                return Ok(Routes::one(Route::Direct, because));
            }
            Says::Unreadable { variable } => return Err(ConnectError::Environment { variable }),
            Says::Through(found) => {
                let route = route_of(&found);
                let because = match &route {
                    Route::Through(proxy) => format!("Proxy {}, from the environment", proxy.name()),
                    Route::Direct | Route::Unusable(_) => "From the environment".to_owned(),
                };
                return Ok(Routes::one(route, because));
            }
        }
        let url = format!("{}://{}/", uri.scheme_str().unwrap_or("https"), authority(uri));
        let system = self.system.clone();
        let asked = tokio::task::spawn_blocking(move || system.find(&url));
        let found = match tokio::time::timeout(SYSTEM, asked).await {
            Ok(Ok(found)) => found.map_err(|reason| ConnectError::System { reason })?,
            Ok(Err(_)) => return Err(ConnectError::System { reason: "asking for them failed".to_owned() }),
            Err(_) => {
                return Err(ConnectError::System { reason: "the system takes too long to tell".to_owned() });
            }
        };
        let routes: Vec<Route> = found.into_iter().map(Route::from).collect();
        Ok(match routes.first() {
            None => Routes::one(Route::Direct, "No proxy: this computer's settings name none"),
            Some(Route::Direct) => {
                Routes { routes, because: "No proxy, says this computer's settings".to_owned() }
            }
            Some(Route::Through(proxy)) => {
                let because = format!("Proxy {}, from this computer's settings", proxy.name());
                Routes { routes, because }
            }
            Some(Route::Unusable(_)) => {
                Routes { routes, because: "From this computer's settings".to_owned() }
            }
        })
    }
}

impl From<SystemProxy> for Route {
    fn from(found: SystemProxy) -> Self {
        match found {
            SystemProxy::Direct => Self::Direct,
            SystemProxy::Http { host, port } => {
                Self::Through(Proxy { host, port, encrypted: false, sign_in: SignInWith::Nothing })
            }
            SystemProxy::Https { host, port } => {
                Self::Through(Proxy { host, port, encrypted: true, sign_in: SignInWith::Nothing })
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
            host: bare(host).to_owned(),
            port: uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 }),
            encrypted,
            sign_in: found.basic_auth().cloned().map_or(SignInWith::Nothing, SignInWith::Header),
        }),
        _ => Route::Unusable(uri.to_string().trim_end_matches('/').to_owned()),
    }
}

/// The host and the port, which is the scheme's where the address names none.
pub(super) fn authority(uri: &Uri) -> String {
    format!("{}:{}", uri.host().unwrap_or_default(), port(uri))
}

/// The port of an address.
pub(super) fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 })
}

/// A host without the brackets of IPv6.
pub(super) fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

fn is_this_computer(uri: &Uri) -> bool {
    let host = bare(uri.host().unwrap_or_default());
    let name = host.to_ascii_lowercase();
    host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        || name == "localhost"
        || name.ends_with(".localhost")
}

/// Exceptions as people write them, Windows' `*.example.com; <local>` too, in curl's way.
fn normal(exceptions: &str) -> String {
    let parts = exceptions.split([',', ';', ' ', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.strip_prefix("*.").unwrap_or(part)).collect::<Vec<_>>().join(",")
}

fn basic(user_name: &str, password: &Secret) -> HeaderValue {
    let plain = Zeroizing::new(format!("{user_name}:{}", password.reveal()));
    let text = Zeroizing::new(format!("Basic {}", BASE64.encode(plain.as_bytes())));
    let mut value = HeaderValue::from_str(&text).expect("base64 is always a header's value");
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests;
