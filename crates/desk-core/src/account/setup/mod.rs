//! Connects accounts and renews their credentials: nothing is kept before AWS Support has answered with them.

mod input;
mod portal;

use super::{
    Account, Connection, ConnectionChecker, CredentialSource, KeyFiles, ProfileKind, SignIns,
    clients::Clients,
    credentials::{Credentials, KeyUse, approval_needed, kept_apart},
    ownership::Ownership,
    store::{AccountStore, not_found},
};
use desk_aws::{Endpoint, MfaSession, Provider, RoleToAssume, Support, process_of};
use desk_model::{AccountId, Clock, Field, Partition, Problem, ProblemCode, Secret};
use desk_vault::NotKept;
pub(super) use input::checked_name;
pub use input::{EnteredKey, KeyEntry, MAX_NAME, ProfileEntry};
use input::{check_keys, checked_role, checked_serial};
use std::sync::Arc;

/// Connects accounts of every kind and renews their credentials.
#[derive(Debug)]
pub struct AccountSetup {
    pub(super) store: AccountStore,
    pub(super) credentials: Arc<Credentials>,
    pub(super) clients: Clients,
    pub(super) ownership: Ownership,
    pub(super) checker: Arc<ConnectionChecker>,
    pub(super) sign_ins: Arc<SignIns>,
    pub(super) key_files: Arc<KeyFiles>,
    pub(super) endpoint: Endpoint,
    pub(super) clock: Clock,
}

impl AccountSetup {
    /// Connects the account of a profile. An empty `name` means the profile's.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept.
    pub async fn connect_profile(&self, profile: &str, name: &str) -> Result<Account, Problem> {
        self.connect_profile_entry(&ProfileEntry::new(profile, name)).await
    }

    /// As [`AccountSetup::connect_profile`], with the code of the multi-factor device where the profile asks for one,
    /// and the command that the user has agreed to where the profile has one run.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept. [`ProblemCode::ApprovalNeeded`] where the profile has another
    /// command run than the one that was agreed to; it was not run.
    pub async fn connect_profile_entry(&self, entry: &ProfileEntry) -> Result<Account, Problem> {
        self.endpoint.takes_sign_ins()?;
        let ProfileEntry { profile, name, code, command } = entry;
        let found = self.credentials.profiles().await.into_iter().find(|found| found.name == *profile);
        let Some(found) = found else {
            return Err(Problem::field(
                Field::Profile,
                format!("There is no profile \"{profile}\" to connect."),
            ));
        };
        if let Some(reason) = found.unusable {
            return Err(Problem::field(Field::Profile, reason));
        }
        let name = checked_name(if name.trim().is_empty() { profile } else { name })?;
        let source = CredentialSource::Profile { name: profile.clone() };
        if self.store.list().await?.iter().any(|account| account.source == source) {
            return Err(Problem::new(ProblemCode::Conflict, "This profile is already connected."));
        }
        let profiles = self.credentials.profiles.read().await;
        if process_of(&profiles, profile) != command.as_deref() {
            return Err(approval_needed(profile));
        }
        let mut account = self.store.prepare(name, source, profiles.partition(profile)).await?;
        let session = MfaSession::with_code(code.as_ref());
        let provider = self.credentials.profiles.provider_of(&profiles, profile, &account, &session);
        let tried = self.checker.try_credentials(&account, &provider).await;
        tried.map_err(|problem| with_command(problem, found.kind, profile))?;
        account.account_number = self.ownership.verify(&account, &provider).await?;
        self.credentials.mfa.put(&account.id, session);
        if let Some(command) = command {
            self.credentials.profiles.approvals.approve(&account.id, command).await?;
        }
        // With its number, by which clients share the limit of calls.
        let support = self.clients.of(&account, &provider);
        self.keep(account, provider, support).await
    }

