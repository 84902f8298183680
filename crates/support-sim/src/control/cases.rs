//! Cases: the list, one with its correspondence, and what an operator does with it.

use axum::body::Body as HttpBody;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, header};
use serde::Deserialize;
use serde_json::json;

use super::json::{Answer, Body, ControlError, away, created, ok};
use super::shapes::{CaseLine, CasePage};
use crate::catalog::Severity;
use crate::eco::EcoError;
use crate::model::CaseStatus;
use crate::sim::Sim;
use crate::view::find;

/// How many cases a list has unless it is asked for more.
const PAGE: usize = 200;
/// The largest file of a communication, in bytes.
const LARGEST_FILE: usize = 157_286_400;
/// How many files a communication may have.
const MOST_FILES: usize = 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// In the subject, the number or the texts.
    search: Option<String>,
    /// A status, or `open` for all but resolved.
    status: Option<String>,
    limit: Option<usize>,
}

pub(super) async fn list(
    State(sim): State<Sim>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(wanted) = wanted.map_err(|error| ControlError::bad(error.body_text()))?;
    let statuses = statuses(wanted.status.as_deref())?;
    let limit = wanted.limit.unwrap_or(PAGE).clamp(1, 10_000);
    away(move || {
        let search = wanted.search.unwrap_or_default().trim().to_lowercase();
        let state = sim.read();
        let fits = |text: &str| text.to_lowercase().contains(&search);
        let mut found: Vec<_> = state
            .entries()
            .iter()
            .filter(|entry| statuses.contains(&entry.case.status))
            .filter(|entry| {
                search.is_empty()
                    || fits(&entry.case.subject)
                    || fits(entry.case.display_id.as_str())
                    || entry.said.iter().any(|said| fits(&said.body) || fits(&said.author))
            })
            .map(|entry| (entry.said.last().map_or(entry.case.created, |said| said.at), entry))
            .collect();
        found.sort_by_key(|(updated, _)| std::cmp::Reverse(*updated));
        let total = found.len();
        let cases: Vec<_> = found.into_iter().take(limit).map(|(_, entry)| CaseLine::of(entry)).collect();
        ok(&json!({ "cases": cases, "total": total }))
    })
    .await
}

fn statuses(wanted: Option<&str>) -> Result<Vec<CaseStatus>, ControlError> {
    let open = CaseStatus::ALL.into_iter().filter(|status| *status != CaseStatus::Resolved);
    match wanted {
        None | Some("" | "all") => Ok(CaseStatus::ALL.to_vec()),
        Some("open") => Ok(open.collect()),
        Some(word) => status(word).map(|status| vec![status]),
    }
}

fn status(word: &str) -> Result<CaseStatus, ControlError> {
    one_of("status", word, &CaseStatus::ALL, CaseStatus::as_str)
}

fn severity(word: &str) -> Result<Severity, ControlError> {
    one_of("severity", word, &Severity::ALL, Severity::as_str)
}

/// One of a set of words, or an error that lists them.
pub(super) fn one_of<T: Copy>(
    what: &str,
    word: &str,
    all: &[T],
    spell: fn(T) -> &'static str,
) -> Result<T, ControlError> {
    all.iter().copied().find(|item| spell(*item) == word).ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|item| spell(*item)).collect();
        ControlError::bad(format!("there is no {what} {word:?}; there are: {}", known.join(", ")))
    })
}

pub(super) async fn show(State(sim): State<Sim>, Path(id): Path<String>) -> Answer {
    page(&sim, &id)
}

