//! Connecting an account: nothing is kept before AWS Support has answered with its credentials.

use super::{
    Account, AccountId, Accounts, Connection, CredentialSource, EnteredKey, NotKept, Partition, ProfileKind,
    RoleToAssume, Secret,
    accounts::{KeyUse, kept_apart, not_found},
    approval::approval_needed,
    names::COLOURS,
    rows,
};
use crate::field::Field;
use crate::{
    aws::{
        AwsError, AwsErrorKind, Endpoint, MfaSession, Provider, Support, fetch, process_of,
        provider_of_profile,
    },
    change::Change,
    problem::{Problem, ProblemCode},
};
use serde::Deserialize;
use ts_rs::TS;

/// Longest name, in characters.
pub const MAX_NAME: usize = 60;

impl Accounts {
    /// Connects the account of a profile. An empty `name` means the profile's.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept.
    pub async fn connect_profile(&self, profile: &str, name: &str) -> Result<Account, Problem> {
        self.connect_profile_entry(&ProfileEntry::new(profile, name)).await
    }

    /// As [`Accounts::connect_profile`], with the code of the multi-factor device where the profile asks for one, and
    /// the command that the user has agreed to where the profile has one run.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept. [`ProblemCode::ApprovalNeeded`] where the profile has another
    /// command run than the one that was agreed to; it was not run.
    pub async fn connect_profile_entry(&self, entry: &ProfileEntry) -> Result<Account, Problem> {
        self.0.reach.endpoint.takes_sign_ins()?;
        let ProfileEntry { profile, name, code, command } = entry;
        let (profile, code) = (profile.as_str(), code.as_ref());
        let found = self.profiles().await.into_iter().find(|found| found.name == profile);
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
        let source = CredentialSource::Profile { name: profile.to_owned() };
        let accounts = self.list().await?;
        if accounts.iter().any(|account| account.source == source) {
            return Err(Problem::new(ProblemCode::Conflict, "This profile is already connected."));
        }
        let profiles = self.read_profiles().await;
        if process_of(&profiles, profile) != command.as_deref() {
            return Err(approval_needed(profile));
        }
        let account = self.unchecked(name, source, profiles.partition(profile)).await?;
        let session = MfaSession::with_code(code);
        let provider = provider_of_profile(&profiles, profile, account.partition, &self.0.reach, &session);
        let asked = self.asked(&account, &provider).await;
        let support = asked.map_err(|problem| with_command(problem, found.kind, profile))?;
        self.sessions().insert(account.id.clone(), session);
        if let Some(command) = command {
            self.keep_approved(&account.id, command).await?;
        }
        let kept = self.keep(account, support).await?;
        self.verify_owner(&kept, &provider).await?;
        self.get(&kept.id).await
    }

