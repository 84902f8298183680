//! Pours the rows of damaged, carved and older copies of a database into a new one; the first row of a key wins.

use super::{
    SavedRows,
    pages::Pages,
    tables::{self, Table},
};
use crate::StoreError;
use rusqlite::{
    Connection, Row, params_from_iter,
    types::{Value, ValueRef},
};

/// Where rows come from, best first.
pub(super) struct Sources<'a> {
    /// A copy of the damaged database that SQLite opens, where it does.
    pub(super) damaged: Option<&'a Connection>,
    /// The pages of the damaged database and its log.
    pub(super) pages: &'a Pages,
    /// The newest good backup.
    pub(super) backup: Option<&'a Connection>,
}

/// Fills the tables of `new` and answers what was saved of each. A table that SQLite reads to its end is taken as it is;
/// to any other is added what its pages still hold, and then what the backup has beside that.
pub(super) fn pour(new: &Connection, sources: &Sources<'_>) -> Result<Vec<SavedRows>, StoreError> {
    new.pragma_update(None, "foreign_keys", false)?;
    let transaction = new.unchecked_transaction()?;
    let tables = tables::of(new)?;
    let mut saved = Vec::new();
    for table in &tables {
        transaction.execute(&format!("DELETE FROM {}", table.name), [])?;
        let (rows, complete) = match sources.damaged {
            Some(damaged) => copy(damaged, new, table),
            None => (Vec::new(), false),
        };
        let from_backup = Vec::new();
        saved.push(SavedRows { table: table.name.clone(), rows: rows.len() as u64, complete, from_backup });
    }
    if saved.iter().any(|table| !table.complete) {
        for record in sources.pages.records() {
            for (table, saved) in tables.iter().zip(&mut saved).filter(|(_, saved)| !saved.complete) {
                if let Some(row) = table.row_of(record.rowid, &record.values)
                    && insert(new, table, &row)
                {
                    saved.rows += 1;
                }
            }
        }
    }
    if let Some(backup) = sources.backup {
        for (table, saved) in tables.iter().zip(&mut saved).filter(|(_, saved)| !saved.complete) {
            saved.from_backup = copy(backup, new, table).0;
        }
    }
    drop_dangling(new)?;
    transaction.commit()?;
    Ok(saved)
}

/// Copies what can be read of a table, forwards and backwards, so that an unreadable page costs only the rows on it.
/// Answers the row ids of what was added, and whether the table was read to its end.
fn copy(source: &Connection, new: &Connection, table: &Table) -> (Vec<i64>, bool) {
    let mut added = Vec::new();
    for order in ["ASC", "DESC"] {
        let select = format!("SELECT {} FROM {} ORDER BY rowid {order}", table.stored(), table.name);
        let Ok(mut select) = source.prepare(&select) else { return (added, false) };
        let Ok(mut rows) = select.query([]) else { return (added, false) };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    if insert(new, table, &values(row, table.width())) {
                        added.push(new.last_insert_rowid());
                    }
                }
                Ok(None) if order == "ASC" => return (added, true),
                Ok(None) | Err(_) => break,
            }
        }
    }
    (added, false)
}

fn values(row: &Row<'_>, width: usize) -> Vec<Value> {
    (0..width)
        .map(|column| match row.get_ref(column) {
            // Bytes that are no text any more cost themselves, not the row.
            Ok(ValueRef::Text(text)) => Value::Text(String::from_utf8_lossy(text).into_owned()),
            Ok(value) => Value::try_from(value).unwrap_or(Value::Null),
            Err(_) => Value::Null,
        })
        .collect()
}

/// Adds a row; `false` where its key is there already, or it cannot be a row of this table.
fn insert(new: &Connection, table: &Table, row: &[Value]) -> bool {
    let written = table.written(row);
    let inserted =
        new.prepare_cached(&table.insert()).and_then(|mut insert| insert.execute(params_from_iter(written)));
    inserted.is_ok_and(|rows| rows == 1)
}

/// Takes out references to rows that were lost: where a row may do without, it stays.
fn drop_dangling(new: &Connection) -> Result<(), StoreError> {
    let mut check = new.prepare("SELECT \"table\", rowid, fkid FROM pragma_foreign_key_check")?;
    let dangling = check.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let dangling: Vec<(String, i64, i64)> = dangling.collect::<Result<_, _>>()?;
    for (table, row, key) in dangling {
        let column: String = new.query_row(
            "SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE id = ?2",
            rusqlite::params![table, key],
            |row| row.get(0),
        )?;
        if new.execute(&format!("UPDATE {table} SET \"{column}\" = NULL WHERE rowid = ?1"), [row]).is_err() {
            new.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [row])?;
        }
    }
    Ok(())
}
