//! One HTTP request over a connection of one's own, of whose answer only the head is wanted: a proxy's to CONNECT, or
//! AWS's when the connection is tested.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// Longest head of an answer.
pub(super) const LONGEST: usize = 16 * 1024;
/// Most header lines of an answer.
const MOST_HEADERS: usize = 96;

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error("{}", super::connect_error::reason(.0))]
    Broken(#[from] io::Error),
    #[error("it does not speak HTTP")]
    NotHttp,
    #[error("its answer has no end")]
    Endless,
}

impl Head {
    /// The values of a header, in their order.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether a header's name begins so (in lower case).
    pub(super) fn has_prefix(&self, prefix: &str) -> bool {
        self.headers.iter().any(|(name, _)| name.to_ascii_lowercase().starts_with(prefix))
    }
}

/// Sends `request` and reads the head of the answer. What comes behind the head is read only in part, and lost: it
/// fits where nothing follows, or nothing of it is wanted.
pub(super) async fn ask<W: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut W,
    request: &[u8],
) -> Result<Head, NoAnswer> {
    wire.write_all(request).await?;
    wire.flush().await?;
    let mut bytes = Vec::with_capacity(1024);
    loop {
        let read = wire.read_buf(&mut bytes).await?;
        if let Some(head) = parsed(&bytes)? {
            return Ok(head);
        }
        if read == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        if bytes.len() > LONGEST {
            return Err(NoAnswer::Endless);
        }
    }
}

/// The head, once it is whole.
fn parsed(bytes: &[u8]) -> Result<Option<Head>, NoAnswer> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(bytes) {
        Ok(httparse::Status::Partial) => Ok(None),
        Ok(httparse::Status::Complete(_)) => {
            let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
            let headers = response.headers.iter().map(|one| (one.name.to_owned(), text(one.value))).collect();
            Ok(Some(Head { status: response.code.unwrap_or_default(), headers }))
        }
        Err(_) => Err(NoAnswer::NotHttp),
    }
}
