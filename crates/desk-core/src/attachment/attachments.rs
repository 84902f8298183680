//! Files of drafts, from the drop to the attachment set, and files of cases on their way to this computer.

use super::{
    MAX_FILES, digests_in, saving,
    staging::{self, NotStaged},
};
use crate::{
    draft::{DraftFile, DraftId, FileId, FileState, Staged, files, rows as drafts},
    file_name::unused,
    opened_file::OpenedFile,
    settings,
};
use desk_aws::{FileBytes, Support};
use desk_model::{Change, Changes, Clock, Field, Problem, ProblemCode};
use desk_store::{Store, StoreError};
use rusqlite::{Connection, Transaction};
use std::{collections::HashSet, path::Path, sync::Arc};
use tokio::sync::RwLock;

/// Files of drafts and cases. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Attachments {
    store: Store,
    changes: Changes,
    clock: Clock,
    guard: Arc<RwLock<()>>,
}

impl Attachments {
    /// The room over an open store.
    #[must_use]
    pub fn new(store: Store, changes: Changes, clock: Clock) -> Self {
        Self { store, changes, clock, guard: Arc::default() }
    }

    /// Copies files into staging and adds them to a draft, in this order. A file that cannot be sent or copied becomes
    /// a refused file of the draft, with the reason, and does not keep those after it. Answers the added files.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where the draft was sent or discarded; [`ProblemCode::Storage`] where the database
    /// cannot be written.
    pub async fn add(&self, draft: &DraftId, files: Vec<OpenedFile>) -> Result<Vec<DraftFile>, Problem> {
        let mut added = Vec::new();
        for file in files {
            added.push(self.add_one(draft, file).await?);
            self.changes.tell(Change::Drafts);
        }
        Ok(added)
    }

    async fn add_one(&self, draft: &DraftId, file: OpenedFile) -> Result<DraftFile, Problem> {
        let adding = self.guard.read().await;
        let folder = self.store.staging().to_owned();
        let staged = blocking(move || staging::stage(&folder, file)).await?;
        let copy = staged.as_ref().ok().map(|staged| staged.sha256.clone());
        let draft = draft.clone();
        let now = self.clock.now();
        let row = self.store.desk.write(move |desk| insert(desk, &draft, staged, now)).await;
        drop(adding);
        if !matches!(&row, Ok(Some(DraftFile { state: FileState::Ready, .. }))) {
            // No row names the copy.
            self.release(copy.into_iter().collect()).await;
        }
        row?.ok_or_else(|| {
            Problem::new(ProblemCode::NotFound, "This draft is no longer there: it was sent or discarded.")
        })
    }

