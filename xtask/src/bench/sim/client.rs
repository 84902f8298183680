//! Sends requests that are written already, as fast as one connection takes them.
//!
//! The requests are signed beforehand, and answers are counted, not parsed: so what is measured is the server.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// A server that is silent for longer has failed.
const TIMEOUT: Duration = Duration::from_secs(120);

/// The requests in a folder, one in each file, in the order of their names.
///
/// # Errors
/// When the folder cannot be read or is empty.
pub(super) fn requests_in(folder: &Path) -> Result<Vec<Vec<u8>>> {
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .with_context(|| format!("cannot list {}", folder.display()))?;
    paths.sort();
    ensure!(!paths.is_empty(), "{} holds no requests", folder.display());
    paths
        .iter()
        .map(|path| fs::read(path).with_context(|| format!("cannot read {}", path.display())))
        .collect()
}

/// One connection, kept open for as long as the server keeps it.
pub(super) struct Client<'a> {
    address: &'a str,
    open: Option<BufReader<TcpStream>>,
    body: Vec<u8>,
}

impl<'a> Client<'a> {
    /// A client for `HOST:PORT`, which connects when it first sends.
    pub(super) fn new(address: &'a str) -> Self {
        Self { address, open: None, body: Vec::new() }
    }

    /// Sends a request and reads all of the answer; gives the time between, with connecting where that is needed.
    ///
    /// # Errors
    /// When the server does not answer, or answers with anything but 200.
    pub(super) fn exchange(&mut self, request: &[u8]) -> Result<Duration> {
        let began = Instant::now();
        let mut stream = match self.open.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address)
                    .with_context(|| format!("cannot connect to {}", self.address))?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(TIMEOUT))?;
                BufReader::with_capacity(1 << 18, stream)
            }
        };
        stream.get_mut().write_all(request)?;
        let head = read_head(&mut stream)?;
        self.body.resize(head.length, 0);
        stream.read_exact(&mut self.body)?;
        let elapsed = began.elapsed();
        if head.status != 200 {
            bail!("the server answered {}: {}", head.status, String::from_utf8_lossy(&self.body));
        }
        if head.keeps_open {
            self.open = Some(stream);
        }
        Ok(elapsed)
    }

    /// The body of the last answer.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    length: usize,
    keeps_open: bool,
}

fn read_head(stream: &mut impl BufRead) -> Result<Head> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let version = words.next().context("the server closed the connection without an answer")?;
    let keeps_open = version == "HTTP/1.1";
    let status = words.next().and_then(|word| word.parse().ok()).context("an answer without a status")?;
    let (mut length, mut head_keeps_open) = (None, keeps_open);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().ok();
        } else if name.eq_ignore_ascii_case("connection") {
            head_keeps_open = !value.eq_ignore_ascii_case("close");
        }
    }
    let length = length.context("an answer whose length is not told")?;
    Ok(Head { status, length, keeps_open: head_keeps_open })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_head_tells_how_far_the_answer_goes() {
        let read = |text: &str| read_head(&mut text.as_bytes());
        let head = read("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX: y\r\n\r\nabc").unwrap();
        assert_eq!(head, Head { status: 200, length: 12, keeps_open: true });
        let head = read("HTTP/1.1 400 Bad\r\ncontent-length: 0\r\nConnection: Close\r\n\r\n").unwrap();
        assert_eq!(head, Head { status: 400, length: 0, keeps_open: false });
        assert!(!read("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").unwrap().keeps_open);
        assert!(read("HTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(read("").is_err());
    }
}
