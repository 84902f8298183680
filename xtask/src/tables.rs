//! Who owns each table: its SQL stands in one file, and other rooms call that file's functions.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Result;

use crate::{import_cycles, stamp, workspace};

/// Where the schemas and the queries are.
const SOURCES: &str = "crates";
/// The words that a table's name follows in a query.
const BEFORE: [&str; 4] = ["FROM", "JOIN", "INTO", "UPDATE"];

/// Each table, and the file that has its SQL.
const OWNERS: [(&str, &str); 24] = [
    ("account", "crates/desk-core/src/account/store.rs"),
    ("approved_command", "crates/desk-core/src/account/credentials/approvals.rs"),
    ("case_link", "crates/desk-core/src/delivery/links.rs"),
    ("catalogue", "crates/desk-core/src/catalogue/cache.rs"),
    ("communication", "crates/desk-core/src/mirror/communications.rs"),
    ("cursor", "crates/desk-core/src/notify/news.rs"),
    ("draft", "crates/desk-core/src/draft/rows.rs"),
    ("draft_file", "crates/desk-core/src/draft/files.rs"),
    ("event", "crates/desk-core/src/mirror/events.rs"),
    ("former_key", "crates/desk-core/src/mirror/former_keys.rs"),
    ("hand_over", "crates/desk-core/src/delivery/hand_over.rs"),
    ("incident", "crates/desk-core/src/mirror/incident.rs"),
    ("mirror", "crates/desk-core/src/mirror/events.rs"),
    ("news", "crates/desk-core/src/notify/news.rs"),
    ("news_cursor", "crates/desk-core/src/notify/news.rs"),
    ("outbox", "crates/desk-core/src/delivery/entries.rs"),
    ("outbox_file", "crates/desk-core/src/delivery/entries.rs"),
    ("rating", "crates/desk-core/src/delivery/rating.rs"),
    ("read_mark", "crates/desk-core/src/case/marks.rs"),
    ("sealed", "crates/desk-vault/src/sealed.rs"),
    ("setting", "crates/desk-core/src/settings/rows.rs"),
    ("sync_state", "crates/desk-core/src/mirror/sync_state.rs"),
    ("trusted_certificate", "crates/desk-network/src/trust.rs"),
    ("words", "crates/desk-core/src/mirror/search.rs"),
];

const OUTBOX_IS_ABOVE: &str =
    "attachment lies below delivery, and has to know which copies an entry needs before it deletes one";
const SETTINGS_ARE_ABOVE: &str = "a crate below desk-core, with a row of its own that no other file writes";

/// Other files that have SQL on a table, and why. One that no longer has has to be taken off the list.
const ALLOWED: [(&str, &str, &str); 4] = [
    ("outbox", "crates/desk-core/src/attachment/attachments.rs", OUTBOX_IS_ABOVE),
    ("setting", "crates/desk-network/src/network.rs", SETTINGS_ARE_ABOVE),
    ("setting", "crates/desk-store/src/missing.rs", SETTINGS_ARE_ABOVE),
    ("setting", "crates/desk-store/src/rescue.rs", SETTINGS_ARE_ABOVE),
];

/// The files that have SQL on a table that they do not own, the tables without an owner, and the allowances that are needed
/// no longer.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn foreign_queries() -> Result<Vec<String>> {
    let root = workspace::root();
    let (mut schemas, mut sources) = (String::new(), Vec::new());
    for file in stamp::files_under(&root.join(SOURCES), &[])? {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if name.ends_with(".sql") {
            schemas.push_str(&fs::read_to_string(&file)?);
        } else if name.ends_with(".rs") && name.contains("/src/") && !is_test(&name) {
            let text = fs::read_to_string(&file)?;
            sources.push((name, import_cycles::code_of(&text).to_owned()));
        }
    }
    Ok(breaches(&schemas, &sources, &OWNERS, &ALLOWED))
}

/// Whether a file holds tests alone, which write and read tables as a damaged disk would.
fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.ends_with("_tests.rs")
}

fn breaches(
    schemas: &str,
    sources: &[(String, String)],
    owners: &[(&str, &str)],
    allowed: &[(&str, &str, &str)],
) -> Vec<String> {
    let tables = tables_of(schemas);
    let owner_of = |table: &str| owners.iter().find(|(owned, _)| *owned == table).map(|(_, file)| *file);
    let mut breaches: Vec<String> = tables
        .iter()
        .filter(|table| owner_of(table).is_none())
        .map(|table| format!("the table {table} has no owner in tables.rs"))
        .collect();
    let gone = owners.iter().filter(|(table, _)| !tables.contains(*table));
    breaches.extend(gone.map(|(table, _)| format!("tables.rs has an owner of {table}, which is no table")));
    let mut needed = BTreeSet::new();
    for (file, text) in sources {
        for (line, table) in queried_in(text, &tables) {
            if owner_of(table) == Some(file.as_str()) {
                continue;
            }
            match allowed.iter().find(|(of, by, _)| *of == table && by == file) {
                Some(allowance) => drop(needed.insert(allowance)),
                None => breaches.push(format!(
                    "{file}:{line} has SQL on {table}, which is for {} alone",
                    owner_of(table).unwrap_or("its owner")
                )),
            }
        }
    }
    let unneeded = allowed.iter().filter(|allowance| !needed.contains(allowance));
    breaches.extend(
        unneeded.map(|(table, file, _)| {
            format!("{file} has no SQL on {table}: take it off the list of tables.rs")
        }),
    );
    breaches
}

