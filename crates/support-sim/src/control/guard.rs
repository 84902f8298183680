//! Access control of the control API: only programs and pages of this computer. A foreign page in the same browser is
//! refused, whether it uses a form, a script, an image or DNS rebinding.

use std::net::IpAddr;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::json::ControlError;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

pub(super) async fn watch(request: Request, next: Next) -> Response {
    let host = request.uri().authority().map(ToString::to_string);
    let host = host.as_deref().or_else(|| text(request.headers(), &header::HOST));
    if let Err(error) = check(request.method(), host, request.headers()) {
        return error.into_response();
    }
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn check(method: &Method, host: Option<&str>, headers: &HeaderMap) -> Result<(), ControlError> {
    let Some(host) = host.filter(|host| is_this_computer(host)) else {
        return Err(forbidden("this is for this computer alone: use http://127.0.0.1 or http://localhost"));
    };
    // Browsers send it with everything that a page does but plain links, images and scripts.
    if let Some(origin) = headers.get(header::ORIGIN) {
        let same = origin.to_str().is_ok_and(|origin| origin.strip_prefix("http://") == Some(host));
        if !same {
            return Err(forbidden("a page of another origin may not do this"));
        }
    }
    // And this tells links from images and scripts.
    let from_elsewhere =
        text(headers, &SEC_FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let follows_a_link = method == Method::GET && text(headers, &SEC_FETCH_MODE) == Some("navigate");
    if from_elsewhere && !follows_a_link {
        return Err(forbidden("a page of another site may not do this"));
    }
    Ok(())
}

fn forbidden(message: &str) -> ControlError {
    ControlError::new(StatusCode::FORBIDDEN, "Forbidden", message)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a host, with or without a port, is a name that only this computer has.
fn is_this_computer(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(method: &Method, host: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        check(method, Some(host), &headers).is_ok()
    }

    #[test]
    fn only_this_computers_names_are_answered() {
        for host in ["127.0.0.1:4567", "localhost:4567", "LOCALHOST", "127.0.0.5", "[::1]:4567", "[::1]"] {
            assert!(passes(&Method::GET, host, &[]), "{host}");
        }
        for host in ["example.com:4567", "127.0.0.1.example.com", "localhost.example.com", "192.168.1.7", ""]
        {
            assert!(!passes(&Method::GET, host, &[]), "{host}");
        }
        assert!(check(&Method::GET, None, &HeaderMap::new()).is_err());
    }

    #[test]
    fn a_strangers_page_gets_nothing() {
        let here = "127.0.0.1:4567";
        assert!(passes(&Method::POST, here, &[("origin", "http://127.0.0.1:4567")]));
        for origin in [
            "http://example.com",
            "http://localhost:4567",
            "http://127.0.0.1:1",
            "null",
            "https://127.0.0.1:4567",
        ] {
            assert!(!passes(&Method::POST, here, &[("origin", origin)]), "{origin}");
        }
        assert!(passes(&Method::GET, here, &[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")]));
        assert!(passes(
            &Method::GET,
            here,
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]
        ));
        for mode in ["no-cors", "cors", "same-origin"] {
            assert!(
                !passes(&Method::GET, here, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", mode)]),
                "{mode}"
            );
        }
        assert!(!passes(
            &Method::POST,
            here,
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]
        ));
        assert!(!passes(&Method::GET, here, &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")]));
    }
}
