//! The plain types of an account.

use desk_aws::RoleToAssume;
use desk_model::{AccountId, Millis, Partition, Problem, ProblemCode};
use desk_vault::NotKept;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an account's credentials come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind", rename_all_fields = "camelCase")]
pub enum CredentialSource {
    /// The pretended ECO inside this program.
    Demo,
    /// A profile of the AWS config files on this computer.
    Profile {
        /// The profile's name.
        name: String,
    },
    /// A long-term access key whose secret is in the keyring.
    AccessKey {
        /// The key's id, which is no secret.
        access_key_id: String,
        /// Whether the secret is held until the program ends, for want of a keyring that took it.
        session_only: bool,
        /// Why the keyring did not take it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        not_kept: Option<NotKept>,
        /// The role that is assumed with it, where one is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        role: Option<RoleToAssume>,
        /// The serial number or ARN of the multi-factor device whose code opens a session with the key itself, where
        /// the key is good for nothing without one and no role is assumed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        mfa_serial: Option<String>,
    },
    /// A role of IAM Identity Center, signed in to inside this program.
    Portal {
        /// The address of the portal (start URL), also for links into the console.
        start_url: String,
        /// The Region that IAM Identity Center is in.
        region: String,
        /// The twelve digits of the AWS account.
        account_number: String,
        /// The permission set.
        role: String,
        /// Whether the sign-in is held until the program ends, for want of a keyring that took it.
        session_only: bool,
        /// Why the keyring did not take it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        not_kept: Option<NotKept>,
    },
}

/// Whether an account's credentials are known to work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Connection {
    /// Nobody has tried yet.
    Unchecked,
    /// AWS Support answered.
    Connected {
        /// When it last did.
        at: Millis,
    },
    /// It did not work, and why.
    Failed {
        /// When it was tried.
        at: Millis,
        /// What is wrong, and what to do.
        problem: Problem,
    },
}

/// An account as the UI shows it. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its name on this computer.
    pub id: AccountId,
    /// What the user calls it.
    pub name: String,
    /// Index into the UI's list of account colours, from 0.
    pub colour: u8,
    /// Where its credentials come from.
    pub source: CredentialSource,
    /// The part of AWS it belongs to.
    pub partition: Partition,
    /// The twelve digits, once a case id has told them.
    pub account_number: Option<String>,
    /// Whether it works.
    pub connection: Connection,
}

impl Account {
    /// Whether its credentials may come to belong to another AWS account without anybody connecting it anew. Keys and
    /// roles are of one AWS account for good.
    pub(crate) fn may_lead_elsewhere(&self) -> bool {
        match self.source {
            CredentialSource::Profile { .. } => true,
            CredentialSource::Demo | CredentialSource::AccessKey { .. } | CredentialSource::Portal { .. } => {
                false
            }
        }
    }

    /// The twelve digits of the AWS account, where they are known.
    pub(crate) fn aws_number(&self) -> Option<&str> {
        let of_source = match &self.source {
            CredentialSource::Portal { account_number, .. } => Some(account_number.as_str()),
            CredentialSource::Demo
            | CredentialSource::Profile { .. }
            | CredentialSource::AccessKey { .. } => None,
        };
        self.account_number.as_deref().or(of_source)
    }

    /// Refuses an AWS account that is not the one whose incidents are in the mirror.
    ///
    /// # Errors
    /// What has happened and what to do.
    pub(crate) fn is_of(&self, number: &str) -> Result<(), Problem> {
        match self.account_number.as_deref() {
            Some(known) if known != number && self.may_lead_elsewhere() => Err(other_account(known, number)),
            Some(_) | None => Ok(()),
        }
    }
}

/// The problem of credentials that have come to belong to another AWS account.
pub(super) fn other_account(known: &str, now: &str) -> Problem {
    let message = format!(
        "These credentials now belong to the AWS account {now}, and the incidents that you see here are of {known}. Connect {now} as an account of its own, or have the credentials set right. Until then nothing is read or sent."
    );
    Problem::new(ProblemCode::OtherAccount, message)
}

/// How a profile of the AWS config files gets its credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileKind {
    /// `aws_access_key_id` and `aws_secret_access_key`.
    StaticKeys,
    /// `role_arn`, with a source.
    AssumeRole,
    /// IAM Identity Center, signed in with the AWS CLI.
    Sso,
    /// An external program.
    CredentialProcess,
    /// `aws login`.
    Login,
    /// A web identity token file.
    WebIdentity,
    /// Nothing that gives credentials.
    Nothing,
}

/// A portal of IAM Identity Center that a profile names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundPortal {
    /// Its address.
    pub start_url: String,
    /// The Region that it is in.
    pub region: String,
}

/// A profile found in the AWS config files of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundProfile {
    /// Its name.
    pub name: String,
    /// How it gets its credentials.
    pub kind: ProfileKind,
    /// The portal of IAM Identity Center that it belongs to, where it does.
    pub portal: Option<FoundPortal>,
    /// The serial number of the multi-factor device whose code it asks for, where it does.
    pub mfa_serial: Option<String>,
    /// The command of the `credential_process` that is run for it, where one is. To connect the profile is to agree to
    /// this command, so it has to be shown before.
    pub command: Option<String>,
    /// Why it cannot be used, where it cannot.
    pub unusable: Option<String>,
}
