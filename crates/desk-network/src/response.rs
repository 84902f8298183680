//! Minimal HTTP/1.1 client that sends one request and reads only the response head: a proxy's response to CONNECT, or
//! AWS's when the connection is tested.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// Maximum size of a response head.
pub(super) const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Maximum number of header lines.
const MAX_HEADERS: usize = 96;

/// A response's status and headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResponseHead {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
}

/// Why no response head could be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ResponseError {
    #[error("{}", super::connect_error::describe_io_error(.0))]
    Broken(#[from] io::Error),
    #[error("it does not speak HTTP")]
    NotHttp,
    #[error("its answer has no end")]
    Endless,
}

impl ResponseHead {
    /// Returns the values of a header, in their order.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether the name of a header starts with `prefix`, which is in lower case.
    pub(super) fn has_prefix(&self, prefix: &str) -> bool {
        self.headers.iter().any(|(name, _)| name.to_ascii_lowercase().starts_with(prefix))
    }
}

/// Sends `request` and reads the response head. What was read of the body along with it is discarded.
pub(super) async fn send_request<W: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut W,
    request: &[u8],
) -> Result<ResponseHead, ResponseError> {
    wire.write_all(request).await?;
    wire.flush().await?;
    let mut bytes = Vec::with_capacity(1024);
    loop {
        let read = wire.read_buf(&mut bytes).await?;
        if let Some(head) = parse_head(&bytes)? {
            return Ok(head);
        }
        if read == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        if bytes.len() > MAX_HEAD_BYTES {
            return Err(ResponseError::Endless);
        }
    }
}

/// Parses a response head; `None` while it is incomplete.
fn parse_head(bytes: &[u8]) -> Result<Option<ResponseHead>, ResponseError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(bytes) {
        Ok(httparse::Status::Partial) => Ok(None),
        Ok(httparse::Status::Complete(_)) => {
            let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
            let headers = response.headers.iter().map(|one| (one.name.to_owned(), text(one.value))).collect();
            Ok(Some(ResponseHead { status: response.code.unwrap_or_default(), headers }))
        }
        Err(_) => Err(ResponseError::NotHttp),
    }
}
