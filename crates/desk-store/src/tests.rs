use super::*;

async fn opened(dir: &Path) -> OpenedStore {
    Store::open(dir).await.unwrap()
}

fn setting(name: &str) -> impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), StoreError> + Send + use<> {
    let name = name.to_owned();
    move |transaction| {
        transaction.execute("INSERT INTO setting (name, value) VALUES (?1, '1')", [name])?;
        Ok(())
    }
}

const INCIDENT: &str = "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code, \
    category_code, severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at) \
    VALUES (?1, 'a', ?1, ?1, ?2, 'opened', 's', 'c', 'high', '[]', 1, 1, 0, 1, 1)";

#[tokio::test]
async fn what_is_written_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let first = opened(dir.path()).await;
    first.store.desk.write(setting("a")).await.unwrap();
    first.store.close().await;
    let second = opened(dir.path()).await;
    assert_eq!(second.notices, Vec::<String>::new());
    let count: i64 = second
        .store
        .desk
        .read(|connection| Ok(connection.query_row("SELECT count(*) FROM setting", [], |row| row.get(0))?))
        .await
        .unwrap();
    assert_eq!(count, 1);
}

#[tokio::test]
async fn a_failed_change_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    let failed = store
        .desk
        .write(|transaction| {
            transaction.execute("INSERT INTO setting (name, value) VALUES ('a', '1')", [])?;
            Err::<(), _>(StoreError::Panicked)
        })
        .await;
    assert!(failed.is_err());
    store.desk.write(setting("a")).await.expect("the name is free");
}

#[tokio::test]
async fn a_panicking_query_does_not_take_the_connection_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    let panicked = store.desk.write(|_| -> Result<(), StoreError> { panic!("on purpose") }).await;
    assert!(matches!(panicked, Err(StoreError::Panicked)));
    store.desk.write(setting("a")).await.expect("the writer lives");
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    opened(dir.path()).await.store.close().await;
    let file = rusqlite::Connection::open(dir.path().join("desk.db")).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    drop(file);
    let refused = Store::open(dir.path()).await;
    assert!(matches!(refused, Err(StoreError::Newer(_))), "{refused:?}");
}

#[tokio::test]
async fn readers_of_the_mirror_see_the_desk_but_cannot_write_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    store.desk.write(setting("a")).await.unwrap();
    let (count, written) = store
        .cases
        .read(|connection| {
            let count: i64 =
                connection.query_row("SELECT count(*) FROM desk.setting", [], |row| row.get(0))?;
            Ok((count, connection.execute("DELETE FROM desk.setting", []).is_ok()))
        })
        .await
        .unwrap();
    assert_eq!((count, written), (1, false));
}

#[tokio::test]
async fn a_mirror_that_is_no_database_is_set_aside_and_said() {
    let dir = tempfile::tempdir().unwrap();
    opened(dir.path()).await.store.close().await;
    std::fs::write(dir.path().join("cases.db"), vec![b'x'; 8192]).unwrap();
    let opened = opened(dir.path()).await;
    assert_eq!(opened.notices.len(), 1);
    let kept = std::fs::read_dir(dir.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("cases-damaged-"))
        .count();
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn rows_of_a_damaged_mirror_are_saved() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    store
        .cases
        .write(|transaction| {
            for number in 0..2_000 {
                transaction.execute(
                    INCIDENT,
                    [format!("case-{number}"), format!("Subject {number} {}", "x".repeat(200))],
                )?;
            }
            Ok(())
        })
        .await
        .unwrap();
    store.close().await;
    // One page in the middle is overwritten, as a failing disk would.
    let path = dir.path().join("cases.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 4096].fill(0xAB);
    std::fs::write(&path, bytes).unwrap();
    salvage::mark_damaged(&path);

    let opened = opened(dir.path()).await;
    assert_eq!(opened.notices.len(), 1);
    let saved: i64 = opened
        .store
        .cases
        .read(|connection| Ok(connection.query_row("SELECT count(*) FROM incident", [], |row| row.get(0))?))
        .await
        .unwrap();
    assert!(saved > 1_500, "only {saved} rows were saved");
}

#[tokio::test]
async fn a_disk_that_takes_no_writes_is_told_until_it_does() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    let mut disk = store.disk();
    store.desk.write(setting("a")).await.unwrap();
    assert_eq!(*disk.borrow_and_update(), None);
    let writable = |writable: bool| {
        store.cases.run_on_writer(move |connection| {
            connection.pragma_update(None, "query_only", !writable)?;
            Ok(())
        })
    };
    // SQLite answers as it does on a file system that has become read-only.
    writable(false).await.unwrap();
    let refused = store.cases.write(|tx| Ok(tx.execute("DELETE FROM incident", [])?)).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused:?}");
    disk.changed().await.unwrap();
    let told = disk.borrow_and_update().clone().expect("it is told");
    let path = dir.path().join("cases.db");
    assert!(told.message.contains(&path.display().to_string()) && told.retryable, "{told}");
    // A write that fails for another reason says nothing of the disk.
    let _ = store.desk.write(|_| Err::<(), _>(StoreError::Panicked)).await;
    assert!(!disk.has_changed().unwrap());
    writable(true).await.unwrap();
    store.cases.write(|tx| Ok(tx.execute("DELETE FROM incident", [])?)).await.unwrap();
    disk.changed().await.unwrap();
    assert_eq!(*disk.borrow_and_update(), None);
}