    /// Signs in again with the code of a multi-factor device, and notes whether the account works then.
    ///
    /// # Errors
    /// What is wrong with the code; [`ProblemCode::NotFound`] where there is no such account.
    pub async fn enter_code(&self, id: &AccountId, code: &Secret) -> Result<Account, Problem> {
        let mut account = self.store.get(id).await?;
        if code.is_empty() {
            return Err(Problem::field(Field::Code, "Enter the code that your device shows."));
        }
        self.credentials.mfa.put(id, MfaSession::with_code(Some(code)));
        self.clients.discard(id);
        let provider = self.credentials.provider(&account).await?;
        let support = self.checker.try_credentials(&account, &provider).await?;
        let number = self.ownership.verify(&account, &provider).await?;
        self.clients.put(&account, provider, support);
        if let Some(number) = number {
            self.clients.note_number(id, &number).await?;
        }
        account.connection = Connection::Connected { at: self.clock.now() };
        self.store.set_connection(id, account.connection.clone()).await?;
        Ok(account)
    }

    /// Connects the account of an access key. The secret goes into the keyring; where there is none, it is held for
    /// this session, and the account's source says so. A key that is connected already gets the new secret.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept.
    pub async fn connect_keys(
        &self,
        access_key_id: &str,
        secret: &Secret,
        partition: Partition,
        name: &str,
    ) -> Result<Account, Problem> {
        let key =
            EnteredKey::Typed { access_key_id: access_key_id.to_owned(), secret_access_key: secret.clone() };
        self.connect_key_entry(KeyEntry::new(key, partition), name).await
    }

    /// As [`AccountSetup::connect_keys`], with what the key is used for and a code where a multi-factor device is asked
    /// for. A key that was held is forgotten once it is connected.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept. [`ProblemCode::CodeNeeded`] where a code has to be asked for.
    pub async fn connect_key_entry(&self, entry: KeyEntry, name: &str) -> Result<Account, Problem> {
        if matches!(self.endpoint, Endpoint::InProcess(_)) {
            return Err(kept_apart());
        }
        let KeyEntry { key, partition, role, mfa_serial, code, replaces } = entry;
        let (access_key_id, secret) = self.entered(&key)?;
        check_keys(&access_key_id, &secret)?;
        let role = role.map(|role| checked_role(&role)).transpose()?;
        let mfa_serial = match &role {
            Some(_) => None,
            None => mfa_serial.map(|serial| checked_serial(&serial)).transpose()?.flatten(),
        };
        let name = checked_name(name)?;
        let source = |not_kept: Option<NotKept>| CredentialSource::AccessKey {
            access_key_id: access_key_id.clone(),
            session_only: not_kept.is_some(),
            not_kept,
            role: role.clone(),
            mfa_serial: mfa_serial.clone(),
        };
        let known = self.account_of_key(&access_key_id, role.as_ref(), replaces.as_ref()).await?;
        let is_new = known.is_none();
        let mut account = match known {
            Some(account) => Account { name, partition, ..account },
            None => self.store.prepare(name, source(None), partition).await?,
        };
        let session = MfaSession::with_code(code.as_ref());
        let with = KeyUse::of(role.as_ref(), mfa_serial.as_deref());
        let keys = &self.credentials.keys;
        let provider = keys.provider(&access_key_id, &secret, with, partition, &session);
        let support = self.checker.try_credentials(&account, &provider).await?;
        if !is_new {
            self.ownership.verify_replacement(&account, &provider).await?;
        }
        account.source = source(keys.store(&account.id, &secret).await);
        let id = account.id.clone();
        self.credentials.mfa.put(&id, session);
        let kept = self.keep(account, provider, support).await;
        match (&kept, key) {
            (Ok(_), EnteredKey::Held { key }) => self.key_files.forget(&key),
            (Ok(_), EnteredKey::Typed { .. }) => {}
            (Err(_), _) if is_new => {
                if let Err(problem) = keys.forget(&id).await {
                    tracing::warn!(
                        code = ?problem.code,
                        "the secret of an account that could not be kept stays in the keyring"
                    );
                }
            }
            (Err(_), _) => {}
        }
        kept
    }

