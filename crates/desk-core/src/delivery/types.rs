//! The plain types of the outbox.

use super::SentAgain;
use desk_model::{AccountId, CaseKey, Millis, Priority, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names an entry of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct OutboxId(pub String);

/// What an entry will do at AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OutboxKind {
    /// CreateCase.
    Report,
    /// AddCommunicationToCase.
    Reply,
    /// ResolveCase.
    Resolve,
}

/// Where an entry stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state", rename_all_fields = "camelCase")]
pub enum OutboxState {
    /// Nothing has been tried, or another entry of the same case goes first.
    Queued,
    /// On its way now.
    Sending {
        /// `files` or `message`.
        step: SendingStep,
    },
    /// The answer to a request got lost: AWS is asked whether ECO has it.
    Checking {
        /// When the request was made.
        since: Millis,
        /// When AWS is asked next.
        next_check_at: Millis,
        /// Until when AWS may list it yet.
        settles_at: Millis,
        /// Whether it is sent again by itself then: a High incident. All others wait for the user.
        goes_again: bool,
        /// Whether that time is over without an answer: the user has to decide.
        overdue: bool,
    },
    /// It did not work and is tried again.
    Waiting {
        /// When it is tried again.
        next_try_at: Millis,
        /// Why it failed.
        problem: Problem,
    },
    /// It did not work, and trying again would not help until something is changed.
    Stopped {
        /// What is wrong, and what to do.
        problem: Problem,
    },
}

/// What of an entry is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SendingStep {
    /// Its files.
    Files,
    /// The report, reply or resolution itself.
    Message,
}

/// An entry of the outbox as the UI shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxEntry {
    /// Its name.
    pub id: OutboxId,
    /// What it will do.
    pub kind: OutboxKind,
    /// In which account.
    pub account: AccountId,
    /// For which case.
    pub case: CaseKey,
    /// The case's subject.
    pub subject: String,
    /// For a report: its priority.
    pub priority: Option<Priority>,
    /// How many files it carries.
    pub files: u32,
    /// How many bytes those files have together.
    pub bytes: u64,
    /// Where it stands.
    pub state: OutboxState,
    /// How often it was tried.
    pub tries: u32,
    /// When the user sent it.
    pub created_at: Millis,
    /// Whether it can be turned into a draft again: nothing of it can have reached ECO.
    pub editable: bool,
    /// Whether it can be discarded: nothing of it is being requested right now.
    pub discardable: bool,
    /// Whether ECO may have it already.
    pub may_be_with_eco: bool,
    /// The request that was made although the one before may have arrived.
    pub sent_again: Option<SentAgain>,
    /// Whether it is a report that does not get through to ECO: what alarms, banners and the tray go by.
    pub not_yet_with_eco: bool,
}

impl OutboxEntry {
    /// Whether it is an alarm that must not be missed: a High report that does not get through, or anything of which
    /// nobody can tell whether ECO has it, so that the user has to decide.
    #[must_use]
    pub fn is_alarm(&self) -> bool {
        (self.not_yet_with_eco && self.priority == Some(Priority::High)) || self.is_undecided()
    }

    /// Whether AWS had its time to list it and does not, and the user has to decide.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        match self.state {
            OutboxState::Checking { overdue, .. } => overdue,
            OutboxState::Queued
            | OutboxState::Sending { .. }
            | OutboxState::Waiting { .. }
            | OutboxState::Stopped { .. } => false,
        }
    }
}
