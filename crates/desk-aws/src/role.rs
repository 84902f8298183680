//! Credential providers of roles and key pairs that require an MFA code, for which the SDK's own providers do not ask.
//!
//! A code can be used once, so the credentials that it opened are kept, in memory only, until they expire; then the
//! user is asked for the next code. All providers of an account, which are short-lived, share one [`MfaSession`].

use super::{AwsTransport, Profiles, credentials, hosts, identity};
use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use aws_sdk_sts::{Client, config::Region};
use desk_model::{Partition, Secret};
use serde::{Deserialize, Serialize};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};
use ts_rs::TS;

/// A role to assume with an access key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleToAssume {
    /// Its Amazon Resource Name.
    pub arn: String,
    /// The external id that the owner of the role may require; empty for none.
    pub external_id: String,
    /// The serial number or ARN of the MFA device whose code the role requires; empty for none.
    pub mfa_serial: String,
}

/// The default session name of an assumed role.
const SESSION_NAME: &str = "eco-desk";
/// Credentials that expire sooner than this count as expired.
const EXPIRY_MARGIN: Duration = Duration::from_secs(60);

/// Error: an MFA code is required.
#[derive(Debug, thiserror::Error)]
#[error("the code of the multi-factor device {0} is needed")]
pub(super) struct CodeNeeded(String);

/// An MFA code and the credentials it opened, shared by all providers of one account.
#[derive(Debug, Clone, Default)]
pub struct MfaSession(Arc<Mutex<MfaState>>);

#[derive(Default)]
struct MfaState {
    code: Option<Secret>,
    /// The credentials, with the role or device they are for, since a profile may be edited meanwhile.
    issued: Option<(String, Credentials)>,
}

impl std::fmt::Debug for MfaState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MfaState").finish_non_exhaustive()
    }
}

impl MfaSession {
    /// Creates a session with a code, which is used the next time credentials are fetched.
    pub fn with_code(code: Option<&Secret>) -> Self {
        let session = Self::default();
        session.state().code = code.filter(|code| !code.is_empty()).cloned();
        session
    }

    fn state(&self) -> std::sync::MutexGuard<'_, MfaState> {
        // A panic while it was locked cannot leave it inconsistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the credentials for this role or device, unless they expire soon.
    fn valid(&self, of: &str) -> Option<Credentials> {
        let limit = SystemTime::now() + EXPIRY_MARGIN;
        let state = self.state();
        let (_, credentials) = state.issued.as_ref().filter(|(known, _)| known == of)?;
        Some(credentials.clone()).filter(|known| known.expiry().is_none_or(|ends| ends > limit))
    }

    /// Takes the code, which can be used once.
    fn take_code(&self, serial: &str) -> Result<Secret, CredentialsError> {
        let code = self.state().code.take();
        code.ok_or_else(|| CredentialsError::not_loaded(CodeNeeded(serial.to_owned())))
    }

    fn keep(&self, of: &str, credentials: &Credentials) {
        self.state().issued = Some((of.to_owned(), credentials.clone()));
    }
}

/// The parameters of AssumeRole.
#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    pub(super) seconds: Option<i32>,
    pub(super) mfa_serial: Option<String>,
    /// The Region of the STS endpoint.
    pub(super) region: String,
}

/// Provider that assumes a role with the credentials of another provider.
#[derive(Debug)]
pub(super) struct RoleProvider {
    pub(super) source: SharedCredentialsProvider,
    pub(super) role: Role,
    pub(super) partition: Partition,
    pub(super) transport: AwsTransport,
    pub(super) session: MfaSession,
}

impl ProvideCredentials for RoleProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.assume())
    }
}

impl RoleProvider {
    async fn assume(&self) -> provider::Result {
        let Some(serial) = &self.role.mfa_serial else { return self.ask(None).await };
        if let Some(valid) = self.session.valid(&self.role.arn) {
            return Ok(valid);
        }
        let code = self.session.take_code(serial)?;
        let credentials = self.ask(Some((serial, &code))).await?;
        self.session.keep(&self.role.arn, &credentials);
        Ok(credentials)
    }

    async fn ask(&self, mfa: Option<(&str, &Secret)>) -> provider::Result {
        let Role { arn, external_id, session_name, seconds, region, .. } = &self.role;
        let config = identity::config(self.source.clone(), self.partition, &self.transport)
            .to_builder()
            .region(Region::new(region.clone()))
            .build();
        let asked = Client::from_conf(config)
            .assume_role()
            .role_arn(arn)
            .role_session_name(session_name.as_deref().unwrap_or(SESSION_NAME))
            .set_external_id(external_id.clone())
            .set_duration_seconds(*seconds)
            .set_serial_number(mfa.map(|(serial, _)| serial.to_owned()))
            .set_token_code(mfa.map(|(_, code)| code.reveal().to_owned()));
        let answer = asked.send().await.map_err(CredentialsError::provider_error)?;
        credentials_from_sts(answer.credentials, "AssumeRole")
    }
}

/// Converts the credentials in a response of STS.
fn credentials_from_sts(
    credentials: Option<aws_sdk_sts::types::Credentials>,
    by: &'static str,
) -> provider::Result {
    let issued = credentials
        .ok_or_else(|| CredentialsError::unhandled(format!("STS answered {by} and gave no credentials")))?;
    let ends = SystemTime::try_from(issued.expiration).ok();
    Ok(Credentials::new(issued.access_key_id, issued.secret_access_key, Some(issued.session_token), ends, by))
}

