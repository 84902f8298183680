//! A client of the control API.
#![allow(dead_code)] // each test file uses its own part of it

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

/// The control API of one server.
#[derive(Clone)]
pub(crate) struct Control {
    client: Client<HttpConnector, Full<Bytes>>,
    url: String,
}

impl Control {
    pub(crate) fn at(url: &str) -> Self {
        Self { client: Client::builder(TokioExecutor::new()).build_http(), url: url.to_owned() }
    }

    pub(crate) async fn raw(&self, request: Request<Full<Bytes>>) -> http::Response<Bytes> {
        let answer = tokio::time::timeout(Duration::from_secs(60), self.client.request(request)).await;
        let (parts, body) = answer.expect("it answers").expect("it is reached").into_parts();
        http::Response::from_parts(parts, body.collect().await.expect("a whole body").to_bytes())
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request<Full<Bytes>> {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("{}{path}", self.url));
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        request.body(Full::new(body.map(|body| body.to_string().into()).unwrap_or_default())).unwrap()
    }

    /// What is answered, as JSON.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let answer = self.raw(self.request(method, path, body.as_ref())).await;
        let told = serde_json::from_slice(answer.body())
            .unwrap_or_else(|error| panic!("{method} {path} answered no JSON: {error}: {:?}", answer.body()));
        (answer.status(), told)
    }

    /// What is answered to a call that succeeds.
    #[track_caller]
    pub(crate) fn done(&self, method: &str, path: &str, body: Option<Value>) -> impl Future<Output = Value> {
        let (this, shown) = (self.clone(), format!("{method} {path}"));
        let (method, path) = (method.to_owned(), path.to_owned());
        async move {
            let (status, told) = this.call(&method, &path, body).await;
            assert!(status.is_success(), "{shown}: {status} {told}");
            told
        }
    }

    /// The status and the message of a call that is refused.
    pub(crate) async fn refused(&self, method: &str, path: &str, body: Option<Value>) -> (u16, String) {
        let (status, told) = self.call(method, path, body).await;
        let message = told["error"]["message"].as_str().unwrap_or_else(|| panic!("{status} {told}"));
        (status.as_u16(), message.to_owned())
    }
}
