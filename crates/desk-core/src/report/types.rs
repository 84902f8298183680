//! What the report form offers and shows: plain types.

use super::{ContactMethod, ServiceOption};
use desk_model::{AccountId, Millis, Priority, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