    /// Signs in again with the code of a multi-factor device, and notes whether the account works then.
    ///
    /// # Errors
    /// What is wrong with the code; [`ProblemCode::NotFound`] where there is no such account.
    pub async fn enter_code(&self, id: &AccountId, code: &Secret) -> Result<Account, Problem> {
        let mut account = self.get(id).await?;
        if code.is_empty() {
            return Err(Problem::field(Field::Code, "Enter the code that your device shows."));
        }
        self.sessions().insert(id.clone(), MfaSession::with_code(Some(code)));
        self.clients().remove(id);
        let provider = self.provider(&account).await?;
        let support = self.asked(&account, &provider).await?;
        self.verify_owner(&account, &provider).await?;
        self.clients().insert(id.clone(), support);
        account.connection = Connection::Connected { at: self.0.clock.now() };
        self.set_connection(id, account.connection.clone()).await?;
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

    /// As [`Accounts::connect_keys`], with what the key is used for and a code where a multi-factor device is asked
    /// for. A key that was held is forgotten once it is connected.
    ///
    /// # Errors
    /// What keeps it from working: then nothing is kept. [`ProblemCode::CodeNeeded`] where a code has to be asked for.
    pub async fn connect_key_entry(&self, entry: KeyEntry, name: &str) -> Result<Account, Problem> {
        if matches!(self.0.reach.endpoint, Endpoint::InProcess(_)) {
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
        // The same key with another role is another account.
        let is_it = |account: &Account| match (&account.source, &replaces) {
            (CredentialSource::AccessKey { .. }, Some(id)) => account.id == *id,
            (CredentialSource::AccessKey { access_key_id: known, role: its, .. }, None) => {
                *known == access_key_id && arn_of(its.as_ref()) == arn_of(role.as_ref())
            }
            (
                CredentialSource::Demo | CredentialSource::Profile { .. } | CredentialSource::Portal { .. },
                _,
            ) => false,
        };
        let known = self.list().await?.into_iter().find(is_it);
        if replaces.is_some() && known.is_none() {
            return Err(not_found());
        }
        let is_new = known.is_none();
        let mut account = match known {
            Some(account) => Account { name, ..account },
            None => self.unchecked(name, source(None), partition).await?,
        };
        account.partition = partition;
        let session = MfaSession::with_code(code.as_ref());
        let with = match (&role, &mfa_serial) {
            (Some(role), _) => KeyUse::Role(role),
            (None, Some(serial)) => KeyUse::Session(serial),
            (None, None) => KeyUse::Alone,
        };
        let provider = self.keys_provider(&access_key_id, &secret, with, partition, &session);
        let support = self.asked(&account, &provider).await?;
        if !is_new {
            self.is_of_the_same(&account, &provider).await?;
        }
        account.source = source(self.0.vault.put(&account.id.0, &secret).await.why_not());
        let id = account.id.clone();
        self.sessions().insert(id.clone(), session);
        let kept = self.keep(account, support).await;
        match (&kept, key) {
            (Ok(_), EnteredKey::Held { key }) => self.forget_held_key(&key),
            (Ok(_), EnteredKey::Typed { .. }) => {}
            (Err(_), _) if is_new => {
                if let Err(error) = self.0.vault.remove(&id.0).await {
                    let reason = error.why();
                    tracing::warn!(
                        ?reason,
                        "the secret of an account that could not be kept stays in the keyring"
                    );
                }
            }
            (Err(_), _) => {}
        }
        kept
    }

    /// A client with these credentials, once AWS has taken them.
    pub(super) async fn asked(&self, account: &Account, provider: &Provider) -> Result<Support, Problem> {
        self.fetch_credentials(account, provider).await;
        let support =
            Support::of_account(provider.clone(), account.partition, &self.0.reach, account.aws_number());
        match ask(&support).await {
            Ok(()) => Ok(support),
            Err(error) => Err(self.explained(account, provider, error).await),
        }
    }

    /// Gets credentials where a person may have to do something for them: unlock the keyring, or answer a program. They
    /// are held by the provider, so that the SDK, which waits less long, finds them. What fails is told by the call that
    /// needs them.
    pub(super) async fn fetch_credentials(&self, account: &Account, provider: &Provider) {
        let asks_a_person = match &account.source {
            CredentialSource::Profile { name } => process_of(&self.read_profiles().await, name).is_some(),
            CredentialSource::Portal { .. } => true,
            CredentialSource::Demo | CredentialSource::AccessKey { .. } => false,
        };
        if asks_a_person {
            fetch(provider).await;
        }
    }

    pub(super) async fn unchecked(
        &self,
        name: String,
        source: CredentialSource,
        partition: Partition,
    ) -> Result<Account, Problem> {
        Ok(Account {
            id: AccountId(uuid::Uuid::new_v4().to_string()),
            name,
            colour: free_colour(&self.list().await?),
            source,
            partition,
            account_number: None,
            connection: Connection::Unchecked,
        })
    }

    pub(super) async fn keep(&self, mut account: Account, support: Support) -> Result<Account, Problem> {
        let now = self.0.clock.now();
        account.connection = Connection::Connected { at: now };
        let kept = account.clone();
        self.0.desk.write(move |tx| rows::put(tx, &kept, now)).await?;
        self.clients().insert(account.id.clone(), support);
        self.0.changes.tell(Change::Accounts);
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

/// The two reads that everything else needs: they tell wrong keys and a missing plan. Missing permissions are no
/// reason to keep an account out: the connection check names them, and whom to ask.
pub(super) async fn ask(support: &Support) -> Result<(), AwsError> {
    for answer in [support.severity_levels().await.err(), support.services().await.err()] {
        match answer {
            Some(error) if error.kind != AwsErrorKind::AccessDenied => return Err(error),
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// A profile as it is connected.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileEntry {
    /// The profile's name in the AWS config files.
    pub profile: String,
    /// What the account is to be called; empty for the profile's name.
    pub name: String,
    /// The code of the device that the profile asks for.
    pub code: Option<Secret>,
    /// The command of the profile's `credential_process` that was shown and agreed to.
    pub command: Option<String>,
}

impl ProfileEntry {
    /// A profile that asks for no code and has no command run.
    #[must_use]
    pub fn new(profile: &str, name: &str) -> Self {
        Self { profile: profile.to_owned(), name: name.to_owned(), code: None, command: None }
    }
}

/// An access key as it is entered, and what is to be done with it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyEntry {
    /// The pair.
    pub key: EnteredKey,
    /// The part of AWS that it is of.
    pub partition: Partition,
    /// The role that is to be assumed with it.
    pub role: Option<RoleToAssume>,
    /// The serial number or ARN of the multi-factor device that AWS asks for where no role is assumed.
    pub mfa_serial: Option<String>,
    /// The code of the device that the role or the key itself asks for.
    pub code: Option<Secret>,
    /// The account whose key this one replaces; it stays the same account, with its incidents and its outbox.
    pub replaces: Option<AccountId>,
}

impl KeyEntry {
    /// A key that is used as it is.
    #[must_use]
    pub fn new(key: EnteredKey, partition: Partition) -> Self {
        Self { key, partition, role: None, mfa_serial: None, code: None, replaces: None }
    }
}

fn arn_of(role: Option<&RoleToAssume>) -> Option<&str> {
    role.map(|role| role.arn.as_str())
}

/// A role as AWS takes it (IAM User Guide, "IAM ARNs").
fn checked_role(role: &RoleToAssume) -> Result<RoleToAssume, Problem> {
    let arn = role.arn.trim();
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let whole = matches!(
        parts.as_slice(),
        ["arn", "aws" | "aws-cn" | "aws-us-gov", "iam", "", account, resource]
            if account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit()) && resource.starts_with("role/")
    );
    if !whole {
        return Err(Problem::field(
            Field::RoleArn,
            "This is not the ARN of a role. It looks like arn:aws:iam::123456789012:role/EdiSupport.",
        ));
    }
    Ok(RoleToAssume {
        arn: arn.to_owned(),
        external_id: role.external_id.trim().to_owned(),
        mfa_serial: checked_serial(&role.mfa_serial)?.unwrap_or_default(),
    })
}

/// A multi-factor device as STS takes it: the ARN of a virtual one, or the number on a hardware one (AWS STS API
/// Reference, "GetSessionToken": 9 to 256 of these signs). `None` where nothing was entered.
fn checked_serial(serial: &str) -> Result<Option<String>, Problem> {
    let serial = serial.trim();
    if serial.is_empty() {
        return Ok(None);
    }
    let whole = (9..=256).contains(&serial.len())
        && serial.chars().all(|sign| sign.is_ascii_alphanumeric() || "_+=/:,.@-".contains(sign));
    if whole {
        return Ok(Some(serial.to_owned()));
    }
    Err(Problem::field(
        Field::MfaSerial,
        "This is not an MFA device. It looks like arn:aws:iam::123456789012:mfa/jane, or it is the number on the device. A six-digit code is asked for afterwards.",
    ))
}

/// What can be said of a key pair without asking AWS (IAM User Guide, "IAM identifiers": long-term keys begin with
/// AKIA, temporary ones with ASIA and need a session token besides).
fn check_keys(access_key_id: &str, secret: &Secret) -> Result<(), Problem> {
    if access_key_id.is_empty() {
        return Err(Problem::field(Field::AccessKeyId, "Enter the access key ID. It begins with AKIA."));
    }
    if access_key_id.starts_with("ASIA") {
        let message = "This key is a temporary one and ends within hours. Use a key that begins with AKIA, or a profile.";
        return Err(Problem::field(Field::AccessKeyId, message));
    }
    if !access_key_id.chars().all(|sign| sign.is_ascii_alphanumeric()) || access_key_id.len() < 16 {
        return Err(Problem::field(
            Field::AccessKeyId,
            "This is not an access key ID. It begins with AKIA and has 20 letters and digits.",
        ));
    }
    if secret.is_empty() {
        return Err(Problem::field(Field::SecretAccessKey, "Enter the secret access key."));
    }
    Ok(())
}

pub(super) fn checked_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Problem::field(Field::Name, "Enter a name.")),
        1..=MAX_NAME => Ok(name.to_owned()),
        _ => Err(Problem::field(Field::Name, format!("Enter at most {MAX_NAME} characters."))),
    }
}

/// The first colour that no account has; with more accounts than colours they are given again.
fn free_colour(accounts: &[Account]) -> u8 {
    let taken = |colour: &u8| accounts.iter().any(|account| account.colour == *colour);
    (0..COLOURS)
        .find(|colour| !taken(colour))
        .unwrap_or_else(|| u8::try_from(accounts.len() % usize::from(COLOURS)).unwrap_or(0))
}
