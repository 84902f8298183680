//! Where on the way to AWS it fails, and why: whole sentences that say what happened, what it means, what to do.

use super::Hop;
use desk_model::{Problem, ProblemCode};
use jiff::Timestamp;

/// Why no connection to AWS could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence of each variant tells what its fields are")]
pub enum ConnectError {
    /// The operating system could not say which proxy leads there.
    #[error(
        "This computer's proxy settings could not be read: {reason}. {SETTINGS} choose the proxy by hand; your IT department knows its name."
    )]
    System { reason: String },
    /// A variable of the environment names a proxy in a way that makes no sense. What it says is not repeated: there may
    /// be a password in it.
    #[error(
        "The environment variable {variable} names a proxy, but it cannot be read, so the way to AWS is not known. It should look like http://proxy.example.com:8080; special characters in a user name or password must be written as %…, such as %23 for # and %40 for @. Correct the variable and start ECO Desk again. {SETTINGS} also choose the proxy by hand; your IT department knows its name."
    )]
    Environment { variable: &'static str },
    /// The settings name a proxy that is none for HTTP.
    #[error(
        "This computer's settings name “{proxy}”, a kind of proxy that ECO Desk cannot use (it uses HTTP proxies). Ask your IT department for the HTTP proxy, then enter it under Settings → Network."
    )]
    Unusable { proxy: String },
    /// The keyring does not give the proxy's password.
    #[error(
        "The proxy's password could not be had from the keyring: {reason}. Unlock the keyring, or enter the password once more under Settings → Network."
    )]
    Password { reason: String },
    /// The name of the proxy is not known.
    #[error(
        "The proxy “{proxy}” is not found: its name is not known here. You may be outside the company's network, or the name is misspelt. Check it under Settings → Network, or choose “No proxy” there."
    )]
    ProxyName { proxy: String },
    /// The proxy takes no connection.
    #[error(
        "The proxy {proxy} cannot be reached: {reason}. You may be outside the company's network, or the name or port is wrong. Check it under Settings → Network, or choose “No proxy” there."
    )]
    ProxyConnection { proxy: String, reason: String },
    /// The encryption with the proxy itself fails.
    #[error("{0}")]
    ProxyEncryption(Encryption),
    /// The proxy asks for a sign-in.
    #[error("{0}")]
    ProxySignIn(SignIn),
    /// The proxy does not let this host through.
    #[error(
        "The proxy {proxy} does not allow connections to {host} (HTTP {status}). Ask your IT department to allow {host}, port {port}."
    )]
    ProxyRefusal { proxy: String, host: String, port: u16, status: u16 },
    /// The proxy cannot reach the host itself.
    #[error(
        "The proxy {proxy} cannot reach {host} itself (HTTP {status}). It may pass by itself; if it does not, tell your IT department."
    )]
    ProxyReach { proxy: String, host: String, status: u16 },
    /// What listens there is no proxy.
    #[error(
        "What answers at {proxy} does not behave like an HTTP proxy ({reason}). Check its name and port under Settings → Network."
    )]
    NoProxy { proxy: String, reason: String },
    /// The name of the host is not known.
    #[error(
        "The name {host} is not found. This computer may be offline, or it gets out through a proxy only. Check the network connection; if web pages open in your browser, ask your IT department for the proxy and enter it under Settings → Network."
    )]
    HostName { host: String },
    /// The host takes no connection.
    #[error(
        "{host} cannot be reached: {reason}. Check the network connection; if web pages open in your browser, a firewall is in the way or a proxy is missing. Ask your IT department, or see Settings → Network."
    )]
    HostConnection { host: String, reason: String },
    /// The certificate is not trusted, or there is no encryption.
    #[error("{0}")]
    Encryption(Encryption),
}

const SETTINGS: &str = "Under Settings → Network you can";

/// What a proxy that asks for a sign-in wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence of each variant tells what its fields are")]
pub enum SignIn {
    /// A user name and password, and none were given.
    #[error(
        "The proxy {proxy} asks for a user name and password. Enter them under Settings → Network (choose “Enter a proxy”)."
    )]
    Missing { proxy: String },
    /// Others than were given.
    #[error(
        "The proxy {proxy} does not accept the user name or the password. Enter them again under Settings → Network."
    )]
    Wrong { proxy: String },
    /// A way of signing in that this program does not have.
    #[error(
        "The proxy {proxy} wants a sign-in with {schemes}, which ECO Desk cannot do. Ask your IT department for one of these: let this computer through to {host} without a sign-in, name a proxy that takes a user name and password (Basic), or install a local proxy helper that signs in for programs."
    )]
    Scheme { proxy: String, schemes: String, host: String },
}

