//! What stands around the control API: who gets in, how pages hear of changes, that all of it is documented.
#![allow(clippy::unwrap_used)]

#[path = "support/control.rs"]
mod client;
mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use client::Control;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::json;
use support::manual_clock;
use support_sim::{Server, Severity, Sim};
use tokio::net::TcpListener;

async fn served(sim: &Sim) -> (Control, Server) {
    let server = sim.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    (Control::at(&server.url()), server)
}

fn silent() -> Sim {
    Sim::builder().clock(manual_clock()).build().unwrap()
}

#[tokio::test]
async fn a_page_of_a_strangers_gets_in_nowhere() {
    let sim = silent();
    let (eco, server) = served(&sim).await;
    let here = server.address();
    for path in ["/_eco/api/state", "/_eco/", "/support/home", "/support/api/changes"] {
        let mut request = eco.request("GET", path, None);
        request.headers_mut().insert("host", "rebound.example".parse().unwrap());
        assert_eq!(eco.raw(request).await.status(), 403, "{path}");
    }
    for (name, value) in [("origin", "http://stranger.example"), ("sec-fetch-site", "cross-site")] {
        let mut request = eco.request("POST", "/_eco/api/reset", Some(&json!({})));
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(eco.raw(request).await.status(), 403, "{name}");
    }
    let mut own = eco.request("POST", "/_eco/api/tick", Some(&json!({})));
    own.headers_mut().insert("origin", format!("http://{here}").parse().unwrap());
    let answer = eco.raw(own).await;
    assert_eq!(answer.status(), 200);
    assert!(!answer.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn changes_are_told_until_the_server_ends() {
    let sim = silent();
    let (_, server) = served(&sim).await;
    let connector: Client<HttpConnector, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let url = format!("{}/_eco/api/changes", server.url()).parse().unwrap();
    let mut stream = connector.get(url).await.unwrap().into_body();
    let mut next = async || {
        let frame =
            tokio::time::timeout(Duration::from_secs(60), stream.frame()).await.expect("told in time");
        frame.map(|frame| String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    };
    assert_eq!(next().await.as_deref(), Some("event: change\ndata: 0\n\n"));
    sim.eco().open_incident("Index behind", "b", Severity::High).unwrap();
    assert_eq!(next().await.as_deref(), Some("event: change\ndata: 1\n\n"));
    tokio::time::timeout(Duration::from_secs(60), server.shutdown()).await.expect("no stream holds it up");
    assert_eq!(next().await, None);
}

#[tokio::test]
async fn each_route_is_there_and_documented() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let document = include_str!("../docs/CONTROL.md");
    let index = eco.done("GET", "/_eco/api", None).await;
    let routes = index["routes"].as_array().unwrap();
    assert!(routes.len() > 35);
    for route in routes {
        let (method, path) = (route["method"].as_str().unwrap(), route["path"].as_str().unwrap());
        assert!(
            document.contains(&format!("| {method} {path} |")),
            "{method} {path} is not in docs/CONTROL.md"
        );
        if path.ends_with("/changes") {
            continue;
        }
        let answer = eco.raw(eco.request(method, &path.replace("{id}", "1"), None)).await;
        let said = String::from_utf8_lossy(answer.body()).into_owned();
        assert!(answer.status() != 405 && !said.contains("there is nothing at"), "{method} {path}: {said}");
    }
    let rows = document.lines().filter(|line| {
        ["| GET /", "| POST /", "| PUT /", "| PATCH /", "| DELETE /"]
            .iter()
            .any(|method| line.starts_with(method))
    });
    assert_eq!(rows.count(), routes.len() + 1, "the index itself is documented too");
}

#[tokio::test]
async fn the_pages_load_nothing_from_elsewhere_and_all_that_they_name_is_there() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let mut wanted = vec!["/_eco/".to_owned(), "/support/home".to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(path) = wanted.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = eco.raw(eco.request("GET", &path, None)).await;
        assert_eq!(answer.status(), 200, "{path}");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers()["x-frame-options"], "DENY");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let text = String::from_utf8(answer.body().to_vec()).unwrap();
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            " style=\"",
            "onclick=",
        ] {
            assert!(!text.contains(sink), "{path} has {sink}");
        }
        let elsewhere =
            text.match_indices("://").map(|(at, _)| &text[at.saturating_sub(5)..(at + 20).min(text.len())]);
        for link in elsewhere {
            assert!(link.contains("www.w3.org"), "{path} has {link}");
        }
        let named = text.split(['"', '\'']).filter_map(|name| match name.strip_prefix("./") {
            Some(module) => Some(format!("/_eco/files/{module}")),
            None => name.starts_with("/_eco/files/").then(|| name.to_owned()),
        });
        wanted.extend(named);
    }
    assert!(seen.len() > 20, "{seen:?}");
    assert_eq!(eco.raw(eco.request("GET", "/_eco/files/nothing.js", None)).await.status(), 404);
    assert_eq!(eco.raw(eco.request("GET", "/_eco", None)).await.status(), 308);
}
