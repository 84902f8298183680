//! The server: one socket for all services, which the `Host` header tells apart.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::world::SignInSim;
use crate::{login, oidc, portal, sts};

const BODY_LIMIT: usize = 1024 * 1024;
const REQUEST_ID: HeaderValue = HeaderValue::from_static("7a62c49f-347e-4fc4-9331-6e8eEXAMPLE");

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct SignInServer {
    address: SocketAddr,
    _stop: DropGuard,
}

impl SignInServer {
    /// Returns its URL, such as `http://127.0.0.1:4567`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl SignInSim {
    /// Starts a server on a free loopback port. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn serve(&self) -> io::Result<SignInServer> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let app = Router::new().fallback(answer).with_state(self.clone());
        let serving = axum::serve(listener, app).with_graceful_shutdown(stop.clone().cancelled_owned());
        tokio::spawn(async move { serving.await });
        Ok(SignInServer { address, _stop: stop.drop_guard() })
    }
}

async fn answer(State(sim): State<SignInSim>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return empty_response(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = http::Request::from_parts(parts, body);
    let host = host_of(&request).to_owned();
    let mut response = match host.split_once('.') {
        Some(("sts", rest)) => sts::answer(&sim, &host, region_in(rest), &request),
        Some(("oidc", rest)) => oidc::answer(&sim, &host, region_in(rest), &request),
        Some(("portal", rest)) => {
            let region = rest.strip_prefix("sso.").map_or("", region_in);
            portal::answer(&sim, &host, region, &request)
        }
        Some((_, rest)) if rest.starts_with("signin.") => login::answer(&sim, &host, &request),
        // The browser comes to the address itself.
        Some(_) | None if request.uri().path() == "/authorize" => oidc::answer(&sim, &host, "", &request),
        Some(_) | None => return empty_response(StatusCode::NOT_FOUND),
    };
    // Every response of AWS's services has a request id.
    response.headers_mut().insert("x-amzn-requestid", REQUEST_ID);
    let date = sim.world().now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

pub(crate) fn host_of(request: &http::Request<Bytes>) -> &str {
    request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

/// Returns the first label: `eu-west-1` of `eu-west-1.amazonaws.com`.
fn region_in(rest: &str) -> &str {
    rest.split('.').next().unwrap_or_default()
}

pub(crate) fn empty_response(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