/// Provider of a session of a key pair with an MFA code, which lasts STS's default of 12 hours
/// (AWS STS API Reference, "GetSessionToken").
#[derive(Debug)]
struct SessionProvider {
    source: SharedCredentialsProvider,
    serial: String,
    partition: Partition,
    transport: AwsTransport,
    session: MfaSession,
}

impl ProvideCredentials for SessionProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.open())
    }
}

impl SessionProvider {
    async fn open(&self) -> provider::Result {
        if let Some(valid) = self.session.valid(&self.serial) {
            return Ok(valid);
        }
        let code = self.session.take_code(&self.serial)?;
        let config = identity::config(self.source.clone(), self.partition, &self.transport);
        let asked = Client::from_conf(config)
            .get_session_token()
            .serial_number(&self.serial)
            .token_code(code.reveal());
        let answer = asked.send().await.map_err(CredentialsError::provider_error)?;
        let credentials = credentials_from_sts(answer.credentials, "GetSessionToken")?;
        self.session.keep(&self.serial, &credentials);
        Ok(credentials)
    }
}

/// Creates the provider of a session of a key pair with a code of the MFA device `serial`.
pub fn provider_of_session(
    source: SharedCredentialsProvider,
    serial: &str,
    partition: Partition,
    transport: &AwsTransport,
    session: &MfaSession,
) -> SharedCredentialsProvider {
    let provider = SessionProvider {
        source,
        serial: serial.to_owned(),
        partition,
        transport: transport.clone(),
        session: session.clone(),
    };
    SharedCredentialsProvider::new(provider)
}

/// Creates the provider of a role that is assumed with a key pair.
pub fn provider_of_role(
    source: SharedCredentialsProvider,
    role: &RoleToAssume,
    partition: Partition,
    transport: &AwsTransport,
    session: &MfaSession,
) -> SharedCredentialsProvider {
    let named = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    let role = Role {
        arn: role.arn.trim().to_owned(),
        external_id: named(&role.external_id),
        session_name: None,
        seconds: None,
        mfa_serial: named(&role.mfa_serial),
        region: hosts::region(partition).to_owned(),
    };
    let provider =
        RoleProvider { source, role, partition, transport: transport.clone(), session: session.clone() };
    SharedCredentialsProvider::new(provider)
}

/// Returns the serial number of the MFA device whose code a profile, or a source profile of it, requires.
pub fn mfa_serial<'a>(profiles: &'a Profiles, profile: &str) -> Option<&'a str> {
    let mut seen = vec![profile.to_owned()];
    loop {
        let name = seen.last()?.clone();
        profiles.get(&name, "role_arn")?;
        if let Some(serial) = profiles.get(&name, "mfa_serial") {
            return Some(serial);
        }
        let source = profiles.get(&name, "source_profile")?.to_owned();
        if seen.contains(&source) {
            return None;
        }
        seen.push(source);
    }
}

/// Creates the provider of a profile whose roles this program assumes itself and not the SDK, because one of them
/// requires an MFA code or the first credentials come from a `credential_process`.
pub(super) fn provider_of_role_profile(
    profiles: &Profiles,
    profile: &str,
    partition: Partition,
    transport: &AwsTransport,
    session: &MfaSession,
) -> SharedCredentialsProvider {
    let get = |key: &str| profiles.get(profile, key).map(str::to_owned);
    let (Some(arn), Some(source)) = (get("role_arn"), get("source_profile")) else {
        return credentials::own_provider(profiles, profile, partition, transport);
    };
    // Keys of a source come before a role of its own.
    let source = match credentials::key_pair_of(profiles, &source) {
        Some(keys) => SharedCredentialsProvider::new(keys),
        None if source == profile => credentials::own_provider(profiles, profile, partition, transport),
        None => credentials::provider_of_profile(profiles, &source, partition, transport, session),
    };
    let role = Role {
        arn,
        external_id: get("external_id"),
        session_name: get("role_session_name"),
        seconds: get("duration_seconds").and_then(|text| text.parse().ok()),
        mfa_serial: get("mfa_serial"),
        region: get("region").unwrap_or_else(|| hosts::region(partition).to_owned()),
    };
    let provider =
        RoleProvider { source, role, partition, transport: transport.clone(), session: session.clone() };
    SharedCredentialsProvider::new(provider)
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::assert_not_impl;

    assert_not_impl!(MfaSession: Serialize, std::fmt::Display);
    assert_not_impl!(MfaState: Serialize, std::fmt::Display);
    assert_not_impl!(RoleProvider: Serialize, std::fmt::Display);
    assert_not_impl!(SessionProvider: Serialize, std::fmt::Display);

    #[test]
    fn what_a_code_opened_is_not_printed() {
        let session = MfaSession::with_code(Some(&Secret::new("740193")));
        let token = Some("token-of-it".to_owned());
        session.keep("a role", &Credentials::new("ASIA", "wJalrXUtnFEMI", token, None, "test"));
        let printed = format!("{session:?} {:?}", session.state());
        for part in ["740193", "wJal", "token-of-it"] {
            assert!(!printed.contains(part), "{printed}");
        }
    }
}
