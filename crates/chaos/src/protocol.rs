//! What the runner tells the headless program, and what that answers: one line of JSON each.

use std::path::PathBuf;

use desk_model::Priority;
use serde::{Deserialize, Serialize};

/// Something that a user does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(crate) enum Command {
    /// Begins a report.
    BeginReport,
    /// Begins the reply in a case, or goes on with it.
    BeginReply { case: String },
    /// Saves what is typed into the draft of a report.
    SaveReport { draft: String, account: usize, subject: String, body: String, priority: Priority },
    /// Saves what is typed into the draft of a reply.
    SaveReply { draft: String, body: String },
    /// Adds a file to a draft.
    Attach { draft: String, file: PathBuf },
    /// Sends a draft.
    Submit { draft: String },
    /// Resolves a case, with so many stars and a comment that goes to ECO.
    Resolve { case: String, stars: u8, comment: Option<String> },
    /// Throws an entry of the outbox away.
    Discard { entry: String },
    /// Makes an entry of the outbox a draft again.
    Edit { entry: String },
    /// Tries an entry of the outbox now.
    Retry { entry: String },
    /// Sends an entry again that ECO may have.
    SendAgain { entry: String },
    /// Sets the program's clock by so many milliseconds, as a user or a time server does.
    StepClock { by: i64 },
    /// Asks for all drafts.
    Drafts,
    /// Asks for the outbox.
    Outbox,
    /// Ends the program in order.
    ShutDown,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub(crate) enum Answer {
    /// It is done.
    Done,
    /// The draft that was begun, or that an entry has become.
    Draft { id: String },
    /// An entry of the outbox is thrown away; whether AWS may have it.
    Discarded { may_be_there: bool },
    /// The case that a draft was sent to.
    Case { key: String },
    /// All drafts.
    Drafts { drafts: Vec<DraftLine> },
    /// The outbox, in the order of sending.
    Outbox { entries: Vec<EntryLine> },
    /// It was refused, in words for the user.
    Refused { code: String, message: String },
}

/// A draft, as far as the checks need it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DraftLine {
    pub(crate) id: String,
    pub(crate) case: Option<String>,
    /// The place of its account among the accounts of the round.
    pub(crate) account: Option<usize>,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) files: Vec<String>,
}

/// An entry of the outbox, as far as the checks need it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct EntryLine {
    pub(crate) id: String,
    pub(crate) case: String,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) problem: Option<String>,
}
