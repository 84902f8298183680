//! What the user has entered for a report or a reply, with its files: plain types.

use crate::catalogue::Service;
use desk_model::{AccountId, CaseKey, Millis, Priority, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a draft. A report's draft id becomes the key of its case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct DraftId(pub String);

impl std::fmt::Display for DraftId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of problem it is, in users' words; sets the service and the guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Manifest ingestion, File service, Seismic DMS upload.
    DataIn,
    /// Search, Storage, Wellbore DDMS, stale index.
    DataOut,
    /// Sign-in, entitlements groups, legal tags, 401 and 403.
    Access,
    /// 5xx answers, time-outs, portal or network down.
    SlowOrDown,
    /// Backup, reindex, legal tag expiry.
    ScheduledTask,
    /// How-to, billing, a feature: goes out as a service request.
    Question,
}

/// How ECO shall reach the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ContactMethod {
    /// ECO answers in the case.
    Web,
    /// ECO calls back, after a hand-over to Support Center.
    Phone,
    /// A chat, after a hand-over to Support Center.
    Chat,
}

/// Where ECO shall call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PhoneContact {
    /// The AWS Region that the incident is about.
    pub region: String,
    /// The number with its country code.
    pub number: String,
    /// The extension, or empty.
    pub extension: String,
}

/// All that the user has entered for a report, complete or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReportContent {
    /// The account to report in.
    pub account: Option<AccountId>,
    /// The kind of problem.
    pub kind: Option<ProblemKind>,
    /// Which service it goes to.
    pub service: Service,
    /// A category chosen by hand; `None` for the one found by name.
    pub category_code: Option<String>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// One line.
    pub subject: String,
    /// The description, plain text.
    pub body: String,
    /// How ECO shall reach the user.
    pub contact: ContactMethod,
    /// For [`ContactMethod::Phone`].
    pub phone: PhoneContact,
    /// Additional contacts: e-mail addresses, at most ten.
    pub cc: Vec<String>,
    /// Marks the case as a test that ECO's engineers do not act on.
    pub as_test: bool,
    /// Where the user was: 1 How can we help?, 2 Additional information, 3 Solve now, 4 Contact us.
    pub step: u8,
}

impl Default for ReportContent {
    fn default() -> Self {
        Self {
            account: None,
            kind: None,
            service: Service::ReportIncident,
            category_code: None,
            priority: None,
            subject: String::new(),
            body: String::new(),
            contact: ContactMethod::Web,
            phone: PhoneContact::default(),
            cc: Vec::new(),
            as_test: false,
            step: 1,
        }
    }
}

/// All that the user has entered for a reply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplyContent {
    /// The text.
    pub body: String,
    /// E-mail addresses that get a copy, at most ten.
    pub cc: Vec<String>,
}

/// What a draft is a draft of, with its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "content")]
pub enum DraftContent {
    /// A new incident.
    Report(ReportContent),
    /// A reply in a case.
    Reply(ReplyContent),
}

/// A draft as the UI shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// For a reply: the case it belongs to.
    pub case: Option<CaseKey>,
    /// For a reply: the case's subject; for a report its own, may be empty.
    pub subject: String,
    /// For a reply the case's account, for a report the chosen one.
    pub account: Option<AccountId>,
    /// What was entered.
    pub content: DraftContent,
    /// Whether its row is damaged or of another version: `content` has what can be seen of its text then, and it can be
    /// neither written on nor sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub is_unreadable: bool,
    /// Its files, in the order they were added.
    pub files: Vec<DraftFile>,
    /// What still keeps it from being sent, in the order of the form; empty when it may go.
    pub problems: Vec<Problem>,
    /// When it was begun.
    pub created_at: Millis,
    /// When it was last saved.
    pub saved_at: Millis,
}

/// What saving a draft answers: when it was saved and what is still missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftSaved {
    /// When it was last saved.
    pub saved_at: Millis,
    /// What still keeps it from being sent, in the order of the form.
    pub problems: Vec<Problem>,
}

/// Names a file of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct FileId(pub String);

/// How far a file of a draft is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum FileState {
    /// Its copy is on disk and will be sent.
    Ready,
    /// It cannot be sent, and why.
    Refused {
        /// What is wrong with it, and what to do.
        problem: Problem,
    },
}

/// A file of a draft. The UI never sees a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftFile {
    /// Its name here.
    pub id: FileId,
    /// Its own file name, as it is sent.
    pub name: String,
    /// Its size in bytes; 0 where it could not be read.
    pub size: u64,
    /// How far it is.
    pub state: FileState,
}

/// A staged copy of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Staged {
    /// The name that it is sent under.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// The digest of its bytes in hexadecimal, and its file name in staging.
    pub(crate) sha256: String,
}
