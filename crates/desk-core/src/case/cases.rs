//! What is asked of the cases, and the little that is kept about them on this computer alone.

use super::{
    CaseCounts, CaseDetail, CasePage, CaseQuery, CaseRow, Correspondence, Rating, UnlistedMessage,
    correspondence, detail, rows, unlisted,
};
use crate::{account::Accounts, attachment::name_to_save, settings::SettingsRoom};
use desk_aws::AttachmentRecord;
use desk_model::{AccountId, CaseKey, Change, Changes, Clock, Millis, Problem, ProblemCode};
use desk_store::{Store, StoreError};
use rusqlite::OptionalExtension as _;

/// The cases. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cases {
    store: Store,
    accounts: Accounts,
    settings: SettingsRoom,
    changes: Changes,
    clock: Clock,
}

impl Cases {
    pub(crate) fn new(
        store: Store,
        accounts: Accounts,
        settings: SettingsRoom,
        changes: Changes,
        clock: Clock,
    ) -> Self {
        Self { store, accounts, settings, changes, clock }
    }

    /// A page of the list, with what its head counts.
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn list(&self, query: CaseQuery) -> Result<CasePage, Problem> {
        let (settings, now) = (self.settings.get().await?, self.clock.now());
        Ok(self.store.cases.read(move |sqlite| rows::page(sqlite, &query, &settings, now)).await?)
    }

    /// What the head of the list counts.
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn counts(&self) -> Result<CaseCounts, Problem> {
        let (settings, now) = (self.settings.get().await?, self.clock.now());
        Ok(self.store.cases.read(move |sqlite| rows::counts(sqlite, &settings, now)).await?)
    }

    /// One row of the list; `None` for a case that is not known.
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn row(&self, key: &CaseKey) -> Result<Option<CaseRow>, Problem> {
        Ok(self.rows_of(std::slice::from_ref(key)).await?.pop())
    }

    /// The rows of these cases, in their order; those that are not known are left out.
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn rows_of(&self, keys: &[CaseKey]) -> Result<Vec<CaseRow>, Problem> {
        let (settings, now) = (self.settings.get().await?, self.clock.now());
        let wanted = keys.to_vec();
        Ok(self.store.cases.read(move |sqlite| rows::of(sqlite, &wanted, &settings, now)).await?)
    }

    /// A case as its own screen shows it.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] for a case that is not known.
    pub async fn get(&self, key: &CaseKey) -> Result<CaseDetail, Problem> {
        let row = self.row(key).await?.ok_or_else(not_found)?;
        let account = self.accounts.list().await?.into_iter().find(|account| account.id == row.account);
        let now = self.clock.now();
        Ok(self.store.cases.read(move |sqlite| detail::read(sqlite, row, account.as_ref(), now)).await?)
    }

    /// The correspondence of a case with its `recent` newest messages.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] for a case that is not known.
    pub async fn correspondence(&self, key: &CaseKey, recent: u32) -> Result<Correspondence, Problem> {
        self.row(key).await?.ok_or_else(not_found)?;
        let (key, now) = (key.clone(), self.clock.now());
        Ok(self.store.cases.read(move |sqlite| correspondence::read(sqlite, &key, recent, now)).await?)
    }

    /// The messages that AWS has taken and does not list, although it should by now.
    ///
    /// # Errors
    /// Where the databases cannot be read.
    pub async fn unlisted(&self) -> Result<Vec<UnlistedMessage>, Problem> {
        let now = self.clock.now();
        Ok(self.store.cases.read(move |sqlite| unlisted::all(sqlite, now)).await?)
    }

    /// Marks everything that is known of a case as seen.
    ///
    /// # Errors
    /// Where the databases cannot be read or written.
    pub async fn seen(&self, key: &CaseKey) -> Result<(), Problem> {
        let wanted = key.clone();
        let newest: Option<Millis> = self
            .store
            .cases
            .read(move |sqlite| {
                let select = "SELECT newest_other_at FROM main.incident WHERE key = ?1";
                Ok(sqlite.query_row(select, [&wanted.0], |row| row.get(0)).optional()?.flatten())
            })
            .await?;
        // Up to the newest message, not up to now: one that is on its way here may be older than that.
        let Some(newest) = newest else { return Ok(()) };
        let wanted = key.clone();
        let changed = self
            .store
            .desk
            .write(move |tx| {
                let mark = "INSERT INTO read_mark (case_key, seen_at) VALUES (?1, ?2)
                    ON CONFLICT (case_key) DO UPDATE SET seen_at = excluded.seen_at
                    WHERE excluded.seen_at > seen_at";
                Ok(tx.execute(mark, rusqlite::params![wanted.0, newest])? > 0)
            })
            .await?;
        if changed {
            self.changes.tell(Change::Case { key: key.clone() });
            self.changes.tell(Change::Cases);
        }
        Ok(())
    }

    /// Keeps stars and a comment for ECO's correspondence on this computer.
    ///
    /// # Errors
    /// A problem with the stars or the comment.
    pub async fn rate(&self, key: &CaseKey, rating: Rating) -> Result<(), Problem> {
        rating.check()?;
        self.row(key).await?.ok_or_else(not_found)?;
        let (wanted, now) = (key.clone(), self.clock.now());
        let json = serde_json::to_string(&rating).map_err(StoreError::from)?;
        self.store
            .desk
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO rating (case_key, rating, rated_at) VALUES (?1, ?2, ?3)
                     ON CONFLICT (case_key) DO UPDATE SET rating = excluded.rating, rated_at = excluded.rated_at",
                    rusqlite::params![wanted.0, json, now],
                )?;
                Ok(())
            })
            .await?;
        self.changes.tell(Change::Case { key: key.clone() });
        Ok(())
    }

    /// Takes away the open task of a call or chat: it is done or dismissed.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn hand_over_done(&self, key: &CaseKey) -> Result<(), Problem> {
        let wanted = key.clone();
        self.store
            .desk
            .write(move |tx| {
                tx.execute("DELETE FROM hand_over WHERE case_key = ?1", [&wanted.0])?;
                Ok(())
            })
            .await?;
        self.changes.tell(Change::Case { key: key.clone() });
        Ok(())
    }

    /// The account of a file of a case, to fetch it with, and a name that it can be saved under on each system.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where the case has no such file.
    pub async fn attachment(
        &self,
        key: &CaseKey,
        attachment_id: &str,
    ) -> Result<(AccountId, String), Problem> {
        let (wanted, id) = (key.clone(), attachment_id.to_owned());
        let found = self
            .store
            .cases
            .read(move |sqlite| {
                let mut select = sqlite.prepare(
                    "SELECT i.account, c.attachments FROM main.incident i
                     JOIN main.communication c ON c.case_key = i.key WHERE i.key = ?1",
                )?;
                let mut rows = select.query([&wanted.0])?;
                while let Some(row) = rows.next()? {
                    let files: Vec<AttachmentRecord> = serde_json::from_str(&row.get::<_, String>(1)?)?;
                    if let Some(file) = files.into_iter().find(|file| file.attachment_id == id) {
                        return Ok(Some((AccountId(row.get(0)?), name_to_save(&file.file_name))));
                    }
                }
                Ok(None)
            })
            .await?;
        found.ok_or_else(|| Problem::new(ProblemCode::NotFound, "This incident has no such file."))
    }
}

fn not_found() -> Problem {
    Problem::new(ProblemCode::NotFound, "This incident is not on this computer (any more).")
}
