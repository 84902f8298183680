//! Reads and writes the settings.

use super::Settings;
use crate::{
    change::{Change, Changes},
    problem::Problem,
    store::{Database, StoreError},
};
use rusqlite::OptionalExtension as _;

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
        self.desk
            .read(|connection| {
                let saved: Option<String> = connection
                    .query_row("SELECT value FROM setting WHERE name = 'settings'", [], |row| row.get(0))
                    .optional()?;
                Ok(saved.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
            })
            .await
    }

    /// Checks and saves all settings.
    ///
    /// # Errors
    /// A [`Problem`] with the field that is wrong, or where the database cannot be written.
    pub async fn save(&self, settings: Settings) -> Result<Settings, Problem> {
        check(&settings)?;
        let json = serde_json::to_string(&settings).map_err(StoreError::from)?;
        self.desk
            .write(move |transaction| {
                transaction.execute(
                    "INSERT INTO setting (name, value) VALUES ('settings', ?1)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    [json],
                )?;
                Ok(())
            })
            .await?;
        self.changes.tell(Change::Settings);
        Ok(settings)
    }
}

fn check(settings: &Settings) -> Result<(), Problem> {
    if !(15..=3600).contains(&settings.poll_seconds) {
        return Err(Problem::field("pollSeconds", "Enter a number of seconds from 15 to 3,600."));
    }
    let email = settings.own_email.trim();
    if !email.is_empty() && !crate::report::is_email(email) {
        return Err(Problem::field("ownEmail", "This is not an e-mail address."));
    }
    for (field, code) in [
        ("severityHigh", &settings.severity_high),
        ("severityMedium", &settings.severity_medium),
        ("severityLow", &settings.severity_low),
    ] {
        if code.trim().is_empty() {
            return Err(Problem::field(field, "Enter a severity code of AWS Support, such as high."));
        }
    }
    Ok(())
}
