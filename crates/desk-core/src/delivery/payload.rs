//! What an entry of the outbox holds beside its columns: the rest of the request, and the draft it came from.

use crate::report::{ReplyContent, ReportContent};
use desk_model::{Millis, Priority};
use serde::{Deserialize, Serialize};

/// The column `payload`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Payload {
    /// What is asked of AWS.
    pub(crate) request: Request,
    /// How far the sending is.
    #[serde(default)]
    pub(crate) progress: Progress,
}

impl Payload {
    pub(crate) fn new(request: Request) -> Self {
        Self { request, progress: Progress::default() }
    }

    /// When the draft was begun that it came from.
    pub(super) fn draft_created_at(&self) -> Option<Millis> {
        match &self.request {
            Request::Report(report) => Some(report.draft_created_at),
            Request::Reply(reply) => Some(reply.draft_created_at),
            Request::Resolve => None,
        }
    }
}

/// What is asked of AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub(crate) enum Request {
    /// CreateCase.
    Report(Box<ReportRequest>),
    /// AddCommunicationToCase.
    Reply(ReplyRequest),
    /// ResolveCase.
    Resolve,
}

/// What CreateCase needs beside subject, severity and text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportRequest {
    /// As it was entered, for when it becomes a draft again.
    pub(crate) draft: ReportContent,
    /// When that was begun.
    pub(crate) draft_created_at: Millis,
    /// The chosen priority: its severity code is looked up again where AWS had not been asked before.
    pub(crate) priority: Priority,
    /// The service code.
    pub(crate) service_code: String,
    /// The category code; `None` where AWS had not been asked before.
    pub(crate) category_code: Option<String>,
    /// The additional contacts.
    pub(crate) cc: Vec<String>,
}

/// What AddCommunicationToCase needs beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReplyRequest {
    /// As it was entered, for when it becomes a draft again.
    pub(crate) draft: ReplyContent,
    /// When that was begun.
    pub(crate) draft_created_at: Millis,
    /// Who gets a copy.
    pub(crate) cc: Vec<String>,
}

/// How far the sending is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Progress {
    /// The attachment set that holds the files, once made.
    pub(crate) set: Option<FileSet>,
    /// AWS's time of the last request whose outcome is not known.
    pub(crate) requested_at: Option<Millis>,
    /// AWS's time of the first request that left nothing at AWS for as long as was waited: where to look from,
    /// should a later answer get lost too.
    pub(crate) look_from: Option<Millis>,
}

/// An attachment set at AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileSet {
    /// AWS's id of it.
    pub(crate) id: String,
    /// When AWS throws it away, by AWS's clock.
    pub(crate) expires_at: Millis,
}
