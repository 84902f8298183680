//! The way to AWS: one address for the emulators of all accounts, which can be cut as a network is.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Longest head of a request that is read.
const LONGEST_HEAD: usize = 64 * 1024;

/// How the network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// It carries.
    Up,
    /// Connections are closed at once.
    Refused,
    /// Nothing comes back, and nothing says so.
    Silent,
}

/// Forwarder of requests to the emulator of the account whose key they are signed with.
pub(crate) struct Gate {
    url: String,
    line: watch::Sender<Line>,
    task: JoinHandle<()>,
}

impl Gate {
    /// Opens it before emulators, each with the access key id of its account.
    ///
    /// # Errors
    /// When no port can be opened.
    pub(crate) async fn open(accounts: Vec<(String, SocketAddr)>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("a port for the gate")?;
        let url = format!("http://{}", listener.local_addr()?);
        let (line, seen) = watch::channel(Line::Up);
        let accounts = Arc::new(accounts);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (accounts, seen) = (accounts.clone(), seen.clone());
                // What breaks here breaks as a network does.
                tokio::spawn(async move { drop(carry(stream, &accounts, seen).await) });
            }
        });
        Ok(Self { url, line, task })
    }

    /// The endpoint URL for the program.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Cuts or mends the network; what is under way is cut too.
    pub(crate) fn set(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// A handle that mends it later.
    pub(crate) fn line(&self) -> watch::Sender<Line> {
        self.line.clone()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries one request and its answer.
async fn carry(
    mut stream: TcpStream,
    accounts: &[(String, SocketAddr)],
    mut line: watch::Receiver<Line>,
) -> Result<()> {
    let Some((head, body)) = request(&mut stream).await? else { return Ok(()) };
    if *line.borrow() == Line::Up {
        tokio::select! {
            answered = answer(&mut stream, accounts, &head, &body) => return answered,
            cut = line.wait_for(|line| *line != Line::Up) => { cut?; }
        }
    }
    if *line.borrow() == Line::Silent {
        line.wait_for(|line| *line != Line::Silent).await?;
    }
    Ok(())
}

/// The head of a request, and its body; `None` where the client left.
async fn request(stream: &mut TcpStream) -> Result<Option<(String, Vec<u8>)>> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 2;
        }
        anyhow::ensure!(read.len() < LONGEST_HEAD, "a head without an end");
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let mut body = read.split_off(end + 2);
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    while body.len() < length.unwrap_or(0) {
        if stream.read_buf(&mut body).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some((head, body)))
}

async fn answer(
    stream: &mut TcpStream,
    accounts: &[(String, SocketAddr)],
    head: &str,
    body: &[u8],
) -> Result<()> {
    let signed_by = |(key, _): &&(String, SocketAddr)| head.contains(&format!("Credential={key}/"));
    let (_, address) = accounts.iter().find(signed_by).context("nobody's key")?;
    let mut emulator = TcpStream::connect(address).await?;
    emulator.write_all(head.as_bytes()).await?;
    emulator.write_all(b"connection: close\r\n\r\n").await?;
    emulator.write_all(body).await?;
    tokio::io::copy(&mut emulator, stream).await?;
    stream.shutdown().await?;
    Ok(())
}
