//! The file in which AWS's console hands out an access key, dropped or chosen.
//!
//! The rule: the secret in it never leaves this side. It is held in memory under a name until its account is
//! connected or the next file comes, and the UI learns the key's id and the file's name alone.

use crate::opened_file::{OpenError, OpenedFile, unreadable};
use desk_model::{Field, Problem, ProblemCode, Secret};
use serde::{Deserialize, Serialize};
use std::{
    io::Read as _,
    sync::{Mutex, PoisonError},
};
use ts_rs::TS;
use zeroize::Zeroizing;

/// More than any list of keys has; a log that is dropped by mistake is not read to its end.
const LARGEST: u64 = 64 * 1024;
/// The column of the key's id, in both forms of the file: `Access key ID,Secret access key`, and the older one that
/// begins with `User name,Password` (IAM User Guide, "Manage access keys for IAM users").
const ID_COLUMN: &str = "access key id";
const SECRET_COLUMN: &str = "secret access key";

/// Names a key that was read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct HeldKeyId(pub String);

/// A key that was read from a file and waits to be connected, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldKey {
    /// Its name from now on.
    pub id: HeldKeyId,
    /// The name of the file, without its folder.
    pub file_name: String,
    /// The key's id, which is no secret.
    pub access_key_id: String,
}

/// Reads access keys from files and holds the last one until it is connected.
#[derive(Debug, Default)]
pub struct KeyFiles(Mutex<Option<(HeldKey, Secret)>>);

impl KeyFiles {
    /// Reads the access key in a file of AWS's console and holds it until it is connected or forgotten. The key that
    /// was held before is forgotten.
    ///
    /// # Errors
    /// Why no key can be taken from the file, with nothing of what is in it.
    pub async fn hold(&self, file: OpenedFile) -> Result<HeldKey, Problem> {
        let file_name = file.name().to_owned();
        let read = tokio::task::spawn_blocking(move || key_in_file(file)).await;
        let (access_key_id, secret) = read.map_err(|_| no_key("The file", "could not be read."))??;
        let id = HeldKeyId(uuid::Uuid::new_v4().to_string());
        let key = HeldKey { id, file_name, access_key_id };
        *self.held() = Some((key.clone(), secret));
        Ok(key)
    }

    /// Forgets a key that was read from a file.
    pub fn forget(&self, id: &HeldKeyId) {
        let mut held = self.held();
        if held.as_ref().is_some_and(|(key, _)| key.id == *id) {
            *held = None;
        }
    }

