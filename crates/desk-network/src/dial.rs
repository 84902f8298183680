//! Connects to a host: finds the route, connects to the proxy, opens the tunnel, connects to the host, encrypts.

use super::{
    ConnectorSettings, Hop, Stream,
    connect_error::{ConnectError, describe_io_error},
    policy::{Proxy, Route, authority, port, without_brackets},
    tls,
    tunnel::{self, TunnelTarget},
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

/// Time limit of a connection, from resolving the name to the TLS handshake. Together with finding the route and the
/// password (6 s each) it stays below the 30 s after which a call is abandoned: so it is always known that nothing was
/// sent.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Time limit for resolving a name.
const RESOLVE_TIMEOUT: Duration = Duration::from_secs(6);
/// Time limit for a TCP connection.
const TCP_TIMEOUT: Duration = Duration::from_secs(6);

/// Observer of the steps of a connection that is made.
pub trait DialObserver {
    /// Called when a hop has succeeded; `detail` says in a few words what was found.
    fn hop_passed(&mut self, hop: Hop, detail: String);
    /// Called when a route is tried: through `proxy`, or without one. What was observed of an earlier route is
    /// obsolete.
    fn route_started(&mut self, proxy: Option<&str>);
}

/// Observer that ignores everything.
pub struct NoopObserver;

impl DialObserver for NoopObserver {
    fn hop_passed(&mut self, _hop: Hop, _detail: String) {}

    fn route_started(&mut self, _proxy: Option<&str>) {}
}

/// Connects to the host of `uri`, with TLS for `https`. No request has been sent to it yet.
///
/// # Errors
/// The hop that failed, and why.
pub async fn dial(
    current: &ConnectorSettings,
    uri: &Uri,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    let routing = current.policy.routes(uri).await?;
    if routing.routes.iter().any(|route| !matches!(route, Route::Unusable(_))) {
        observer.hop_passed(Hop::Route, routing.reason);
    }
    let mut last = None;
    let deadline = Instant::now() + CONNECT_TIMEOUT;
    for route in &routing.routes {
        let tried = match route {
            Route::Direct => dial_direct(current, uri, deadline, observer).await,
            Route::Through(proxy) => dial_through(current, proxy, uri, deadline, observer).await,
            Route::Unusable(said) => Err(ConnectError::UnsupportedProxy { proxy: said.clone() }),
        };
        match tried {
            Ok(stream) => return Ok(stream),
            // The next proxy of the list is for when this one is down, not for when it refuses.
            Err(error) if error.allows_next_proxy() => last = Some(error),
            Err(error @ ConnectError::UnsupportedProxy { .. }) => last = last.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| ConnectError::SystemSettings { reason: "they name no way at all".to_owned() }))
}

async fn dial_direct(
    current: &ConnectorSettings,
    uri: &Uri,
    deadline: Instant,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    observer.route_started(None);
    let host = without_brackets(uri.host().unwrap_or_default());
    let addresses = resolve(host, port(uri), deadline).await;
    let addresses = addresses.ok_or_else(|| ConnectError::HostName { host: host.to_owned() })?;
    observer.hop_passed(Hop::HostName, format_addresses(&addresses));
    let wire = connect(addresses, deadline).await.map_err(|error| ConnectError::HostConnection {
        host: host.to_owned(),
        reason: describe_io_error(&error),
    })?;
    observer.hop_passed(Hop::HostConnection, describe_peer(&wire));
    encrypt_to_host(current, uri, wire, deadline, observer).await
}

async fn dial_through(
    current: &ConnectorSettings,
    proxy: &Proxy,
    uri: &Uri,
    deadline: Instant,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    let name = proxy.name();
    observer.route_started(Some(&name));
    let asked = Instant::now();
    let authorization = proxy.authorization().await?;
    let deadline = deadline + asked.elapsed();
    let addresses = resolve(&proxy.host, proxy.port, deadline).await;
    let addresses = addresses.ok_or_else(|| ConnectError::ProxyName { proxy: proxy.host.clone() })?;
    observer.hop_passed(Hop::ProxyName, format_addresses(&addresses));
    let wire = connect(addresses, deadline).await.map_err(|error| ConnectError::ProxyConnection {
        proxy: name.clone(),
        reason: describe_io_error(&error),
    })?;
    let host = without_brackets(uri.host().unwrap_or_default());
    let target = TunnelTarget { proxy: &name, host, port: port(uri), authorization };
    let late =
        || ConnectError::NotAProxy { proxy: name.clone(), reason: "it does not answer in time".to_owned() };
    if proxy.encrypted {
        let config = current.tls(&proxy.host).await?;
        let encrypting = tls::encrypt(&config, &proxy.host, wire);
        let encrypted = tokio::time::timeout_at(deadline, encrypting).await.map_err(|_| late())?;
        let mut wire = encrypted.map_err(|error| match error {
            ConnectError::Tls(why) => ConnectError::ProxyTls(why),
            other => other,
        })?;
        observer.hop_passed(Hop::ProxyConnection, tls::describe(&wire));
        tokio::time::timeout_at(deadline, tunnel::open(&mut wire, &target)).await.map_err(|_| late())??;
        observer.hop_passed(Hop::ProxyPass, format!("It lets us through to {}", authority(uri)));
        encrypt_to_host(current, uri, wire, deadline, observer).await
    } else {
        let mut wire = wire;
        observer.hop_passed(Hop::ProxyConnection, describe_peer(&wire));
        tokio::time::timeout_at(deadline, tunnel::open(&mut wire, &target)).await.map_err(|_| late())??;
        observer.hop_passed(Hop::ProxyPass, format!("It lets us through to {}", authority(uri)));
        encrypt_to_host(current, uri, wire, deadline, observer).await
    }
}

/// Makes the TLS handshake with the host, unless the scheme is `http`.
async fn encrypt_to_host<W: super::stream::Wire + 'static>(
    current: &ConnectorSettings,
    uri: &Uri,
    wire: W,
    deadline: Instant,
    observer: &mut (impl DialObserver + Send),
) -> Result<Stream, ConnectError> {
    if uri.scheme_str() == Some("http") {
        return Ok(Stream::new(wire));
    }
    let host = without_brackets(uri.host().unwrap_or_default());
    let config = current.tls(host).await?;
    let late = |_| {
        let reason = "it does not answer in time".to_owned();
        ConnectError::Tls(super::connect_error::TlsError::Handshake { host: host.to_owned(), reason })
    };
    let stream =
        tokio::time::timeout_at(deadline, tls::encrypt(&config, host, wire)).await.map_err(late)??;
    observer.hop_passed(Hop::Encryption, tls::describe(&stream));
    Ok(Stream::new(stream))
}

