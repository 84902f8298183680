//! Where an account's credentials come from: a profile of the AWS config files, or the door of an in-process API.
//!
//! Never the default chain: its environment variables would silently change the account, and it asks for EC2's
//! metadata on a desktop. The files are read by the SDK's own parser, so that it and this program agree on them.

use super::{Door, Endpoint, http, places};
use crate::account::Partition;
use aws_config::{
    BehaviorVersion, Region,
    profile::{ProfileFileCredentialsProvider, ProfileFileLoadError, ProfileSet},
    provider_config::ProviderConfig,
};
use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use std::{error::Error as _, path::Path};

/// Gives credentials, fresh ones where they have run out. Cheap to clone.
pub(crate) type Provider = SharedCredentialsProvider;

/// The profiles of the AWS config files, as the SDK's own parser reads them.
#[derive(Debug)]
pub(crate) struct Profiles(ProfileSet);

impl Profiles {
    /// Reads both files; one that is not there is empty.
    ///
    /// # Errors
    /// A sentence that says which file cannot be read or understood.
    pub(crate) async fn load(config: &Path, credentials: &Path) -> Result<Self, String> {
        // Nothing of the environment: it could name another profile or other files.
        let set =
            aws_config::profile::load(&Fs::real(), &Env::from_slice(&[]), &files(config, credentials), None)
                .await
                .map_err(|error| said(&error))?;
        Ok(Self(set))
    }

    /// The names of all profiles, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.profiles().map(str::to_owned).collect();
        names.sort();
        names
    }

    /// Whether there is such a profile.
    pub(crate) fn has(&self, profile: &str) -> bool {
        self.0.get_profile(profile).is_some()
    }

    /// A value of a profile.
    pub(crate) fn get(&self, profile: &str, key: &str) -> Option<&str> {
        self.0.get_profile(profile)?.get(key)
    }

    /// Whether there is an `[sso-session NAME]`.
    pub(crate) fn has_sso_session(&self, name: &str) -> bool {
        self.0.sso_session(name).is_some()
    }

    /// The partition of a profile, by its Region; commercial AWS where it names none.
    pub(crate) fn partition(&self, profile: &str) -> Partition {
        self.get(profile, "region").map_or(Partition::Aws, places::partition_of_region)
    }
}

/// The error in its own words and those of its cause.
fn said(error: &ProfileFileLoadError) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn files(config: &Path, credentials: &Path) -> EnvConfigFiles {
    // The builder panics without any file; an empty one of our own stands for a computer that has none.
    let mut files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, "");
    let kinds = [(EnvConfigFileKind::Config, config), (EnvConfigFileKind::Credentials, credentials)];
    for (kind, path) in kinds {
        // A file that is named but missing is an error to the parser, and no AWS program takes it for one. One
        // that exists and cannot be looked at stays in, so that it is said.
        if !matches!(path.try_exists(), Ok(false)) {
            files = files.with_file(kind, path);
        }
    }
    files.build()
}

/// The credentials of `profile` from these two files and from nothing else.
pub(crate) async fn provider_of_profile(
    config: &Path,
    credentials: &Path,
    profile: &str,
    partition: Partition,
    endpoint: &Endpoint,
) -> Provider {
    // A role is assumed at the STS of the profile's Region, or of the partition's.
    let region = Profiles::load(config, credentials)
        .await
        .ok()
        .and_then(|profiles| profiles.get(profile, "region").map(str::to_owned))
        .unwrap_or_else(|| places::region(partition).to_owned());
    let mut sources = ProviderConfig::empty()
        .with_region(Some(Region::new(region)))
        .with_behavior_version(Some(BehaviorVersion::latest()));
    if let Some(client) = http::client(endpoint) {
        sources = sources.with_http_client(client);
    }
    let mut provider = ProfileFileCredentialsProvider::builder()
        .configure(&sources)
        .profile_files(files(config, credentials))
        .profile_name(profile);
    for source in ["Environment", "Ec2InstanceMetadata", "EcsContainer"] {
        provider = provider.with_custom_provider(source, Refused(source));
    }
    SharedCredentialsProvider::new(provider.build())
}

/// A long-term key pair.
pub(crate) fn provider_of_keys(access_key_id: &str, secret_access_key: &str) -> Provider {
    SharedCredentialsProvider::new(Credentials::new(access_key_id, secret_access_key, None, None, "keyring"))
}

/// The key pair of an in-process Support API.
pub(crate) fn provider_of_door(door: &Door) -> Provider {
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
