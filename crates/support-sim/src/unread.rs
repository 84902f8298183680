//! Drains the unread rest of a request's body while the response is sent.
//!
//! A server that closes a connection with unread bytes in it resets the connection, and the client loses the answer or
//! fails while it is still sending. So what is left of a body is read and thrown away while the answer goes out, up to
//! a limit of bytes and time.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use bytes::Bytes;
use http::header;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use tokio::runtime::Handle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// More than the largest part of an upload; who sends more than that loses the connection.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// How long the sender of a refused body may take for it.
const LONGEST: Duration = Duration::from_secs(30);

/// Done once nothing of the request's body is on its way any more. An extension of each request.
#[derive(Clone)]
pub(crate) struct AllRead(CancellationToken);

impl AllRead {
    /// Waits until the body has been read, thrown away or given up.
    pub(crate) async fn wait(&self) {
        self.0.cancelled().await;
    }
}

/// Lets what the request's handler leaves unread of the body be read all the same.
pub(crate) async fn discard_unread(mut request: Request) -> Request {
    let done = CancellationToken::new();
    request.extensions_mut().insert(AllRead(done.clone()));
    // Who asks for a `100 Continue` sends no body after a refusal.
    let waits = request.headers().contains_key(header::EXPECT);
    request.map(|body| Body::new(Discarding { body: Some(body), waits, done: Some(done.drop_guard()) }))
}

/// A body whose rest is read in the background when it is dropped.
struct Discarding {
    body: Option<Body>,
    /// Whether the client sends the body only once it is asked for.
    waits: bool,
    done: Option<DropGuard>,
}

impl HttpBody for Discarding {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.waits = false;
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = Pin::new(body).poll_frame(cx);
        if let Poll::Ready(None | Some(Err(_))) = &frame {
            self.body = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for Discarding {
    fn drop(&mut self) {
        let Some(mut body) = self.body.take().filter(|body| !self.waits && !body.is_end_stream()) else {
            return;
        };
        // Without a runtime the connection ends with this program.
        let Ok(runtime) = Handle::try_current() else { return };
        let done = self.done.take();
        runtime.spawn(async move {
            let _done = done;
            let mut left = MOST_BYTES;
            let read = async {
                while let Some(Ok(frame)) = body.frame().await {
                    let Some(rest) = left.checked_sub(frame.data_ref().map_or(0, |data| data.len() as u64))
                    else {
                        return;
                    };
                    left = rest;
                }
            };
            if tokio::time::timeout(LONGEST, read).await.is_err() {
                tracing::debug!("a body that nobody wants was given up");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use futures_util::StreamExt as _;

    use super::*;

    const PIECE: usize = 1024 * 1024;

    /// A request with a body that never ends, and how many bytes of it were taken.
    async fn endless(expect: bool) -> (Request, AllRead, Arc<AtomicU64>) {
        let taken = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&taken);
        let pieces = futures_util::stream::repeat(Bytes::from(vec![0; PIECE])).map(move |piece| {
            count.fetch_add(piece.len() as u64, Ordering::Relaxed);
            Ok::<_, std::io::Error>(piece)
        });
        let mut request = Request::new(Body::from_stream(pieces));
        if expect {
            let value = header::HeaderValue::from_static("100-continue");
            request.headers_mut().insert(header::EXPECT, value);
        }
        let request = discard_unread(request).await;
        let all_read = request.extensions().get::<AllRead>().expect("each request has it").clone();
        (request, all_read, taken)
    }

    #[tokio::test]
    async fn an_endless_body_is_given_up_at_the_limit() {
        let (request, all_read, taken) = endless(false).await;
        drop(request);
        all_read.wait().await;
        let taken = taken.load(Ordering::Relaxed);
        assert!((MOST_BYTES..=MOST_BYTES + PIECE as u64).contains(&taken), "{taken} bytes were taken");
    }

    #[tokio::test]
    async fn a_body_that_was_never_asked_for_is_not_waited_for() {
        let (request, all_read, taken) = endless(true).await;
        drop(request);
        all_read.wait().await;
        assert_eq!(taken.load(Ordering::Relaxed), 0);
    }
}
