//! Makes a connection to a host, step by step: the route, the proxy, the host, the encryption.

use super::{
    ConnectorSettings, Hop, Stream,
    connect_error::{ConnectError, reason},
    policy::{Proxy, Route, authority, bare, port},
    tls,
    tunnel::{self, Way},
};
use http::Uri;
use hyper_util::client::legacy::connect::{HttpConnector, dns::Name};
use std::{
    future::{Ready, ready},
    io,
    net::SocketAddr,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{net::TcpStream, time::Instant};
use tower_service::Service;

/// Until a connection must be made, from its name to its encryption. With what finding the route and the password may
/// take (each 6 s) it stays below the 30 s after which a call is given up: so it is always known that nothing was sent.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Until a name must have an address.
const RESOLVE_TIMEOUT: Duration = Duration::from_secs(6);
/// Until a host must take a connection.
const TCP_TIMEOUT: Duration = Duration::from_secs(6);

/// Observer of the steps of a connection that is made.
pub trait DialObserver {
    /// A step went well; `detail` says in a few words what was found.
    fn passed(&mut self, hop: Hop, detail: String);
    /// A way begins: through this proxy, or none. What was told of an earlier one came to nothing.
    fn begins(&mut self, proxy: Option<&str>);
}

/// Observer that notes nothing.
pub struct NoopObserver;

impl DialObserver for NoopObserver {
    fn passed(&mut self, _hop: Hop, _detail: String) {}

    fn begins(&mut self, _proxy: Option<&str>) {}
}

/// Connects to the host of `uri`: encrypted for `https`. Nothing has been sent to it then but a greeting.
///
/// # Errors
/// The step of the way that failed, and why.
pub async fn dial(
    current: &ConnectorSettings,
    uri: &Uri,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    let found = current.policy.routes(uri).await?;
    if found.routes.iter().any(|route| !matches!(route, Route::Unusable(_))) {
        observer.passed(Hop::Route, found.because);
    }
    let mut last = None;
    let ends = Instant::now() + CONNECT_TIMEOUT;
    for route in &found.routes {
        let tried = match route {
            Route::Direct => direct(current, uri, ends, observer).await,
            Route::Through(proxy) => through(current, proxy, uri, ends, observer).await,
            Route::Unusable(said) => Err(ConnectError::Unusable { proxy: said.clone() }),
        };
        match tried {
            Ok(stream) => return Ok(stream),
            // The next of the list is there for when a proxy is down, not for when it says no.
            Err(error) if error.is_about_reaching_the_proxy() => last = Some(error),
            Err(error @ ConnectError::Unusable { .. }) => last = last.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| ConnectError::System { reason: "they name no way at all".to_owned() }))
}

async fn direct(
    current: &ConnectorSettings,
    uri: &Uri,
    ends: Instant,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    observer.begins(None);
    let host = bare(uri.host().unwrap_or_default());
    let addresses = resolve(host, port(uri), ends).await;
    let addresses = addresses.ok_or_else(|| ConnectError::HostName { host: host.to_owned() })?;
    observer.passed(Hop::HostName, shown(&addresses));
    let wire = connect(addresses, ends)
        .await
        .map_err(|error| ConnectError::HostConnection { host: host.to_owned(), reason: reason(&error) })?;
    observer.passed(Hop::HostConnection, peer(&wire));
    finish(current, uri, wire, ends, observer).await
}

async fn through(
    current: &ConnectorSettings,
    proxy: &Proxy,
    uri: &Uri,
    ends: Instant,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    let name = proxy.name();
    observer.begins(Some(&name));
    let asked = Instant::now();
    let authorization = proxy.authorization().await?;
    let ends = ends + asked.elapsed();
    let addresses = resolve(&proxy.host, proxy.port, ends).await;
    let addresses = addresses.ok_or_else(|| ConnectError::ProxyName { proxy: proxy.host.clone() })?;
    observer.passed(Hop::ProxyName, shown(&addresses));
    let wire = connect(addresses, ends)
        .await
        .map_err(|error| ConnectError::ProxyConnection { proxy: name.clone(), reason: reason(&error) })?;
    let host = bare(uri.host().unwrap_or_default());
    let way = Way { proxy: &name, host, port: port(uri), authorization };
    let late =
        || ConnectError::NoProxy { proxy: name.clone(), reason: "it does not answer in time".to_owned() };
    if proxy.encrypted {
        let config = current.tls(&proxy.host).await?;
        let encrypting = tls::encrypt(&config, &proxy.host, wire);
        let encrypted = tokio::time::timeout_at(ends, encrypting).await.map_err(|_| late())?;
        let mut wire = encrypted.map_err(|error| match error {
            ConnectError::Encryption(why) => ConnectError::ProxyEncryption(why),
            other => other,
        })?;
        observer.passed(Hop::ProxyConnection, tls::described(&wire));
        tokio::time::timeout_at(ends, tunnel::open(&mut wire, &way)).await.map_err(|_| late())??;
        observer.passed(Hop::ProxyPass, format!("It lets us through to {}", authority(uri)));
        finish(current, uri, wire, ends, observer).await
    } else {
        let mut wire = wire;
        observer.passed(Hop::ProxyConnection, peer(&wire));
        tokio::time::timeout_at(ends, tunnel::open(&mut wire, &way)).await.map_err(|_| late())??;
        observer.passed(Hop::ProxyPass, format!("It lets us through to {}", authority(uri)));
        finish(current, uri, wire, ends, observer).await
    }
}

/// Encrypts what leads to the host.
async fn finish<W: super::stream::Wire + 'static>(
    current: &ConnectorSettings,
    uri: &Uri,
    wire: W,
    ends: Instant,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    if uri.scheme_str() == Some("http") {
        return Ok(Stream::new(wire));
    }
    let host = bare(uri.host().unwrap_or_default());
    let config = current.tls(host).await?;
    let late = |_| {
        let reason = "it does not answer in time".to_owned();
        ConnectError::Encryption(super::connect_error::Encryption::None { host: host.to_owned(), reason })
    };
    let stream = tokio::time::timeout_at(ends, tls::encrypt(&config, host, wire)).await.map_err(late)??;
    observer.passed(Hop::Encryption, tls::described(&stream));
    Ok(Stream::new(stream))
}