/// Resolves a name; `None` if it has no address, or on a timeout.
async fn resolve(host: &str, port: u16, deadline: Instant) -> Option<Vec<SocketAddr>> {
    let limit = deadline.min(Instant::now() + RESOLVE_TIMEOUT);
    let found = tokio::time::timeout_at(limit, tokio::net::lookup_host((host, port))).await;
    let addresses: Vec<_> = found.ok()?.ok()?.collect();
    (!addresses.is_empty()).then_some(addresses)
}

/// Connects to the first of the addresses that accepts, IPv6 and IPv4 in parallel (RFC 8305), by hyper's connector.
async fn connect(addresses: Vec<SocketAddr>, deadline: Instant) -> io::Result<TcpStream> {
    let port = addresses.first().map_or(0, SocketAddr::port);
    let mut connector = HttpConnector::new_with_resolver(FixedResolver(addresses));
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(TCP_TIMEOUT));
    // Keep-alives detect that a firewall has dropped the connection, before the next request is lost in it.
    connector.set_keepalive(Some(Duration::from_secs(60)));
    let uri = Uri::builder().scheme("http").authority(format!("known:{port}")).path_and_query("/").build();
    let uri = uri.map_err(io::Error::other)?;
    let limit = deadline.min(Instant::now() + TCP_TIMEOUT);
    match tokio::time::timeout_at(limit, connector.call(uri)).await {
        Ok(Ok(wire)) => Ok(wire.into_inner()),
        Ok(Err(error)) => Err(find_io_error(&error).unwrap_or_else(|| io::Error::other(error))),
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// Finds the I/O error in the source chain of hyper's.
fn find_io_error(error: &(dyn std::error::Error + 'static)) -> Option<io::Error> {
    let mut chain = std::iter::successors(Some(error), |&error| error.source());
    let found = chain.find_map(|error| error.downcast_ref::<io::Error>())?;
    Some(match found.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => found.kind().into(),
    })
}

/// Resolver that returns addresses that are known already.
#[derive(Debug, Clone)]
struct FixedResolver(Vec<SocketAddr>);

impl Service<Name> for FixedResolver {
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

fn format_addresses(addresses: &[SocketAddr]) -> String {
    let mut ips: Vec<String> = addresses.iter().map(|address| address.ip().to_string()).collect();
    ips.dedup();
    match ips.as_slice() {
        [] => String::new(),
        [first] => first.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

fn describe_peer(wire: &TcpStream) -> String {
    wire.peer_addr().map_or_else(|_| "connected".to_owned(), |address| format!("connected to {address}"))
}