fn page(sim: &Sim, id: &str) -> Answer {
    let state = sim.read();
    let entry = find(&state, id).ok_or_else(|| EcoError::NoSuchCase(id.to_owned()))?;
    ok(&CasePage::of(entry, sim.account()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct File {
    name: String,
    base64: String,
}

fn files(files: Vec<File>) -> Result<Vec<(String, Bytes)>, ControlError> {
    if files.len() > MOST_FILES {
        return Err(ControlError::bad(format!("a communication has {MOST_FILES} files at most")));
    }
    files
        .into_iter()
        .map(|file| {
            if file.name.is_empty() || file.name.contains(['/', '\\', '\0']) {
                return Err(ControlError::bad(format!("{:?} is no name for a file", file.name)));
            }
            let bytes = STANDARD
                .decode(&file.base64)
                .map_err(|error| ControlError::bad(format!("{} is not base64: {error}", file.name)))?;
            if bytes.is_empty() || bytes.len() > LARGEST_FILE {
                return Err(ControlError::bad(format!("{} must have 1 byte to 150 MB", file.name)));
            }
            Ok((file.name, bytes.into()))
        })
        .collect()
}

fn named(files: &[(String, Bytes)]) -> Vec<(&str, Bytes)> {
    files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opening {
    subject: String,
    body: String,
    #[serde(default = "high")]
    severity: String,
    #[serde(default)]
    files: Vec<File>,
}

fn high() -> String {
    Severity::High.as_str().to_owned()
}

pub(super) async fn open(State(sim): State<Sim>, Body(opening): Body<Opening>) -> Answer {
    away(move || {
        let severity = severity(&opening.severity)?;
        let files = files(opening.files)?;
        let id = sim.eco().open_with_files(&opening.subject, opening.body, severity, &named(&files))?;
        created(&json!({ "displayId": id.as_str() }))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    body: String,
    #[serde(default)]
    files: Vec<File>,
    /// The status afterwards, where it is not the usual one.
    status: Option<String>,
}

pub(super) async fn reply(sim: State<Sim>, id: Path<String>, body: Body<Message>) -> Answer {
    say(sim, id, body, CaseStatus::WorkInProgress).await
}

pub(super) async fn ask(sim: State<Sim>, id: Path<String>, body: Body<Message>) -> Answer {
    say(sim, id, body, CaseStatus::PendingCustomerAction).await
}

async fn say(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(message): Body<Message>,
    usual: CaseStatus,
) -> Answer {
    away(move || {
        let status = message.status.as_deref().map_or(Ok(usual), status)?;
        let files = files(message.files)?;
        sim.eco().say(&id, message.body, &named(&files), status)?;
        page(&sim, &id)
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resolving {
    /// A last word; none is needed.
    body: Option<String>,
}

pub(super) async fn resolve(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(resolving): Body<Resolving>,
) -> Answer {
    away(move || {
        match resolving.body.filter(|body| !body.trim().is_empty()) {
            Some(body) => sim.eco().say(&id, body, &[], CaseStatus::Resolved)?,
            None => sim.eco().resolve(&id)?,
        }
        page(&sim, &id)
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewStatus {
    status: String,
}

pub(super) async fn set_status(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(new): Body<NewStatus>,
) -> Answer {
    sim.eco().set_status(&id, status(&new.status)?)?;
    page(&sim, &id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct NewService {
    service_code: String,
}

pub(super) async fn reclassify(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(new): Body<NewService>,
) -> Answer {
    sim.eco().set_service_code(&id, &new.service_code)?;
    page(&sim, &id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSeverity {
    severity: String,
}

pub(super) async fn set_severity(
    State(sim): State<Sim>,
    Path(id): Path<String>,
    Body(new): Body<NewSeverity>,
) -> Answer {
    sim.eco().set_severity(&id, severity(&new.severity)?)?;
    page(&sim, &id)
}

/// A file as it is: to be saved, never to be shown by the browser as a page of ours.
pub(super) async fn attachment(
    State(sim): State<Sim>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    away(move || {
        let (file, name) = {
            let state = sim.read();
            let file = state
                .file(&id)
                .ok_or_else(|| ControlError::not_found(format!("there is no attachment {id}")))?;
            (state.files().bytes_of(&file.content)?, file.file_name.clone())
        };
        let encoded: String = name.bytes().map(percent).collect();
        let disposition = format!("attachment; filename*=UTF-8''{encoded}");
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::from_str(&disposition).expect("percent encoded text is ASCII"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        Ok((headers, HttpBody::from(file)).into_response())
    })
    .await
}

/// RFC 5987: what is neither a letter nor a digit is encoded.
fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
