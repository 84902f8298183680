//! What becomes of damaged, emptied and missing files: nothing that could be read is lost, and nothing stops the program.

use super::*;
use rusqlite::{
    Connection,
    types::{Value, ValueRef},
};
use std::{collections::BTreeSet, fs};

const PAGE: usize = 4096;
/// How many places are damaged; `ECO_DESK_DAMAGE_SEEDS` asks for more.
const SEEDS: u64 = 200;

/// Everything that is in a table.
type Rows = BTreeSet<String>;

fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Fills `desk.db` with something of all that a person can lose.
fn fill(desk: &rusqlite::Transaction<'_>) -> Result<(), StoreError> {
    desk.execute(
        "INSERT INTO account VALUES ('a', 1, 'Work', 0, '{\"kind\":\"demo\"}', '\"aws\"', NULL, '{}', 7)",
        [],
    )?;
    for number in 0..60 {
        let text = format!("draft {number} {}", "long text of an incident ".repeat(number * 5));
        let content = format!("{{\"what\":\"report\",\"content\":{{\"body\":\"{text}\"}}}}");
        desk.execute(
            "INSERT INTO draft VALUES (?1, NULL, ?2, 1, ?3)",
            (uuid(number), content, number as i64),
        )?;
        desk.execute("INSERT INTO read_mark VALUES (?1, 5, 'a')", [uuid(number)])?;
        desk.execute("INSERT INTO rating VALUES (?1, '{\"stars\":4}', 5, 'a')", [uuid(number)])?;
        let request = format!("{{\"what\":\"report\",\"subject\":\"entry {number}\",\"text\":\"{text}\"}}");
        desk.execute(
            "INSERT INTO outbox (id, account, case_key, created_at, request, state)
             VALUES (?1, 'a', ?1, 1, ?2, '{\"state\":\"queued\"}')",
            (uuid(1000 + number), request),
        )?;
        desk.execute("INSERT INTO hand_over VALUES (?1, '{\"phone\":\"1\"}')", [uuid(number)])?;
    }
    desk.execute("INSERT INTO setting VALUES ('settings', '{\"pollSeconds\":60}')", [])?;
    Ok(())
}

/// A folder with a filled `desk.db`, closed in order.
async fn filled() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap().store;
    store.desk.write(fill).await.unwrap();
    store.close().await;
    dir
}

fn tables(connection: &Connection) -> Vec<String> {
    let select = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut select = connection.prepare(select).unwrap();
    select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// The rows of a table that a plain reading gets, from the front.
fn rows(connection: &Connection, table: &str) -> Rows {
    let mut found = Rows::new();
    // What is generated is made anew.
    let columns = match table {
        "outbox" => {
            "position, id, account, case_key, reference, created_at, iif(json_valid(request) AND
            request ->> '$.unreadable' IS NULL, request, ''), iif(json_valid(state) AND
            state ->> '$.unreadable' IS NULL, state, '')"
        }
        // Without their account they belong to whom the mirror says.
        "rating" => "case_key, rating, rated_at",
        "read_mark" => "case_key, seen_at",
        _ => "*",
    };
    let select = format!("SELECT {columns} FROM {table} ORDER BY rowid");
    let Ok(mut select) = connection.prepare(&select) else { return found };
    let width = select.column_count();
    let Ok(mut rows) = select.query([]) else { return found };
    while let Ok(Some(row)) = rows.next() {
        let values: Vec<Value> = (0..width)
            .map(|column| match row.get_ref(column).unwrap() {
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                value => value.try_into().unwrap(),
            })
            .collect();
        found.insert(format!("{values:?}"));
    }
    found
}

fn of_file(path: &Path) -> Vec<(String, Rows)> {
    let Ok(connection) = Connection::open(path) else { return Vec::new() };
    ["account", "draft", "hand_over", "outbox", "rating", "read_mark", "setting"]
        .map(|table| (table.to_owned(), rows(&connection, table)))
        .into()
}

