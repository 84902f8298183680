//! Why a connection to AWS fails, and at which hop, with messages that say what happened, what it means and what to do.

use super::Hop;
use desk_model::{Problem, ProblemCode};
use jiff::Timestamp;

/// Why no connection to AWS could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence of each variant tells what its fields are")]
pub enum ConnectError {
    /// The operating system's proxy settings cannot be read.
    #[error(
        "This computer's proxy settings could not be read: {reason}. {SETTINGS} choose the proxy by hand; your IT department knows its name."
    )]
    SystemSettings { reason: String },
    /// An environment variable names a proxy in a form that cannot be parsed. Its value is not quoted, since it may
    /// contain a password.
    #[error(
        "The environment variable {variable} names a proxy, but it cannot be read, so the way to AWS is not known. It should look like http://proxy.example.com:8080; special characters in a user name or password must be written as %…, such as %23 for # and %40 for @. Correct the variable and start ECO Desk again. {SETTINGS} also choose the proxy by hand; your IT department knows its name."
    )]
    EnvironmentVariable { variable: &'static str },
    /// The settings name a proxy that is no HTTP proxy.
    #[error(
        "This computer's settings name “{proxy}”, a kind of proxy that ECO Desk cannot use (it uses HTTP proxies). Ask your IT department for the HTTP proxy, then enter it under Settings → Network."
    )]
    UnsupportedProxy { proxy: String },
    /// The proxy's password cannot be read from the keyring.
    #[error(
        "The proxy's password could not be had from the keyring: {reason}. Unlock the keyring, or enter the password once more under Settings → Network."
    )]
    ProxyPassword { reason: String },
    /// The proxy's name cannot be resolved.
    #[error(
        "The proxy “{proxy}” is not found: its name is not known here. You may be outside the company's network, or the name is misspelt. Check it under Settings → Network, or choose “No proxy” there."
    )]
    ProxyName { proxy: String },
    /// No TCP connection to the proxy can be made.
    #[error(
        "The proxy {proxy} cannot be reached: {reason}. You may be outside the company's network, or the name or port is wrong. Check it under Settings → Network, or choose “No proxy” there."
    )]
    ProxyConnection { proxy: String, reason: String },
    /// The TLS handshake with the proxy fails.
    #[error("{0}")]
    ProxyTls(TlsError),
    /// The proxy requires authentication.
    #[error("{0}")]
    ProxyAuth(ProxyAuthError),
    /// The proxy does not allow connections to this host.
    #[error(
        "The proxy {proxy} does not allow connections to {host} (HTTP {status}). Ask your IT department to allow {host}, port {port}."
    )]
    ProxyRefusal { proxy: String, host: String, port: u16, status: u16 },
    /// The proxy cannot reach the host.
    #[error(
        "The proxy {proxy} cannot reach {host} itself (HTTP {status}). It may pass by itself; if it does not, tell your IT department."
    )]
    ProxyCannotConnect { proxy: String, host: String, status: u16 },
    /// The server at the proxy's address is no HTTP proxy.
    #[error(
        "What answers at {proxy} does not behave like an HTTP proxy ({reason}). Check its name and port under Settings → Network."
    )]
    NotAProxy { proxy: String, reason: String },
    /// The host's name cannot be resolved.
    #[error(
        "The name {host} is not found. This computer may be offline, or it gets out through a proxy only. Check the network connection; if web pages open in your browser, ask your IT department for the proxy and enter it under Settings → Network."
    )]
    HostName { host: String },
    /// No TCP connection to the host can be made.
    #[error(
        "{host} cannot be reached: {reason}. Check the network connection; if web pages open in your browser, a firewall is in the way or a proxy is missing. Ask your IT department, or see Settings → Network."
    )]
    HostConnection { host: String, reason: String },
    /// The TLS handshake with the host fails.
    #[error("{0}")]
    Tls(TlsError),
}

const SETTINGS: &str = "Under Settings → Network you can";

/// Why a proxy refuses to authenticate this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence of each variant tells what its fields are")]
pub enum ProxyAuthError {
    /// The proxy wants a user name and password, and none were entered.
    #[error(
        "The proxy {proxy} asks for a user name and password. Enter them under Settings → Network (choose “Enter a proxy”)."
    )]
    Missing { proxy: String },
    /// The user name or the password is wrong.
    #[error(
        "The proxy {proxy} does not accept the user name or the password. Enter them again under Settings → Network."
    )]
    Wrong { proxy: String },
    /// The proxy wants an authentication scheme that this program does not support.
    #[error(
        "The proxy {proxy} wants a sign-in with {schemes}, which ECO Desk cannot do. Ask your IT department for one of these: let this computer through to {host} without a sign-in, name a proxy that takes a user name and password (Basic), or install a local proxy helper that signs in for programs."
    )]
    Scheme { proxy: String, schemes: String, host: String },
}

