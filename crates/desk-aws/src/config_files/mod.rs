//! Reads the AWS config files by the AWS CLI's rules.
//!
//! People write them with every editor there is: a byte order mark, UTF-16 as PowerShell writes it, and Windows line
//! ends are all accepted. A parse error makes only the profile unusable in which it is, and is shown with it.

mod for_sdk;
mod ini;
mod sections;

use super::hosts;
use aws_runtime::env_config::file::EnvConfigFiles;
use desk_model::Partition;
pub use for_sdk::is_identifier;
use sections::{Entries, entries};
use std::{
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Maximum size of a file: a thousand profiles have some 200,000.
const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// The profiles of the config and the credentials file, with the parse errors.
#[derive(Debug, Default)]
pub struct Profiles {
    entries: Entries,
    /// The files that could not be read, or of which something belongs to no profile.
    pub unreadable: Vec<UnreadableFile>,
}

/// A file that could not be read, or that holds something that belongs to no profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableFile {
    /// Which file.
    pub path: PathBuf,
    /// Why, as the end of a sentence.
    pub reason: String,
}

impl Profiles {
    /// Reads both files; a missing file counts as empty.
    pub async fn read(config: &Path, credentials: &Path) -> Self {
        let (config, credentials) = (config.to_owned(), credentials.to_owned());
        // A home may lie on a network drive.
        tokio::task::spawn_blocking(move || Self::of_files(&config, &credentials)).await.unwrap_or_default()
    }

    fn of_files(config: &Path, credentials: &Path) -> Self {
        let mut unreadable = Vec::new();
        let [config_ini, credentials_ini] = [config, credentials].map(|path| {
            let mut tell = |reason| unreadable.push(UnreadableFile { path: path.to_owned(), reason });
            let read = read_text(path).map(|text| ini::parse(&text)).unwrap_or_else(|reason| {
                tell(reason);
                ini::Ini::default()
            });
            if let Some(fault) = &read.fault {
                tell(fault.clone());
            }
            read
        });
        let entries = entries((config, &config_ini), (credentials, &credentials_ini));
        Self { entries, unreadable }
    }

    /// Returns the names of all profiles, sorted.
    pub fn names(&self) -> Vec<String> {
        self.entries.profiles.keys().cloned().collect()
    }

    /// Whether there is such a profile.
    pub fn has(&self, profile: &str) -> bool {
        self.entries.profiles.contains_key(profile)
    }

    /// Returns the parse error of a profile, as sentences.
    pub fn fault(&self, profile: &str) -> Option<&str> {
        self.entries.profiles.get(profile)?.fault.as_deref()
    }

    /// Explains why the profile cannot be used, as sentences; `None` if it can.
    pub fn missing(&self, profile: &str) -> Option<String> {
        if self.has(profile) {
            return self.fault(profile).map(|fault| format!("The profile {profile} cannot be used. {fault}"));
        }
        let files: Vec<String> = self
            .unreadable
            .iter()
            .map(|file| format!(" {} cannot be read: {}.", file.path.display(), file.reason))
            .collect();
        Some(format!("The profile {profile} is not in your AWS files.{}", files.concat()))
    }

    /// Returns a property of a profile.
    pub fn get(&self, profile: &str, key: &str) -> Option<&str> {
        self.entries.profiles.get(profile)?.get(key)
    }

    /// Whether there is an `[sso-session NAME]`.
    pub fn has_sso_session(&self, name: &str) -> bool {
        self.entries.sso_sessions.contains_key(name)
    }

    /// Returns the parse error of an `[sso-session NAME]`, as sentences.
    pub fn fault_of_sso_session(&self, name: &str) -> Option<&str> {
        self.entries.sso_sessions.get(name)?.fault.as_deref()
    }

    /// Returns a property of an `[sso-session NAME]`.
    pub fn of_sso_session(&self, name: &str, key: &str) -> Option<&str> {
        self.entries.sso_sessions.get(name)?.get(key)
    }

    /// Returns the partition of a profile's Region; commercial AWS if it names none.
    pub fn partition(&self, profile: &str) -> Partition {
        self.get(profile, "region").map_or(Partition::Aws, hosts::partition_of_region)
    }

    /// Builds the files for the SDK with one profile and its source profiles; also returns its name in them.
    pub(super) fn files(&self, profile: &str) -> (EnvConfigFiles, String) {
        for_sdk::files(self, profile)
    }
}

/// Reads a file as text, in any encoding that editors write. A missing file counts as empty, as in all AWS programs.
fn read_text(path: &Path) -> Result<Zeroizing<String>, String> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Zeroizing::default()),
        Err(error) => return Err(error.to_string()),
    };
    // Reading a pipe would block.
    if !metadata.is_file() {
        return Err("it is not a file".to_owned());
    }
    let mut bytes = Zeroizing::new(Vec::new());
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(format!("it has more than {} MB", MAX_FILE_BYTES / 1024 / 1024));
    }
    let text = decode(&bytes).map(Zeroizing::new).filter(|text| !text.contains('\0'));
    text.ok_or_else(|| "it is not a text file in UTF-8".to_owned())
}

/// Decodes UTF-8 or, with a byte order mark, UTF-16. Invalid UTF-8 becomes U+FFFD, so that only its line is an error;
/// `None` for invalid UTF-16.
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = rest.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        _ => Some(String::from_utf8_lossy(bytes).into_owned()),
    }
}

#[cfg(test)]
mod tests;
