//! Profiles of the AWS config files as a source of credentials.

use super::{
    ConfigFiles,
    approvals::{Approvals, approval_needed},
    profiles,
};
use crate::account::{Account, FoundProfile};
use desk_aws::{AwsTransport, Endpoint, MfaSession, Profiles, Provider, process_of, provider_of_profile};
use desk_model::{Problem, ProblemCode};
use desk_store::Database;

/// Finds profiles and gives their credentials.
#[derive(Debug)]
pub(in crate::account) struct ProfileSource {
    transport: AwsTransport,
    files: ConfigFiles,
    /// The commands that the user has agreed to.
    pub(in crate::account) approvals: Approvals,
}

impl ProfileSource {
    pub(super) fn new(desk: Database, transport: AwsTransport, files: ConfigFiles) -> Self {
        Self { transport, files, approvals: Approvals::new(desk) }
    }

    /// The profiles of this computer, with why one cannot be used; none where their credentials would go to somebody
    /// else than AWS.
    pub(in crate::account) async fn find(&self) -> Vec<FoundProfile> {
        match &self.transport.endpoint {
            Endpoint::InProcess(_) => Vec::new(),
            endpoint if endpoint.takes_sign_ins().is_err() => Vec::new(),
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => {
                profiles::find(&self.files).await
            }
        }
    }

    /// The AWS config files as they are now.
    pub(in crate::account) async fn read(&self) -> Profiles {
        Profiles::read(&self.files.config, &self.files.credentials).await
    }

    /// What gives the credentials of an account's profile.
    ///
    /// # Errors
    /// Where the files no longer have it, or [`ProblemCode::ApprovalNeeded`].
    pub(super) async fn provider(
        &self,
        account: &Account,
        profile: &str,
        session: &MfaSession,
    ) -> Result<Provider, Problem> {
        self.transport.endpoint.takes_sign_ins()?;
        let profiles = self.read().await;
        if let Some(why) = profiles.missing(profile) {
            return Err(Problem::new(ProblemCode::CredentialsMissing, why));
        }
        if self.approvals.unapproved(&account.id, &profiles, profile).await?.is_some() {
            return Err(approval_needed(profile));
        }
        Ok(self.provider_of(&profiles, profile, account, session))
    }

    /// What gives the credentials of a profile as it was read. The user has to have agreed to its command.
    pub(in crate::account) fn provider_of(
        &self,
        profiles: &Profiles,
        profile: &str,
        account: &Account,
        session: &MfaSession,
    ) -> Provider {
        provider_of_profile(profiles, profile, account.partition, &self.transport, session)
    }

    /// Whether a program gives the profile's credentials.
    pub(super) async fn runs_a_program(&self, profile: &str) -> bool {
        process_of(&self.read().await, profile).is_some()
    }
}
