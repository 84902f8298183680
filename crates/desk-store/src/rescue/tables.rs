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
    let mut info =
        database.prepare("SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1)")?;
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
    /// The names of all stored columns, quoted and separated by commas.
    pub(super) fn stored(&self) -> String {
        listed(self.columns.iter())
    }

    /// How many columns are stored.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The statement that adds a row unless its key is there.
    pub(super) fn insert(&self) -> String {
        let written: Vec<&Column> = self.columns.iter().filter(|column| !column.generated).collect();
        let places = vec!["?"; written.len()].join(",");
        format!("INSERT OR IGNORE INTO {} ({}) VALUES ({places})", self.name, listed(written.into_iter()))
    }

    /// Of the values of a row those that are written: all but the generated ones.
    pub(super) fn written(&self, values: &[Value]) -> Vec<Value> {
        let mut values = values.to_owned();
        if self.name == "outbox" {
            self.make_json(&mut values);
        }
        let written = self.columns.iter().zip(values).filter(|(column, _)| !column.generated);
        written.map(|(_, value)| value).collect()
    }

    /// The values of a record, where it can be of this table.
    pub(super) fn row_of(&self, rowid: i64, values: &[Value]) -> Option<Vec<Value>> {
        if values.len() > self.columns.len() || !told_apart(&self.name, values) {
            return None;
        }
        let mut row = Vec::with_capacity(self.columns.len());
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
            row.push(if column.is_rowid { Value::Integer(rowid) } else { value.clone() });
        }
        Some(row)
    }

    /// SQLite takes no row of the outbox whose columns are no JSON, since it makes others of them. What is none any more
    /// is kept as a string in an object that has what those other columns said; such an entry is shown and never sent.
    fn make_json(&self, values: &mut [Value]) {
        for (name, parts) in GENERATED_FROM {
            let Some(at) = self.place(name) else { continue };
            let Some(Value::Text(text)) = values.get(at) else { continue };
            if serde_json::from_str::<serde_json::Value>(text).is_ok() {
                continue;
            }
            let mut object = serde_json::Map::new();
            object.insert("unreadable".to_owned(), text.clone().into());
            for (key, column) in parts {
                let known = match self.place(column).and_then(|place| values.get(place)) {
                    Some(Value::Text(text)) => text.clone().into(),
                    Some(Value::Integer(number)) => (*number).into(),
                    Some(Value::Null | Value::Real(_) | Value::Blob(_)) | None => continue,
                };
                object.insert((*key).to_owned(), known);
            }
            values[at] = Value::Text(serde_json::Value::Object(object).to_string());
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// The columns of the outbox that others are generated from: by which keys, and which.
const GENERATED_FROM: [(&str, &[(&str, &str)]); 2] = [
    ("request", &[("what", "kind"), ("subject", "subject"), ("severityCode", "severity"), ("text", "body")]),
    ("state", &[("doneAt", "done_at"), ("requestedAt", "requested_at")]),
];

fn listed<'a>(columns: impl Iterator<Item = &'a Column>) -> String {
    columns.map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(",")
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
