//! The proxies that the environment names, as curl reads them.
//!
//! What cannot be read is told, and not gone round: who set a variable does not expect a connection without the proxy.

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::fmt;

/// The variables of the environment that name proxies, as curl reads them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// `HTTPS_PROXY`.
    pub https: String,
    /// `HTTP_PROXY`.
    pub http: String,
    /// `ALL_PROXY`.
    pub all: String,
    /// `NO_PROXY`.
    pub no: String,
}

impl fmt::Debug for Environment {
    // The variables may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}

impl Environment {
    /// What this process was started with.
    #[must_use]
    pub fn of_this_process() -> Self {
        let of = |name: &str| {
            [name.to_owned(), name.to_lowercase()]
                .into_iter()
                .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
                // What is no text cannot be read as an address either, and is told then.
                .map(|value| value.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        Self { https: of("HTTPS_PROXY"), http: of("HTTP_PROXY"), all: of("ALL_PROXY"), no: of("NO_PROXY") }
    }

    /// What it says of the way to `uri`.
    pub(super) fn says(&self, uri: &Uri) -> Says {
        let (name, own) = match uri.scheme_str() {
            Some("http") => ("HTTP_PROXY", &self.http),
            Some(_) | None => ("HTTPS_PROXY", &self.https),
        };
        let (variable, value) = if own.is_empty() { ("ALL_PROXY", &self.all) } else { (name, own) };
        if value.is_empty() {
            Says::Nothing
        } else if is_excepted(uri, &self.no) {
            Says::Excepted
        } else {
            read(value, uri).map_or(Says::Unreadable { variable }, Says::Through)
        }
    }
}

/// What the environment says of the way to a host.
pub(super) enum Says {
    Nothing,
    /// It is to be reached without the proxy.
    Excepted,
    Through(Intercept),
    /// The variable that names the proxy makes no sense.
    Unreadable {
        variable: &'static str,
    },
}

/// Whether `uri` is among the exceptions, which stand in curl's way.
pub(super) fn is_excepted(uri: &Uri, exceptions: &str) -> bool {
    // Which proxy it would be decides nothing here.
    Matcher::builder().all("http://proxy").no(exceptions).build().intercept(uri).is_none()
}

/// The proxy on the way to `uri` that a variable names; `None` where it cannot be read.
fn read(value: &str, uri: &Uri) -> Option<Intercept> {
    let value = value.trim();
    let address = value.split_once("://").map_or(value, |(_, address)| address);
    // These end the user name and password, and the rest would be taken for the host or left out.
    let is_cut = |sign_in: &str| sign_in.contains(['/', '?', '#', '@']);
    if address.rsplit_once('@').is_some_and(|(sign_in, _)| is_cut(sign_in)) {
        return None;
    }
    let found = Matcher::builder().all(value).build().intercept(uri)?;
    let place = found.uri().authority()?;
    let names_port = place.as_str().len() > place.host().len();
    (!place.host().is_empty() && (!names_port || place.port_u16().is_some())).then_some(found)
}
