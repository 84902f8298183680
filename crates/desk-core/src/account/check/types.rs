//! The plain types of the connection check.

use crate::catalogue::EdiCategory;
use desk_aws::Operation;
use desk_model::{AccountId, Millis, Partition, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who the credentials belong to, as STS says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The twelve digits of the account.
    pub account_number: String,
    /// The user, or the name of the role's session, which companies set to the person's.
    pub name: String,
    /// The role or permission set; `None` for an IAM user.
    pub role: Option<String>,
    /// The whole Amazon Resource Name, for administrators.
    pub arn: String,
}

/// From this many seconds on AWS refuses signatures (AWS Signature Version 4: five minutes).
pub const CLOCK_REFUSED: u32 = 5 * 60;
/// From this many seconds on times in the list look wrong.
pub const CLOCK_NOTICED: u32 = 60;

/// What keeps everything from working, told apart by what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ObstacleKind {
    /// The account has no support plan with the Support API.
    Plan,
    /// This computer's clock is wrong.
    Clock,
    /// The credentials belong to another part of AWS.
    Partition,
    /// The credentials belong to another AWS account than before.
    OtherAccount,
    /// No credentials can be had, or AWS does not take them.
    Credentials,
    /// The credentials have run out.
    SignInEnded,
    /// AWS cannot be reached at all.
    Unreachable,
    /// A certificate that is not trusted is in the way.
    Tls,
    /// A proxy that wants a sign-in is in the way.
    Proxy,
    /// Something else answers in AWS's place.
    NotAws,
    /// AWS has a problem of its own.
    Service,
}

/// What keeps everything from working, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Obstacle {
    /// Which kind.
    pub kind: ObstacleKind,
    /// What happened, and what to do.
    pub problem: Problem,
}

/// Whether an operation may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Permission {
    /// It may.
    Allowed,
    /// It may not, and something does not work without it.
    Denied,
    /// It may not, and everything works all the same.
    NotNeeded,
    /// It could not be found out.
    Unknown {
        /// Why it could not be found out.
        problem: Problem,
    },
}

/// One operation, tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperationCheck {
    /// The operation that was tried.
    pub operation: Operation,
    /// Whether it may be used.
    pub permission: Permission,
}

/// Everything that the check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionCheck {
    /// The account that was checked.
    pub account: AccountId,
    /// The time of the check, in milliseconds since 1970.
    pub at: Millis,
    /// The part of AWS that was asked.
    pub partition: Partition,
    /// The Region of the standby that answered in place of the partition's main endpoint, where one did.
    pub standby: Option<String>,
    /// Who one is; `None` where nobody could be asked.
    pub identity: Option<Identity>,
    /// How many seconds this computer's clock is ahead of AWS's (negative: behind); `None` where AWS did not answer.
    pub clock_ahead_seconds: Option<i64>,
    /// The names of the severities that the plan offers; empty where they are not known.
    pub severities: Vec<String>,
    /// What keeps everything from working, where something does.
    pub obstacle: Option<Obstacle>,
    /// Every operation that this program uses.
    pub operations: Vec<OperationCheck>,
    /// Whether reports find EDI's category.
    pub edi: EdiCategory,
    /// An IAM policy with exactly the permissions that are missing; `None` where none is.
    pub policy: Option<String>,
}
