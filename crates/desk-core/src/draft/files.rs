//! Files of drafts in desk.db: the table `draft_file`.

use super::{DraftFile, DraftId, FileId, FileState, Staged, unreadable};
use desk_model::Problem;
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use std::collections::HashSet;

/// The files of a draft, in the order they were added.
pub(crate) fn of(desk: &Connection, draft: &DraftId) -> Result<Vec<DraftFile>, StoreError> {
    let mut statement = desk.prepare_cached(
        "SELECT id, name, size, problem FROM draft_file WHERE draft = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([&draft.0])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let problem: Option<String> = row.get(3)?;
        files.push(DraftFile {
            id: FileId(row.get(0)?),
            name: row.get(1)?,
            size: row.get::<_, i64>(2)?.unsigned_abs(),
            state: match problem {
                None => FileState::Ready,
                Some(json) => FileState::Refused {
                    problem: serde_json::from_str(&json).unwrap_or_else(|_| unreadable::problem()),
                },
            },
        });
    }
    Ok(files)
}

/// The staged copies of a draft's files, in the order they were added.
pub(crate) fn staged(desk: &Connection, draft: &DraftId) -> Result<Vec<Staged>, StoreError> {
    let mut statement = desk.prepare_cached(
        "SELECT name, size, sha256 FROM draft_file WHERE draft = ?1 AND sha256 IS NOT NULL ORDER BY position",
    )?;
    let staged = |row: &Row<'_>| {
        Ok(Staged { name: row.get(0)?, size: row.get::<_, i64>(1)?.unsigned_abs(), sha256: row.get(2)? })
    };
    Ok(statement.query_map([&draft.0], staged)?.collect::<rusqlite::Result<_>>()?)
}

/// The names of the staged copies of all drafts' files.
pub(crate) fn all_staged(desk: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut statement = desk.prepare("SELECT sha256 FROM draft_file WHERE sha256 IS NOT NULL")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Adds files of which there are staged copies to a draft without files.
pub(crate) fn insert_staged(
    desk: &Transaction<'_>,
    draft: &DraftId,
    files: &[Staged],
) -> Result<(), StoreError> {
    for file in files {
        insert(desk, draft, &file.name, file.size, Ok(&file.sha256))?;
    }
    Ok(())
}

/// Adds a file at the end of a draft: with its staged copy, or with the problem that there is none for.
pub(crate) fn insert(
    desk: &Transaction<'_>,
    draft: &DraftId,
    name: &str,
    size: u64,
    copy: Result<&str, &Problem>,
) -> Result<FileId, StoreError> {
    let id = FileId(uuid::Uuid::new_v4().to_string());
    let problem = copy.err().map(serde_json::to_string).transpose()?;
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    desk.prepare_cached(
        "INSERT INTO draft_file (id, draft, position, name, size, sha256, problem)
         VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM draft_file WHERE draft = ?2), ?3, ?4, ?5, ?6)",
    )?
    .execute(params![id.0, draft.0, name, size, copy.ok(), problem])?;
    Ok(id)
}

/// Takes a file out of a draft, and answers the name of its staged copy, where it had one.
pub(crate) fn delete(
    desk: &Transaction<'_>,
    draft: &DraftId,
    file: &FileId,
) -> Result<Option<String>, StoreError> {
    let delete = "DELETE FROM draft_file WHERE draft = ?1 AND id = ?2 RETURNING sha256";
    let staged: Option<Option<String>> =
        desk.query_row(delete, [&draft.0, &file.0], |row| row.get(0)).optional()?;
    Ok(staged.flatten())
}
