//! Where an account's credentials come from: a profile of the AWS config files, or the door of an in-process API.
//!
//! Never the default chain: its environment variables would silently change the account, and it asks for EC2's
//! metadata on a desktop.

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

/// Gives credentials, fresh ones where they have run out. Cheap to clone.
pub type Provider = SharedCredentialsProvider;

/// How long a person may take to unlock a keyring or to answer a program.
const PATIENCE: Duration = Duration::from_secs(75);

/// Asks for credentials ahead of the SDK, which gives up sooner than a person can answer. The provider holds them.
pub async fn fetch(provider: &Provider) {
    let _ = tokio::time::timeout(PATIENCE, provider.provide_credentials()).await;
}

/// The credentials of a profile and of nothing else. Where a role of it asks for a code, `session` holds what the code
/// opens.
pub fn provider_of_profile(
    profiles: &Profiles,
    profile: &str,
    partition: Partition,
    transport: &AwsTransport,
    session: &MfaSession,
) -> Provider {
    if role::mfa_serial(profiles, profile).is_some() || process_of(profiles, profile).is_some() {
        role::assumed_here(profiles, profile, partition, transport, session)
    } else {
        provider_by_sdk(profiles, profile, partition, transport)
    }
}

/// The command of the `credential_process` that is run for a profile: its own, or that of the profile that its roles
/// lead to. The user has to have agreed to it before the profile's credentials are asked for.
pub fn process_of<'a>(profiles: &'a Profiles, profile: &'a str) -> Option<&'a str> {
    let mut seen = vec![profile];
    loop {
        let name = *seen.last()?;
        let of = |key: &str| profiles.get(name, key);
        if of("role_arn").is_none() || of("web_identity_token_file").is_some() {
            return own_process(profiles, name);
        }
        let source = of("source_profile")?;
        if source != name && !seen.contains(&source) && keys_of(profiles, source).is_none() {
            seen.push(source);
        } else {
            return if source == name { own_process(profiles, name) } else { None };
        }
    }
}

/// The command of a profile's own `credential_process`, where nothing comes before it.
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

/// The key pair that stands in a profile.
pub(super) fn keys_of(profiles: &Profiles, profile: &str) -> Option<Credentials> {
    let get = |key: &str| profiles.get(profile, key);
    let (id, secret) = (get("aws_access_key_id")?, get("aws_secret_access_key")?);
    let token = get("aws_session_token").map(str::to_owned);
    Some(Credentials::new(id, secret, token, None, "profile"))
}

/// A profile's own credentials, without its role.
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

/// The credentials of a profile as the SDK gets them.
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
        provider = provider.with_custom_provider(source, Refused(source));
    }
    SharedCredentialsProvider::new(provider.build())
}

/// A long-term key pair.
pub fn provider_of_keys(access_key_id: &str, secret_access_key: &str) -> Provider {
    SharedCredentialsProvider::new(Credentials::new(access_key_id, secret_access_key, None, None, "keyring"))
}

/// The key pair of an in-process Support API.
pub fn provider_of_in_process(door: &InProcessApi) -> Provider {
    let keys = Credentials::new(&door.access_key_id, &door.secret_access_key, None, None, "in process");
    SharedCredentialsProvider::new(keys)
}

/// Stands where a `credential_source` would lead out of the two files.
#[derive(Debug)]
struct Refused(&'static str);

impl ProvideCredentials for Refused {
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