/// The tables that the schemas make, by their last names.
fn tables_of(schemas: &str) -> BTreeSet<&str> {
    let after = |words: &str| -> BTreeSet<&str> {
        schemas.split(words).skip(1).map(word_at).filter(|name| !name.is_empty()).collect()
    };
    let mut tables = after("CREATE TABLE ");
    tables.extend(after("CREATE VIRTUAL TABLE "));
    for renaming in schemas.split("ALTER TABLE ").skip(1) {
        let from = word_at(renaming);
        if let Some(to) = renaming[from.len()..].strip_prefix(" RENAME TO ") {
            tables.remove(from);
            tables.insert(word_at(to));
        }
    }
    tables
}

/// The tables that a source queries, each with its line.
fn queried_in<'a>(text: &'a str, tables: &'a BTreeSet<&str>) -> impl Iterator<Item = (usize, &'a str)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.flat_map(move |(at, line)| {
        let words: Vec<&str> =
            line.split(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '(')).collect();
        let mut found = Vec::new();
        for pair in words.windows(2) {
            let name = pair[1].trim_start_matches("main.").trim_start_matches("desk.");
            if BEFORE.contains(&pair[0]) && tables.contains(word_at(name)) {
                found.push((at + 1, word_at(name)));
            }
        }
        found
    })
}

fn word_at(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SCHEMA: &str = "CREATE TABLE a (x) STRICT;\nCREATE VIRTUAL TABLE words USING fts5 (text);\n\
        CREATE TABLE new_b (x) STRICT;\nALTER TABLE new_b RENAME TO b;\nALTER TABLE a ADD COLUMN y;\n";
    const OWNERS: [(&str, &str); 3] = [("a", "a.rs"), ("b", "b.rs"), ("words", "a.rs")];

    fn told(file: &str, text: &str, allowed: &[(&str, &str, &str)]) -> Vec<String> {
        breaches(SCHEMA, &[(file.to_owned(), text.to_owned())], &OWNERS, allowed)
    }

    #[test]
    fn each_table_of_the_program_is_queried_in_its_own_file() {
        assert_eq!(foreign_queries().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn tables_are_known_by_their_last_names() {
        assert_eq!(tables_of(SCHEMA).into_iter().collect::<Vec<_>>(), ["a", "b", "words"]);
    }

    #[test]
    fn a_query_on_another_files_table_is_told() {
        for query in [
            "\"SELECT x FROM a WHERE y\"",
            "\"SELECT x FROM main.a i\"",
            "\"SELECT (SELECT 1 FROM desk.a)\"",
            "\"INSERT OR REPLACE INTO a (x) VALUES (1)\"",
            "\"UPDATE a SET x = 1\"",
            "\"DELETE FROM a\"",
        ] {
            assert_eq!(told("b.rs", query, &[]).len(), 1, "{query}");
            assert_eq!(told("a.rs", query, &[]), Vec::<String>::new(), "{query}");
        }
        let joined = "let all = \"SELECT x\n    FROM b JOIN a ON true\";";
        assert_eq!(told("b.rs", joined, &[]), ["b.rs:2 has SQL on a, which is for a.rs alone"]);
    }

    #[test]
    fn what_is_no_query_is_none() {
        for text in ["// It comes FROM a place.", "use crate::a::b;", "\"SELECT x FROM abc\"", "\"from a\""] {
            assert_eq!(told("c.rs", text, &[]), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_table_has_an_owner_and_an_owner_a_table() {
        assert_eq!(breaches(SCHEMA, &[], &OWNERS[..2], &[]).len(), 1);
        let more = [OWNERS.as_slice(), &[("gone", "a.rs")]].concat();
        assert_eq!(breaches(SCHEMA, &[], &more, &[]).len(), 1);
    }

    #[test]
    fn an_allowance_goes_when_it_is_not_needed() {
        assert_eq!(told("b.rs", "\"DELETE FROM a\"", &[("a", "b.rs", "why")]), Vec::<String>::new());
        assert_eq!(told("b.rs", "", &[("a", "b.rs", "why")]).len(), 1);
    }
}
