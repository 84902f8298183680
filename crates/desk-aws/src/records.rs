//! The data types of the Support API, without the SDK's. Sizes and limits are the service model's.

use desk_model::Millis;

/// A page of a list, with the token of the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The records of this page.
    pub items: Vec<T>,
    /// Records that are malformed, such as with a number where a text belongs.
    pub unreadable: Vec<Unreadable>,
    /// The token of the next page; `None` on the last one.
    pub next: Option<String>,
}

/// A malformed record in a response of AWS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// The case that it is, or belongs to, if its id can be read.
    pub case_id: Option<String>,
}

/// The filter of DescribeCases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CasesFilter {
    /// The ids of the cases, at most 100; empty for all.
    pub case_ids: Vec<String>,
    /// The display id of one case.
    pub display_id: Option<String>,
    /// Sent as `afterTime`, which the service model documents as a filter on communications and emulators take for one
    /// on cases: it makes answers shorter and nothing may depend on what it leaves in.
    pub after: Option<Millis>,
    /// Whether to include resolved cases.
    pub include_resolved: bool,
    /// Whether to include the five most recent communications of each case.
    pub include_communications: bool,
}

/// A case, as DescribeCases returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord {
    /// The case id: opaque, and its infix varies between calls.
    pub case_id: String,
    /// The display id: the number by which people refer to the case.
    pub display_id: Option<String>,
    /// The subject.
    pub subject: String,
    /// The status, in AWS's words.
    pub status: String,
    /// The service code.
    pub service_code: String,
    /// The category code.
    pub category_code: String,
    /// The severity code.
    pub severity_code: String,
    /// Who submitted it, as AWS says.
    pub submitted_by: Option<String>,
    /// When it was created.
    pub created_at: Millis,
    /// The additional contacts.
    pub cc: Vec<String>,
    /// The five most recent communications, oldest first; those that cannot be read are left out.
    pub recent: Vec<CommunicationRecord>,
    /// Whether some among the five most recent cannot be read or came without a text.
    pub recent_unreadable: bool,
    /// Whether DescribeCommunications may have more than these: AWS says so, or gave none although each case has one.
    pub more_communications: bool,
}

/// A communication of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunicationRecord {
    /// The text.
    pub body: String,
    /// Who wrote it, as AWS says.
    pub submitted_by: String,
    /// Its time at AWS, in milliseconds since 1970.
    pub at: Millis,
    /// Its files.
    pub attachments: Vec<AttachmentRecord>,
}

/// A file of a communication.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentRecord {
    /// AWS's id of it.
    pub attachment_id: String,
    /// Its file name.
    pub file_name: String,
}

/// The parameters of CreateCase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// The subject.
    pub subject: String,
    /// The first communication, 1 to 8,000 characters.
    pub body: String,
    /// The service code.
    pub service_code: String,
    /// The category code.
    pub category_code: String,
    /// The severity code.
    pub severity_code: String,
    /// At most ten addresses.
    pub cc: Vec<String>,
    /// Its files.
    pub attachment_set: Option<String>,
}

/// The parameters of AddCommunicationToCase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommunication {
    /// The case.
    pub case_id: String,
    /// The text, 1 to 8,000 characters.
    pub body: String,
    /// At most ten addresses.
    pub cc: Vec<String>,
    /// Its files.
    pub attachment_set: Option<String>,
}

/// A file with its bytes, on its way into an attachment set or out of a case.
#[derive(Clone, PartialEq, Eq)]
pub struct FileBytes {
    /// Its file name.
    pub name: String,
    /// Its content.
    pub bytes: bytes::Bytes,
}

impl std::fmt::Debug for FileBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A log file may hold anything; its content never goes into ours.
        f.debug_struct("FileBytes").field("name", &self.name).field("bytes", &self.bytes.len()).finish()
    }
}

/// A service, as DescribeServices returns it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRecord {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its categories.
    pub categories: Vec<NamedCode>,
}

/// A code with its name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedCode {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

/// A contact type, as DescribeCreateCaseOptions returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunicationType {
    /// `web`, `chat` or `call`.
    pub kind: String,
    /// `HH:mm:ss.SSS` pairs in UTC: start and end.
    pub hours: Vec<(String, String)>,
    /// Instants in UTC between which there is no support: start and end.
    pub closed: Vec<(Millis, Millis)>,
}
