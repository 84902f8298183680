//! The plain types of a report and of its draft.

use crate::attachment::DraftFile;
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

/// Which of ECO's two services a report goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// "AMS Operations - Report Incident".
    ReportIncident,
    /// "AMS Operations - Service Request".
    ServiceRequest,
}

impl Service {
    /// The Support API's service code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ReportIncident => "service-ams-operations-report-incident",
            Self::ServiceRequest => "service-ams-operations-service-request",
        }
    }
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

/// A category of a service, as DescribeServices names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The Support API's code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// One of ECO's services with the categories that AWS offers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceOption {
    /// The service.
    pub service: Service,
    /// Its name as AWS gives it.
    pub name: String,
    /// Its categories.
    pub categories: Vec<Category>,
    /// The code of "Energy Data Insights (EDI) - Application Issues" among them, found by name.
    pub edi_category: Option<String>,
}

/// A priority as the form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriorityOption {
    /// The priority.
    pub priority: Priority,
    /// The severity code that is sent.
    pub severity_code: String,
}

/// What the report form offers for an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportForm {
    /// The account.
    pub account: AccountId,
    /// ECO's services; empty where AWS has never been reached (the category is then found when sending).
    pub services: Vec<ServiceOption>,
    /// High first.
    pub priorities: Vec<PriorityOption>,
    /// When AWS last told; `None` where it never has.
    pub fetched_at: Option<Millis>,
    /// Why AWS could not be asked just now; the rest is then from the last time.
    pub problem: Option<Problem>,
}

/// Whether a contact method is open at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state", rename_all_fields = "camelCase")]
pub enum Opening {
    /// Around the clock.
    Always,
    /// Open now.
    Open {
        /// When it closes.
        until: Millis,
    },
    /// Closed now.
    Closed {
        /// When it opens next, where AWS tells.
        opens_at: Option<Millis>,
    },
    /// AWS does not offer it for this service.
    NotOffered,
    /// AWS could not be asked.
    Unknown,
}

impl Opening {
    /// Whether a method with these hours can be chosen. Unknown hours stop nobody: Support Center has the last word.
    #[must_use]
    pub fn can_choose(self) -> bool {
        match self {
            Self::Always | Self::Open { .. } | Self::Unknown => true,
            Self::Closed { .. } | Self::NotOffered => false,
        }
    }
}

/// A contact method with its hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactOption {
    /// The contact method.
    pub method: ContactMethod,
    /// Whether it is open.
    pub opening: Opening,
    /// Whether it can be chosen now.
    pub can_choose: bool,
}

/// What DescribeCreateCaseOptions and DescribeSupportedLanguages say for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactOptions {
    /// Web, Phone, Chat.
    pub methods: Vec<ContactOption>,
    /// Whether English is among the supported languages; `None` where AWS could not be asked.
    pub english_supported: Option<bool>,
    /// Why AWS could not be asked, where it could not.
    pub problem: Option<Problem>,
}

/// What will be sent, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportPreview {
    /// The subject line.
    pub subject: String,
    /// The whole body with its reference line.
    pub body: String,
    /// How many of its characters are added below the user's own.
    pub added: usize,
    /// The Support API's service code.
    pub service_code: String,
    /// The Support API's category code; `None` where it is found when sending.
    pub category_code: Option<String>,
    /// The Support API's severity code.
    pub severity_code: String,
}
