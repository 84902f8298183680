//! What is asked of the cases, and the little that is kept about them on this computer alone.

use super::{
    CaseCounts, CaseDetail, CasePage, CaseQuery, CaseRow, Correspondence, Rating, UnlistedMessage,
    correspondence, detail, marks, rows, unlisted,
};
use crate::{
    account::{Accounts, store::ids},
    attachment::name_to_save,
    delivery::rating,
    mirror::{communications, incident},
    report::hand_over,
    settings::SettingsRoom,
};
use desk_aws::AttachmentRecord;
use desk_model::{AccountId, CaseKey, Change, Changes, Clock, Problem, ProblemCode};
use desk_store::Store;

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
        let head = self.store.cases.read(move |sqlite| incident::head(sqlite, &wanted)).await?;
        let Some(head) = head else { return Ok(()) };
        // Up to the newest message, not up to now: one that is on its way here may be older than that.
        let Some(newest) = head.newest_other_at else { return Ok(()) };
        let wanted = key.clone();
        let changed = self
            .store
            .desk
            .write(move |tx| {
                // Of an account that has just been removed nothing is kept.
                Ok(ids(tx)?.contains(&head.account) && marks::put(tx, &head.account, &wanted, newest)?)
            })
            .await?;
        if changed {
            self.changes.tell(Change::Case { key: key.clone() });
            self.changes.tell(Change::Cases);
        }
        Ok(())
    }

    /// Marks cases as read or as unread. A case in which nobody else has said anything cannot be unread.
    ///
    /// # Errors
    /// Where the databases cannot be read or written.
    pub async fn mark(&self, keys: &[CaseKey], unread: bool) -> Result<(), Problem> {
        for key in keys {
            if unread {
                self.mark_unread(key).await?;
            } else {
                self.seen(key).await?;
            }
        }
        Ok(())
    }

    async fn mark_unread(&self, key: &CaseKey) -> Result<(), Problem> {
        let wanted = key.clone();
        let head = self.store.cases.read(move |sqlite| incident::head(sqlite, &wanted)).await?;
        let Some(head) = head.filter(|head| head.newest_other_at.is_some()) else { return Ok(()) };
        let wanted = key.clone();
        self.store
            .desk
            .write(move |tx| {
                if ids(tx)?.contains(&head.account) {
                    marks::put_unread(tx, &head.account, &wanted)?;
                }
                Ok(())
            })
            .await?;
        self.changes.tell(Change::Case { key: key.clone() });
        self.changes.tell(Change::Cases);
        Ok(())
    }

    /// Keeps stars and a comment for ECO's correspondence on this computer.
    ///
    /// # Errors
    /// A problem with the stars or the comment.
    pub async fn rate(&self, key: &CaseKey, rating: Rating) -> Result<(), Problem> {
        rating.check()?;
        let account = self.row(key).await?.ok_or_else(not_found)?.account;
        let (wanted, now) = (key.clone(), self.clock.now());
        self.store.desk.write(move |tx| rating::put(tx, &account, &wanted, &rating, now)).await?;
        self.changes.tell(Change::Case { key: key.clone() });
        Ok(())
    }

    /// Takes away the open task of a call or chat: it is done or dismissed.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn hand_over_done(&self, key: &CaseKey) -> Result<(), Problem> {
        let wanted = key.clone();
        self.store.desk.write(move |tx| hand_over::forget(tx, &wanted)).await?;
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
                let Some(head) = incident::head(sqlite, &wanted)? else { return Ok(None) };
                for said in communications::of(sqlite, &wanted)? {
                    let files: Vec<AttachmentRecord> = serde_json::from_str(&said.attachments)?;
                    if let Some(file) = files.into_iter().find(|file| file.attachment_id == id) {
                        return Ok(Some((head.account, name_to_save(&file.file_name))));
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