async fn report(store: &Store) -> Option<RescueReport> {
    let json: Option<String> = store
        .desk
        .read(|desk| {
            let select = "SELECT max(value) FROM setting WHERE name = 'rescue'";
            Ok(desk.query_row(select, [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    json.map(|json| serde_json::from_str(&json).unwrap())
}

fn zero(path: &Path, pages: std::ops::Range<usize>) {
    let mut bytes = fs::read(path).unwrap();
    bytes[pages.start * PAGE..pages.end * PAGE].fill(0);
    fs::write(path, bytes).unwrap();
}

fn kept(dir: &Path, prefix: &str) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(prefix)).collect()
}

/// How many of the original rows there are now, and whether there are others.
fn compare(before: &[(String, Rows)], after: &[(String, Rows)], table: &str) -> (usize, usize) {
    let of = |all: &[(String, Rows)]| all.iter().find(|(name, _)| name == table).unwrap().1.clone();
    let (before, after) = (of(before), of(after));
    (before.intersection(&after).count(), after.difference(&before).count())
}

#[tokio::test]
async fn a_desk_db_without_its_first_pages_is_rescued_row_by_row() {
    // The schema's page is the first of them; roots of tables and indices are on the others.
    for zeroed in [0..1, 1..4, 0..4] {
        let dir = filled().await;
        let path = dir.path().join("desk.db");
        let before = of_file(&path);
        zero(&path, zeroed.clone());
        let damaged = fs::read(&path).unwrap();
        let opened = Store::open(dir.path()).await.unwrap();
        let report = report(&opened.store).await.unwrap();
        opened.store.close().await;
        assert_eq!(report.cause, RescueCause::Damaged);
        let original = kept(dir.path(), "desk-damaged-");
        assert_eq!(original, [report.kept.clone().unwrap()], "the original is kept");
        assert_eq!(fs::read(dir.path().join(&original[0])).unwrap(), damaged, "as it was");
        let after = of_file(&path);
        for table in ["draft", "outbox"] {
            let (saved, strange) = compare(&before, &after, table);
            assert!(saved >= 55 && strange == 0, "{zeroed:?} {table}: {saved} saved, {strange} strange");
        }
        for (table, rows) in &after {
            // A mark without its account stays; it has none then.
            let least = if ["rating", "read_mark"].contains(&table.as_str()) { 60 } else { 0 };
            assert!(rows.len() >= least, "{zeroed:?} {table}: {}", rows.len());
        }
        // The next start is an ordinary one.
        let again = Store::open(dir.path()).await.unwrap();
        again.store.close().await;
        assert_eq!(kept(dir.path(), "desk-damaged-").len(), 1);
    }
}

#[tokio::test]
async fn what_only_the_backup_has_comes_from_the_backup_and_is_told_apart() {
    let dir = filled().await;
    let opened = Store::open(dir.path()).await.unwrap().store;
    assert!(opened.back_up(jiff::Timestamp::now().as_millisecond()).await.unwrap());
    let newer =
        "UPDATE draft SET content = '{\"newer\":1}' WHERE id = '00000000-0000-4000-8000-000000000059'";
    opened.desk.write(move |tx| Ok(tx.execute(newer, [])?)).await.unwrap();
    opened.close().await;
    let path = dir.path().join("desk.db");
    let before = of_file(&path);
    // A half is gone.
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / PAGE / 2 * PAGE]).unwrap();
    let opened = Store::open(dir.path()).await.unwrap();
    let report = report(&opened.store).await.unwrap();
    opened.store.close().await;
    assert!(report.backup.is_some() && report.is_incomplete(), "{report:?}");
    let after = of_file(&path);
    for (table, least) in [("draft", 59), ("outbox", 60), ("rating", 60), ("account", 1)] {
        let (saved, _) = compare(&before, &after, table);
        assert!(saved >= least, "{table}: {saved} of {before:?}");
    }
    let of_backup: usize = report.saved.iter().map(|table| table.from_backup.len()).sum();
    assert!(of_backup > 0, "{report:?}");
}

#[tokio::test]
async fn an_emptied_or_missing_desk_db_is_rescued_from_its_log_and_the_backup() {
    for (emptied, with_backup) in [(true, false), (false, false), (true, true), (false, true)] {
        let dir = filled().await;
        let store = Store::open(dir.path()).await.unwrap().store;
        if with_backup {
            assert!(store.back_up(jiff::Timestamp::now().as_millisecond()).await.unwrap());
        }
        for number in 70..80 {
            let insert = "INSERT INTO draft VALUES (?1, NULL, '{\"late\":1}', 1, 1)";
            store.desk.write(move |tx| Ok(tx.execute(insert, [uuid(number)])?)).await.unwrap();
        }
        // As a kill leaves it: the log lies beside the file.
        let copy = tempfile::tempdir().unwrap();
        fs::create_dir(copy.path().join("staging")).unwrap();
        fs::copy(dir.path().join("desk.db-wal"), copy.path().join("desk.db-wal")).unwrap();
        if emptied {
            fs::write(copy.path().join("desk.db"), b"").unwrap();
        }
        if with_backup {
            fs::create_dir(copy.path().join("backups")).unwrap();
            for backup in kept(&dir.path().join("backups"), "desk-") {
                let name = Path::new("backups").join(backup);
                fs::copy(dir.path().join(&name), copy.path().join(&name)).unwrap();
            }
        }
        let opened = Store::open(copy.path()).await.unwrap();
        let report = report(&opened.store).await.unwrap();
        opened.store.close().await;
        assert_eq!((report.cause, report.backup.is_some()), (RescueCause::Missing, with_backup));
        let drafts = of_file(&copy.path().join("desk.db"))[1].1.clone();
        let late = drafts.iter().filter(|row| row.contains("late")).count();
        assert_eq!(late, 10, "emptied {emptied}, backup {with_backup}");
        assert!(!with_backup || drafts.len() == 70, "{}", drafts.len());
        assert_eq!(kept(copy.path(), "desk-lost-").iter().filter(|name| name.ends_with("-wal")).count(), 1);
    }
}

#[tokio::test]
async fn a_rescue_that_was_cut_off_is_finished_at_the_next_start() {
    let dir = filled().await;
    let path = dir.path().join("desk.db");
    let before = of_file(&path);
    zero(&path, 0..1);
    let schema = Migrations::from_slice(DESK_SCHEMA);
    rescue::rescue_damaged(&path, &dir.path().join("staging"), &schema).unwrap();
    let original = kept(dir.path(), "desk-damaged-").remove(0);
    // Killed after the companions were set aside, before the file was: then after both.
    fs::rename(&path, dir.path().join("desk.rescued")).unwrap();
    for there in [true, false] {
        if there {
            fs::copy(dir.path().join(&original), &path).unwrap();
        } else {
            fs::rename(&path, dir.path().join("desk.rescued")).unwrap();
        }
        let opened = Store::open(dir.path()).await.unwrap();
        assert_eq!(report(&opened.store).await.unwrap().kept.unwrap(), original);
        opened.store.close().await;
        assert_eq!(compare(&before, &of_file(&path), "draft"), (60, 0), "there: {there}");
        assert_eq!(kept(dir.path(), "desk-damaged-"), std::slice::from_ref(&original));
    }
}

#[tokio::test]
async fn a_wrong_version_of_the_schema_is_mended_and_a_newer_one_is_left_alone() {
    for (version, mended) in [(0, true), (1, true), (-3, true), (1 << 20, true), (6, false)] {
        let dir = filled().await;
        let path = dir.path().join("desk.db");
        let before = of_file(&path);
        Connection::open(&path).unwrap().pragma_update(None, "user_version", version).unwrap();
        match Store::open(dir.path()).await {
            Ok(opened) => {
                assert!(mended, "{version}");
                opened.store.close().await;
                assert_eq!(compare(&before, &of_file(&path), "outbox"), (60, 0), "{version}");
            }
            Err(error) => {
                let message = Problem::from(&error).message;
                assert!(!mended && matches!(error, StoreError::Newer(_)), "{version}: {message}");
                assert!(message.contains("newer ECO Desk") && !message.contains("CREATE"), "{message}");
            }
        }
    }
}

#[tokio::test]
async fn a_mirror_of_a_wrong_version_is_set_aside_and_stops_nothing() {
    for version in [0, 1, -3, 99, 1 << 20] {
        let dir = filled().await;
        let path = dir.path().join("cases.db");
        Connection::open(&path).unwrap().pragma_update(None, "user_version", version).unwrap();
        let opened = Store::open(dir.path()).await.unwrap();
        assert_eq!(opened.notices.len(), 1, "{version}");
        opened.store.close().await;
    }
}

#[tokio::test]
async fn damage_of_desk_db_that_a_reader_of_the_mirror_meets_is_not_blamed_on_the_mirror() {
    let dir = filled().await;
    let store = Store::open(dir.path()).await.unwrap().store;
    let path = dir.path().join("desk.db");
    let pages = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap() / PAGE;
    zero(&path, 1..pages);
    let read = store.cases.read(|cases| {
        Ok(cases.query_row("SELECT sum(length(content)) FROM desk.draft", [], |row| row.get::<_, i64>(0))?)
    });
    assert!(read.await.unwrap_err().is_corruption());
    assert!(salvage::is_marked_damaged(&path));
    assert!(!salvage::is_marked_damaged(&dir.path().join("cases.db")));
}

#[tokio::test]
async fn a_full_check_marks_the_damaged_file_for_the_next_start() {
    let dir = filled().await;
    let store = Store::open(dir.path()).await.unwrap().store;
    assert!(store.check().await.unwrap().is_empty());
    let path = dir.path().join("desk.db");
    let pages = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap() / PAGE;
    zero(&path, pages / 2..pages / 2 + 3);
    assert_eq!(store.check().await.unwrap(), ["desk.db"]);
    store.close().await;
    let opened = Store::open(dir.path()).await.unwrap();
    assert_eq!(report(&opened.store).await.unwrap().cause, RescueCause::Damaged);
}

/// A small generator: what a seed does is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % most
    }
}

