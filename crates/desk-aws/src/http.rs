//! The HTTP client of everything that talks to AWS: hyper's, over connections that the network's line makes.
//!
//! Where the services that one signs in at are emulated, each request goes to the emulator's address with the name
//! of the service that it was meant and signed for in its Host header, so that what is tested is what AWS gets.

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

/// A client over `line`. Each has connections of its own.
pub(super) fn client(line: Connector) -> SharedHttpClient {
    SharedHttpClient::new(OverLine(Arc::new(Pool { line, made: Mutex::default() })))
}

/// A client that leads every request to the address `to`.
pub(super) fn rerouted(to: &str, inner: SharedHttpClient) -> SharedHttpClient {
    SharedHttpClient::new(Rerouted { to: to.trim_end_matches('/').to_owned(), inner })
}

/// The connections that are kept for the next request.
#[derive(Debug)]
struct Pool {
    line: Connector,
    /// Those made under what is in force, and what that is.
    made: Mutex<Option<(Arc<ConnectorSettings>, Connections)>>,
}

type Connections = Client<Dial, SdkBody>;

impl Pool {
    /// hyper's client. What was connected under former settings is left behind.
    fn client(&self) -> Connections {
        let current = self.line.current();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, client)) = &*made
            && Arc::ptr_eq(known, &current)
        {
            return client.clone();
        }
        let client =
            Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(Dial(current.clone()));
        *made = Some((current, client.clone()));
        client
    }
}

/// Makes hyper's connections.
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
struct OverLine(Arc<Pool>);

impl HttpClient for OverLine {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        // How long a connection may take is the line's own affair: it knows the steps.
        let connector = OverLineConnector { pool: self.0.clone(), read_timeout: settings.read_timeout() };
        SharedHttpConnector::new(connector)
    }
}

#[derive(Debug)]
struct OverLineConnector {
    pool: Arc<Pool>,
    read_timeout: Option<Duration>,
}

impl HttpConnector for OverLineConnector {
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

/// Tells the SDK whether it is worth another try at once.
fn failure(error: legacy::Error) -> ConnectorError {
    let trouble = find::<ConnectError>(&error).map(ConnectError::kind);
    let is_io = find::<io::Error>(&error).is_some();
    let error: BoxError = error.into();
    match trouble {
        // Neither a proxy nor a certificate changes its mind within a second.
        Some(ConnectErrorKind::Proxy | ConnectErrorKind::Encryption) => ConnectorError::other(error, None),
        Some(ConnectErrorKind::Unreachable) => ConnectorError::io(error),
        None if is_io => ConnectorError::io(error),
        // Broken off before or amid the answer.
        None => ConnectorError::other(error, Some(ErrorKind::TransientError)),
    }
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

/// Leads every request to one address.
#[derive(Debug, Clone)]
struct Rerouted {
    to: String,
    inner: SharedHttpClient,
}

impl HttpClient for Rerouted {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(ReroutedConnector { to: self.to.clone(), inner })
    }
}

#[derive(Debug)]
struct ReroutedConnector {
    to: String,
    inner: SharedHttpConnector,
}

impl HttpConnector for ReroutedConnector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        match redirect(&mut request, &self.to) {
            Ok(()) => self.inner.call(request),
            Err(error) => HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        }
    }
}

fn redirect(request: &mut HttpRequest, to: &str) -> Result<(), http::Error> {
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
