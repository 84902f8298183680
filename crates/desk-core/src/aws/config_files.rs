//! The AWS config files, read here and understood by the SDK's own parser, so that it and this program agree on them.
//!
//! People write them with every editor there is: a byte order mark, UTF-16 as PowerShell writes it, and Windows line
//! ends are all taken. A file that cannot be read does not hide the other one.

use super::places;
use crate::account::Partition;
use aws_config::profile::{ProfileFileLoadError, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use std::{
    error::Error as _,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The profiles of both files, and what could not be read.
#[derive(Debug)]
pub(crate) struct Profiles {
    /// `None` where nothing of them could be understood.
    set: Option<ProfileSet>,
    texts: Texts,
    /// The files that could not be read or understood.
    pub(crate) unreadable: Vec<Unreadable>,
}

/// A file that could not be read or understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Which file.
    pub(crate) path: PathBuf,
    /// Why, as the end of a sentence.
    pub(crate) reason: String,
}

/// What the two files hold; empty where one cannot be used.
#[derive(Debug, Clone, Default)]
struct Texts {
    config: String,
    credentials: String,
}

impl Profiles {
    /// Reads both files; one that is not there is empty.
    pub(crate) async fn read(config: &Path, credentials: &Path) -> Self {
        let mut texts = Texts::default();
        let mut unreadable = Vec::new();
        for (path, text) in [(config, &mut texts.config), (credentials, &mut texts.credentials)] {
            match text_of(path) {
                Ok(read) => *text = read,
                Err(reason) => unreadable.push(Unreadable { path: path.to_owned(), reason }),
            }
        }
        let set = match parse(&texts).await {
            Ok(set) => Some(set),
            Err(_) => {
                // One of them is not well formed: the other is used alone.
                for (path, alone) in [
                    (config, Texts { config: texts.config.clone(), ..Texts::default() }),
                    (credentials, Texts { credentials: texts.credentials.clone(), ..Texts::default() }),
                ] {
                    if let Err(error) = parse(&alone).await {
                        unreadable.push(Unreadable { path: path.to_owned(), reason: said(&error) });
                        if path == config {
                            texts.config.clear();
                        } else {
                            texts.credentials.clear();
                        }
                    }
                }
                parse(&texts).await.ok()
            }
        };
        Self { set, texts, unreadable }
    }

    /// The names of all profiles, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.set.iter().flat_map(ProfileSet::profiles).map(str::to_owned).collect();
        names.sort();
        names
    }

    /// Whether there is such a profile.
    pub(crate) fn has(&self, profile: &str) -> bool {
        self.set.as_ref().is_some_and(|set| set.get_profile(profile).is_some())
    }

    /// Why there is no such profile, as a sentence; `None` where there is.
    pub(crate) fn missing(&self, profile: &str) -> Option<String> {
        if self.has(profile) {
            return None;
        }
        let files: Vec<String> = self
            .unreadable
            .iter()
            .map(|file| format!(" {} cannot be read: {}.", file.path.display(), file.reason))
            .collect();
        Some(format!("The profile {profile} is not in your AWS files.{}", files.concat()))
    }

    /// A value of a profile.
    pub(crate) fn get(&self, profile: &str, key: &str) -> Option<&str> {
        self.set.as_ref()?.get_profile(profile)?.get(key)
    }

    /// Whether there is an `[sso-session NAME]`.
    pub(crate) fn has_sso_session(&self, name: &str) -> bool {
        self.set.as_ref().is_some_and(|set| set.sso_session(name).is_some())
    }

    /// A value of an `[sso-session NAME]`.
    pub(crate) fn of_sso_session(&self, name: &str, key: &str) -> Option<&str> {
        self.set.as_ref()?.sso_session(name)?.get(key)
    }

    /// The partition of a profile, by its Region; commercial AWS where it names none.
    pub(crate) fn partition(&self, profile: &str) -> Partition {
        self.get(profile, "region").map_or(Partition::Aws, places::partition_of_region)
    }

    /// The same profiles for the SDK.
    pub(super) fn files(&self) -> EnvConfigFiles {
        files(&self.texts)
    }
}

async fn parse(texts: &Texts) -> Result<ProfileSet, ProfileFileLoadError> {
    // Nothing of the environment: it could name another profile or other files.
    aws_config::profile::load(&Fs::real(), &Env::from_slice(&[]), &files(texts), None).await
}

fn files(texts: &Texts) -> EnvConfigFiles {
    EnvConfigFiles::builder()
        .with_contents(EnvConfigFileKind::Config, texts.config.as_str())
        .with_contents(EnvConfigFileKind::Credentials, texts.credentials.as_str())
        .build()
}

/// The error in the words of its cause, such as `line 3: Expected an '=' sign defining a property`. The parser says it
/// in two lines and with the name of the file, of which it was told none.
fn said(error: &ProfileFileLoadError) -> String {
    let said = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    said.strip_prefix("error parsing on ").map(str::to_owned).unwrap_or(said)
}

/// What a file holds, whatever editor wrote it. A file that is not there is empty; no AWS program takes that for an
/// error.
fn text_of(path: &Path) -> Result<String, String> {
    match std::fs::read(path) {
        Ok(bytes) => decoded(&bytes).ok_or_else(|| "it is not a text file in UTF-8".to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error.to_string()),
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = rest.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_any_editor_writes_is_read() {
        let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
            let mut all = mark.to_vec();
            "[a]\r\nregion = ü".encode_utf16().for_each(|unit| all.extend(bytes(unit)));
            all
        };
        let text = Some("[a]\r\nregion = ü".to_owned());
        assert_eq!(decoded("[a]\r\nregion = ü".as_bytes()), text);
        assert_eq!(decoded("\u{feff}[a]\r\nregion = ü".as_bytes()), text);
        assert_eq!(decoded(&wide([0xFF, 0xFE], u16::to_le_bytes)), text);
        assert_eq!(decoded(&wide([0xFE, 0xFF], u16::to_be_bytes)), text);
        assert_eq!(decoded(&[0xFF, 0xFE, 0x41]), None);
        assert_eq!(decoded(&[0xC3, 0x28]), None);
        assert_eq!(decoded(b""), Some(String::new()));
    }
}
