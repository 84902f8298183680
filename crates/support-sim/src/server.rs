//! The socket transport: an HTTP server, which can also end a connection without a response.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::map_request;
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use axum::{Extension, Router};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::control;
use crate::sim::Sim;
use crate::sim::Transport;
use crate::unread::{AllRead, discard_unread};

/// A running server. Dropping it stops it; [`Server::shutdown`] also waits for the calls under way.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl Server {
    /// Returns the address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint URL for clients, such as `http://127.0.0.1:4567`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops accepting calls and waits for those in progress.
    pub async fn shutdown(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the server did not end cleanly");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Sim {
    /// Serves on this listener until the server is shut down or dropped. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// The listener has no address.
    pub fn serve(&self, listener: TcpListener) -> io::Result<Server> {
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let app = routes(self, &stop).into_make_service_with_connect_info::<CutSwitch>();
        let serving = axum::serve(CuttableListener(listener), app)
            .with_graceful_shutdown(stop.clone().cancelled_owned());
        self.is_served_at(address);
        let sim = self.clone();
        let task = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(%error, "the server stopped");
            }
            sim.is_no_longer_served_at(address);
        });
        Ok(Server { address, stop, task: Some(task) })
    }
}

/// Builds the routes. Every path that is not one of the control API or the pages goes to the service.
fn routes(sim: &Sim, stop: &CancellationToken) -> Router {
    let routes = Router::new().merge(control::routes(sim, stop)).fallback(answer).with_state(sim.clone());
    routes.layer(map_request(discard_unread))
}

async fn answer(
    State(sim): State<Sim>,
    ConnectInfo(cut): ConnectInfo<CutSwitch>,
    Extension(all_read): Extension<AllRead>,
    request: Request,
) -> Response {
    let how = match sim.handle(request, Transport::Socket).await {
        Answer::Response(response) => return response.map(Body::new),
        Answer::Dropped => {
            // With unread bytes in it, the connection would end with a reset.
            all_read.wait().await;
            CLOSE
        }
        Answer::Reset => RESET,
    };
    cut.0.store(how, Ordering::Release);
    Response::new(Body::empty())
}

/// Once it is not [`OPEN`], nothing more is written to the connection, which then ends.
#[derive(Clone)]
struct CutSwitch(Arc<AtomicU8>);

const OPEN: u8 = 0;
/// The connection closes as after a last answer.
const CLOSE: u8 = 1;
/// The connection ends with a reset.
const RESET: u8 = 2;

impl Connected<IncomingStream<'_, CuttableListener>> for CutSwitch {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().cut.clone()
    }
}

struct CuttableListener(TcpListener);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "answers may be late");
        }
        (CuttableStream { stream, cut: CutSwitch(Arc::default()) }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

struct CuttableStream {
    stream: TcpStream,
    cut: CutSwitch,
}

impl CuttableStream {
    fn check(&self) -> io::Result<()> {
        match self.cut.0.load(Ordering::Acquire) {
            OPEN => return Ok(()),
            RESET => self.stream.set_zero_linger()?,
            _ => {}
        }
        Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut on demand"))
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
