//! The sections of both files as profiles and sign-in sessions, by the AWS CLI's rules.
//!
//! In the config file a profile is `[default]` or `[profile NAME]`, with quotes where the name has spaces; in the
//! credentials file the whole header is the name. Values of the credentials file come before those of the config file.

use super::ini::{Ini, Section};
use crate::words;
use desk_model::text::is_unseen;
use std::{collections::BTreeMap, path::Path};
use zeroize::Zeroizing;

/// The properties that decide where credentials come from and at which Region; no other is looked at.
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
/// Beside [`KEYS`]: the one that is a path, which may have any character in it.
pub(super) const TOKEN_FILE: &str = "web_identity_token_file";
/// Taken whole, as a command may have any character in it.
pub(super) const PROCESS: &str = "credential_process";
/// Those by which a section is known to be meant as a profile.
const TELLING: [&str; 8] = [
    "aws_access_key_id",
    "credential_process",
    "credential_source",
    "login_session",
    "role_arn",
    "source_profile",
    "sso_account_id",
    "sso_role_name",
];
/// The section whose properties all sections of its file have.
const COMMON: &str = "DEFAULT";

/// A profile or a sign-in session.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    values: BTreeMap<&'static str, Zeroizing<String>>,
    /// Why it cannot be used, as whole sentences.
    pub(super) fault: Option<String>,
}

impl Entry {
    /// The value of one of the known properties.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|value| value.as_str())
    }

    /// All known properties that it has.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values.iter().map(|(key, value)| (*key, value.as_str()))
    }
}

/// What both files hold.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) profiles: BTreeMap<String, Entry>,
    pub(super) sso_sessions: BTreeMap<String, Entry>,
}

/// What a header of the config file names.
enum Named {
    Profile(String),
    SsoSession(String),
    /// A profile, by a header that no AWS program takes, and what is wrong with it.
    Malformed(String, String),
    /// Something that a profile may be meant by: known by its properties.
    Other,
}

/// Takes both files together.
pub(super) fn entries(config: (&Path, &Ini), credentials: (&Path, &Ini)) -> Entries {
    let mut entries = Entries::default();
    let mut others = Vec::new();
    for section in &config.1.sections {
        let entry = entry(section, config);
        match named(&section.header) {
            Named::Profile(name) => {
                entries.profiles.insert(name, entry);
            }
            Named::SsoSession(name) => {
                entries.sso_sessions.insert(name, entry);
            }
            Named::Malformed(name, fault) => {
                let fault = entry.fault.clone().or(Some(fault));
                entries.profiles.insert(name, Entry { fault, ..entry });
            }
            Named::Other if section.header == COMMON => {}
            Named::Other => others.push((section.header.clone(), entry)),
        }
    }
    for section in credentials.1.sections.iter().filter(|section| section.header != COMMON) {
        let entry = entry(section, credentials);
        let known = entries.profiles.entry(section.header.clone()).or_default();
        known.values.extend(entry.values);
        known.fault = known.fault.take().or(entry.fault);
    }
    for (name, entry) in others {
        let is_profile = TELLING.iter().any(|key| entry.get(key).is_some());
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

fn named(header: &str) -> Named {
    if header == "default" {
        return Named::Profile("default".to_owned());
    }
    let (kind, rest) = header.split_once(char::is_whitespace).unwrap_or((header, ""));
    let rest = rest.trim();
    let fault = match words::split(rest).as_deref() {
        Some([name]) if !name.is_empty() => match kind {
            "profile" => return Named::Profile(name.clone()),
            "sso-session" => return Named::SsoSession(name.clone()),
            _ => return Named::Other,
        },
        Some([] | [_]) => "Its first line names no profile: it has to be [profile NAME].".to_owned(),
        Some(_) => format!("Its name has spaces, so it has to stand in quotes: [{kind} \"{rest}\"]."),
        None => "A quote in its first line is not closed.".to_owned(),
    };
    match kind {
        "profile" => Named::Malformed(rest.to_owned(), fault),
        _ => Named::Other,
    }
}

/// A section with what it has in common with all others of its file.
fn entry(section: &Section, (path, ini): (&Path, &Ini)) -> Entry {
    let common = ini.find(COMMON);
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
        // A command with such characters would be shown as another one than it is.
        if value.chars().any(|sign| sign.is_control() || is_unseen(sign)) {
            faults.push(format!("the value of {key} has control or invisible characters in it"));
        } else {
            entry.values.insert(key, Zeroizing::new(value.to_owned()));
        }
    }
    entry.fault = faults.first().map(|fault| format!("It cannot be read: {fault} of {}.", path.display()));
    entry
}

/// A value without a comment behind it. The AWS CLI takes the comment for a part of the value, which then is no Region
/// and no role; the AWS SDKs leave it out.
fn without_comment(value: &str) -> &str {
    let begins = value.char_indices().find(|(at, sign)| {
        "#;".contains(*sign) && value[..*at].chars().next_back().is_some_and(char::is_whitespace)
    });
    begins.map_or(value, |(at, _)| value[..at].trim_end())
}
