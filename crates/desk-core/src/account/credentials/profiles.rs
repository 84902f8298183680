//! The profiles of the AWS config files, and why one of them cannot be used.
//!
//! The rules are the AWS CLI's, as the SDK follows them, so that what is called usable here is not refused later
//! and the reason is told before anything is tried.

use super::ConfigFiles;
use crate::account::{FoundPortal, FoundProfile, ProfileKind};
use desk_aws::{Profiles, is_identifier, mfa_serial, process_of};
use std::path::Path;

/// All profiles in the two files, sorted by name. A file that cannot be read appears as an entry that says so.
pub(super) async fn find(files: &ConfigFiles) -> Vec<FoundProfile> {
    let profiles = Profiles::read(&files.config, &files.credentials).await;
    let broken = profiles.unreadable.iter().map(|file| FoundProfile {
        name: file.path.display().to_string(),
        kind: ProfileKind::Nothing,
        portal: None,
        mfa_serial: None,
        command: None,
        unusable: Some(format!("This file cannot be read: {}.", file.reason.trim_end_matches('.'))),
    });
    broken.chain(profiles.names().iter().map(|name| found(&profiles, name))).collect()
}

fn found(profiles: &Profiles, name: &str) -> FoundProfile {
    let (kind, unusable) = judge(profiles, name, &mut Vec::new());
    let mfa_serial = mfa_serial(profiles, name).map(str::to_owned);
    let command = process_of(profiles, name).map(str::to_owned).filter(|_| unusable.is_none());
    FoundProfile {
        name: name.to_owned(),
        kind,
        portal: portal(profiles, name),
        mfa_serial,
        command,
        unusable,
    }
}

/// The portal of IAM Identity Center that a profile names, itself or by its session.
fn portal(profiles: &Profiles, name: &str) -> Option<FoundPortal> {
    let of = |key: &str| match profiles.get(name, "sso_session") {
        Some(session) => profiles.of_sso_session(session, key),
        None => profiles.get(name, key),
    };
    Some(FoundPortal { start_url: of("sso_start_url")?.to_owned(), region: of("sso_region")?.to_owned() })
}

