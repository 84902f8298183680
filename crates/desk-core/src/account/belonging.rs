//! To which AWS account credentials belong.
//!
//! A profile is a name in files that other programs write: tomorrow it may lead to another AWS account. What was written
//! for the one must not reach the other, and incidents of two accounts must not be taken for those of one.

use super::{Account, Accounts, CredentialSource};
use crate::field::Field;
use crate::{
    aws::{CasesFilter, Endpoint, Provider, Support, account_number, caller, sts_host},
    problem::{Problem, ProblemCode},
};
use std::time::Duration;

/// How long STS is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

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

    /// Refuses an AWS account that is not the one whose incidents are here.
    ///
    /// # Errors
    /// What has happened and what to do.
    pub(crate) fn is_of(&self, number: &str) -> Result<(), Problem> {
        match self.account_number.as_deref() {
            Some(known) if known != number && self.may_lead_elsewhere() => Err(led_elsewhere(known, number)),
            Some(_) | None => Ok(()),
        }
    }
}

impl Accounts {
    /// Refuses credentials of another AWS account than before, and notes to which one they belong where that is not
    /// known yet. STS is asked; where it cannot be reached, a case of AWS Support tells.
    ///
    /// # Errors
    /// They belong to another AWS account, or nobody tells to which one: nothing may be sent with them then.
    pub(super) async fn verify_owner(&self, account: &Account, provider: &Provider) -> Result<(), Problem> {
        if !account.may_lead_elsewhere() {
            return Ok(());
        }
        let number = match self.owner(account, provider).await {
            Some(number) => Some(number),
            None if account.account_number.is_some() => self.owner_by_cases(account, provider).await?,
            // There are no incidents yet that they could be taken from.
            None => None,
        };
        let Some(number) = number else {
            let known = account.account_number.as_deref();
            return known.map_or(Ok(()), |known| self.unverified(account, known));
        };
        account.is_of(&number)?;
        if account.account_number.is_none() {
            self.note_number(&account.id, &number).await?;
        }
        Ok(())
    }

    /// What follows where nobody tells to which AWS account credentials belong.
    fn unverified(&self, account: &Account, known: &str) -> Result<(), Problem> {
        match self.0.reach.endpoint {
            // There is no STS to ask, and no real account behind it.
            Endpoint::Override(_) | Endpoint::InProcess(_) => Ok(()),
            Endpoint::ByPartition | Endpoint::Emulated { .. } => {
                let host = sts_host(account.partition);
                let message = format!(
                    "AWS could not be asked whether these credentials still belong to the AWS account {known}, whose incidents are here. Until then nothing is read or sent. Check that this network lets {host} through; it is tried again by itself."
                );
                Err(Problem::new(ProblemCode::Network, message).retryable())
            }
        }
    }

    /// The AWS account of the first case that AWS Support has; `None` where it has none.
    ///
    /// # Errors
    /// AWS Support's, which says more than that STS is out of reach.
    async fn owner_by_cases(
        &self,
        account: &Account,
        provider: &Provider,
    ) -> Result<Option<String>, Problem> {
        let support =
            Support::of_account(provider.clone(), account.partition, &self.0.reach, account.aws_number());
        let any = CasesFilter { include_resolved: true, ..CasesFilter::default() };
        let cases = support.describe_cases(&any, None).await?.items;
        Ok(cases.iter().find_map(|case| account_number(&case.case_id)).map(str::to_owned))
    }

    /// Refuses a key that is to replace one of another AWS account.
    ///
    /// # Errors
    /// It belongs to another AWS account.
    pub(super) async fn is_of_the_same(&self, account: &Account, provider: &Provider) -> Result<(), Problem> {
        let Some(known) = account.account_number.as_deref() else { return Ok(()) };
        match self.owner(account, provider).await {
            Some(number) if number != known => Err(Problem::field(
                Field::AccessKeyId,
                format!(
                    "This key belongs to the AWS account {number}, and {} is {known}. Connect it as an account of its own.",
                    account.name
                ),
            )),
            Some(_) | None => Ok(()),
        }
    }

    /// The AWS account that credentials belong to; `None` where STS cannot be asked.
    async fn owner(&self, account: &Account, provider: &Provider) -> Option<String> {
        let asked = caller(provider.clone(), account.partition, &self.0.reach);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(Some((caller, _)))) => Some(caller.account_number),
            Ok(Ok(None) | Err(_)) | Err(_) => None,
        }
    }
}

/// The credentials lead elsewhere than they did.
pub(super) fn led_elsewhere(known: &str, now: &str) -> Problem {
    let message = format!(
        "These credentials now belong to the AWS account {now}, and the incidents that you see here are of {known}. Connect {now} as an account of its own, or have the credentials set right. Until then nothing is read or sent."
    );
    Problem::new(ProblemCode::OtherAccount, message)
}
