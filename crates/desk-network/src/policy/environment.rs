//! The proxies that environment variables name, by curl's rules.
//!
//! A variable that cannot be parsed is an error and never ignored: whoever set it does not expect a direct connection.

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::fmt;

/// The environment variables that name proxies, by curl's rules.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProxyEnvironment {
    /// `HTTPS_PROXY`.
    pub https: String,
    /// `HTTP_PROXY`.
    pub http: String,
    /// `ALL_PROXY`.
    pub all: String,
    /// `NO_PROXY`.
    pub no: String,
}

impl fmt::Debug for ProxyEnvironment {
    // The variables may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProxyEnvironment").finish_non_exhaustive()
    }
}

impl ProxyEnvironment {
    /// Reads the variables of this process.
    #[must_use]
    pub fn from_process() -> Self {
        let of = |name: &str| {
            [name.to_owned(), name.to_lowercase()]
                .into_iter()
                .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
                // A value that is not UTF-8 fails to parse as an address later, which is reported.
                .map(|value| value.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        Self { https: of("HTTPS_PROXY"), http: of("HTTP_PROXY"), all: of("ALL_PROXY"), no: of("NO_PROXY") }
    }

    /// Finds the route to `uri` that the environment asks for.
    pub(super) fn route(&self, uri: &Uri) -> EnvironmentRoute {
        let (name, own) = match uri.scheme_str() {
            Some("http") => ("HTTP_PROXY", &self.http),
            Some(_) | None => ("HTTPS_PROXY", &self.https),
        };
        let (variable, value) = if own.is_empty() { ("ALL_PROXY", &self.all) } else { (name, own) };
        if value.is_empty() {
            EnvironmentRoute::Nothing
        } else if is_excepted(uri, &self.no) {
            EnvironmentRoute::Excepted
        } else {
            parse_proxy(value, uri)
                .map_or(EnvironmentRoute::Unreadable { variable }, EnvironmentRoute::Through)
        }
    }
}

/// The route to a host that the environment asks for.
pub(super) enum EnvironmentRoute {
    Nothing,
    /// A direct connection, since the host is an exception.
    Excepted,
    Through(Intercept),
    /// The variable that names the proxy cannot be parsed.
    Unreadable {
        variable: &'static str,
    },
}

/// Whether `uri` matches the exceptions, which are in curl's syntax.
pub(super) fn is_excepted(uri: &Uri, exceptions: &str) -> bool {
    // Which proxy it would be decides nothing here.
    Matcher::builder().all("http://proxy").no(exceptions).build().intercept(uri).is_none()
}

/// Parses the value of a variable as the proxy for `uri`; `None` if that fails.
fn parse_proxy(value: &str, uri: &Uri) -> Option<Intercept> {
    let value = value.trim();
    let address = value.split_once("://").map_or(value, |(_, address)| address);
    // These characters would end the user info early, and the rest would be taken for the host or ignored.
    let is_cut = |user_info: &str| user_info.contains(['/', '?', '#', '@']);
    if address.rsplit_once('@').is_some_and(|(user_info, _)| is_cut(user_info)) {
        return None;
    }
    let found = Matcher::builder().all(value).build().intercept(uri)?;
    let authority = found.uri().authority()?;
    let names_port = authority.as_str().len() > authority.host().len();
    (!authority.host().is_empty() && (!names_port || authority.port_u16().is_some())).then_some(found)
}