    /// The command that the account's profile has run and that the user has not agreed to yet; `None` where there is
    /// none.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where there is no such account.
    pub async fn command_to_approve(&self, id: &AccountId) -> Result<Option<String>, Problem> {
        let account = self.store.get(id).await?;
        let CredentialSource::Profile { name } = &account.source else { return Ok(None) };
        let source = &self.credentials.profiles;
        let profiles = source.read().await;
        Ok(source.approvals.unapproved(id, &profiles, name).await?.map(str::to_owned))
    }

    /// Agrees to the command that the account's profile has run, and notes whether the account works then.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] where the files name another command than the one that was shown.
    pub async fn approve_command(&self, id: &AccountId, command: &str) -> Result<Account, Problem> {
        let account = self.store.get(id).await?;
        let source = &self.credentials.profiles;
        let profiles = source.read().await;
        let current = match &account.source {
            CredentialSource::Profile { name } => process_of(&profiles, name),
            CredentialSource::Demo | CredentialSource::AccessKey { .. } | CredentialSource::Portal { .. } => {
                None
            }
        };
        if current != Some(command) {
            let message = "The command has changed again meanwhile, and was not run. Look at it once more.";
            return Err(Problem::new(ProblemCode::Conflict, message));
        }
        source.approvals.approve(id, command).await?;
        self.checker.check(id).await
    }

    /// The pair that was entered.
    fn entered(&self, key: &EnteredKey) -> Result<(String, Secret), Problem> {
        match key {
            EnteredKey::Typed { access_key_id, secret_access_key } => {
                Ok((access_key_id.trim().to_owned(), secret_access_key.clone()))
            }
            EnteredKey::Held { key } => self.key_files.get(key),
        }
    }

    /// The account whose key it is: the one whose key is replaced, else that of the same key and role. The same key with
    /// another role is another account.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where the account whose key is to be replaced is no longer there.
    async fn account_of_key(
        &self,
        access_key_id: &str,
        role: Option<&RoleToAssume>,
        replaces: Option<&AccountId>,
    ) -> Result<Option<Account>, Problem> {
        let arn = |role: Option<&RoleToAssume>| role.map(|role| role.arn.clone());
        let is_it = |account: &Account| match (&account.source, replaces) {
            (CredentialSource::AccessKey { .. }, Some(id)) => account.id == *id,
            (CredentialSource::AccessKey { access_key_id: known, role: its, .. }, None) => {
                *known == access_key_id && arn(its.as_ref()) == arn(role)
            }
            (
                CredentialSource::Demo | CredentialSource::Profile { .. } | CredentialSource::Portal { .. },
                _,
            ) => false,
        };
        let known = self.store.list().await?.into_iter().find(is_it);
        if replaces.is_some() && known.is_none() {
            return Err(not_found());
        }
        Ok(known)
    }

    /// Keeps an account whose credentials work, with its client.
    async fn keep(
        &self,
        mut account: Account,
        provider: Provider,
        support: Support,
    ) -> Result<Account, Problem> {
        account.connection = Connection::Connected { at: self.clock.now() };
        self.store.put(&account).await?;
        self.clients.put(&account, provider, support);
        Ok(account)
    }
}

/// Says by which command of the AWS CLI one signs in to a profile that nobody is signed in to.
fn with_command(problem: Problem, kind: ProfileKind, profile: &str) -> Problem {
    let command = match kind {
        ProfileKind::Sso => "aws sso login",
        ProfileKind::Login => "aws login",
        ProfileKind::StaticKeys
        | ProfileKind::AssumeRole
        | ProfileKind::CredentialProcess
        | ProfileKind::WebIdentity
        | ProfileKind::Nothing => return problem,
    };
    if problem.code != ProblemCode::CredentialsExpired {
        return problem;
    }
    let other = match kind {
        ProfileKind::Sso => " Or take the company sign-in, which needs no terminal.",
        _ => "",
    };
    let message = format!(
        "Nobody is signed in to this profile. Run {command} --profile {profile} in a terminal, then connect again.{other}"
    );
    Problem { message, ..problem }
}
