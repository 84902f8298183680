//! To which AWS account credentials belong.
//!
//! A profile is a name in files that other programs write: tomorrow it may lead to another AWS account. What was written
//! for the one must not reach the other, and incidents of two accounts must not be taken for those of one.

use super::Account;
use desk_aws::{AwsTransport, CasesFilter, Endpoint, Provider, Support, account_number, caller, sts_host};
use desk_model::{Field, Problem, ProblemCode};
use std::time::Duration;

/// How long STS is waited for.
const STS_TIMEOUT: Duration = Duration::from_secs(10);

/// Verifies to which AWS account credentials belong.
#[derive(Debug, Clone)]
pub(super) struct Ownership {
    transport: AwsTransport,
}

impl Ownership {
    /// Over what leads to STS and to AWS Support.
    pub(super) fn new(transport: AwsTransport) -> Self {
        Self { transport }
    }

    /// Refuses credentials of another AWS account than before, and answers the number of the one that they belong to,
    /// where it can be told. STS is asked; where it cannot be reached, a case of AWS Support tells. Keys and roles, which
    /// are of one AWS account for good, are not asked about.
    ///
    /// # Errors
    /// They belong to another AWS account, or nobody tells to which one: nothing may be sent with them then.
    pub(super) async fn verify(
        &self,
        account: &Account,
        provider: &Provider,
    ) -> Result<Option<String>, Problem> {
        if !account.may_lead_elsewhere() {
            return Ok(None);
        }
        let number = match self.by_sts(account, provider).await {
            Some(number) => Some(number),
            None if account.account_number.is_some() => self.by_cases(account, provider).await?,
            // There are no incidents yet that they could be taken from.
            None => None,
        };
        let Some(number) = number else {
            let known = account.account_number.as_deref();
            return known.map_or(Ok(()), |known| self.unverified(account, known)).map(|()| None);
        };
        account.is_of(&number)?;
        Ok(Some(number))
    }

    /// Refuses a key that is to replace one of another AWS account.
    ///
    /// # Errors
    /// It belongs to another AWS account.
    pub(super) async fn verify_replacement(
        &self,
        account: &Account,
        provider: &Provider,
    ) -> Result<(), Problem> {
        let Some(known) = account.account_number.as_deref() else { return Ok(()) };
        match self.by_sts(account, provider).await {
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

    /// What follows where nobody tells to which AWS account credentials belong.
    fn unverified(&self, account: &Account, known: &str) -> Result<(), Problem> {
        match self.transport.endpoint {
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
    async fn by_cases(&self, account: &Account, provider: &Provider) -> Result<Option<String>, Problem> {
        let support =
            Support::of_account(provider.clone(), account.partition, &self.transport, account.aws_number());
        let any = CasesFilter { include_resolved: true, ..CasesFilter::default() };
        let cases = support.describe_cases(&any, None).await?.items;
        Ok(cases.iter().find_map(|case| account_number(&case.case_id)).map(str::to_owned))
    }

    /// The AWS account as STS tells it; `None` where STS cannot be asked.
    async fn by_sts(&self, account: &Account, provider: &Provider) -> Option<String> {
        let asked = caller(provider.clone(), account.partition, &self.transport);
        match tokio::time::timeout(STS_TIMEOUT, asked).await {
            Ok(Ok(Some((caller, _)))) => Some(caller.account_number),
            Ok(Ok(None) | Err(_)) | Err(_) => None,
        }
    }
}
