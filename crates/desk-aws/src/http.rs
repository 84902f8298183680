//! The SDK's HTTP client: hyper's, over connections that [`desk_network::Connector`] makes.
//!
//! If the sign-in services are emulated, each request is sent to the emulator's address, with the host that it was
//! signed for in its `Host` header, so that the tested requests are those that AWS would get.

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
            SharedHttpConnector,
        },
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{body::SdkBody, retry::ErrorKind};
use desk_network::{
    ConnectError, ConnectErrorKind, Connector, ConnectorSettings, NoopObserver, Stream, dial,
};
use futures_util::future::BoxFuture;
use http::Uri;
use hyper_util::{
    client::legacy::{self, Client},
    rt::{TokioExecutor, TokioIo, TokioTimer},
};
use std::{
    error::Error,
    io,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tower_service::Service;

/// Creates an HTTP client with a connection pool of its own.
pub(super) fn client(connector: Connector) -> SharedHttpClient {
    SharedHttpClient::new(ConnectorHttpClient(Arc::new(Pool { connector, cached: Mutex::default() })))
}

/// Creates an HTTP client that sends every request to the address `to`.
pub(super) fn redirected(to: &str, inner: SharedHttpClient) -> SharedHttpClient {
    SharedHttpClient::new(RedirectedClient { to: to.trim_end_matches('/').to_owned(), inner })
}

/// The connection pool.
#[derive(Debug)]
struct Pool {
    connector: Connector,
    /// hyper's client, and the settings that its connections were made with.
    cached: Mutex<Option<(Arc<ConnectorSettings>, Connections)>>,
}

type Connections = Client<Dial, SdkBody>;

impl Pool {
    /// Returns hyper's client for the current settings; connections of former settings are not reused.
    fn client(&self) -> Connections {
        let settings = self.connector.current();
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, client)) = &*cached
            && Arc::ptr_eq(known, &settings)
        {
            return client.clone();
        }
        let client =
            Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(Dial(settings.clone()));
        *cached = Some((settings, client.clone()));
        client
    }
}

/// Makes connections for hyper.
#[derive(Debug, Clone)]
struct Dial(Arc<ConnectorSettings>);

impl Service<Uri> for Dial {
    type Response = TokioIo<Stream>;
    type Error = ConnectError;
    type Future = BoxFuture<'static, Result<Self::Response, ConnectError>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let current = self.0.clone();
        Box::pin(async move { Ok(TokioIo::new(dial(&current, &uri, &mut NoopObserver).await?)) })
    }
}

#[derive(Debug, Clone)]
struct ConnectorHttpClient(Arc<Pool>);

impl HttpClient for ConnectorHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        // The connect timeout is the connector's own: it has one for each hop.
        let connector =
            ConnectorHttpConnector { pool: self.0.clone(), read_timeout: settings.read_timeout() };
        SharedHttpConnector::new(connector)
    }
}

#[derive(Debug)]
struct ConnectorHttpConnector {
    pool: Arc<Pool>,
    read_timeout: Option<Duration>,
}

impl HttpConnector for ConnectorHttpConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (client, read_timeout) = (self.pool.client(), self.read_timeout);
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let asked = client.request(request);
            let answer = match read_timeout {
                None => asked.await,
                Some(limit) => tokio::time::timeout(limit, asked)
                    .await
                    .map_err(|elapsed| ConnectorError::timeout(elapsed.into()))?,
            };
            let answer = answer.map_err(failure)?;
            HttpResponse::try_from(answer.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Converts hyper's error so that the SDK knows whether an immediate retry makes sense.
fn failure(error: legacy::Error) -> ConnectorError {
    let kind = find::<ConnectError>(&error).map(ConnectError::kind);
    let is_io = find::<io::Error>(&error).is_some();
    let error: BoxError = error.into();
    match kind {
        // A proxy's or certificate's failure does not pass within a second.
        Some(ConnectErrorKind::Proxy | ConnectErrorKind::Encryption) => ConnectorError::other(error, None),
        Some(ConnectErrorKind::Unreachable) => ConnectorError::io(error),
        None if is_io => ConnectorError::io(error),
        // The connection broke before or during the response.
        None => ConnectorError::other(error, Some(ErrorKind::TransientError)),
    }
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

/// HTTP client that sends every request to one address.
#[derive(Debug, Clone)]
struct RedirectedClient {
    to: String,
    inner: SharedHttpClient,
}

impl HttpClient for RedirectedClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(RedirectedConnector { to: self.to.clone(), inner })
    }
}

#[derive(Debug)]
struct RedirectedConnector {
    to: String,
    inner: SharedHttpConnector,
}

impl HttpConnector for RedirectedConnector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        match redirect_request(&mut request, &self.to) {
            Ok(()) => self.inner.call(request),
            Err(error) => HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        }
    }
}

fn redirect_request(request: &mut HttpRequest, to: &str) -> Result<(), http::Error> {
    let meant: Uri = request.uri().parse()?;
    if let Some(host) = meant.host().filter(|_| request.headers().get("host").is_none()) {
        let host = host.to_owned();
        request.headers_mut().insert("host", host);
    }
    let path = meant.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let there: Uri = format!("{to}{path}").parse()?;
    // Cannot fail: it has just been parsed.
    let _ = request.set_uri(there);
    Ok(())
}