/// How a profile gets its credentials, and why it cannot. `visited` are the profiles that led here.
fn judge(profiles: &Profiles, name: &str, visited: &mut Vec<String>) -> (ProfileKind, Option<String>) {
    let has = |key: &str| profiles.get(name, key).is_some();
    visited.push(name.to_owned());
    if let Some(fault) = profiles.fault(name) {
        return (base(profiles, name).0, Some(fault.to_owned()));
    }
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
        let keys = ["aws_access_key_id", "aws_secret_access_key"]
            .iter()
            .all(|key| profiles.get(name, key).is_some());
        if profiles.get(name, "mfa_serial").is_some() && !keys {
            return Some("It names itself as its source and has no access key.".to_owned());
        }
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
    if profiles.fault(source).is_none() && keys.iter().all(|key| profiles.get(source, key).is_some()) {
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
        return (ProfileKind::WebIdentity, unusable_web_identity(profiles, name));
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

fn unusable_web_identity(profiles: &Profiles, name: &str) -> Option<String> {
    if profiles.get(name, "role_arn").is_none() {
        return Some("It names a web identity token but no role_arn.".to_owned());
    }
    let file = profiles.get(name, "web_identity_token_file")?;
    (!Path::new(file).is_file()).then(|| {
        format!(
            "Its token file {file} is not on this computer. Such a file is usually made for a build machine."
        )
    })
}

fn unusable_sso(profiles: &Profiles, name: &str) -> Option<String> {
    let has = |key: &str| profiles.get(name, key).is_some();
    if let Some(session) = profiles.get(name, "sso_session") {
        if !profiles.has_sso_session(session) {
            return Some(format!("Its sso-session \"{session}\" does not exist."));
        }
        if let Some(fault) = profiles.fault_of_sso_session(session) {
            return Some(format!("Its sso-session \"{session}\" cannot be used. {fault}"));
        }
        if !is_identifier(session) {
            return Some(format!(
                "The name of its sso-session \"{session}\" has characters in it that ECO Desk cannot use, such as spaces. Take the company sign-in, which needs no profile."
            ));
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
web_identity_token_file = Cargo.toml
[profile web-elsewhere]
role_arn = arn:aws:iam::123456789012:role/x
web_identity_token_file = /no/such/token
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
            ("web-elsewhere", ProfileKind::WebIdentity, false),
        ];
        let said: Vec<_> =
            found.iter().map(|one| (one.name.as_str(), one.kind, one.unusable.is_none())).collect();
        assert_eq!(said, table);
        let portal = FoundPortal {
            start_url: "https://example.awsapps.com/start".to_owned(),
            region: "eu-west-1".to_owned(),
        };
        let with_portal: Vec<_> = found
            .iter()
            .filter_map(|one| one.portal.as_ref().map(|portal| (one.name.as_str(), portal)))
            .collect();
        assert_eq!(with_portal, [("old-sso", &portal), ("sso", &portal)]);
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

    /// What is odd, both files, and the profiles that are found, with the words of why one cannot be used.
    type Odd = (&'static str, Vec<u8>, Vec<u8>, Vec<(&'static str, Option<&'static str>)>);

    /// The oddities that real files have, and what becomes of them.
    #[tokio::test]
    async fn odd_files_are_taken_as_people_meant_them() {
        let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
        let wide = |text: &str| {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
        };
        let role = |source: &str| {
            format!("[profile r]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = {source}\n")
        };
        let table: Vec<Odd> = vec![
            (
                "Windows line ends",
                b"[profile a]\r\nregion = eu-west-1\r\n".to_vec(),
                format!("[a]\r\n{}", keys.replace('\n', "\r\n")).into(),
                vec![("a", None)],
            ),
            ("a byte order mark", Vec::new(), format!("\u{feff}[a]\n{keys}").into(), vec![("a", None)]),
            ("PowerShell's UTF-16", wide(&format!("[profile a]\n{keys}")), Vec::new(), vec![("a", None)]),
            (
                "no line end at the end",
                Vec::new(),
                format!("[a]\n{}", keys.trim_end()).into(),
                vec![("a", None)],
            ),
            (
                "comments and blank lines",
                Vec::new(),
                format!("# mine\n\n[a] ; x\n{keys}\n").into(),
                vec![("a", None)],
            ),
            (
                "spaces in the name",
                format!("[profile \"a b\"]\n{keys}").into(),
                Vec::new(),
                vec![("a b", None)],
            ),
            (
                "a profile without the word in config",
                format!("[a]\n{keys}").into(),
                Vec::new(),
                vec![("a", Some("has to be [profile a]"))],
            ),
            (
                "a source that is not there",
                role("gone").into(),
                Vec::new(),
                vec![("r", Some("\"gone\" does not exist"))],
            ),
            (
                "a role that is its own source",
                role("r").into(),
                Vec::new(),
                vec![("r", Some("no credentials"))],
            ),
            (
                "a loop of two roles",
                format!("{}[profile s]\nrole_arn = arn:aws:iam::1:role/y\nsource_profile = r\n", role("s"))
                    .into(),
                Vec::new(),
                vec![("r", Some("leads back")), ("s", Some("leads back"))],
            ),
            (
                "a broken config beside good credentials",
                b"[profile a\nx = 1".to_vec(),
                format!("[b]\n{keys}").into(),
                vec![("a", Some("has no ] at its end")), ("b", None)],
            ),
            (
                "broken credentials beside a good config",
                format!("[profile a]\n{keys}").into(),
                b"[b\n".to_vec(),
                vec![("a", None), ("b", Some("has no ] at its end"))],
            ),
            (
                "no text at all",
                vec![0xC3, 0x28],
                format!("[b]\n{keys}").into(),
                vec![("config", Some("UTF-8")), ("b", None)],
            ),
            ("both empty", Vec::new(), Vec::new(), vec![]),
        ];
        for (what, config, credentials, expected) in table {
            let dir = tempfile::tempdir().unwrap();
            let files = ConfigFiles {
                config: dir.path().join("config"),
                credentials: dir.path().join("credentials"),
            };
            std::fs::write(&files.config, config).unwrap();
            std::fs::write(&files.credentials, credentials).unwrap();
            let found = find(&files).await;
            assert_eq!(found.len(), expected.len(), "{what}: {found:?}");
            for (profile, (name, reason)) in found.iter().zip(expected) {
                assert!(profile.name.ends_with(name), "{what}: {profile:?}");
                match (&profile.unusable, reason) {
                    (None, None) => {}
                    (Some(said), Some(words)) => assert!(said.contains(words), "{what}: {said}"),
                    other => panic!("{what}: {other:?}"),
                }
            }
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_opened_says_so() {
        let dir = tempfile::tempdir().unwrap();
        // A folder exists and cannot be read as a file, even by root.
        let files = ConfigFiles { config: dir.path().to_owned(), credentials: dir.path().join("none") };
        let broken = find(&files).await;
        assert_eq!(broken.len(), 1);
        assert!(
            broken[0].unusable.as_deref().is_some_and(|why| why.contains("cannot be read")),
            "{broken:?}"
        );
    }

    #[tokio::test]
    async fn a_code_is_asked_for_by_whichever_role_needs_one() {
        let config = "
[profile direct]
role_arn = arn:aws:iam::1:role/x
source_profile = keys
mfa_serial = arn:aws:iam::1:mfa/jane
[profile after]
role_arn = arn:aws:iam::2:role/y
source_profile = direct
[profile none]
role_arn = arn:aws:iam::1:role/z
source_profile = keys
[profile self]
role_arn = arn:aws:iam::1:role/z
source_profile = self
mfa_serial = arn:aws:iam::1:mfa/jane
";
        let credentials = "[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\nmfa_serial = unused\n";
        let serial = Some("arn:aws:iam::1:mfa/jane".to_owned());
        let expected = [
            ("after", &serial, true),
            ("direct", &serial, true),
            ("keys", &None, true),
            ("none", &None, true),
            ("self", &serial, false),
        ];
        let found = found_in(config, credentials).await;
        for (profile, (name, serial, usable)) in found.iter().zip(expected) {
            assert_eq!(
                (profile.name.as_str(), &profile.mfa_serial, profile.unusable.is_none()),
                (name, serial, usable),
                "{profile:?}"
            );
        }
    }
}
