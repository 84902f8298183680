//! The plain types of a case.

use super::{CaseStatus, Gap, HandOver, Rating, Waiting};
use crate::{
    attachment::{name_to_save, runs_when_opened},
    delivery::SentAgain,
};
use desk_model::{AccountId, CaseKey, Millis, Priority, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who wrote or reported something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "who")]
pub enum Author {
    /// This program's user: its outbox sent it.
    Me,
    /// Somebody else of the customer's.
    Colleague {
        /// The readable part of AWS's `submittedBy`.
        name: String,
    },
    /// ECO.
    Eco,
}

/// The clock from creation to ECO's first response, against the priority's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state", rename_all_fields = "camelCase")]
pub enum ResponseClock {
    /// ECO opened the case itself, or it is not with ECO yet.
    NotApplicable,
    /// No response yet; late once `due_at` has passed.
    Running {
        /// When the target ends.
        due_at: Millis,
        /// The target's length in minutes.
        target_minutes: u32,
    },
    /// ECO has responded; late where `after_minutes` is more than the target.
    Responded {
        /// Minutes from creation to the response.
        after_minutes: u32,
        /// The target's length in minutes.
        target_minutes: u32,
    },
}

/// Whether a row exists at AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Only on this computer: it is still in the outbox.
    NotYetSent,
    /// ECO has it, but AWS does not list it yet.
    JustSent,
    /// AWS took it and does not list it, although it should by now.
    Unlisted,
    /// AWS lists it.
    AtAws,
    /// AWS no longer gives it; kept here.
    Archived,
}

/// One row of the list of incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    /// Its key.
    pub key: CaseKey,
    /// The number that people say; `None` until AWS has told it.
    pub display_id: Option<String>,
    /// The subject.
    pub subject: String,
    /// The account it is in.
    pub account: AccountId,
    /// The priority that its severity code stands for.
    pub priority: Priority,
    /// The severity code.
    pub severity_code: String,
    /// Where it stands.
    pub status: CaseStatus,
    /// Who reported it.
    pub reported_by: Author,
    /// How fast ECO responded.
    pub response: ResponseClock,
    /// Who has to act.
    pub waiting: Waiting,
    /// Since when.
    pub waiting_since: Millis,
    /// Whether it exists at AWS.
    pub presence: Presence,
    /// Whether it is a report that does not get through to ECO, by the rule of [`OutboxEntry::not_yet_with_eco`].
    ///
    /// [`OutboxEntry::not_yet_with_eco`]: crate::delivery::OutboxEntry::not_yet_with_eco
    pub not_yet_with_eco: bool,
    /// Whether there is something from ECO or a colleague that the user has not seen.
    pub unread: bool,
    /// How many files its known correspondence carries.
    pub attachments: u32,
    /// The stars given on this computer, 1 to 5.
    pub stars: Option<u8>,
    /// When it was created.
    pub created_at: Millis,
    /// When something was last said in it, or its status changed.
    pub updated_at: Millis,
}

/// A built-in choice of cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CaseView {
    /// Everything known.
    #[default]
    All,
    /// ECO waits for the customer.
    NeedsMyReply,
    /// Not resolved.
    Open,
    /// Open with High priority.
    HighPriority,
    /// Open, no response yet, target passed.
    ResponseLate,
    /// With something unseen.
    Unread,
    /// Opened by ECO.
    ReportedByEco,
    /// Resolved within the last 14 days.
    RecentlyResolved,
}

/// Who reported a case, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Reporter {
    /// This program's user.
    Me,
    /// Somebody else of the customer's.
    Colleague,
    /// ECO.
    Eco,
}

/// What the list can be sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CaseSort {
    /// Number.
    Number,
    /// Subject.
    Subject,
    /// Priority.
    Priority,
    /// Status.
    Status,
    /// Creation.
    Created,
    /// Last update.
    #[default]
    Updated,
    /// How long somebody has had to act.
    Waiting,
    /// When ECO's first response is due; cases without a running clock come last.
    ResponseDue,
}

/// Who has to act next, as a group of the list. In the order in which the list shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CaseGroup {
    /// A report that is still on this computer.
    NotYetWithEco,
    /// ECO waits for the customer.
    WaitsForYou,
    /// The customer waits for ECO.
    WaitsForEco,
    /// Resolved or archived.
    Resolved,
}

impl CaseGroup {
    /// All of them, in their order.
    pub(super) const ALL: [Self; 4] =
        [Self::NotYetWithEco, Self::WaitsForYou, Self::WaitsForEco, Self::Resolved];
}

/// How many rows of what was found are in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupCount {
    /// The group.
    pub group: CaseGroup,
    /// Its rows, at least 1.
    pub count: u32,
}

/// What is asked of the list. Empty lists do not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CaseQuery {
    /// The built-in choice to start from.
    pub view: CaseView,
    /// Words that must all occur somewhere in subject, number or correspondence.
    pub text: String,
    /// Any of these accounts.
    pub accounts: Vec<AccountId>,
    /// Any of these priorities.
    pub priorities: Vec<Priority>,
    /// Any of these statuses.
    pub statuses: Vec<CaseStatus>,
    /// Any of these reporters.
    pub reporters: Vec<Reporter>,
    /// Only those with files.
    pub with_attachment: bool,
    /// Updated at or after.
    pub updated_after: Option<Millis>,
    /// Sorted by.
    pub sort: CaseSort,
    /// Largest, newest or longest first.
    pub descending: bool,
    /// Whether the rows are grouped by who has to act; the order counts within each group.
    pub grouped: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to give, 1 to 200.
    pub limit: u32,
}

