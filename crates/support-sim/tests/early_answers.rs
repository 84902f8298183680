//! Answers that are given before the client has sent its whole body, over a real socket.
#![allow(clippy::unwrap_used)]

mod support;

use std::io;

use support::in_process;
use support_sim::{Fault, On, Server, Sim, TransferOutcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// More than the buffers of both sides hold.
const LENGTH: usize = 24 * 1024 * 1024;

async fn served() -> (Sim, Server) {
    let sim = Sim::new();
    let server = sim.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    (sim, server)
}

/// Sends the head of a request with a body of [`LENGTH`] bytes, and none of them.
async fn announce(server: &Server, first: &str, host: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!("{first} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {LENGTH}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

async fn send_body(stream: &mut TcpStream) -> io::Result<()> {
    for _ in 0..LENGTH / 65_536 {
        stream.write_all(&[b'x'; 65_536]).await?;
    }
    Ok(())
}

/// Reads one answer, whose body has a length.
async fn answer(stream: &mut TcpStream) -> io::Result<String> {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Ok(text);
            }
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => read.extend_from_slice(&piece[..count]),
        }
    }
}

#[tokio::test]
async fn who_is_refused_early_may_finish_sending_and_ask_again() {
    let (sim, server) = served().await;
    let here = server.address().to_string();
    let client = in_process(&sim);
    let links = client.get_attachment_upload_links().file_name("f").file_size_bytes(4).send().await.unwrap();
    let url = links.upload_urls()[0].url.strip_prefix(&server.url()).unwrap().to_owned();
    for (what, first, host, status) in [
        ("a link without a signature", "PUT /_attachments/upload/upload-0/1".to_owned(), here.as_str(), 403),
        ("more bytes than the part has", format!("PUT {url}"), here.as_str(), 400),
        ("no path of the service", "POST /nowhere".to_owned(), here.as_str(), 404),
        ("a strange host at the control API", "POST /_eco/api/reset".to_owned(), "example.com", 403),
    ] {
        let mut stream = announce(&server, &first, host).await;
        // The whole answer is here before the first byte of the body has left.
        let refused = answer(&mut stream).await.unwrap();
        assert!(refused.starts_with(&format!("http/1.1 {status} ")), "{what}: {refused}");
        send_body(&mut stream).await.unwrap_or_else(|error| panic!("{what}: {error} while sending"));
        let again = format!("GET /_eco/api/clock HTTP/1.1\r\nhost: {here}\r\n\r\n");
        stream.write_all(again.as_bytes()).await.unwrap();
        let second = answer(&mut stream).await.unwrap_or_else(|error| panic!("{what}: then {error}"));
        assert!(second.starts_with("http/1.1 200 "), "{what}: {second}");
    }
}

#[tokio::test]
async fn a_connection_that_is_dropped_on_demand_closes_and_is_not_reset() {
    let (sim, server) = served().await;
    sim.faults().once(On::Upload, Fault::Unreachable);
    let here = server.address().to_string();
    let mut stream = announce(&server, "PUT /_attachments/upload/upload-0/1", &here).await;
    while sim.transfers().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(sim.transfers()[0].outcome, TransferOutcome::Unreachable);
    send_body(&mut stream).await.expect("the body is taken");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.expect("the connection closes");
    assert_eq!(rest, b"");
}
