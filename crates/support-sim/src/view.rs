//! Cases as seen from outside the API: what was really sent, for tests and for the people who play ECO.

use bytes::Bytes;
use jiff::Timestamp;

use crate::catalog::Severity;
use crate::ids::DisplayId;
use crate::model::{CaseStatus, Communication, IssueType};
use crate::state::{Entry, State};

/// Finds a case by either of its ids.
pub(crate) fn find<'s>(state: &'s State, id: &str) -> Option<&'s Entry> {
    state.by_display(id).or_else(|| state.by_case_id(id))
}

/// A case with its files.
pub(crate) fn view(entry: &Entry, state: &State, account: &str) -> CaseView {
    let case = &entry.case;
    CaseView {
        display_id: case.display_id.clone(),
        case_id: case.key.spell(account, 0),
        subject: case.subject.clone(),
        status: case.status,
        issue_type: case.issue_type,
        service_code: case.service_code.clone(),
        category_code: case.category_code.clone(),
        severity: case.severity,
        language: case.language.clone(),
        cc: case.cc.clone(),
        submitted_by: case.submitted_by.clone(),
        opened_by_eco: case.by_eco,
        created: case.created,
        resolved: case.resolved,
        communications: entry.said.iter().map(|said| communication_view(said, state)).collect(),
    }
}

fn communication_view(said: &Communication, state: &State) -> CommunicationView {
    CommunicationView {
        body: said.body.clone(),
        author: said.author.clone(),
        at: said.at,
        files: said
            .files
            .iter()
            .map(|file| FileView {
                attachment_id: file.id.clone(),
                file_name: file.file_name.clone(),
                size: file.content.size,
                data: state.files().bytes_of(&file.content).unwrap_or_else(|error| {
                    tracing::error!(%error, file = file.file_name, "an attachment cannot be read");
                    Bytes::new()
                }),
            })
            .collect(),
    }
}

/// A case as the sim keeps it: the strings that were sent, but for what AWS redacts.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseView {
    /// The numeric id.
    pub display_id: DisplayId,
    /// One spelling of the case id.
    pub case_id: String,
    /// As sent.
    pub subject: String,
    /// Where it stands.
    pub status: CaseStatus,
    /// Technical or customer service.
    pub issue_type: IssueType,
    /// As sent, or as ECO reclassified it.
    pub service_code: String,
    /// As sent.
    pub category_code: String,
    /// As sent.
    pub severity: Severity,
    /// ISO 639-1.
    pub language: String,
    /// Additional contacts of the case.
    pub cc: Vec<String>,
    /// Who opened it.
    pub submitted_by: String,
    /// Whether ECO opened it.
    pub opened_by_eco: bool,
    /// The time.
    pub created: Timestamp,
    /// When it was last resolved.
    pub resolved: Option<Timestamp>,
    /// The correspondence, oldest first.
    pub communications: Vec<CommunicationView>,
}

impl CaseView {
    /// The first communication's text: the description that the case was opened with.
    #[must_use]
    pub fn description(&self) -> &str {
        self.communications.first().map_or("", |first| first.body.as_str())
    }
}

/// A communication as the sim keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunicationView {
    /// As sent.
    pub body: String,
    /// Who said it.
    pub author: String,
    /// The time.
    pub at: Timestamp,
    /// What was attached.
    pub files: Vec<FileView>,
}

/// An attached file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    /// What DescribeAttachment takes.
    pub attachment_id: String,
    /// As sent.
    pub file_name: String,
    /// In bytes.
    pub size: u64,
    /// The bytes, all of them; none where the disk does not give them back, which is logged.
    pub data: Bytes,
}
