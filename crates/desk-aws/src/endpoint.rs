//! [`Endpoint`]: the Support API of AWS, of an emulator at a URL, or of one in this process.

use crate::Backend;
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use desk_model::{Field, Problem, ProblemCode};
use http::Uri;
use std::fmt;

/// An in-process Support API, for the demo and for tests.
#[derive(Clone)]
pub struct InProcessApi {
    /// The HTTP client that sends every request to it.
    pub http_client: SharedHttpClient,
    /// The access key id of a key pair that it knows.
    pub access_key_id: String,
    /// The secret of that pair.
    pub secret_access_key: String,
}

impl InProcessApi {
    /// Creates the description of an API that `http_client` leads to, with a key pair that it knows.
    pub fn new(
        http_client: impl HttpClient + 'static,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
    ) -> Self {
        Self {
            http_client: SharedHttpClient::new(http_client),
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
        }
    }
}

impl fmt::Debug for InProcessApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcessApi").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// The endpoint of the Support API.
#[derive(Debug, Clone)]
pub enum Endpoint {
    /// AWS's endpoint in the account's partition.
    ByPartition,
    /// A custom URL, such as an emulator's. Credentials still come from AWS.
    Override(CustomEndpoint),
    /// Emulators of the Support API and of the sign-in services, at two URLs.
    Emulated {
        /// The URL of the Support API.
        support: String,
        /// The URL of STS and IAM Identity Center; each request's `Host` header names the service it is meant for.
        sign_in: String,
    },
    /// An emulator in this process.
    InProcess(InProcessApi),
}

impl Endpoint {
    /// Returns the backend whose data this is. Emulators of both counterparts count as AWS.
    #[must_use]
    pub fn backend(&self) -> Backend {
        match self {
            Self::ByPartition | Self::Emulated { .. } => Backend::Aws,
            Self::Override(endpoint) => Backend::Custom(endpoint.clone()),
            Self::InProcess(_) => Backend::Demo,
        }
    }

    /// Returns an error if credentials of AWS or of a company sign-in must not be used with this endpoint, since signed
    /// requests contain session tokens. A key that a user enters for this endpoint is the user's own choice.
    ///
    /// # Errors
    /// If the endpoint is a custom one that is not on this computer.
    pub fn takes_sign_ins(&self) -> Result<(), Problem> {
        match self {
            Self::Override(endpoint) if !endpoint.is_loopback() => Err(Problem::new(
                ProblemCode::Credentials,
                format!(
                    "This ECO Desk talks to {endpoint} in the place of AWS Support. Profiles and company sign-ins are used only with AWS itself, or with an address on this computer. Connect an access key that was made for {endpoint}."
                ),
            )),
            Self::Override(_) | Self::ByPartition | Self::Emulated { .. } | Self::InProcess(_) => Ok(()),
        }
    }
}

/// The URL of a custom endpoint that replaces AWS Support's: `https`, or `http` on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CustomEndpoint {
    url: String,
    loopback: bool,
}

impl CustomEndpoint {
    /// Parses and normalises a URL.
    ///
    /// # Errors
    /// Describes what is wrong with the URL.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = |why: &str| {
            Problem::field(Field::SupportEndpoint, format!("“{text}” cannot stand in for AWS Support: {why}"))
        };
        let example = "write an address such as https://support.example.com or http://127.0.0.1:4599.";
        let uri: Uri = text.trim().parse().map_err(|_| wrong(example))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong(example));
        };
        if authority.as_str().contains('@') {
            return Err(wrong("an address must not hold a user name or a password."));
        }
        if uri.query().is_some() || text.contains('#') {
            return Err(wrong("leave out what follows ? or #."));
        }
        let loopback = is_loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if loopback => {}
            "http" => {
                return Err(wrong(
                    "requests carry session tokens and what you write, so they go unencrypted only to this computer (127.0.0.1, [::1] or localhost). Use https.",
                ));
            }
            _ => return Err(wrong(example)),
        }
        let path = uri.path().trim_end_matches('/');
        let url = format!("{scheme}://{}{path}", authority.as_str().to_ascii_lowercase());
        Ok(Self { url, loopback })
    }

    /// Returns the normalised URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Whether the host is this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

impl fmt::Display for CustomEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// Whether a host is a loopback address or `localhost`. No other name is resolved, since its address could be anything.
fn is_loopback(host: &str) -> bool {
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_encrypted_or_on_this_computer() {
        for (text, url, loopback) in [
            ("http://127.0.0.1:4599", "http://127.0.0.1:4599", true),
            (" http://127.0.0.1:4599/ ", "http://127.0.0.1:4599", true),
            ("http://LOCALHOST:1/sim/", "http://localhost:1/sim", true),
            ("http://[::1]:1", "http://[::1]:1", true),
            ("http://127.9.9.9", "http://127.9.9.9", true),
            ("https://Support.Example.com", "https://support.example.com", false),
        ] {
            let endpoint = CustomEndpoint::parse(text).unwrap();
            assert_eq!((endpoint.as_str(), endpoint.is_loopback()), (url, loopback), "{text}");
        }
        for text in [
            "http://support.example.com",
            "http://192.168.0.7:4599",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://0.0.0.0:4599",
            "http://127.0.0.1@support.example.com",
            "https://me:secret@support.example.com",
            "https://support.example.com/?token=x",
            "https://support.example.com/#x",
            "ftp://127.0.0.1",
            "support.example.com",
            "/path",
            "",
        ] {
            assert!(CustomEndpoint::parse(text).is_err(), "{text}");
        }
    }
}
