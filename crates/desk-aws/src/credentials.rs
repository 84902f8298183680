//! Credential providers: of a profile in the AWS config files, of a key pair, of an in-process API.
//!
//! The SDK's default provider chain is never used: its environment variables would silently change the account, and it
//! asks for EC2's metadata on a desktop.

use super::{AwsTransport, InProcessApi, MfaSession, Profiles, hosts, process::ProcessProvider, role};
use aws_config::{
    BehaviorVersion, Region, profile::ProfileFileCredentialsProvider, provider_config::ProviderConfig,
};
use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use desk_model::Partition;
use std::time::Duration;

/// A credential provider, which refreshes expired credentials. Cheap to clone.
pub type Provider = SharedCredentialsProvider;

/// Time limit where a person has to unlock a keyring or to answer a program.
const INTERACTIVE_TIMEOUT: Duration = Duration::from_secs(75);

/// Fetches credentials into the provider's cache before the SDK needs them, since its time limit is too short for a
/// person.
pub async fn fetch(provider: &Provider) {
    let _ = tokio::time::timeout(INTERACTIVE_TIMEOUT, provider.provide_credentials()).await;
}

/// Creates the provider of a profile's credentials, and no others. If a role of it requires an MFA code, `session`
/// holds the code and the credentials that it opened.
pub fn provider_of_profile(
    profiles: &Profiles,
    profile: &str,
    partition: Partition,
    transport: &AwsTransport,
    session: &MfaSession,
) -> Provider {
    if role::mfa_serial(profiles, profile).is_some() || process_of(profiles, profile).is_some() {
        role::provider_of_role_profile(profiles, profile, partition, transport, session)
    } else {
        provider_by_sdk(profiles, profile, partition, transport)
    }
}

/// Returns the `credential_process` command that is run for a profile: its own, or that of its last source profile. The
/// user has to approve it before the profile's credentials are used.
pub fn process_of<'a>(profiles: &'a Profiles, profile: &'a str) -> Option<&'a str> {
    let mut seen = vec![profile];
    loop {
        let name = *seen.last()?;
        let of = |key: &str| profiles.get(name, key);
        if of("role_arn").is_none() || of("web_identity_token_file").is_some() {
            return own_process(profiles, name);
        }
        let source = of("source_profile")?;
        if source != name && !seen.contains(&source) && key_pair_of(profiles, source).is_none() {
            seen.push(source);
        } else {
            return if source == name { own_process(profiles, name) } else { None };
        }
    }
}

/// Returns a profile's own `credential_process`, unless another source of credentials takes precedence.
fn own_process<'a>(profiles: &'a Profiles, profile: &str) -> Option<&'a str> {
    let before = [
        "credential_source",
        "web_identity_token_file",
        "sso_account_id",
        "sso_role_name",
        "sso_session",
        "sso_start_url",
        "sso_region",
        "login_session",
    ];
    if before.iter().any(|key| profiles.get(profile, key).is_some()) {
        return None;
    }
    profiles.get(profile, "credential_process")
}

/// Returns the key pair in a profile.
pub(super) fn key_pair_of(profiles: &Profiles, profile: &str) -> Option<Credentials> {
    let get = |key: &str| profiles.get(profile, key);
    let (id, secret) = (get("aws_access_key_id")?, get("aws_secret_access_key")?);
    let token = get("aws_session_token").map(str::to_owned);
    Some(Credentials::new(id, secret, token, None, "profile"))
}

/// Creates the provider of a profile's own credentials, without its role.
pub(super) fn own_provider(
    profiles: &Profiles,
    profile: &str,
    partition: Partition,
    transport: &AwsTransport,
) -> Provider {
    match own_process(profiles, profile) {
        Some(command) => SharedCredentialsProvider::new(ProcessProvider::new(command)),
        None => provider_by_sdk(profiles, profile, partition, transport),
    }
}

/// Creates the SDK's provider for a profile.
fn provider_by_sdk(
    profiles: &Profiles,
    profile: &str,
    partition: Partition,
    transport: &AwsTransport,
) -> Provider {
    // A role is assumed at the STS of the profile's Region, or of the partition's.
    let region = profiles.get(profile, "region").unwrap_or_else(|| hosts::region(partition)).to_owned();
    let sources = ProviderConfig::empty()
        .with_region(Some(Region::new(region)))
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_http_client(transport.sign_in());
    let (files, name) = profiles.files(profile);
    let mut provider =
        ProfileFileCredentialsProvider::builder().configure(&sources).profile_files(files).profile_name(name);
    for source in ["Environment", "Ec2InstanceMetadata", "EcsContainer"] {
        provider = provider.with_custom_provider(source, RefusedSource(source));
    }
    SharedCredentialsProvider::new(provider.build())
}

/// Creates the provider of a long-term key pair.
pub fn provider_of_keys(access_key_id: &str, secret_access_key: &str) -> Provider {
    SharedCredentialsProvider::new(Credentials::new(access_key_id, secret_access_key, None, None, "keyring"))
}

/// Creates the provider of an in-process API's key pair.
pub fn provider_of_in_process(api: &InProcessApi) -> Provider {
    let keys = Credentials::new(&api.access_key_id, &api.secret_access_key, None, None, "in process");
    SharedCredentialsProvider::new(keys)
}

/// Provider that refuses a `credential_source` outside the two files.
#[derive(Debug)]
struct RefusedSource(&'static str);

impl ProvideCredentials for RefusedSource {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let message =
            format!("the profile takes its credentials from {}, which ECO Desk does not use", self.0);
        let refused: provider::Result = Err(CredentialsError::invalid_configuration(message));
        future::ProvideCredentials::ready(refused)
    }
}
