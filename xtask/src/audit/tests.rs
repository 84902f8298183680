//! Planted advisories are found, and a database that does not answer is a failure.
#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;

use super::*;

/// A copy of the advisory database with one advisory, against any version of a package.
fn database(package: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("crates/{package}/RUSTSEC-2026-9999.md"));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = format!(
        "```toml\n[advisory]\nid = \"RUSTSEC-2026-9999\"\npackage = \"{package}\"\ndate = \"2026-11-22\"\n\n\
         [versions]\npatched = []\n```\n\n# A planted advisory\n\nIt exists in a test alone.\n"
    );
    fs::write(file, text).unwrap();
    for arguments in [
        &["init", "--quiet", "--initial-branch=main"][..],
        &["add", "--all"],
        &["-c", "user.name=test", "-c", "user.email=test@test.invalid", "commit", "--quiet", "--message=one"],
    ] {
        let git = Command::new("git").arg("-C").arg(folder.path()).args(arguments).output().unwrap();
        assert!(git.status.success(), "{git:?}");
    }
    folder
}

/// cargo-deny with such a database: whether it is content, and all that it says.
fn rust_with(db: &Path) -> (bool, String) {
    let scratch = tempfile::tempdir().unwrap();
    said(&rust_audit(Some(db), scratch.path()).unwrap().output().unwrap())
}

fn said(done: &Output) -> (bool, String) {
    let text = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    (done.status.success(), text.into_owned())
}

#[test]
fn an_advisory_against_a_locked_crate_is_found_and_one_against_another_is_not() {
    let (content, text) = rust_with(database("serde_json").path());
    assert!(!content && text.contains("RUSTSEC-2026-9999"), "{text}");
    let (content, text) = rust_with(database("not-among-ours").path());
    assert!(content, "{text}");
}

#[test]
fn a_database_of_rust_that_cannot_be_fetched_is_a_failure() {
    let empty = tempfile::tempdir().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    assert!(rust_audit(Some(empty.path()), scratch.path()).is_err(), "it is no repository");
    // It looks like a repository, and holds nothing.
    fs::create_dir(empty.path().join(".git")).unwrap();
    let (content, text) = rust_with(empty.path());
    assert!(!content && text.contains("failed to fetch advisory database"), "{text}");
}

#[test]
fn the_configuration_stays_but_for_the_folder() {
    let config = "[graph]\nall-features = true\n\n[advisories]\nunmaintained = \"workspace\"\n";
    let changed = in_folder(config, Path::new("/x/y")).unwrap();
    let expected = config.replace("[advisories]\n", "[advisories]\ndb-path = '/x/y'\n");
    assert_eq!(changed, expected);
    assert!(in_folder("[graph]\n", Path::new("/x")).is_err());
}

/// Answers each POST with this, and knows no package.
fn registry(status: &'static str, answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (status, body) = if read(&mut stream).starts_with("POST ") {
                (status, answer)
            } else {
                ("404 Not Found", "{}")
            };
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n");
            let _ = write!(stream, "{head}content-length: {length}\r\n\r\n{body}");
        }
    });
    format!("http://{address}")
}

/// The head of a request, once its body is here too.
fn read(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).unwrap();
        read.extend_from_slice(&piece[..count]);
        let end = read.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else {
            assert!(count > 0, "the request breaks off");
            continue;
        };
        let head = String::from_utf8_lossy(&read[..end]).into_owned();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())?.ok()
        });
        if read.len() >= end + 4 + length.unwrap_or_default() {
            return head;
        }
    }
}

const PLANTED: &str = r#"{"react":[{"id":1,"url":"https://example.com/planted","title":"A planted advisory",
    "severity":"low","vulnerable_versions":"<=99.0.0","cwe":[],"cvss":{"score":1.0,"vectorString":null}}]}"#;

/// npm with such a registry, in a home of somebody who works offline and without development packages.
fn npm_with(registry: &str) -> (bool, String) {
    let mut command = npm_audit(Some(registry));
    command
        .env("npm_config_offline", "true")
        .env("npm_config_omit", "dev")
        .env("npm_config_audit_level", "none");
    said(&command.output().unwrap())
}

#[test]
fn an_advisory_against_a_locked_npm_package_is_found_and_without_one_all_is_well() {
    let (content, text) = npm_with(&registry("200 OK", PLANTED));
    assert!(!content && text.contains("A planted advisory"), "{text}");
    let (content, text) = npm_with(&registry("200 OK", "{}"));
    assert!(content && text.contains("found 0 vulnerabilities"), "{text}");
}

#[test]
fn a_registry_that_does_not_answer_npms_question_is_a_failure() {
    let (content, text) = npm_with(&registry("405 Method Not Allowed", "{}"));
    assert!(!content && text.contains("audit endpoint returned an error"), "{text}");
}
