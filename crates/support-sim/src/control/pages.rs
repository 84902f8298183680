//! The pages for people, as files of this crate. They load nothing from anywhere else.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::sim::Sim;

/// What a page may do: its own scripts, styles and calls. A text of a customer's can never become any of these.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

macro_rules! files {
    ($($name:literal: $kind:literal),* $(,)?) => {
        /// Name, content type, content.
        const FILES: &[(&str, &str, &str)] =
            &[$(($name, $kind, include_str!(concat!("../../pages/", $name)))),*];
    };
}

files! {
    "operator.html": "text/html; charset=utf-8",
    "support-center.html": "text/html; charset=utf-8",
    "base.css": "text/css; charset=utf-8",
    "operator.css": "text/css; charset=utf-8",
    "support-center.css": "text/css; charset=utf-8",
    "mark.svg": "image/svg+xml",
    "support-mark.svg": "image/svg+xml",
    "operator.js": "text/javascript; charset=utf-8",
    "support-center.js": "text/javascript; charset=utf-8",
    "account.js": "text/javascript; charset=utf-8",
    "api.js": "text/javascript; charset=utf-8",
    "calls.js": "text/javascript; charset=utf-8",
    "case.js": "text/javascript; charset=utf-8",
    "cases.js": "text/javascript; charset=utf-8",
    "clock.js": "text/javascript; charset=utf-8",
    "composer.js": "text/javascript; charset=utf-8",
    "contacts.js": "text/javascript; charset=utf-8",
    "dialogs.js": "text/javascript; charset=utf-8",
    "dom.js": "text/javascript; charset=utf-8",
    "faults.js": "text/javascript; charset=utf-8",
    "monitoring.js": "text/javascript; charset=utf-8",
    "words.js": "text/javascript; charset=utf-8",
}

pub(super) fn routes() -> Router<Sim> {
    Router::new()
        .route("/_eco", get(async || Redirect::permanent("/_eco/")))
        .route("/_eco/", get(async || file("operator.html")))
        .route("/_eco/files/{name}", get(async |Path(name): Path<String>| file(&name)))
        .route("/support", get(async || Redirect::permanent("/support/home")))
        .route("/support/home", get(async || file("support-center.html")))
}

fn file(name: &str) -> Response {
    let Some((_, kind, content)) = FILES.iter().find(|(known, _, _)| *known == name) else {
        return (StatusCode::NOT_FOUND, "There is no such page.").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (HeaderName::from_static("content-security-policy"), HeaderValue::from_static(POLICY)),
    ];
    (headers, *content).into_response()
}
