//! The tables of `desk.db` as a rescue sees them, and which of them a record belongs to.

use crate::StoreError;
use rusqlite::{Connection, types::Value};

/// A table to pour rows into.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its name.
    pub(super) name: String,
    /// Its stored columns, in the order in which records hold them.
    columns: Vec<Column>,
}

#[derive(Debug, Clone)]
struct Column {
    name: String,
    kind: Kind,
    nullable: bool,
    /// An `INTEGER PRIMARY KEY`: its value is the row's id.
    is_rowid: bool,
    generated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Text,
    Blob,
}

/// The tables of a database, those first that others refer to.
pub(super) fn of(database: &Connection) -> Result<Vec<Table>, StoreError> {
    let mut names = database.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         ORDER BY sql LIKE '%REFERENCES%', name",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    names.into_iter().map(|name| table(database, name)).collect()
}

fn table(database: &Connection, name: String) -> Result<Table, StoreError> {
    let mut info = database.prepare("SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1)")?;
    let columns = info.query_map([&name], |row| {
        let (kind, key): (String, i64) = (row.get(1)?, row.get(3)?);
        let kind = match kind.as_str() {
            "INTEGER" => Kind::Integer,
            "BLOB" => Kind::Blob,
            _ => Kind::Text,
        };
        Ok(Column {
            name: row.get(0)?,
            kind,
            nullable: !row.get::<_, bool>(2)? && key == 0,
            is_rowid: key == 1 && kind == Kind::Integer,
            generated: row.get::<_, i64>(4)? != 0,
        })
    })?;
    Ok(Table { columns: columns.collect::<Result<_, _>>()?, name })
}

impl Table {
    /// The names of the columns that are written, quoted and separated by commas.
    pub(super) fn written(&self) -> String {
        self.plain().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(",")
    }

    /// How many columns are written.
    pub(super) fn width(&self) -> usize {
        self.plain().count()
    }

    /// The values to write of a record, where it can be of this table.
    pub(super) fn row_of(&self, rowid: i64, values: &[Value]) -> Option<Vec<Value>> {
        if values.len() > self.columns.len() || !told_apart(&self.name, values) {
            return None;
        }
        let mut row = Vec::with_capacity(values.len());
        for (at, column) in self.columns.iter().enumerate() {
            // Columns that were added later are missing in older rows.
            let value = values.get(at).unwrap_or(&Value::Null);
            let fits = match (value, column.kind) {
                (Value::Null, _) => column.nullable || column.is_rowid,
                (Value::Integer(_), Kind::Integer) => !column.is_rowid,
                (Value::Text(_), Kind::Text) | (Value::Blob(_), Kind::Blob) => true,
                (Value::Integer(_) | Value::Real(_) | Value::Text(_) | Value::Blob(_), _) => false,
            };
            if !fits {
                return None;
            }
            if !column.generated {
                row.push(if column.is_rowid { Value::Integer(rowid) } else { value.clone() });
            }
        }
        Some(row)
    }

    fn plain(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.generated)
    }
}

/// Tells tables apart that have the same columns: by what their rows look like.
fn told_apart(table: &str, values: &[Value]) -> bool {
    let text = |at: usize| match values.get(at) {
        Some(Value::Text(text)) => text.as_str(),
        Some(_) | None => "",
    };
    // Cases have UUIDs as keys; settings and readers have names.
    let of_case = text(0).len() == 36 && text(0).matches('-').count() == 4;
    let is_digest = text(1).len() == 64 && text(1).bytes().all(|byte| byte.is_ascii_hexdigit());
    match table {
        "approved_command" => is_digest,
        "hand_over" => of_case && !is_digest,
        "setting" => !of_case && serde_json::from_str::<serde_json::Value>(text(1)).is_ok(),
        "read_mark" => of_case,
        // SQLite's own table of counters looks the same.
        "news_cursor" => !of_case && !["outbox", "outbox_entry", "news"].contains(&text(0)),
        _ => true,
    }
}
