//! What was rescued of a damaged or missing `desk.db`, as the user is told it, and backups to go back to.

use super::Desk;
use crate::{
    delivery::{OutboxId, entries},
    draft::rows,
    settings,
};
use desk_model::{Change, Millis, Problem, ProblemCode};
use desk_store::{Database, RESCUE_SETTING, RescueCause, RescueReport, StoreError};
use rusqlite::Transaction;
use serde::Serialize;
use ts_rs::TS;

/// Why there is a new `desk.db`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RescueReason {
    /// The file was damaged.
    Damaged,
    /// The file was missing or empty.
    Missing,
    /// A backup was restored on request.
    Restored,
}

/// What users call the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RescuedKind {
    /// Connected AWS accounts.
    Accounts,
    /// Drafts of reports and replies.
    Drafts,
    /// Entries of the outbox that are not delivered.
    Outbox,
    /// Ratings.
    Ratings,
    /// Which incidents were read up to where.
    ReadMarks,
}

/// How many of one kind were rescued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RescuedRows {
    /// Of what.
    pub what: RescuedKind,
    /// How many there are now.
    pub rows: u64,
    /// How many of those come from the backup alone.
    pub from_backup: u64,
    /// Whether all that the file had of it was read.
    pub is_complete: bool,
}

/// What became of `desk.db`, until the user has taken note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RescueNotice {
    /// Why there is a new one.
    pub reason: RescueReason,
    /// The name under which the old one is kept in the data folder.
    pub kept: Option<String>,
    /// When the backup was made that was used.
    pub backup: Option<Millis>,
    /// What was rescued.
    pub rescued: Vec<RescuedRows>,
}

/// A backup of `desk.db`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupEntry {
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub at: Millis,
    /// Its size in bytes.
    pub bytes: u64,
    /// What is in it; none where it is damaged.
    pub contents: Option<BackupContents>,
}

/// What is in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupContents {
    /// Connected accounts.
    pub accounts: u64,
    /// Drafts of reports and replies.
    pub drafts: u64,
    /// Entries of the outbox that were not delivered then.
    pub outbox: u64,
}

/// Looks through what a rescue has brought back, once: what only the backup had may have been sent or discarded since.
pub(super) async fn settle(desk: &Database) -> Result<(), StoreError> {
    desk.write(|tx| {
        let report: Option<RescueReport> = settings::get(tx, RESCUE_SETTING)?;
        match report {
            Some(report) if !report.is_settled => settings::put(tx, RESCUE_SETTING, &settled(tx, report)?),
            Some(_) | None => Ok(()),
        }
    })
    .await
}

fn settled(tx: &Transaction<'_>, mut report: RescueReport) -> Result<RescueReport, StoreError> {
    for draft in rows::ids(tx)? {
        // An entry of the outbox has the name of the draft that it came from.
        if entries::case_of(tx, &OutboxId(draft.0.clone()))?.is_some() {
            rows::delete(tx, &draft)?;
        }
    }
    for saved in &mut report.saved {
        if saved.table == "outbox" {
            for position in &saved.from_backup {
                entries::stop_from_backup(tx, *position)?;
            }
            saved.rows = entries::undelivered(tx)?;
        } else {
            saved.rows += saved.from_backup.len() as u64;
        }
    }
    report.is_settled = true;
    Ok(report)
}

/// What is told of a report.
fn told(report: RescueReport) -> RescueNotice {
    let kind = |table: &str| match table {
        "account" => Some(RescuedKind::Accounts),
        "draft" => Some(RescuedKind::Drafts),
        "outbox" => Some(RescuedKind::Outbox),
        "rating" => Some(RescuedKind::Ratings),
        "read_mark" => Some(RescuedKind::ReadMarks),
        _ => None,
    };
    let rescued = report.saved.iter().filter_map(|saved| {
        Some(RescuedRows {
            what: kind(&saved.table)?,
            rows: saved.rows,
            from_backup: saved.from_backup.len() as u64,
            is_complete: saved.complete,
        })
    });
    RescueNotice {
        reason: match report.cause {
            RescueCause::Damaged => RescueReason::Damaged,
            RescueCause::Missing => RescueReason::Missing,
            RescueCause::Restored => RescueReason::Restored,
        },
        rescued: rescued.collect(),
        kept: report.kept,
        backup: report.backup,
    }
}

impl Desk {
    /// What became of `desk.db` at a start, until [`Desk::dismiss_rescue`].
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn rescue(&self) -> Result<Option<RescueNotice>, Problem> {
        let report = self.store.desk.read(|desk| settings::get(desk, RESCUE_SETTING)).await?;
        Ok(report.map(told))
    }

    /// The user has taken note of what became of `desk.db`.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn dismiss_rescue(&self) -> Result<(), Problem> {
        self.store.desk.write(|tx| settings::remove(tx, RESCUE_SETTING)).await?;
        self.changes.tell(Change::Disk);
        Ok(())
    }

    /// The backups of `desk.db`, newest first.
    ///
    /// # Errors
    /// Where the program is ending.
    pub async fn backups(&self) -> Result<Vec<BackupEntry>, Problem> {
        let backups = self.store.backups(self.clock.now()).await?;
        let shown = backups.into_iter().map(|backup| BackupEntry {
            name: backup.name,
            at: backup.at,
            bytes: backup.bytes,
            contents: backup.contents.map(|[accounts, drafts, outbox]| BackupContents {
                accounts,
                drafts,
                outbox,
            }),
        });
        Ok(shown.collect())
    }

    /// Makes ready that a backup takes the place of what is here, at the next start; what is here is kept aside. What waits
    /// in it is looked for at AWS before it is sent, as whatever is found at a start.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where the backup is gone; [`ProblemCode::Storage`] where it is damaged, or there is no
    /// room.
    pub async fn restore_at_next_start(&self, name: String) -> Result<(), Problem> {
        if self.store.restore_at_next_start(name).await? {
            return Ok(());
        }
        Err(Problem::new(ProblemCode::NotFound, "This backup is no longer there. Choose another one."))
    }
}
