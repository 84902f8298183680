//! What is asked of AWS: one variant for each kind of entry, with all that its request needs. It is kept as JSON in the
//! entry's row, so what is sent is what was put in.

use super::OutboxKind;
use crate::draft::{ReplyContent, ReportContent, Staged};
use desk_model::{Millis, Priority};
use serde::{Deserialize, Serialize};

/// What an entry of the outbox asks of AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub(crate) enum Request {
    /// CreateCase.
    Report(Box<ReportRequest>),
    /// AddCommunicationToCase.
    Reply(ReplyRequest),
    /// ResolveCase.
    Resolve(ResolveRequest),
}

/// What CreateCase needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportRequest {
    /// The subject.
    pub(crate) subject: String,
    /// The whole first communication, with its reference line.
    pub(crate) text: String,
    /// The chosen priority: its severity code is looked up again where AWS had not been asked before.
    pub(crate) priority: Priority,
    /// The severity code.
    pub(crate) severity_code: String,
    /// The service code.
    pub(crate) service_code: String,
    /// The category code; `None` where AWS had not been asked before.
    pub(crate) category_code: Option<String>,
    /// The additional contacts.
    pub(crate) cc: Vec<String>,
    /// The staged copies of its files, in their order.
    pub(crate) files: Vec<Staged>,
    /// As it was entered, for when it becomes a draft again.
    pub(crate) draft: ReportContent,
    /// When that was begun.
    pub(crate) draft_created_at: Millis,
}

/// What AddCommunicationToCase needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReplyRequest {
    /// The case's subject, for lists.
    pub(crate) subject: String,
    /// The whole text, with its reference line.
    pub(crate) text: String,
    /// Who gets a copy.
    pub(crate) cc: Vec<String>,
    /// The staged copies of its files, in their order.
    pub(crate) files: Vec<Staged>,
    /// As it was entered, for when it becomes a draft again.
    pub(crate) draft: ReplyContent,
    /// When that was begun.
    pub(crate) draft_created_at: Millis,
}

/// What a resolution is shown with; ResolveCase needs nothing but the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResolveRequest {
    /// The case's subject, for lists.
    pub(crate) subject: String,
}

impl Request {
    pub(super) fn kind(&self) -> OutboxKind {
        match self {
            Self::Report(_) => OutboxKind::Report,
            Self::Reply(_) => OutboxKind::Reply,
            Self::Resolve(_) => OutboxKind::Resolve,
        }
    }

    /// The subject of its case.
    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Report(report) => &report.subject,
            Self::Reply(reply) => &reply.subject,
            Self::Resolve(resolve) => &resolve.subject,
        }
    }

    /// The text that AWS gets, with the reference by which it is found again; `None` for what has none.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Report(report) => Some(&report.text),
            Self::Reply(reply) => Some(&reply.text),
            Self::Resolve(_) => None,
        }
    }

    /// The severity code of a report.
    pub(super) fn severity_code(&self) -> Option<&str> {
        match self {
            Self::Report(report) => Some(&report.severity_code),
            Self::Reply(_) | Self::Resolve(_) => None,
        }
    }

    /// The files that go with it.
    pub(super) fn files(&self) -> &[Staged] {
        match self {
            Self::Report(report) => &report.files,
            Self::Reply(reply) => &reply.files,
            Self::Resolve(_) => &[],
        }
    }

    /// Whether AWS may get it twice without harm. What it may get only once is recorded before it is requested, and
    /// looked for where its answer got lost.
    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::Report(_) | Self::Reply(_) => false,
            Self::Resolve(_) => true,
        }
    }

    /// When the draft was begun that it came from.
    pub(super) fn draft_created_at(&self) -> Option<Millis> {
        match self {
            Self::Report(report) => Some(report.draft_created_at),
            Self::Reply(reply) => Some(reply.draft_created_at),
            Self::Resolve(_) => None,
        }
    }
}
