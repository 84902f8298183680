//! Reads and writes the settings.

use super::Settings;
use crate::address::read_contacts;
use desk_model::Field;
use desk_model::{Change, Changes, Problem};
use desk_store::{Database, KEPT_FILES_SETTING, StoreError, lossy_text};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Serialize, de::DeserializeOwned};

/// The rows of `setting` that are written here: what the user has chosen, and the id of the data folder.
const SETTINGS: &str = "settings";
const DESK_ID: &str = "desk-id";

/// The settings of this computer. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SettingsRoom {
    desk: Database,
    changes: Changes,
}

impl SettingsRoom {
    /// The room over an open desk.db.
    #[must_use]
    pub fn new(desk: Database, changes: Changes) -> Self {
        Self { desk, changes }
    }

    /// The settings, or the defaults where none were ever saved.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn get(&self) -> Result<Settings, StoreError> {
        self.desk.read(|connection| Ok(get(connection, SETTINGS)?.unwrap_or_default())).await
    }

    /// Checks and saves all settings.
    ///
    /// # Errors
    /// A [`Problem`] with the field that is wrong, or where the database cannot be written.
    pub async fn save(&self, settings: Settings) -> Result<Settings, Problem> {
        let settings = Settings { own_email: own_email(&settings.own_email)?, ..settings };
        check(&settings)?;
        let saved = settings.clone();
        self.desk.write(move |tx| put(tx, SETTINGS, &saved)).await?;
        self.changes.tell(Change::Settings);
        Ok(settings)
    }
}

/// What tells this data folder from another one of the same user, made when it is first asked for.
///
/// # Errors
/// Where the database cannot be read or written.
pub(crate) async fn desk_id(desk: &Database) -> Result<String, StoreError> {
    desk.write(|tx| {
        if let Some(known) = get(tx, DESK_ID)? {
            return Ok(known);
        }
        let made: String = uuid::Uuid::new_v4().simple().to_string().chars().take(12).collect();
        put(tx, DESK_ID, &made)?;
        Ok(made)
    })
    .await
}

/// The staged files that are kept for good, since the rows that named them were lost.
pub(crate) fn kept_files(desk: &Connection) -> Result<Vec<String>, StoreError> {
    Ok(get(desk, KEPT_FILES_SETTING)?.unwrap_or_default())
}

/// The value of a row of `setting`; none where it cannot be read, so that the defaults hold.
pub(crate) fn get<T: DeserializeOwned>(desk: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    let select = "SELECT value FROM setting WHERE name = ?1";
    let json = desk.query_row(select, [name], |row| lossy_text(row, 0)).optional()?;
    let value = json.map(|json| serde_json::from_str(&json));
    if matches!(value, Some(Err(_))) {
        tracing::warn!("a setting cannot be read");
    }
    Ok(value.and_then(Result::ok))
}

/// Writes a row of `setting`.
pub(crate) fn put(desk: &Transaction<'_>, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
    desk.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, &serde_json::to_string(value)?],
    )?;
    Ok(())
}

/// Deletes a row of `setting`.
pub(crate) fn remove(desk: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    desk.execute("DELETE FROM setting WHERE name = ?1", [name])?;
    Ok(())
}

/// The user's own address, read out of what was entered as an additional contact is.
fn own_email(entered: &str) -> Result<String, Problem> {
    let read = read_contacts(entered);
    match (read.addresses.as_slice(), read.rest.as_slice()) {
        ([], []) => Ok(String::new()),
        ([address], []) => Ok(address.clone()),
        (_, []) => Err(Problem::field(Field::OwnEmail, "Enter one e-mail address: your own.")),
        (_, [_, ..]) => Err(Problem::field(Field::OwnEmail, "This is not an e-mail address.")),
    }
}

/// How many seconds may lie between two polls.
pub const POLL_SECONDS: std::ops::RangeInclusive<u32> = 15..=3600;

fn check(settings: &Settings) -> Result<(), Problem> {
    if !POLL_SECONDS.contains(&settings.poll_seconds) {
        return Err(Problem::field(Field::PollSeconds, "Enter a whole number from 15 to 3,600."));
    }
    let is_code = |code: &str| {
        code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if !is_code(settings.category_code.trim()) {
        return Err(Problem::field(
            Field::CategoryCode,
            "A category code has small letters, digits and hyphens only. Leave it empty to find it by name.",
        ));
    }
    for (field, code) in [
        (Field::SeverityHigh, &settings.severity_high),
        (Field::SeverityMedium, &settings.severity_medium),
        (Field::SeverityLow, &settings.severity_low),
    ] {
        if code.trim().is_empty() {
            return Err(Problem::field(field, "Enter a severity code of AWS Support, such as high."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_store::Store;

    #[tokio::test]
    async fn a_data_folder_keeps_its_id_and_shares_it_with_no_other() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let desk = Store::open(one.path()).await.unwrap().store.desk;
        let id = desk_id(&desk).await.unwrap();
        assert_eq!((id.len(), &desk_id(&desk).await.unwrap()), (12, &id));
        let desk = Store::open(other.path()).await.unwrap().store.desk;
        assert_ne!(desk_id(&desk).await.unwrap(), id);
    }

    #[tokio::test]
    async fn the_users_own_address_is_read_as_the_additional_contacts_are() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap().store;
        let room = SettingsRoom::new(store.desk.clone(), Changes::default());
        let table = [
            ("", Some("")),
            ("  ", Some("")),
            ("kim@norvik.example", Some("kim@norvik.example")),
            (" kim@norvik.example. ", Some("kim@norvik.example")),
            ("mailto:kim@norvik.example", Some("kim@norvik.example")),
            ("\u{202A}kim@norvik.example\u{202C}\u{200B}", Some("kim@norvik.example")),
            ("\"Berg, Kim (Contractor)\" <kim@norvik.example>", Some("kim@norvik.example")),
            ("kim", None),
            ("kim@norvik", None),
            ("kim@norvik.example; jane@norvik.example", None),
            ("kim@norvik.example and nobody", None),
        ];
        for (own_email, kept) in table {
            let saved = room.save(Settings { own_email: own_email.to_owned(), ..Settings::default() }).await;
            match kept {
                Some(kept) => {
                    assert_eq!(saved.unwrap().own_email, kept, "{own_email:?}");
                    assert_eq!(room.get().await.unwrap().own_email, kept, "{own_email:?}");
                }
                None => {
                    assert_eq!(saved.unwrap_err().field, Some(Field::OwnEmail), "{own_email:?}");
                }
            }
        }
    }
}
