//! The HTTP client of everything that talks to AWS.
//!
//! Where the services that one signs in at are emulated, each request goes to the emulator's address with the name
//! of the service that it was meant and signed for in its Host header, so that what is tested is what AWS gets.

use super::Endpoint;
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::{
    http::{
        HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector,
    },
    orchestrator::HttpRequest,
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};

/// The client for calls to all services but AWS Support; `None` for the SDK's own.
pub(super) fn client(endpoint: &Endpoint) -> Option<SharedHttpClient> {
    match endpoint {
        Endpoint::ByPartition | Endpoint::Override(_) => None,
        Endpoint::Emulated { sign_in, .. } => Some(SharedHttpClient::new(Rerouted {
            to: sign_in.trim_end_matches('/').to_owned(),
            inner: Builder::new().build_http(),
        })),
        Endpoint::InProcess(door) => Some(door.http_client.clone()),
    }
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
    let meant: http::Uri = request.uri().parse()?;
    if let Some(host) = meant.host().filter(|_| request.headers().get("host").is_none()) {
        let host = host.to_owned();
        request.headers_mut().insert("host", host);
    }
    let path = meant.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let there: http::Uri = format!("{to}{path}").parse()?;
    // Cannot fail: it has just been parsed.
    let _ = request.set_uri(there);
    Ok(())
}
