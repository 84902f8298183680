//! Opens a tunnel through an HTTP proxy (CONNECT; RFC 9110, 9.3.6).

use super::{
    connect_error::{ConnectError, ProxyAuthError},
    response::{self, ResponseHead},
};
use http::HeaderValue;
use tokio::io::{AsyncRead, AsyncWrite};

/// The host that a tunnel leads to, and the proxy it goes through.
pub(super) struct TunnelTarget<'a> {
    pub(super) proxy: &'a str,
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) authorization: Option<HeaderValue>,
}

/// Sends CONNECT to the proxy at the other end of `wire`. After success `wire` is connected to the host.
pub(super) async fn open<W: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut W,
    target: &TunnelTarget<'_>,
) -> Result<(), ConnectError> {
    // The host sends nothing before the client does, so no bytes after the response head are lost.
    match response::send_request(wire, &request(target)).await {
        Ok(head) => check_response(&head, target),
        Err(error) => {
            Err(ConnectError::NotAProxy { proxy: target.proxy.to_owned(), reason: error.to_string() })
        }
    }
}

fn request(target: &TunnelTarget<'_>) -> zeroize::Zeroizing<Vec<u8>> {
    let host = if target.host.contains(':') { format!("[{}]", target.host) } else { target.host.to_owned() };
    let (port, mut bytes) = (target.port, zeroize::Zeroizing::new(Vec::with_capacity(512)));
    let line = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\nUser-Agent: eco-desk\r\n");
    bytes.extend_from_slice(line.as_bytes());
    if let Some(authorization) = &target.authorization {
        bytes.extend_from_slice(b"Proxy-Authorization: ");
        bytes.extend_from_slice(authorization.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// Returns the authentication schemes in one header, which may list several (RFC 9110, 11.6.1).
fn schemes(value: &str) -> Vec<String> {
    let name = |part: &str| {
        let word = part.split_whitespace().next()?;
        let is_name = word.starts_with(|first: char| first.is_ascii_alphabetic())
            && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        is_name.then(|| word.to_owned())
    };
    value.split(',').filter_map(name).collect()
}

fn check_response(head: &ResponseHead, target: &TunnelTarget<'_>) -> Result<(), ConnectError> {
    let proxy = target.proxy.to_owned();
    let host = target.host.to_owned();
    match head.status {
        200..=299 => Ok(()),
        // Some proxies, tinyproxy among them, send 401 as an origin server would.
        407 | 401 => {
            let mut asked: Vec<String> = Vec::new();
            let headers = head.all("proxy-authenticate").chain(head.all("www-authenticate"));
            for scheme in headers.flat_map(schemes) {
                if !asked.iter().any(|known| known.eq_ignore_ascii_case(&scheme)) {
                    asked.push(scheme);
                }
            }
            let basic = asked.is_empty() || asked.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic"));
            Err(ConnectError::ProxyAuth(match (basic, &target.authorization) {
                (true, Some(_)) => ProxyAuthError::Wrong { proxy },
                (true, None) => ProxyAuthError::Missing { proxy },
                (false, Some(_) | None) => {
                    ProxyAuthError::Scheme { proxy, schemes: asked.join(" or "), host }
                }
            }))
        }
        status @ (500 | 502..=504) => Err(ConnectError::ProxyCannotConnect { proxy, host, status }),
        status => Err(ConnectError::ProxyRefusal { proxy, host, port: target.port, status }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// Opens a tunnel through a proxy that sends this response; also returns the request that it got.
    async fn open_with_response(answer: &str, signed_in: bool) -> (Result<(), ConnectError>, String) {
        let (mut near, mut far) = tokio::io::duplex(32 * 1024);
        let authorization = signed_in.then(|| HeaderValue::from_static("Basic eA=="));
        let target =
            TunnelTarget { proxy: "proxy:3128", host: "sts.amazonaws.com", port: 443, authorization };
        let answer = answer.to_owned();
        let proxy = tokio::spawn(async move {
            let mut asked = vec![0; 4096];
            let read = far.read(&mut asked).await.unwrap();
            far.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8(asked[..read].to_vec()).unwrap()
        });
        let opened = open(&mut near, &target).await;
        (opened, proxy.await.unwrap())
    }

    #[tokio::test]
    async fn the_tunnel_is_asked_for_with_the_hosts_name() {
        let (opened, asked) = open_with_response("HTTP/1.1 200 Connection established\r\n\r\n", true).await;
        assert_eq!(opened, Ok(()));
        assert_eq!(
            asked,
            "CONNECT sts.amazonaws.com:443 HTTP/1.1\r\nHost: sts.amazonaws.com:443\r\nUser-Agent: eco-desk\r\nProxy-Authorization: Basic eA==\r\n\r\n"
        );
        let target = TunnelTarget { proxy: "p", host: "::1", port: 9, authorization: None };
        assert!(request(&target).starts_with(b"CONNECT [::1]:9 HTTP/1.1\r\nHost: [::1]:9\r\n"));
    }

    #[tokio::test]
    async fn each_refusal_says_what_it_means() {
        let asks = |lines: &str| format!("HTTP/1.1 407 Proxy Authentication Required\r\n{lines}\r\n");
        let table = [
            (
                asks("Proxy-Authenticate: Basic realm=\"a, b\"\r\n"),
                false,
                "asks for a user name and password",
            ),
            (
                asks("Proxy-Authenticate: Basic realm=\"x\"\r\n"),
                true,
                "does not accept the user name or the password",
            ),
            (asks(""), false, "asks for a user name and password"),
            (
                "HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"Tinyproxy\"\r\n\r\n".to_owned(),
                false,
                "asks for a user name and password",
            ),
            (
                asks("Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n"),
                true,
                "wants a sign-in with Negotiate or NTLM, which ECO Desk cannot do",
            ),
            (asks("proxy-authenticate: NTLM, Negotiate TlRM, NTLM\r\n"), false, "with NTLM or Negotiate,"),
            (
                asks("Proxy-Authenticate: Digest realm=\"x\", nonce=abc, qop=\"auth\"\r\n"),
                false,
                "with Digest,",
            ),
            (
                asks("Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=x\r\n"),
                false,
                "asks for a user name",
            ),
            (
                "HTTP/1.0 403 Forbidden\r\n\r\nno".to_owned(),
                false,
                "does not allow connections to sts.amazonaws.com (HTTP 403). Ask your IT department to allow sts.amazonaws.com, port 443",
            ),
            (
                "HTTP/1.1 503 Later\r\n\r\n".to_owned(),
                false,
                "cannot reach sts.amazonaws.com itself (HTTP 503)",
            ),
            (
                "SSH-2.0-OpenSSH_9.2\r\n".to_owned(),
                false,
                "does not behave like an HTTP proxy (it does not speak HTTP)",
            ),
            (String::new(), false, "closes the connection without an answer"),
        ];
        for (answer, signed_in, expected) in table {
            let said = open_with_response(&answer, signed_in).await.0.unwrap_err().to_string();
            assert!(said.contains(expected), "{answer:?}: {said}");
        }
    }

    #[tokio::test]
    async fn an_answer_without_an_end_is_given_up() {
        let endless = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(response::MAX_HEAD_BYTES));
        let said = open_with_response(&endless, false).await.0.unwrap_err().to_string();
        assert!(said.contains("its answer has no end"), "{said}");
    }
}