fn damage(path: &Path, random: &mut Random) {
    let mut bytes = fs::read(path).unwrap();
    let length = bytes.len();
    match random.below(4) {
        0 => {
            let page = random.below(length / PAGE);
            bytes[page * PAGE..(page + 1) * PAGE].fill(0);
        }
        1 => bytes.truncate(1 + random.below(length - 1)),
        _ => {
            for _ in 0..1 + random.below(8) {
                let bit = random.below(length * 8);
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
        }
    }
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn no_damage_stops_the_program_or_costs_a_row_that_can_be_read() {
    let seeds = std::env::var("ECO_DESK_DAMAGE_SEEDS").ok().and_then(|seeds| seeds.parse().ok());
    let template = filled().await;
    let store = Store::open(template.path()).await.unwrap().store;
    let incident = "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code, \
        category_code, severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at) \
        VALUES (?1, 'a', ?1, ?1, ?2, 'opened', 's', 'c', 'high', '[]', 1, 1, 0, 1, 1)";
    let cases = move |tx: &rusqlite::Transaction<'_>| {
        for number in 0..300 {
            tx.execute(incident, (uuid(number), "a subject ".repeat(20)))?;
        }
        Ok(())
    };
    store.cases.write(cases).await.unwrap();
    store.close().await;
    for seed in 0..seeds.unwrap_or(SEEDS) {
        let mut random = Random(seed);
        let dir = tempfile::tempdir().unwrap();
        for name in ["desk.db", "cases.db"] {
            fs::copy(template.path().join(name), dir.path().join(name)).unwrap();
        }
        let desk = dir.path().join("desk.db");
        damage(&dir.path().join(if random.below(4) == 0 { "cases.db" } else { "desk.db" }), &mut random);
        let probe = dir.path().join("probe.db");
        fs::copy(&desk, &probe).unwrap();
        let readable = of_file(&probe);
        let opened = match Store::open(dir.path()).await {
            Ok(opened) => opened,
            // The version alone may look like one of a newer program.
            Err(StoreError::Newer(_)) => continue,
            Err(error) => panic!("seed {seed}: {error}"),
        };
        let tables = opened.store.desk.read(|desk| Ok(tables(desk))).await.unwrap();
        for table in tables {
            let read = opened.store.desk.read(move |desk| Ok(rows(desk, &table))).await;
            assert!(read.is_ok(), "seed {seed}: {read:?}");
        }
        let listed = opened.store.cases.read(|cases| Ok(rows(cases, "incident"))).await;
        assert!(listed.is_ok(), "seed {seed}: {listed:?}");
        opened.store.close().await;
        let after = of_file(&desk);
        for ((table, readable), (_, after)) in readable.iter().zip(&after) {
            let lost: Vec<_> = readable.difference(after).take(1).collect();
            assert!(lost.is_empty(), "seed {seed}: {table} lost {lost:.400?}");
        }
    }
}

#[tokio::test]
async fn an_entry_of_the_outbox_that_is_no_json_any_more_is_poured_over_with_its_text() {
    let dir = filled().await;
    let path = dir.path().join("desk.db");
    let mut bytes = fs::read(&path).unwrap();
    let needle = b"{\"what\":\"report\",\"subject\":\"entry 7\"";
    let at = bytes.windows(needle.len()).position(|window| window == needle).unwrap();
    bytes[at] = b'#';
    fs::write(&path, &bytes).unwrap();
    zero(&path, 0..1);
    let store = Store::open(dir.path()).await.unwrap().store;
    let found: (String, String, String) = store
        .desk
        .read(|desk| {
            let select = "SELECT kind, subject, request FROM outbox WHERE position = 8";
            Ok(desk.query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
        })
        .await
        .unwrap();
    assert_eq!((found.0.as_str(), found.1.as_str()), ("report", "entry 7"));
    assert!(found.2.contains("unreadable") && found.2.contains("draft 7 "), "{}", found.2);
}
