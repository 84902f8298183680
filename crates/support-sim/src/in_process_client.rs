//! The in-process transport: an HTTP client for the AWS SDK for Rust. It handles calls and links alike, whatever their
//! host.

use std::fmt;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http::{HeaderValue, Request, header};

use crate::answer::Answer;
use crate::sim::Sim;
use crate::sim::Transport;

/// An [`HttpClient`] whose every connection leads to one [`Sim`]. The SDK signs, serialises, times out and retries
/// as it does over a network.
#[derive(Clone)]
pub struct InProcessClient(Sim);

impl fmt::Debug for InProcessClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InProcessClient").field(&self.0).finish()
    }
}

impl Sim {
    /// The HTTP client to give to the AWS SDK's configuration.
    #[must_use]
    pub fn http_client(&self) -> InProcessClient {
        InProcessClient(self.clone())
    }
}

impl HttpClient for InProcessClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector { sim: self.0.clone(), read_timeout: settings.read_timeout() })
    }
}

#[derive(Debug)]
struct Connector {
    sim: Sim,
    read_timeout: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (sim, read_timeout) = (self.sim.clone(), self.read_timeout);
        HttpConnectorFuture::new(async move {
            let request = arrived(request)?;
            let answering = sim.handle(request, Transport::InProcess);
            let answer = match read_timeout {
                None => answering.await,
                Some(limit) => tokio::time::timeout(limit, answering)
                    .await
                    .map_err(|elapsed| ConnectorError::timeout(elapsed.into()))?,
            };
            match answer {
                Answer::Response(response) => HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                    .map_err(|error| ConnectorError::other(error.into(), None)),
                Answer::Dropped => {
                    Err(ConnectorError::io("the connection was closed before an answer".into()))
                }
                Answer::Reset => Err(ConnectorError::io("the connection was reset by the peer".into())),
            }
        })
    }
}

/// Converts the request to the form in which it would arrive at a server, with a `Host` header.
fn arrived(request: HttpRequest) -> Result<Request<SdkBody>, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (mut parts, body) = request.into_parts();
    if !parts.headers.contains_key(header::HOST) {
        let host = parts.uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        let host = HeaderValue::from_str(host).map_err(|error| ConnectorError::user(error.into()))?;
        parts.headers.insert(header::HOST, host);
    }
    Ok(Request::from_parts(parts, body))
}
