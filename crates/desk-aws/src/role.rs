//! Roles and access keys that want a code of a multi-factor device: the SDK's own providers do not ask for one.
//!
//! A code is good for one request, so what it opens is kept, in memory only, until it runs out; then the user is asked
//! for the next code. The session is shared by all providers of an account, which come and go.

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

/// A role that is assumed with an access key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleToAssume {
    /// Its Amazon Resource Name.
    pub arn: String,
    /// The external id that whoever gave the role may have named; empty for none.
    pub external_id: String,
    /// The serial number or ARN of the multi-factor device whose code the role asks for; empty for none.
    pub mfa_serial: String,
}

/// How the sessions are called at AWS where the profile does not say.
const SESSION_NAME: &str = "eco-desk";
/// Credentials that end sooner than this are as good as ended.
const MARGIN: Duration = Duration::from_secs(60);

/// The role or the key must be opened with a code first.
#[derive(Debug, thiserror::Error)]
#[error("the code of the multi-factor device {0} is needed")]
pub(super) struct CodeNeeded(String);

/// What a code has opened, shared by every provider of one account.
#[derive(Debug, Clone, Default)]
pub struct MfaSession(Arc<Mutex<Opened>>);

#[derive(Default)]
struct Opened {
    code: Option<Secret>,
    /// What it gave, and of which role or device: a profile may be edited meanwhile.
    given: Option<(String, Credentials)>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").finish_non_exhaustive()
    }
}

impl MfaSession {
    /// A session that this code opens, the next time credentials are asked for.
    pub fn with_code(code: Option<&Secret>) -> Self {
        let session = Self::default();
        session.opened().code = code.filter(|code| !code.is_empty()).cloned();
        session
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, Opened> {
        // It is whole whatever panicked while it was held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is still good of this role or device.
    fn valid(&self, of: &str) -> Option<Credentials> {
        let limit = SystemTime::now() + MARGIN;
        let opened = self.opened();
        let (_, credentials) = opened.given.as_ref().filter(|(known, _)| known == of)?;
        Some(credentials.clone()).filter(|known| known.expiry().is_none_or(|ends| ends > limit))
    }

    /// The code that was entered, which is good once.
    fn take_code(&self, serial: &str) -> Result<Secret, CredentialsError> {
        let code = self.opened().code.take();
        code.ok_or_else(|| CredentialsError::not_loaded(CodeNeeded(serial.to_owned())))
    }

    fn keep(&self, of: &str, credentials: &Credentials) {
        self.opened().given = Some((of.to_owned(), credentials.clone()));
    }
}

/// A role and how it is assumed.
#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    pub(super) seconds: Option<i32>,
    pub(super) mfa_serial: Option<String>,
    /// The Region whose STS is asked.
    pub(super) region: String,
}

/// Assumes a role with what another provider gives.
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
        given(answer.credentials, "AssumeRole")
    }
}

/// What STS gave.
fn given(credentials: Option<aws_sdk_sts::types::Credentials>, by: &'static str) -> provider::Result {
    let given = credentials
        .ok_or_else(|| CredentialsError::unhandled(format!("STS answered {by} and gave no credentials")))?;
    let ends = SystemTime::try_from(given.expiration).ok();
    Ok(Credentials::new(given.access_key_id, given.secret_access_key, Some(given.session_token), ends, by))
}

/// A session of a key pair that a code opens, for as long as STS gives it: 12 hours where nothing else is asked for
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
        let credentials = given(answer.credentials, "GetSessionToken")?;
        self.session.keep(&self.serial, &credentials);
        Ok(credentials)
    }
}

/// The credentials of a session of a key pair, opened with a code of the device `serial`.
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

/// The credentials of a role that is assumed with a key pair.
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

/// The serial number of the device whose code a profile needs, itself or in the roles that lead to it.
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

/// The credentials of a profile whose roles are assumed here and not by the SDK: since one of them needs a code, or since
/// a program gives the credentials that they begin with.
pub(super) fn assumed_here(
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
    let source = match credentials::keys_of(profiles, &source) {
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
    assert_not_impl!(Opened: Serialize, std::fmt::Display);
    assert_not_impl!(RoleProvider: Serialize, std::fmt::Display);
    assert_not_impl!(SessionProvider: Serialize, std::fmt::Display);

    #[test]
    fn what_a_code_opened_is_not_printed() {
        let session = MfaSession::with_code(Some(&Secret::new("740193")));
        let token = Some("token-of-it".to_owned());
        session.keep("a role", &Credentials::new("ASIA", "wJalrXUtnFEMI", token, None, "test"));
        let printed = format!("{session:?} {:?}", session.opened());
        for part in ["740193", "wJal", "token-of-it"] {
            assert!(!printed.contains(part), "{printed}");
        }
    }
}
