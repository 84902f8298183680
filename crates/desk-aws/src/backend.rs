//! [`Backend`]: AWS, the demo, or a custom endpoint; each data folder belongs to one of them.
//!
//! The three never share anything: each has a data folder, a keyring service and (in the shell) an application
//! identifier of its own. So a report that waits for AWS is never sent to an emulator, and an emulator's cases are
//! never listed among real ones, whatever the program is started with.

use crate::CustomEndpoint;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// The system that cases are reported to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// AWS Support.
    Aws,
    /// The emulator in this process.
    Demo,
    /// A custom endpoint that replaces AWS Support's.
    Custom(CustomEndpoint),
}

impl Backend {
    /// Returns the suffix for names of folders and application identifiers, which has letters, digits and hyphens;
    /// `None` for AWS.
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

    /// Returns the data folder below `folder`, which the user has chosen: `folder` itself for AWS, else a subfolder.
    #[must_use]
    pub fn folder_in(&self, folder: &Path) -> PathBuf {
        self.suffix().map_or_else(|| folder.to_owned(), |suffix| folder.join(suffix))
    }

    /// Returns the service name of its secrets in the keyring, where users may see it.
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
