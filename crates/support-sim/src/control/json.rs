//! JSON requests, responses and errors of the control API.

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::eco::EcoError;
use crate::error::SimError;

/// Room for the files of one message in base64: ten of 150 MB would be more than a page can hold, three are not.
pub(super) const BODY_LIMIT: usize = 640 * 1024 * 1024;

/// An error response of the control API.
#[derive(Debug)]
pub(super) struct ControlError {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl ControlError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The request cannot be understood.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NotFound", message)
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        answer(self.status, &body)
    }
}

impl From<EcoError> for ControlError {
    fn from(error: EcoError) -> Self {
        let message = error.to_string();
        match error {
            EcoError::NoSuchCase(_) | EcoError::NoSuchEvent(_) | EcoError::NoSuchContact(_) => {
                Self::not_found(message)
            }
            EcoError::NoSuchService(_)
            | EcoError::NoSuchStory { .. }
            | EcoError::NoSuchAlarm { .. }
            | EcoError::BadLength(_) => Self::bad(message),
            EcoError::Refused(_) => Self::new(StatusCode::CONFLICT, "Conflict", message),
            EcoError::Disk(error) => error.into(),
        }
    }
}

impl From<SimError> for ControlError {
    fn from(error: SimError) -> Self {
        tracing::error!(%error, "the control API could not keep a change");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "NotKept", error.to_string())
    }
}

/// What a handler gives back.
pub(super) type Answer = Result<Response, ControlError>;

pub(super) fn ok(body: &impl Serialize) -> Answer {
    Ok(answer(StatusCode::OK, body))
}

pub(super) fn created(body: &impl Serialize) -> Answer {
    Ok(answer(StatusCode::CREATED, body))
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let bytes =
        serde_json::to_vec(body).expect("what the control API says has string keys and finite numbers");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, bytes).into_response()
}

/// A request's body. It has to say that it is JSON, which a form of a strange page cannot.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ControlError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_json = kind.is_some_and(|kind| {
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        if !is_json {
            return Err(ControlError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "NotJson",
                "send JSON, with the header Content-Type: application/json",
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            ControlError::new(error.status(), "BadBody", format!("the body cannot be read: {error}"))
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| ControlError::bad(format!("the body is not what is expected here: {error}")))
    }
}

/// A part of the path that has to be a number.
pub(super) fn number(text: &str, what: &str) -> Result<u64, ControlError> {
    text.parse()
        .map_err(|_| ControlError::not_found(format!("{what} {text:?} is not there; they have numbers")))
}

/// Runs a closure that may block on the disk on the blocking thread pool.
pub(super) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ControlError> + Send + 'static,
) -> Result<T, ControlError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => {
            tracing::error!(%error, "the control API stumbled");
            Err(ControlError::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Stumbled",
                "support-sim stumbled over this; its log says more",
            ))
        }
    }
}
