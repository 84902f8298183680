//! A chat or a call that a customer has asked for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::DisplayId;

/// How a customer wants to talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum ContactKind {
    /// In writing, at once.
    Chat,
    /// By telephone: ECO calls back.
    Call {
        /// In which country's or Region's form, such as `us-east-1`.
        region: String,
        /// The number.
        phone: String,
        /// The extension, where there is one.
        extension: Option<String>,
    },
}

/// How far a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactState {
    /// The customer waits.
    Waiting,
    /// An operator has taken it.
    Connected,
    /// It is over.
    Ended,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The customer.
    Customer,
    /// ECO's operator.
    Eco,
}

/// Something that was said in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// By whom.
    pub by: Party,
    /// 1 to 2000 characters.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// A chat or a call about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Counted from 1.
    pub id: u64,
    /// Its case.
    pub case: DisplayId,
    /// How.
    #[serde(flatten)]
    pub kind: ContactKind,
    /// How far it is.
    pub state: ContactState,
    /// Who wants to talk, as the API names them.
    pub customer: String,
    /// When it was asked for.
    pub begun: Timestamp,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// What was said, in a chat.
    pub lines: Vec<Line>,
}
