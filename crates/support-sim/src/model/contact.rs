//! Contacts: chats and calls that a customer has requested.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::DisplayId;

/// The kind of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum ContactKind {
    /// A live chat.
    Chat,
    /// A phone call: ECO calls back.
    Call {
        /// The country or Region whose number format it has, such as `us-east-1`.
        region: String,
        /// The phone number.
        phone: String,
        /// The extension, where there is one.
        extension: Option<String>,
    },
}

/// The state of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactState {
    /// The customer waits.
    Waiting,
    /// An operator has accepted it.
    Connected,
    /// The contact has ended.
    Ended,
}

/// A participant of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The customer.
    Customer,
    /// ECO's operator.
    Eco,
}

/// A message in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The author.
    pub by: Party,
    /// The text, 1 to 2000 characters.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
}

/// A contact: a chat or a call about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The id, counted from 1.
    pub id: u64,
    /// The case it is about.
    pub case: DisplayId,
    /// The kind of contact.
    #[serde(flatten)]
    pub kind: ContactKind,
    /// The state.
    pub state: ContactState,
    /// The customer, as the API names them.
    pub customer: String,
    /// When it was requested.
    pub begun: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// The messages of a chat.
    pub lines: Vec<Line>,
}
