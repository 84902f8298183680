//! Where an account's credentials come from: an access key, a role or a session that an MFA code opens, a profile of the
//! AWS config files, a portal of IAM Identity Center, or the demo.

mod access_keys;
mod approvals;
mod config_files;
mod key_files;
mod mfa;
mod portal_session;
mod portal_sessions;
mod profile_source;
mod profiles;

use super::{Account, CredentialSource, FoundProfile, store::AccountStore};
pub(super) use access_keys::{AccessKeys, KeyUse};
pub(super) use approvals::{approval_needed, forget_approved};
pub use config_files::ConfigFiles;
pub(super) use config_files::Snapshot;
use desk_aws::{AwsTransport, Endpoint, Provider, fetch, provider_of_in_process};
use desk_model::{Clock, Problem, ProblemCode};
use desk_store::Database;
use desk_vault::Vault;
pub use key_files::{HeldKey, HeldKeyId, KeyFiles};
pub(super) use mfa::MfaSessions;
pub(super) use portal_session::Tokens;
pub(super) use portal_sessions::PortalSessions;
pub(super) use profile_source::ProfileSource;

/// Gives the credentials of any account, from where its source says.
#[derive(Debug)]
pub struct Credentials {
    endpoint: Endpoint,
    pub(super) profiles: ProfileSource,
    pub(super) keys: AccessKeys,
    pub(super) portals: PortalSessions,
    pub(super) mfa: MfaSessions,
}

impl Credentials {
    pub(super) fn new(
        desk: Database,
        store: AccountStore,
        transport: &AwsTransport,
        files: ConfigFiles,
        vault: Vault,
        desk_id: String,
        clock: Clock,
    ) -> Self {
        Self {
            endpoint: transport.endpoint.clone(),
            profiles: ProfileSource::new(desk, transport.clone(), files),
            keys: AccessKeys::new(transport.clone(), vault.clone()),
            portals: PortalSessions::new(store, transport.clone(), vault, desk_id, clock),
            mfa: MfaSessions::default(),
        }
    }

    /// The profiles of the AWS config files of this computer; none in the demo, and none where their credentials would go
    /// to somebody else than AWS.
    pub async fn profiles(&self) -> Vec<FoundProfile> {
        self.profiles.find().await
    }

    /// What gives an account's credentials.
    ///
    /// # Errors
    /// Where the secret or the profile is missing, where the user has to agree to a command first, or where demo and
    /// real AWS would meet.
    pub(super) async fn provider(&self, account: &Account) -> Result<Provider, Problem> {
        let demo = match &self.endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => None,
            Endpoint::InProcess(api) => Some(api),
        };
        let session = || self.mfa.of(&account.id);
        match (&account.source, demo) {
            (CredentialSource::Demo, Some(api)) => Ok(provider_of_in_process(api)),
            (CredentialSource::Profile { name }, None) => {
                self.profiles.provider(account, name, &session()).await
            }
            (CredentialSource::AccessKey { access_key_id, role, mfa_serial, .. }, None) => {
                let secret = self.keys.secret(&account.id).await?;
                let with = KeyUse::of(role.as_ref(), mfa_serial.as_deref());
                Ok(self.keys.provider(access_key_id, &secret, with, account.partition, &session()))
            }
            (CredentialSource::Portal { start_url, region, account_number, role, .. }, None) => {
                self.endpoint.takes_sign_ins()?;
                Ok(self.portals.provider(start_url, region, account_number, role))
            }
            (CredentialSource::Demo, None)
            | (
                CredentialSource::Profile { .. }
                | CredentialSource::AccessKey { .. }
                | CredentialSource::Portal { .. },
                Some(_),
            ) => Err(kept_apart()),
        }
    }

    /// Gets credentials where a person may have to do something for them: unlock the keyring, or answer a program. They
    /// are held by the provider, so that the SDK, which waits less long, finds them. What fails is told by the call that
    /// needs them.
    pub(super) async fn prefetch(&self, account: &Account, provider: &Provider) {
        let asks_a_person = match &account.source {
            CredentialSource::Profile { name } => self.profiles.runs_a_program(name).await,
            CredentialSource::Portal { .. } => true,
            CredentialSource::Demo | CredentialSource::AccessKey { .. } => false,
        };
        if asks_a_person {
            fetch(provider).await;
        }
    }

    /// Forgets the secret of an account that was removed.
    ///
    /// # Errors
    /// [`ProblemCode::Storage`] where it may still be in the keyring.
    pub(super) async fn forget(&self, account: &Account) -> Result<(), Problem> {
        self.mfa.forget(&account.id);
        let (forgotten, was_in_memory) = match &account.source {
            CredentialSource::AccessKey { session_only, .. } => {
                (self.keys.forget(&account.id).await, *session_only)
            }
            CredentialSource::Portal { start_url, region, session_only, .. } => {
                (self.portals.end(start_url, region).await, *session_only)
            }
            CredentialSource::Demo | CredentialSource::Profile { .. } => return Ok(()),
        };
        // What was held in memory for want of a keyring is gone in any case.
        if was_in_memory { Ok(()) } else { forgotten }
    }
}

/// The demo and AWS never meet in one program.
pub(super) fn kept_apart() -> Problem {
    Problem::new(ProblemCode::Conflict, "The demo and real accounts are kept apart.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_aws::InProcessApi;
    use desk_model::{Changes, Partition};
    use desk_store::Store;

    #[tokio::test]
    async fn the_demos_account_and_real_ones_are_kept_apart() {
        let dir = tempfile::tempdir().unwrap();
        let desk = Store::open(dir.path()).await.unwrap().store.desk;
        let accounts = AccountStore::new(desk.clone(), Changes::default(), Clock::System);
        let sim = support_sim::Sim::new();
        let api = InProcessApi::new(sim.http_client(), "AKIADEMO", "secret");
        let at = |endpoint: Endpoint| {
            let vault = Vault::new(desk.clone(), "ECO Desk test");
            let files = ConfigFiles { config: dir.path().join("a"), credentials: dir.path().join("b") };
            let (transport, desk_id) = (AwsTransport::from(endpoint), "desk".to_owned());
            Credentials::new(desk.clone(), accounts.clone(), &transport, files, vault, desk_id, Clock::System)
        };
        let real = [
            CredentialSource::Profile { name: "p".to_owned() },
            CredentialSource::AccessKey {
                access_key_id: "AKIA".to_owned(),
                session_only: true,
                not_kept: None,
                role: None,
                mfa_serial: None,
            },
            CredentialSource::Portal {
                start_url: "https://norvik.awsapps.com/start".to_owned(),
                region: "eu-west-1".to_owned(),
                account_number: "123456789012".to_owned(),
                role: "EdiSupport".to_owned(),
                session_only: true,
                not_kept: None,
            },
        ];
        let account = async |source| accounts.prepare("A".to_owned(), source, Partition::Aws).await.unwrap();
        let (demo, aws) = (at(Endpoint::InProcess(api)), at(Endpoint::ByPartition));
        for source in real {
            let account = account(source).await;
            assert_eq!(demo.provider(&account).await.unwrap_err().code, ProblemCode::Conflict);
        }
        let pretended = account(CredentialSource::Demo).await;
        assert_eq!(aws.provider(&pretended).await.unwrap_err().code, ProblemCode::Conflict);
        demo.provider(&pretended).await.unwrap();
    }
}