/// Why a TLS handshake fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence of each variant tells what its fields are")]
pub enum TlsError {
    /// The issuer of the certificate is not trusted.
    #[error(
        "The connection to {host} cannot be trusted: its certificate was issued by “{issuer}”, which this computer does not know. Companies that look into encrypted traffic show certificates of their own. If “{issuer}” is your company's, get its CA certificate from your IT department and add it under Settings → Network. If not, do not go on: somebody may be reading along."
    )]
    UnknownIssuer { host: String, issuer: String },
    /// The certificate has expired, or this computer's clock is wrong.
    #[error(
        "The certificate that {host} shows (issued by “{issuer}”) ran out on {on}, and this computer's clock says {now}. If the clock is wrong, set it. If it is right, tell your IT department."
    )]
    Expired { host: String, issuer: String, on: String, now: String },
    /// The certificate is not valid yet, or this computer's clock is wrong.
    #[error(
        "The certificate that {host} shows (issued by “{issuer}”) is good only from {on}, and this computer's clock says {now}. Most likely the clock is wrong: set the date and time, then try again."
    )]
    NotYetValid { host: String, issuer: String, on: String, now: String },
    /// The certificate is for another host.
    #[error(
        "What answers as {host} shows a certificate of somebody else ({shown}), issued by “{issuer}”. Something stands between this computer and AWS, such as the sign-in page of a network. Open any web page in your browser and sign in to the network if it asks; if that does not help, tell your IT department."
    )]
    NameMismatch { host: String, issuer: String, shown: String },
    /// The certificate is invalid for another reason.
    #[error(
        "The certificate that {host} shows (issued by “{issuer}”) cannot be used: {reason}. Tell your IT department."
    )]
    Invalid { host: String, issuer: String, reason: String },
    /// The server does not speak TLS, or closed the connection.
    #[error(
        "No encrypted connection to {host} can be made: {reason}. No certificate was shown. Something between this computer and AWS cuts in, such as a firewall or the sign-in page of a network. Open any web page in your browser and sign in to the network if it asks; if that does not help, tell your IT department."
    )]
    Handshake { host: String, reason: String },
}

/// The kind of a [`ConnectError`], by which callers decide on retries and on the problem code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectErrorKind {
    /// No network, or AWS's host does not respond: a retry within the second may succeed.
    Unreachable,
    /// The proxy fails or refuses.
    Proxy,
    /// The TLS handshake fails.
    Encryption,
}

impl ConnectError {
    /// Returns the kind of the error.
    pub fn kind(&self) -> ConnectErrorKind {
        match self {
            Self::HostName { .. } | Self::HostConnection { .. } => ConnectErrorKind::Unreachable,
            Self::SystemSettings { .. }
            | Self::EnvironmentVariable { .. }
            | Self::UnsupportedProxy { .. }
            | Self::ProxyPassword { .. }
            | Self::ProxyName { .. }
            | Self::ProxyConnection { .. }
            | Self::ProxyAuth(_)
            | Self::ProxyRefusal { .. }
            | Self::ProxyCannotConnect { .. }
            | Self::NotAProxy { .. } => ConnectErrorKind::Proxy,
            Self::ProxyTls(_) | Self::Tls(_) => ConnectErrorKind::Encryption,
        }
    }

    /// Returns the hop that failed.
    pub(super) fn hop(&self) -> Hop {
        match self {
            Self::SystemSettings { .. }
            | Self::EnvironmentVariable { .. }
            | Self::UnsupportedProxy { .. } => Hop::Route,
            Self::ProxyName { .. } => Hop::ProxyName,
            Self::ProxyConnection { .. } | Self::ProxyTls(_) => Hop::ProxyConnection,
            Self::ProxyPassword { .. }
            | Self::ProxyAuth(_)
            | Self::ProxyRefusal { .. }
            | Self::ProxyCannotConnect { .. }
            | Self::NotAProxy { .. } => Hop::ProxyPass,
            Self::HostName { .. } => Hop::HostName,
            Self::HostConnection { .. } => Hop::HostConnection,
            Self::Tls(_) => Hop::Encryption,
        }
    }

    /// Whether the next proxy of a list may be tried, since this one cannot be reached.
    pub(super) fn allows_next_proxy(&self) -> bool {
        match self {
            Self::ProxyName { .. }
            | Self::ProxyConnection { .. }
            | Self::ProxyTls(_)
            | Self::NotAProxy { .. } => true,
            Self::SystemSettings { .. }
            | Self::EnvironmentVariable { .. }
            | Self::UnsupportedProxy { .. }
            | Self::ProxyPassword { .. }
            | Self::ProxyAuth(_)
            | Self::ProxyRefusal { .. }
            | Self::ProxyCannotConnect { .. }
            | Self::HostName { .. }
            | Self::HostConnection { .. }
            | Self::Tls(_) => false,
        }
    }
}

impl From<&ConnectError> for Problem {
    fn from(error: &ConnectError) -> Self {
        let code = match error.kind() {
            ConnectErrorKind::Unreachable => ProblemCode::Network,
            ConnectErrorKind::Proxy => ProblemCode::Proxy,
            ConnectErrorKind::Encryption => ProblemCode::Certificate,
        };
        Self::new(code, error.to_string()).retryable()
    }
}

/// Formats an instant as date and time in UTC, for a message.
pub(super) fn format_utc(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| "an unknown day".to_owned(), |at| at.strftime("%-d %B %Y, %H:%M UTC").to_string())
}

/// Describes an I/O error in words for people who are no network engineers.
pub(super) fn describe_io_error(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::ConnectionRefused => "it refuses the connection".to_owned(),
        ErrorKind::TimedOut => "it does not answer in time".to_owned(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            "it breaks the connection off".to_owned()
        }
        ErrorKind::UnexpectedEof => "it closes the connection without an answer".to_owned(),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => {
            "there is no way to it from here, as when a computer is offline".to_owned()
        }
        // Other kinds are not expected here; the system's message has to do.
        _ => error.to_string(),
    }
}
