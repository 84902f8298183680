//! The profiles written anew for the SDK, whose own parser is stricter than the AWS CLI's.
//!
//! The SDK is given one profile, what it leads to, and the properties that decide about credentials. A
//! `credential_process` is left out: such a program is run by this one, once the user has agreed to it.

use super::{Profiles, sections::PROCESS};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// Whether the SDK takes this as the name of a section (its `validate_identifier`).
pub fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "_-/.%@:+".contains(sign))
}

/// The files for the SDK, and the name under which the profile stands in them.
pub(super) fn files(profiles: &Profiles, profile: &str) -> (EnvConfigFiles, String) {
    let mut text = Zeroizing::new(String::new());
    let mut chain = vec![profile.to_owned()];
    let mut at = 0;
    while let Some(name) = chain.get(at).cloned() {
        let Some(entry) = profiles.entries.profiles.get(&name) else {
            at += 1;
            continue;
        };
        let _ = writeln!(text, "[profile {}]", written(&name, at));
        for (key, value) in entry.values().filter(|(key, _)| *key != PROCESS) {
            if key == "source_profile" {
                let known = chain.iter().position(|known| known == value);
                let source = known.unwrap_or_else(|| {
                    chain.push(value.to_owned());
                    chain.len() - 1
                });
                let _ = writeln!(text, "{key} = {}", written(value, source));
            } else {
                let _ = writeln!(text, "{key} = {value}");
            }
        }
        at += 1;
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
    (files, written(profile, 0))
}

/// The name of a profile in the files for the SDK: its own where the SDK takes it, since errors may quote it.
fn written(name: &str, at: usize) -> String {
    if is_identifier(name) { name.to_owned() } else { format!("eco-desk.profile.{at}") }
}
