//! What a data folder talks to: AWS, the demo, or another endpoint in the place of AWS Support.
//!
//! The three never share anything: each has a data folder, a keyring service and (in the shell) an application identifier
//! of its own. So a report that waits for AWS never goes to an emulator, and what an emulator made up never stands among
//! real cases, whatever the program is started with.

use crate::CustomEndpoint;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// What is talked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// AWS Support.
    Aws,
    /// The pretended ECO in this process.
    Demo,
    /// An endpoint that was set in the place of AWS Support's.
    Custom(CustomEndpoint),
}

impl Backend {
    /// What tells it from AWS in names of folders and application identifiers: letters, digits and hyphens.
    #[must_use]
    pub fn suffix(&self) -> Option<String> {
        match self {
            Self::Aws => None,
            Self::Demo => Some("demo".to_owned()),
            Self::Custom(endpoint) => {
                let digest = hex::encode(Sha256::digest(endpoint.as_str()));
                Some(format!("endpoint-{}", &digest[..12]))
            }
        }
    }

    /// Where its data lies where the user has named `folder` for it: there, or in a folder of its own below.
    #[must_use]
    pub fn folder_in(&self, folder: &Path) -> PathBuf {
        self.suffix().map_or_else(|| folder.to_owned(), |suffix| folder.join(suffix))
    }

    /// The name under which its secrets stand in the keyring, as a user may see it there.
    #[must_use]
    pub fn keyring_service(&self) -> &'static str {
        match self {
            Self::Aws => "ECO Desk",
            Self::Demo => "ECO Desk (demo)",
            Self::Custom(_) => "ECO Desk (not AWS Support)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(url: &str) -> Backend {
        Backend::Custom(CustomEndpoint::parse(url).unwrap())
    }

    #[test]
    fn each_has_a_folder_of_its_own() {
        let chosen = Path::new("data");
        let one = custom("http://127.0.0.1:4599");
        assert_eq!(Backend::Aws.folder_in(chosen), chosen);
        assert_eq!(Backend::Demo.folder_in(chosen), chosen.join("demo"));
        assert_eq!(one.folder_in(chosen).parent(), Some(chosen));
        assert_eq!(
            one.folder_in(chosen),
            custom("http://127.0.0.1:4599/").folder_in(chosen),
            "the same endpoint"
        );
        assert_ne!(one.folder_in(chosen), custom("http://127.0.0.1:4600").folder_in(chosen));
        let services = [Backend::Aws, Backend::Demo, one].map(|backend| backend.keyring_service());
        assert!(services[0] != services[1] && services[1] != services[2] && services[0] != services[2]);
    }
}
