//! Rewrites profiles for the SDK, whose own parser is stricter than the AWS CLI's.
//!
//! The SDK gets one profile, its chain of source profiles, and only the properties that decide about credentials. A
//! `credential_process` is left out: such a program is run by this one, once the user has agreed to it.

use super::{Profiles, sections::PROCESS};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// Whether the SDK accepts this as the name of a section (its `validate_identifier`).
pub fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "_-/.%@:+".contains(sign))
}

/// Builds the files for the SDK; also returns the name of the profile in them.
pub(super) fn files(profiles: &Profiles, profile: &str) -> (EnvConfigFiles, String) {
    let mut text = Zeroizing::new(String::new());
    let mut chain = vec![profile.to_owned()];
    let mut index = 0;
    while let Some(name) = chain.get(index).cloned() {
        let Some(entry) = profiles.entries.profiles.get(&name) else {
            index += 1;
            continue;
        };
        let _ = writeln!(text, "[profile {}]", name_for_sdk(&name, index));
        for (key, value) in entry.values().filter(|(key, _)| *key != PROCESS) {
            if key == "source_profile" {
                let known = chain.iter().position(|known| known == value);
                let source = known.unwrap_or_else(|| {
                    chain.push(value.to_owned());
                    chain.len() - 1
                });
                let _ = writeln!(text, "{key} = {}", name_for_sdk(value, source));
            } else {
                let _ = writeln!(text, "{key} = {value}");
            }
        }
        index += 1;
    }
    for (name, session) in profiles.entries.sso_sessions.iter().filter(|(name, _)| is_identifier(name)) {
        let _ = writeln!(text, "[sso-session {name}]");
        for (key, value) in session.values() {
            let _ = writeln!(text, "{key} = {value}");
        }
    }
    let files = EnvConfigFiles::builder()
        .with_contents(EnvConfigFileKind::Config, text.as_str())
        .with_contents(EnvConfigFileKind::Credentials, "")
        .build();
    (files, name_for_sdk(profile, 0))
}

/// Returns the name of a profile in the files for the SDK: its own if the SDK accepts it, since errors may quote it.
fn name_for_sdk(name: &str, index: usize) -> String {
    if is_identifier(name) { name.to_owned() } else { format!("eco-desk.profile.{index}") }
}
