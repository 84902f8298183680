//! The result of a request: an HTTP response whose body may be streamed, or the end of the connection.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame, SizeHint};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use tokio::sync::mpsc;

/// The body of a response.
pub type AnswerBody = BoxBody<Bytes, io::Error>;

/// The result of a request.
#[derive(Debug)]
pub enum Answer {
    /// An HTTP response.
    Response(Response<AnswerBody>),
    /// The connection closes without a response. The log of calls tells whether the call was processed.
    Dropped,
    /// The connection is reset without a response. The log of calls tells whether the call was processed.
    Reset,
}

impl From<Response<Bytes>> for Answer {
    fn from(response: Response<Bytes>) -> Self {
        Self::Response(response.map(whole))
    }
}

/// Creates a body that is complete.
pub(crate) fn whole(bytes: Bytes) -> AnswerBody {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

/// A body that is still being produced. It fails if the producer sends an error or fewer bytes than announced.
pub(crate) struct StreamedBody {
    from: mpsc::Receiver<io::Result<Bytes>>,
    left: u64,
}

impl StreamedBody {
    /// Creates a body of `length` bytes and the channel for them.
    pub(crate) fn of_length(length: u64) -> (mpsc::Sender<io::Result<Bytes>>, AnswerBody) {
        // A few pieces ahead of the network are enough to keep it busy.
        let (sender, from) = mpsc::channel(4);
        (sender, Self { from, left: length }.boxed())
    }
}

impl Body for StreamedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match ready!(self.from.poll_recv(cx)) {
            Some(Ok(piece)) => {
                self.left = self.left.saturating_sub(piece.len() as u64);
                Ok(Frame::data(piece))
            }
            Some(Err(error)) => Err(error),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Creates a body that breaks off half way, unless it is empty.
pub(crate) fn truncated(bytes: &Bytes) -> AnswerBody {
    let length = bytes.len();
    let (sender, body) = StreamedBody::of_length(length as u64);
    for piece in [Ok(bytes.slice(..length / 2)), Err(broken_off())] {
        sender.try_send(piece).expect("there is room for two pieces");
    }
    body
}

/// Creates a body that takes this long to arrive.
pub(crate) fn slow(bytes: Bytes, over: Duration) -> AnswerBody {
    const PIECES: usize = 20;
    let (sender, body) = StreamedBody::of_length(bytes.len() as u64);
    let size = bytes.len().div_ceil(PIECES).max(1);
    tokio::spawn(async move {
        let pieces = bytes.chunks(size).count();
        for piece in 0..pieces {
            tokio::time::sleep(over / u32::try_from(pieces).expect("at most twenty")).await;
            let end = bytes.len().min((piece + 1) * size);
            if sender.send(Ok(bytes.slice(piece * size..end))).await.is_err() {
                return;
            }
        }
    });
    body
}

pub(crate) fn broken_off() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "broken off on demand")
}