    /// The pair under a name.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where it is no longer held.
    pub(in crate::account) fn get(&self, id: &HeldKeyId) -> Result<(String, Secret), Problem> {
        let held = self.held();
        let pair = held.as_ref().filter(|(key, _)| key.id == *id);
        let pair = pair.map(|(key, secret)| (key.access_key_id.clone(), secret.clone()));
        pair.ok_or_else(|| {
            Problem::new(
                ProblemCode::NotFound,
                "The access key of the file is no longer held here. Drop or choose the file once more.",
            )
        })
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<(HeldKey, Secret)>> {
        // It is whole whatever panicked while it was held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_key(name: &str, why: &str) -> Problem {
    let message = format!(
        "{name} {why} ECO Desk takes the file that AWS offers as “Download .csv file” when an access key is made, usually accessKeys.csv."
    );
    Problem::field(Field::KeyFile, message)
}

fn key_in_file(file: OpenedFile) -> Result<(String, Secret), Problem> {
    let (name, source) = file.into_parts();
    let source = source.map_err(|error| match error {
        OpenError::Folder | OpenError::Special => no_key(&name, "is not a file."),
        OpenError::Link | OpenError::TooMany | OpenError::System(_) => no_key(&name, &error.words()),
    })?;
    let failed = |error: &std::io::Error| no_key(&name, &unreadable(error));
    if source.metadata().map_err(|error| failed(&error))?.len() > LARGEST {
        return Err(no_key(&name, "is too large to be one of AWS's files of access keys."));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    source.take(LARGEST).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    key_in(&bytes).map_err(|why| no_key(&name, &format!("{why}.")))
}

/// The one key in a table with a column for its id and one for its secret.
fn key_in(bytes: &[u8]) -> Result<(String, Secret), &'static str> {
    const NONE: &str = "holds no access key";
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // Who opened it in a spreadsheet program and saved it may have got another separator.
    let separator = [b',', b';', b'\t'].into_iter().find(|sign| first.contains(sign)).ok_or(NONE)?;
    let mut table =
        csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).flexible(true).from_reader(bytes);
    let columns = table.headers().map_err(|_| NONE)?;
    let column = |name: &str| columns.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (Some(id_at), Some(secret_at)) = (column(ID_COLUMN), column(SECRET_COLUMN)) else { return Err(NONE) };
    let mut found = None;
    for row in table.records() {
        let row = row.map_err(|_| NONE)?;
        let (id, secret) = (row.get(id_at).unwrap_or_default(), row.get(secret_at).unwrap_or_default());
        match (id.is_empty(), secret.is_empty()) {
            // A user without a key, as the older file has them.
            (true, true) => continue,
            (false, false) => {}
            (true, false) | (false, true) => return Err("holds only one half of an access key"),
        }
        if found.replace((id.to_owned(), Secret::new(secret))).is_some() {
            return Err("holds several access keys, and only one can be connected at a time");
        }
    }
    found.ok_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::assert_not_impl;

    assert_not_impl!(KeyFiles: Serialize, std::fmt::Display);

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    #[test]
    fn every_form_of_the_consoles_file_is_read() {
        for text in [
            format!("Access key ID,Secret access key\r\n{ID},{SECRET}\r\n"),
            format!("\u{feff}Access key ID,Secret access key\r\n{ID},{SECRET}"),
            format!("Access Key Id, Secret Access Key\n{ID}, {SECRET}\n"),
            format!("User Name,Access Key Id,Secret Access Key\n\"jane\",{ID},{SECRET}\n"),
            format!(
                "User name,Password,Access key ID,Secret access key,Console login link\njane,\"a,b\",{ID},{SECRET},https://123456789012.signin.aws.amazon.com/console\n"
            ),
            format!("User name,Access key ID,Secret access key\nnobody,,\njane,{ID},{SECRET}\n"),
            format!("Access key ID;Secret access key\r\n{ID};{SECRET}\r\n"),
            format!("Access key ID\tSecret access key\n{ID}\t{SECRET}\n"),
        ] {
            let (id, secret) = key_in(text.as_bytes()).unwrap();
            assert_eq!((id.as_str(), secret.reveal()), (ID, SECRET), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_says_why() {
        let table = [
            (String::new(), "no access key"),
            ("2026-11-22 05:10:47 ERROR something\n".to_owned(), "no access key"),
            ("a,b\n1,2\n".to_owned(), "no access key"),
            ("Access key ID,Secret access key\n".to_owned(), "no access key"),
            (format!("{ID},{SECRET}\n"), "no access key"),
            (format!("Access key ID,Secret access key\n{ID}\n"), "one half"),
            (format!("Access key ID,Secret access key\n,{SECRET}\n"), "one half"),
            (format!("Access key ID,Secret access key\n{ID},{SECRET}\nAKIAOTHER,x\n"), "several"),
        ];
        for (text, words) in table {
            let why = key_in(text.as_bytes()).unwrap_err();
            assert!(why.contains(words), "{text}: {why}");
            assert!(!why.contains(SECRET));
        }
        assert!(key_in(b"Access key ID,Secret access key\nAKIA,\xff\xfe\n").is_err());
    }

    #[test]
    fn a_file_that_is_none_says_what_is_wanted() {
        let dir = tempfile::tempdir().unwrap();
        let large = dir.path().join("large.log");
        std::fs::write(&large, vec![b'x'; 65 * 1024]).unwrap();
        for (path, words) in [
            (dir.path().join("gone.csv"), "no longer"),
            (dir.path().to_owned(), "not a file"),
            (large, "large"),
        ] {
            let problem = key_in_file(OpenedFile::open(&path)).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
            assert!(problem.message.contains("accessKeys.csv"), "{problem}");
            assert_eq!(problem.field, Some(Field::KeyFile));
        }
    }
}
