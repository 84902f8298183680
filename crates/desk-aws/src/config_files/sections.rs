//! Converts the sections of both files to profiles and SSO sessions, by the AWS CLI's rules.
//!
//! In the config file a profile is `[default]` or `[profile NAME]`, with quotes where the name has spaces; in the
//! credentials file the whole header is the name. Values of the credentials file come before those of the config file.

use super::ini::{Ini, Section};
use crate::shell_words;
use desk_model::text::is_unseen;
use std::{collections::BTreeMap, path::Path};
use zeroize::Zeroizing;

/// The properties that decide on credentials and Region; all others are ignored.
pub(super) const KEYS: [&str; 18] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "credential_process",
    "credential_source",
    "duration_seconds",
    "external_id",
    "login_session",
    "mfa_serial",
    "region",
    "role_arn",
    "role_session_name",
    "source_profile",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
];
/// Read in addition to [`KEYS`]; it is a path and may contain any character.
pub(super) const TOKEN_FILE: &str = "web_identity_token_file";
/// Not stripped of comments, since a command may contain any character.
pub(super) const PROCESS: &str = "credential_process";
/// The properties by which a section with an unknown header is recognised as a profile.
const PROFILE_KEYS: [&str; 8] = [
    "aws_access_key_id",
    "credential_process",
    "credential_source",
    "login_session",
    "role_arn",
    "source_profile",
    "sso_account_id",
    "sso_role_name",
];
/// The section whose properties all sections of its file inherit.
const DEFAULT_SECTION: &str = "DEFAULT";

/// The properties of a profile or of an SSO session.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    values: BTreeMap<&'static str, Zeroizing<String>>,
    /// The parse error because of which it cannot be used, as whole sentences.
    pub(super) fault: Option<String>,
}

impl Entry {
    /// Returns the value of a known property.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|value| value.as_str())
    }

    /// Iterates over its known properties.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values.iter().map(|(key, value)| (*key, value.as_str()))
    }
}

/// The profiles and SSO sessions of both files.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) profiles: BTreeMap<String, Entry>,
    pub(super) sso_sessions: BTreeMap<String, Entry>,
}

/// The kind of a section, by its header in the config file.
enum HeaderKind {
    Profile(String),
    SsoSession(String),
    /// A profile with a header that no AWS program accepts, and the error.
    Malformed(String, String),
    /// Another header; the section may still be recognised as a profile by its properties.
    Other,
}

/// Merges both files.
pub(super) fn entries(config: (&Path, &Ini), credentials: (&Path, &Ini)) -> Entries {
    let mut entries = Entries::default();
    let mut others = Vec::new();
    for section in &config.1.sections {
        let entry = entry(section, config);
        match header_kind(&section.header) {
            HeaderKind::Profile(name) => {
                entries.profiles.insert(name, entry);
            }
            HeaderKind::SsoSession(name) => {
                entries.sso_sessions.insert(name, entry);
            }
            HeaderKind::Malformed(name, fault) => {
                let fault = entry.fault.clone().or(Some(fault));
                entries.profiles.insert(name, Entry { fault, ..entry });
            }
            HeaderKind::Other if section.header == DEFAULT_SECTION => {}
            HeaderKind::Other => others.push((section.header.clone(), entry)),
        }
    }
    for section in credentials.1.sections.iter().filter(|section| section.header != DEFAULT_SECTION) {
        let entry = entry(section, credentials);
        let known = entries.profiles.entry(section.header.clone()).or_default();
        known.values.extend(entry.values);
        known.fault = known.fault.take().or(entry.fault);
    }
    for (name, entry) in others {
        let is_profile = PROFILE_KEYS.iter().any(|key| entry.get(key).is_some());
        if is_profile && !entries.profiles.contains_key(&name) {
            let file = config.0.display();
            let fault = format!("In {file} its first line has to be [profile {}].", quoted(&name));
            let fault = entry.fault.clone().or(Some(fault));
            entries.profiles.insert(name, Entry { fault, ..entry });
        }
    }
    entries
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() }
}

fn header_kind(header: &str) -> HeaderKind {
    if header == "default" {
        return HeaderKind::Profile("default".to_owned());
    }
    let (kind, rest) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
    let rest = rest.trim();
    let fault = match shell_words::split(rest).as_deref() {
        Some([name]) if !name.is_empty() => match kind {
            "profile" => return HeaderKind::Profile(name.clone()),
            "sso-session" => return HeaderKind::SsoSession(name.clone()),
            _ => return HeaderKind::Other,
        },
        Some([] | [_]) => "Its first line names no profile: it has to be [profile NAME].".to_owned(),
        Some(_) => format!("Its name has spaces, so it has to stand in quotes: [{kind} \"{rest}\"]."),
        None => "A quote in its first line is not closed.".to_owned(),
    };
    match kind {
        "profile" => HeaderKind::Malformed(rest.to_owned(), fault),
        _ => HeaderKind::Other,
    }
}

/// Builds the entry of a section, including what it inherits from `[DEFAULT]`.
fn entry(section: &Section, (path, ini): (&Path, &Ini)) -> Entry {
    let common = ini.find(DEFAULT_SECTION);
    let mut entry = Entry::default();
    let mut faults = section.faults.clone();
    for key in KEYS.into_iter().chain([TOKEN_FILE]) {
        let of = [Some(section), common].into_iter().flatten();
        let Some(section) = of.into_iter().find(|section| section.properties.contains_key(key)) else {
            continue;
        };
        faults.extend(section.fault_of(key));
        let Some(value) = section.value(key) else { continue };
        let value = if key == PROCESS { value } else { without_comment(value) };
        // A command with such characters would be displayed as a different one.
        if value.chars().any(|sign| sign.is_control() || is_unseen(sign)) {
            faults.push(format!("the value of {key} has control or invisible characters in it"));
        } else {
            entry.values.insert(key, Zeroizing::new(value.to_owned()));
        }
    }
    entry.fault = faults.first().map(|fault| format!("It cannot be read: {fault} of {}.", path.display()));
    entry
}

/// Removes a trailing comment from a value, as the AWS SDKs do. The AWS CLI takes it for a part of the value, which
/// then is no valid Region or role.
fn without_comment(value: &str) -> &str {
    let begins = value.char_indices().find(|(at, sign)| {
        "#;".contains(*sign) && value[..*at].chars().next_back().is_some_and(char::is_whitespace)
    });
    begins.map_or(value, |(at, _)| value[..at].trim_end())
}