/// What is wrong with the encryption.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence of each variant tells what its fields are")]
pub enum Encryption {
    /// Issued by somebody who is not trusted.
    #[error(
        "The connection to {host} cannot be trusted: its certificate was issued by “{issuer}”, which this computer does not know. Companies that look into encrypted traffic show certificates of their own. If “{issuer}” is your company's, get its CA certificate from your IT department and add it under Settings → Network. If not, do not go on: somebody may be reading along."
    )]
    UnknownIssuer { host: String, issuer: String },
    /// It has run out, or this computer's clock is wrong.
    #[error(
        "The certificate that {host} shows (issued by “{issuer}”) ran out on {on}, and this computer's clock says {now}. If the clock is wrong, set it. If it is right, tell your IT department."
    )]
    Expired { host: String, issuer: String, on: String, now: String },
    /// It is not good yet, or this computer's clock is wrong.
    #[error(
        "The certificate that {host} shows (issued by “{issuer}”) is good only from {on}, and this computer's clock says {now}. Most likely the clock is wrong: set the date and time, then try again."
    )]
    NotYet { host: String, issuer: String, on: String, now: String },
    /// It is somebody else's.
    #[error(
        "What answers as {host} shows a certificate of somebody else ({shown}), issued by “{issuer}”. Something stands between this computer and AWS, such as the sign-in page of a network. Open any web page in your browser and sign in to the network if it asks; if that does not help, tell your IT department."
    )]
    OtherName { host: String, issuer: String, shown: String },
    /// Anything else about the certificate.
    #[error(
        "The certificate that {host} shows (issued by “{issuer}”) cannot be used: {reason}. Tell your IT department."
    )]
    Unusable { host: String, issuer: String, reason: String },
    /// The other side speaks no TLS, or breaks off.
    #[error(
        "No encrypted connection to {host} can be made: {reason}. No certificate was shown. Something between this computer and AWS cuts in, such as a firewall or the sign-in page of a network. Open any web page in your browser and sign in to the network if it asks; if that does not help, tell your IT department."
    )]
    None { host: String, reason: String },
}

/// What kind of trouble it is, for who retries and who shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectErrorKind {
    /// No network, or AWS's host does not answer: it may pass by itself within the second.
    Unreachable,
    /// The proxy.
    Proxy,
    /// The certificate.
    Encryption,
}

impl ConnectError {
    /// What kind it is.
    pub fn kind(&self) -> ConnectErrorKind {
        match self {
            Self::HostName { .. } | Self::HostConnection { .. } => ConnectErrorKind::Unreachable,
            Self::System { .. }
            | Self::Environment { .. }
            | Self::Unusable { .. }
            | Self::Password { .. }
            | Self::ProxyName { .. }
            | Self::ProxyConnection { .. }
            | Self::ProxySignIn(_)
            | Self::ProxyRefusal { .. }
            | Self::ProxyReach { .. }
            | Self::NoProxy { .. } => ConnectErrorKind::Proxy,
            Self::ProxyEncryption(_) | Self::Encryption(_) => ConnectErrorKind::Encryption,
        }
    }

    /// The step of the way that failed.
    pub(super) fn hop(&self) -> Hop {
        match self {
            Self::System { .. } | Self::Environment { .. } | Self::Unusable { .. } => Hop::Route,
            Self::ProxyName { .. } => Hop::ProxyName,
            Self::ProxyConnection { .. } | Self::ProxyEncryption(_) => Hop::ProxyConnection,
            Self::Password { .. }
            | Self::ProxySignIn(_)
            | Self::ProxyRefusal { .. }
            | Self::ProxyReach { .. }
            | Self::NoProxy { .. } => Hop::ProxyPass,
            Self::HostName { .. } => Hop::HostName,
            Self::HostConnection { .. } => Hop::HostConnection,
            Self::Encryption(_) => Hop::Encryption,
        }
    }

    /// Whether another proxy of a list may do better.
    pub(super) fn is_about_reaching_the_proxy(&self) -> bool {
        match self {
            Self::ProxyName { .. }
            | Self::ProxyConnection { .. }
            | Self::ProxyEncryption(_)
            | Self::NoProxy { .. } => true,
            Self::System { .. }
            | Self::Environment { .. }
            | Self::Unusable { .. }
            | Self::Password { .. }
            | Self::ProxySignIn(_)
            | Self::ProxyRefusal { .. }
            | Self::ProxyReach { .. }
            | Self::HostName { .. }
            | Self::HostConnection { .. }
            | Self::Encryption(_) => false,
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

/// A day and time of UTC, as it stands in a sentence.
pub(super) fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| "an unknown day".to_owned(), |at| at.strftime("%-d %B %Y, %H:%M UTC").to_string())
}

/// Why a connection was not made, in the words of people who are no network engineers.
pub(super) fn reason(error: &std::io::Error) -> String {
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
        // The system's own words for what nobody expects here.
        _ => error.to_string(),
    }
}
