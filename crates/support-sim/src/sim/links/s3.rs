//! How S3 answers: what goes right without a body, what goes wrong with an XML document.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;

use crate::error::{SimError, WireError};
use crate::sigv4::presigned::LinkRefusal;
use crate::time_text::{http_date, zulu_seconds};

/// An error of S3: its code and text, and elements that only this error has.
#[derive(Debug)]
pub(super) struct S3Error {
    pub(super) status: StatusCode,
    pub(super) code: String,
    pub(super) message: String,
    more: Vec<(&'static str, String)>,
}

impl S3Error {
    pub(super) fn new(status: StatusCode, code: &str, message: &str) -> Self {
        Self { status, code: code.to_owned(), message: message.to_owned(), more: Vec::new() }
    }

    pub(super) fn no_such_upload() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted \
             or completed.",
        )
    }

    pub(super) fn no_such_key() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist.")
    }

    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalError",
            "We encountered an internal error. Please try again.",
        )
    }

    pub(super) fn of_link(refusal: &LinkRefusal, now: Timestamp) -> Self {
        let denied = |message: &str| Self::new(StatusCode::FORBIDDEN, "AccessDenied", message);
        match refusal {
            LinkRefusal::Unsigned => denied("Access Denied"),
            LinkRefusal::Malformed => Self::new(
                StatusCode::BAD_REQUEST,
                "AuthorizationQueryParametersError",
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
                 X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
            ),
            LinkRefusal::Expired { lived, until } => Self {
                more: vec![
                    ("X-Amz-Expires", lived.to_string()),
                    ("Expires", zulu_seconds(*until)),
                    ("ServerTime", zulu_seconds(now)),
                ],
                ..denied("Request has expired")
            },
            LinkRefusal::Early => denied("Request is not valid yet"),
            LinkRefusal::Mismatch => Self::new(
                StatusCode::FORBIDDEN,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and \
                 signing method.",
            ),
        }
    }

    /// What S3 says where the Support API would say this.
    pub(super) fn of_wire(error: &WireError) -> Self {
        match error.code.as_str() {
            "ThrottlingException" => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "SlowDown", "Please reduce your request rate.")
            }
            "AccessDeniedException" => Self::new(StatusCode::FORBIDDEN, "AccessDenied", "Access Denied"),
            "ExpiredTokenException" => {
                Self::new(StatusCode::BAD_REQUEST, "ExpiredToken", "The provided token has expired.")
            }
            "InternalServerError" => Self::internal(),
            code => Self::new(error.status, code, &error.message),
        }
    }

    pub(super) fn response(&self, request_id: &str, now: Timestamp) -> Response<Bytes> {
        let mut body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message>",
            escaped(&self.code),
            escaped(&self.message)
        );
        for (name, value) in &self.more {
            body.push_str(&format!("<{name}>{}</{name}>", escaped(value)));
        }
        body.push_str(&format!("<RequestId>{request_id}</RequestId><HostId>support-sim</HostId></Error>"));
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.status;
        let length = response.body().len();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        stamp(headers, request_id, now);
        response
    }
}

impl From<SimError> for S3Error {
    fn from(error: SimError) -> Self {
        tracing::error!(%error, "a transfer cannot use the disk");
        Self::internal()
    }
}

/// The headers of every answer.
pub(super) fn stamp(headers: &mut HeaderMap, request_id: &str, now: Timestamp) {
    headers.insert(header::SERVER, HeaderValue::from_static("AmazonS3"));
    for (name, value) in
        [(HeaderName::from_static("x-amz-request-id"), request_id), (header::DATE, &http_date(now))]
    {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
