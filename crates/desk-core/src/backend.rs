//! What a data folder talks to: AWS, the demo, or another endpoint in the place of AWS Support.
//!
//! The three never share anything: each has a data folder, a keyring service and (in the shell) an application identifier
//! of its own, and `desk.db` knows to which it belongs. So a report that waits for AWS never goes to an emulator, and what
//! an emulator made up never stands among real cases, whatever the program is started with.

use crate::{
    aws::CustomEndpoint,
    store::{Database, StoreError},
};
use rusqlite::{OptionalExtension as _, Transaction};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// The row of `setting` that says to which backend a `desk.db` belongs.
const ROW: &str = "backend";
/// How that row names the two that have no address.
const AWS: &str = "aws";
const DEMO: &str = "demo";

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
    pub(crate) fn keyring_service(&self) -> &'static str {
        match self {
            Self::Aws => "ECO Desk",
            Self::Demo => "ECO Desk (demo)",
            Self::Custom(_) => "ECO Desk (not AWS Support)",
        }
    }

    fn row(&self) -> String {
        match self {
            Self::Aws => AWS.to_owned(),
            Self::Demo => DEMO.to_owned(),
            Self::Custom(endpoint) => endpoint.to_string(),
        }
    }
}

/// Notes that a `desk.db` belongs to `backend`, or answers [`StoreError::OtherBackend`] where it belongs to another.
pub(crate) async fn claim(desk: &Database, folder: &Path, backend: &Backend) -> Result<(), StoreError> {
    let wanted = backend.row();
    let known = desk.write(move |tx| known_or(tx, &wanted)).await?;
    if known == backend.row() {
        return Ok(());
    }
    Err(StoreError::OtherBackend {
        path: folder.to_owned(),
        known: told(&known),
        wanted: told(&backend.row()),
    })
}

/// The backend that is noted; where none is, it is told by the accounts, and without these `wanted` is noted.
fn known_or(tx: &Transaction<'_>, wanted: &str) -> Result<String, StoreError> {
    let noted = tx
        .query_row("SELECT value FROM setting WHERE name = ?1", [ROW], |row| row.get::<_, String>(0))
        .optional()?;
    if let Some(noted) = noted {
        return Ok(serde_json::from_str(&noted)?);
    }
    // Before there was this row, an endpoint's accounts lay among those of AWS.
    let demos: Option<bool> = tx
        .query_row("SELECT json_extract(source, '$.kind') = 'demo' FROM account LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    let known = match demos {
        Some(true) => DEMO,
        Some(false) => AWS,
        None => wanted,
    };
    tx.execute("INSERT INTO setting (name, value) VALUES (?1, ?2)", [ROW, &serde_json::to_string(known)?])?;
    Ok(known.to_owned())
}

fn told(row: &str) -> String {
    match row {
        AWS => "AWS Support".to_owned(),
        DEMO => "the demo".to_owned(),
        address => address.to_owned(),
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
