//! The profiles of the AWS config files, and why one of them cannot be used.
//!
//! The rules are the AWS CLI's, as the SDK follows them, so that what is called usable here is not refused later
//! and the reason is told before anything is tried.

use super::{FoundProfile, ProfileKind};
use crate::aws::Profiles;
use std::path::{Path, PathBuf};

/// Where the AWS config files of this computer's user are.
#[derive(Debug, Clone)]
pub struct ConfigFiles {
    /// Usually `~/.aws/config`.
    pub config: PathBuf,
    /// Usually `~/.aws/credentials`.
    pub credentials: PathBuf,
}

impl ConfigFiles {
    /// The files that the AWS CLI would use: those named by `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`,
    /// else those in `.aws` of the user's folder.
    #[must_use]
    pub fn of_this_user() -> Self {
        let home = std::env::home_dir().unwrap_or_default();
        let place = |variable: &str, name: &str| match std::env::var_os(variable) {
            Some(named) if !named.is_empty() => expand(&home, Path::new(&named)),
            Some(_) | None => home.join(".aws").join(name),
        };
        Self {
            config: place("AWS_CONFIG_FILE", "config"),
            credentials: place("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        }
    }
}

/// `~/x` in the user's folder.
fn expand(home: &Path, path: &Path) -> PathBuf {
    path.strip_prefix("~").map_or_else(|_| path.to_owned(), |rest| home.join(rest))
}

/// All profiles in the two files, sorted by name. Files that cannot be read appear as one entry that says so.
pub(super) async fn find(files: &ConfigFiles) -> Vec<FoundProfile> {
    match Profiles::load(&files.config, &files.credentials).await {
        Ok(profiles) => profiles.names().iter().map(|name| found(&profiles, name)).collect(),
        Err(reason) => vec![FoundProfile {
            name: files.config.display().to_string(),
            kind: ProfileKind::Nothing,
            unusable: Some(format!("The AWS config files cannot be read: {reason}")),
        }],
    }
}

fn found(profiles: &Profiles, name: &str) -> FoundProfile {
    let (kind, unusable) = judge(profiles, name, &mut Vec::new());
    FoundProfile { name: name.to_owned(), kind, unusable }
}

/// How a profile gets its credentials, and why it cannot. `visited` are the profiles that led here.
fn judge(profiles: &Profiles, name: &str, visited: &mut Vec<String>) -> (ProfileKind, Option<String>) {
    let has = |key: &str| profiles.get(name, key).is_some();
    visited.push(name.to_owned());
    if has("role_arn") && !has("web_identity_token_file") {
        return (ProfileKind::AssumeRole, unusable_role(profiles, name, visited));
    }
    base(profiles, name)
}

/// Why a role cannot be assumed.
fn unusable_role(profiles: &Profiles, name: &str, visited: &mut Vec<String>) -> Option<String> {
    let source = match (profiles.get(name, "source_profile"), profiles.get(name, "credential_source")) {
        (Some(_), Some(_)) => {
            return Some(
                "It names both a source_profile and a credential_source; keep one of them.".to_owned(),
            );
        }
        (None, None) => return Some("It names a role but no source_profile to assume it with.".to_owned()),
        (None, Some(source)) => return Some(outside(source)),
        (Some(source), None) => source,
    };
    if source == name {
        return base(profiles, name).1;
    }
    if !profiles.has(source) {
        return Some(format!("Its source profile \"{source}\" does not exist."));
    }
    if visited.iter().any(|seen| seen == source) {
        return Some(format!("Its source profile \"{source}\" leads back to itself."));
    }
    // Keys of a source profile come before a role of its own.
    let keys = ["aws_access_key_id", "aws_secret_access_key"];
    if keys.iter().all(|key| profiles.get(source, key).is_some()) {
        return None;
    }
    let reason = judge(profiles, source, visited).1?;
    Some(format!("Its source profile \"{source}\" cannot be used: {reason}"))
}

/// A profile's own credentials, without a role.
fn base(profiles: &Profiles, name: &str) -> (ProfileKind, Option<String>) {
    let get = |key: &str| profiles.get(name, key);
    let has = |key: &str| get(key).is_some();
    if let Some(source) = get("credential_source") {
        return (ProfileKind::Nothing, Some(outside(source)));
    }
    if has("web_identity_token_file") {
        let reason = (!has("role_arn")).then(|| "It names a web identity token but no role_arn.".to_owned());
        return (ProfileKind::WebIdentity, reason);
    }
    let sso = ["sso_account_id", "sso_role_name", "sso_session", "sso_start_url", "sso_region"];
    if sso.into_iter().any(has) {
        return (ProfileKind::Sso, unusable_sso(profiles, name));
    }
    if has("login_session") {
        return (ProfileKind::Login, None);
    }
    if has("credential_process") {
        return (ProfileKind::CredentialProcess, None);
    }
    match (has("aws_access_key_id"), has("aws_secret_access_key")) {
        (true, true) => (ProfileKind::StaticKeys, None),
        (true, false) => (ProfileKind::StaticKeys, Some("It has no aws_secret_access_key.".to_owned())),
        (false, true) => (ProfileKind::StaticKeys, Some("It has no aws_access_key_id.".to_owned())),
        (false, false) => (ProfileKind::Nothing, Some("It gives no credentials.".to_owned())),
    }
}

fn unusable_sso(profiles: &Profiles, name: &str) -> Option<String> {
    let has = |key: &str| profiles.get(name, key).is_some();
    if let Some(session) = profiles.get(name, "sso_session") {
        if !profiles.has_sso_session(session) {
            return Some(format!("Its sso-session \"{session}\" does not exist."));
        }
        if has("sso_start_url") || has("sso_region") {
            return Some(
                "It names an sso_session and also what belongs into that: sso_start_url or sso_region."
                    .to_owned(),
            );
        }
    } else if !has("sso_start_url") || !has("sso_region") {
        return Some("It lacks sso_start_url or sso_region.".to_owned());
    }
    (!has("sso_account_id") || !has("sso_role_name"))
        .then(|| "It lacks sso_account_id or sso_role_name, so it gives no credentials.".to_owned())
}

fn outside(source: &str) -> String {
    format!("It takes its credentials from {source}, which ECO Desk does not use.")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn found_in(config: &str, credentials: &str) -> Vec<FoundProfile> {
        let dir = tempfile::tempdir().unwrap();
        let files =
            ConfigFiles { config: dir.path().join("config"), credentials: dir.path().join("credentials") };
        std::fs::write(&files.config, config).unwrap();
        std::fs::write(&files.credentials, credentials).unwrap();
        find(&files).await
    }

    #[tokio::test]
    async fn every_kind_of_profile_is_told_apart() {
        let config = "
[default]
region = eu-west-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = keys
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Reader
[profile old-sso]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = Reader
[profile process]
credential_process = /bin/true
[profile login]
login_session = arn:aws:iam::123456789012:user/x
[profile web]
role_arn = arn:aws:iam::123456789012:role/x
web_identity_token_file = /token
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
";
        let credentials = "[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
        let found = found_in(config, credentials).await;
        let table = [
            ("default", ProfileKind::Nothing, false),
            ("keys", ProfileKind::StaticKeys, true),
            ("login", ProfileKind::Login, true),
            ("old-sso", ProfileKind::Sso, true),
            ("process", ProfileKind::CredentialProcess, true),
            ("role", ProfileKind::AssumeRole, true),
            ("sso", ProfileKind::Sso, true),
            ("web", ProfileKind::WebIdentity, true),
        ];
        let said: Vec<_> =
            found.iter().map(|one| (one.name.as_str(), one.kind, one.unusable.is_none())).collect();
        assert_eq!(said, table);
    }

    #[tokio::test]
    async fn what_cannot_be_used_says_why() {
        let config = "
[profile a-lost-source]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = nobody
[profile b-circle]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = c-circle
[profile c-circle]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = b-circle
[profile d-metadata]
role_arn = arn:aws:iam::123456789012:role/x
credential_source = Ec2InstanceMetadata
[profile e-no-session]
sso_session = gone
sso_account_id = 123456789012
sso_role_name = Reader
[profile f-half]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[profile g-empty-source]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = h-empty
[profile h-empty]
region = eu-west-1
";
        let found = found_in(config, "").await;
        let words = [
            "does not exist",
            "leads back",
            "leads back",
            "Ec2InstanceMetadata",
            "\"gone\"",
            "no aws_secret",
            "h-empty",
            "no credentials",
        ];
        assert_eq!(found.len(), words.len());
        for (profile, word) in found.iter().zip(words) {
            let reason = profile.unusable.as_deref().unwrap_or_default();
            assert!(reason.contains(word), "{}: {reason}", profile.name);
        }
    }

    #[tokio::test]
    async fn files_that_are_not_there_hold_no_profiles() {
        let dir = tempfile::tempdir().unwrap();
        let files = ConfigFiles { config: dir.path().join("no"), credentials: dir.path().join("none") };
        assert_eq!(find(&files).await, []);
    }

    #[tokio::test]
    async fn files_that_cannot_be_read_say_so() {
        let dir = tempfile::tempdir().unwrap();
        // A folder exists and cannot be read as a file, even by root.
        let files = ConfigFiles { config: dir.path().to_owned(), credentials: dir.path().join("none") };
        let broken = find(&files).await;
        assert_eq!(broken.len(), 1);
        assert!(
            broken[0].unusable.as_deref().is_some_and(|why| why.contains("cannot be read")),
            "{broken:?}"
        );

        let malformed = found_in("[profile a\nx = 1", "").await;
        assert_eq!(malformed.len(), 1);
        assert!(malformed[0].unusable.is_some(), "{malformed:?}");
    }

    #[test]
    fn a_tilde_stands_for_the_users_folder() {
        let home = Path::new("/home/x");
        assert_eq!(expand(home, Path::new("~/a/config")), Path::new("/home/x/a/config"));
        assert_eq!(expand(home, Path::new("/a/config")), Path::new("/a/config"));
    }
}