    /// Takes a file out of a draft and deletes its copy. One that is not there is fine.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub async fn remove(&self, draft: &DraftId, file: &FileId) -> Result<(), Problem> {
        let (draft, file) = (draft.clone(), file.clone());
        let staged = self.store.desk.write(move |desk| files::delete(desk, &draft, &file)).await?;
        self.changes.tell(Change::Drafts);
        self.release(staged.into_iter().collect()).await;
        Ok(())
    }

    /// Deletes the staged copies that no draft and nothing in the outbox needs, and what was left of copies that
    /// were cut off. Answers how many.
    ///
    /// # Errors
    /// Where the database or the folder cannot be read.
    pub async fn sweep_unreferenced(&self) -> Result<u32, Problem> {
        let _deleting = self.guard.write().await;
        let needed = self.store.desk.read(needed).await?;
        let folder = self.store.staging().to_owned();
        let swept = blocking(move || {
            let mut swept = 0;
            let mut failed = Ok(());
            for (name, path) in staging::all(&folder)? {
                if !needed.contains(&name) {
                    // One that cannot be deleted (another program has it open, say) does not keep the others.
                    match staging::delete(&path) {
                        Ok(()) => swept += 1,
                        Err(error) => failed = Err(error),
                    }
                }
            }
            failed.map(|()| swept)
        })
        .await?;
        swept.map_err(|error| {
            Problem::new(ProblemCode::Storage, format!("Old copies of files stay on the disk: {error}."))
        })
    }

    /// Downloads a file of a case to `to`: all of it, or `to` stays as it was.
    ///
    /// # Errors
    /// Where AWS does not give it or it cannot be written.
    pub async fn fetch(&self, support: &Support, attachment_id: &str, to: &Path) -> Result<(), Problem> {
        let file = support.describe_attachment(attachment_id).await?;
        let to = to.to_owned();
        blocking(move || saving::save(&to, &file.bytes)).await?
    }

    /// Deletes those of the staged copies that nothing needs any more. One that cannot be deleted goes at the next
    /// start.
    pub(crate) async fn release(&self, staged: Vec<String>) {
        if staged.is_empty() {
            return;
        }
        let _deleting = self.guard.write().await;
        let needed = match self.store.desk.read(needed).await {
            Ok(needed) => needed,
            Err(error) => {
                return tracing::warn!(cause = error.cause(), "staged copies stay until the next start");
            }
        };
        let folder = self.store.staging().to_owned();
        let deleted = blocking(move || {
            for name in staged.iter().filter(|name| !needed.contains(*name)) {
                match staging::delete(&folder.join(name)) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                        tracing::warn!(cause = ?error.kind(), "a staged copy stays until the next start");
                    }
                    Ok(()) | Err(_) => {}
                }
            }
        });
        if let Err(problem) = deleted.await {
            tracing::warn!(code = ?problem.code, "staged copies stay until the next start");
        }
    }

    /// Reads staged copies for sending, each checked against its digest.
    ///
    /// # Errors
    /// Where one is missing or changed: then nothing may be sent.
    pub(crate) async fn load(&self, files: Vec<Staged>) -> Result<Vec<FileBytes>, Problem> {
        let folder = self.store.staging().to_owned();
        blocking(move || files.iter().map(|staged| staging::load(&folder, staged)).collect()).await?
    }
}

/// Runs file work where it may block.
async fn blocking<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Result<R, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Problem::new(
            ProblemCode::Internal,
            "Something went wrong inside ECO Desk while it handled a file. Try again.",
        )
    })
}

/// Every staged copy that a draft or an undelivered entry of the outbox names, or that was kept when the rows that named
/// it were lost (`desk-store/src/missing.rs`). All reads see one state: [`desk_store::Database::read`] is a transaction.
fn needed(desk: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut needed = files::all_staged(desk)?;
    needed.extend(settings::kept_files(desk)?);
    // Not as JSON: an entry that cannot be read keeps its files too.
    let mut statement = desk.prepare("SELECT request FROM outbox WHERE done_at IS NULL")?;
    let mut requests = statement.query([])?;
    while let Some(row) = requests.next()? {
        needed.extend(digests_in(&row.get::<_, String>(0)?).map(str::to_owned));
    }
    Ok(needed)
}

/// Adds a file to a draft; `None` where there is no such draft.
fn insert(
    desk: &Transaction<'_>,
    draft: &DraftId,
    staged: Result<Staged, NotStaged>,
    now: i64,
) -> Result<Option<DraftFile>, StoreError> {
    if !drafts::touch(desk, draft, now)? {
        return Ok(None);
    }
    let ready: Vec<String> = files::staged(desk, draft)?.into_iter().map(|file| file.name).collect();
    let (name, size, copy) = match staged {
        Ok(staged) if ready.len() >= MAX_FILES => {
            let message = format!(
                "AWS takes at most {MAX_FILES} files with a message. Remove one, or send {} with a reply afterwards.",
                staged.name
            );
            (staged.name, staged.size, Err(Problem::field(Field::Files, message)))
        }
        Ok(staged) => (unused(&staged.name, &ready), staged.size, Ok(staged.sha256)),
        Err(NotStaged { name, size, problem }) => (name, size, Err(problem)),
    };
    let id = files::insert(desk, draft, &name, size, copy.as_ref().map(String::as_str))?;
    let state = match copy {
        Ok(_) => FileState::Ready,
        Err(problem) => FileState::Refused { problem },
    };
    Ok(Some(DraftFile { id, name, size, state }))
}