impl Default for CaseQuery {
    fn default() -> Self {
        Self {
            view: CaseView::All,
            text: String::new(),
            accounts: Vec::new(),
            priorities: Vec::new(),
            statuses: Vec::new(),
            reporters: Vec::new(),
            with_attachment: false,
            updated_after: None,
            sort: CaseSort::Updated,
            descending: true,
            grouped: false,
            offset: 0,
            limit: 50,
        }
    }
}

/// What the head of the list counts, over all accounts and whatever the filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseCounts {
    /// All cases.
    pub total: u32,
    /// Waiting for the customer.
    pub needs_my_reply: u32,
    /// Open with High priority.
    pub high_priority: u32,
    /// Target passed without a response.
    pub response_late: u32,
    /// With something unseen.
    pub unread: u32,
    /// Not resolved.
    pub open: u32,
    /// Opened by ECO.
    pub reported_by_eco: u32,
    /// Resolved within the last 14 days.
    pub recently_resolved: u32,
    /// The open cases of each account that has some.
    pub accounts: Vec<AccountCount>,
}

/// How many open cases an account has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountCount {
    /// The account.
    pub account: AccountId,
    /// Its open cases.
    pub open: u32,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CasePage {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// How many rows the filter finds in all.
    pub matches: u32,
    /// Where the rows are grouped: the groups that have rows, in their order. Together they have `matches` rows.
    pub groups: Vec<GroupCount>,
    /// What the head counts.
    pub counts: CaseCounts,
}

/// A case as its own screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseDetail {
    /// What the list shows of it.
    pub row: CaseRow,
    /// The service code.
    pub service_code: String,
    /// The service's name, where known.
    pub service_name: Option<String>,
    /// The category code.
    pub category_code: String,
    /// The category's name, where known.
    pub category_name: Option<String>,
    /// Who submitted it, as AWS says.
    pub submitted_by: Option<String>,
    /// The additional contacts.
    pub cc: Vec<String>,
    /// Until when a reply reopens it, for a resolved case; `None` for an open one.
    pub reopen_until: Option<Millis>,
    /// The rating given on this computer.
    pub rating: Option<Rating>,
    /// A call or chat still to be started.
    pub hand_over: Option<HandOver>,
    /// The case's address in Support Center; `None` until its number is known, and in the demo.
    pub console_url: Option<String>,
    /// How many messages are known.
    pub messages: u32,
    /// Why the outbox cannot deliver what waits for this case.
    pub problem: Option<Problem>,
}

/// A file of a communication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseFile {
    /// AWS's attachment id; `None` while it is only in the outbox.
    pub attachment_id: Option<String>,
    /// Its file name, exactly as it is offered to be saved under.
    pub name: String,
    /// Its size in bytes where this computer knows it; AWS does not tell.
    pub size: Option<u64>,
    /// Whether the system runs a file of this name when it is opened: a program, a script or a shortcut.
    pub runs: bool,
}

impl CaseFile {
    /// A file that was sent under the name `sent`.
    pub(crate) fn named(attachment_id: Option<String>, sent: &str) -> Self {
        let name = name_to_save(sent);
        Self { attachment_id, runs: runs_when_opened(&name), name, size: None }
    }
}

/// Where a message is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// In the outbox.
    Waiting,
    /// In the outbox, and not sent until the user does something.
    Stopped,
    /// ECO has it; AWS does not list it yet.
    Sent,
    /// AWS took it and does not list it, although it should by now.
    Unlisted,
    /// AWS lists it.
    AtAws,
}

/// One message of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Unique within the case; stable.
    pub id: String,
    /// Who wrote it.
    pub author: Author,
    /// The text, without the reference line of this program.
    pub body: String,
    /// When it happened.
    pub at: Millis,
    /// Its files.
    pub files: Vec<CaseFile>,
    /// Whether this is ECO's first response.
    pub first_response: bool,
    /// Whether it came since the user last looked.
    pub unseen: bool,
    /// Where it is on its way.
    pub delivery: Delivery,
    /// Why it is stopped, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<Problem>,
    /// The request that was made although the one before may have arrived: ECO may have it twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sent_again: Option<SentAgain>,
}

/// A case's correspondence: the description and the newest messages, with the gap between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Correspondence {
    /// The description and ECO's first response, where they are older than `recent`.
    pub opening: Vec<Message>,
    /// How many messages lie between `opening` and `recent`.
    pub hidden: u32,
    /// When the first of them was written, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hidden_from: Option<Millis>,
    /// When the last of them was written, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hidden_until: Option<Millis>,
    /// The newest messages and all that are unseen, oldest of them first.
    pub recent: Vec<Message>,
    /// Whether AWS may have more than this computer knows yet.
    pub incomplete: bool,
    /// Why some of it cannot be shown.
    pub gap: Option<Gap>,
}
