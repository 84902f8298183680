//! The data model of a sim: cases, files, uploads, chats and calls, what monitoring has seen. Plain data, and
//! no behaviour but what follows from it alone.

mod contact;
mod eco;
mod eco_plan;
mod monitoring;
mod record;
mod upload;

pub use contact::{Contact, ContactKind, ContactState, Line, Party};
pub use monitoring::{EventState, Finding, MonitoringEvent};

pub(crate) use eco::{EcoRecord, EcoState};
pub(crate) use eco_plan::{AlarmFacts, EcoPlan, Planned};
pub(crate) use record::Record;
pub(crate) use upload::{LARGEST_FILE, LARGEST_PART, Part, Upload, UploadStatus};

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalog::Severity;
use crate::ids::{CaseKey, DisplayId};

/// How AWS and ECO sign.
pub(crate) const AUTHOR: &str = "Amazon Web Services";

/// The status of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseStatus {
    /// New, nobody has taken it.
    Unassigned,
    /// An engineer has taken it.
    Opened,
    /// An engineer works on it.
    WorkInProgress,
    /// The customer is asked for something.
    PendingCustomerAction,
    /// The customer has answered.
    CustomerActionCompleted,
    /// Was resolved, and the customer wrote again.
    Reopened,
    /// The case is resolved.
    Resolved,
}

impl CaseStatus {
    /// In the order of a case's life.
    pub const ALL: [Self; 7] = [
        Self::Unassigned,
        Self::Opened,
        Self::WorkInProgress,
        Self::PendingCustomerAction,
        Self::CustomerActionCompleted,
        Self::Reopened,
        Self::Resolved,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Opened => "opened",
            Self::WorkInProgress => "work-in-progress",
            Self::PendingCustomerAction => "pending-customer-action",
            Self::CustomerActionCompleted => "customer-action-completed",
            Self::Reopened => "reopened",
            Self::Resolved => "resolved",
        }
    }

    /// What becomes of it when the customer writes.
    pub(crate) fn after_customer_reply(self) -> Self {
        match self {
            Self::PendingCustomerAction | Self::CustomerActionCompleted => Self::CustomerActionCompleted,
            Self::Resolved | Self::Reopened => Self::Reopened,
            Self::Unassigned => Self::Unassigned,
            Self::Opened => Self::Opened,
            Self::WorkInProgress => Self::WorkInProgress,
        }
    }
}

impl fmt::Display for CaseStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The two kinds of issue that CreateCase knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssueType {
    /// A technical issue, the default.
    #[default]
    Technical,
    /// Account and billing.
    CustomerService,
}

impl IssueType {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::CustomerService => "customer-service",
        }
    }
}

impl FromStr for IssueType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Technical, Self::CustomerService].into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// A case without its correspondence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Case {
    pub(crate) display_id: DisplayId,
    pub(crate) key: CaseKey,
    pub(crate) subject: String,
    pub(crate) status: CaseStatus,
    pub(crate) issue_type: IssueType,
    pub(crate) service_code: String,
    pub(crate) category_code: String,
    pub(crate) severity: Severity,
    pub(crate) language: String,
    pub(crate) cc: Vec<String>,
    pub(crate) submitted_by: String,
    pub(crate) by_eco: bool,
    pub(crate) created: Timestamp,
    /// From when DescribeCases lists it.
    pub(crate) listed_from: Timestamp,
    /// When it was last resolved.
    pub(crate) resolved: Option<Timestamp>,
    /// When it was last put into its status, where that is known.
    #[serde(default)]
    pub(crate) since: Option<Timestamp>,
    pub(crate) eco: EcoPlan,
}

impl Case {
    /// Comes into a status, or again into the same: the one way to change it.
    pub(crate) fn enter(&mut self, status: CaseStatus, now: Timestamp) {
        self.since = Some(now);
        if status == CaseStatus::Resolved {
            self.resolved = Some(now);
        }
        self.status = status;
    }
}

/// One message of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Communication {
    pub(crate) body: String,
    pub(crate) author: String,
    pub(crate) at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<AttachedFile>,
}

/// Where the bytes of a file lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// Its name in the file store; several attachments may stand on one.
    pub(crate) blob: String,
    /// The size in bytes.
    pub(crate) size: u64,
    /// The size of each part but the last, where it lies in parts as it was uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) part_size: Option<u64>,
}

/// A file of a communication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AttachedFile {
    /// What DescribeAttachment takes.
    pub(crate) id: String,
    pub(crate) file_name: String,
    #[serde(flatten)]
    pub(crate) content: Content,
}

/// A file that waits for a case or a communication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WaitingFile {
    pub(crate) file_name: String,
    #[serde(flatten)]
    pub(crate) content: Content,
}

/// Files that wait for a case or a communication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AttachmentSet {
    pub(crate) id: String,
    pub(crate) made: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) files: Vec<WaitingFile>,
}