/// The addresses of a name; `None` where it has none, or nobody says in time.
async fn resolve(host: &str, port: u16, ends: Instant) -> Option<Vec<SocketAddr>> {
    let limit = ends.min(Instant::now() + RESOLVE_TIMEOUT);
    let found = tokio::time::timeout_at(limit, tokio::net::lookup_host((host, port))).await;
    let addresses: Vec<_> = found.ok()?.ok()?.collect();
    (!addresses.is_empty()).then_some(addresses)
}

/// Connects to whichever of the addresses answers, IPv6 and IPv4 side by side (RFC 8305), as hyper's connector does it.
async fn connect(addresses: Vec<SocketAddr>, ends: Instant) -> io::Result<TcpStream> {
    let port = addresses.first().map_or(0, SocketAddr::port);
    let mut connector = HttpConnector::new_with_resolver(Known(addresses));
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(TCP_TIMEOUT));
    // A firewall that forgets a connection is noticed before the next request is lost in it.
    connector.set_keepalive(Some(Duration::from_secs(60)));
    let uri = Uri::builder().scheme("http").authority(format!("known:{port}")).path_and_query("/").build();
    let uri = uri.map_err(io::Error::other)?;
    let limit = ends.min(Instant::now() + TCP_TIMEOUT);
    match tokio::time::timeout_at(limit, connector.call(uri)).await {
        Ok(Ok(wire)) => Ok(wire.into_inner()),
        Ok(Err(error)) => Err(io_of(&error).unwrap_or_else(|| io::Error::other(error))),
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// The system's error below hyper's.
fn io_of(error: &(dyn std::error::Error + 'static)) -> Option<io::Error> {
    let mut chain = std::iter::successors(Some(error), |&error| error.source());
    let found = chain.find_map(|error| error.downcast_ref::<io::Error>())?;
    Some(match found.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => found.kind().into(),
    })
}

/// Answers addresses that are known already.
#[derive(Debug, Clone)]
struct Known(Vec<SocketAddr>);

impl Service<Name> for Known {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _name: Name) -> Self::Future {
        ready(Ok(self.0.clone().into_iter()))
    }
}

fn shown(addresses: &[SocketAddr]) -> String {
    let mut ips: Vec<String> = addresses.iter().map(|address| address.ip().to_string()).collect();
    ips.dedup();
    match ips.as_slice() {
        [] => String::new(),
        [first] => first.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

fn peer(wire: &TcpStream) -> String {
    wire.peer_addr().map_or_else(|_| "connected".to_owned(), |address| format!("connected to {address}"))
}
