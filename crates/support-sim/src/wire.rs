//! AWS JSON 1.1 over HTTP: what a call looks like, and how an answer or an error is written.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::error::WireError;
use crate::operation::Operation;
use crate::time_text::http_date;

/// The prefix of `X-Amz-Target`.
const SERVICE: &str = "AWSSupport_20130415";
const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");

/// The operation that the `X-Amz-Target` header names.
pub(crate) fn operation(headers: &HeaderMap) -> Option<Operation> {
    let target = headers.get("x-amz-target")?.to_str().ok()?;
    let (service, operation) = target.split_once('.')?;
    (service == SERVICE).then(|| operation.parse().ok())?
}

/// The body of a successful answer.
pub(crate) fn body(output: &impl Serialize) -> Bytes {
    serde_json::to_vec(output).expect("outputs have string keys and finite numbers").into()
}

/// A whole answer.
pub(crate) fn respond(
    outcome: Result<Bytes, WireError>,
    request_id: &str,
    now: Timestamp,
) -> Response<Bytes> {
    let mut response = match outcome {
        Ok(body) => Response::new(body),
        Err(error) => {
            let mut response =
                Response::new(body(&json!({ "__type": error.code, "message": error.message })));
            *response.status_mut() = error.status;
            if let Ok(code) = HeaderValue::from_str(&error.code) {
                response.headers_mut().insert(HeaderName::from_static("x-amzn-errortype"), code);
            }
            response
        }
    };
    response.headers_mut().insert(header::CONTENT_TYPE, CONTENT_TYPE);
    stamp(&mut response, request_id, now);
    response
}

/// An answer without AWS's error body, as from something in front of the service.
pub(crate) fn bare(status: StatusCode, request_id: &str, now: Timestamp) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    stamp(&mut response, request_id, now);
    response
}

fn stamp(response: &mut Response<Bytes>, request_id: &str, now: Timestamp) {
    let length = response.body().len();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    if let Ok(date) = HeaderValue::from_str(&http_date(now)) {
        headers.insert(header::DATE, date);
    }
}
