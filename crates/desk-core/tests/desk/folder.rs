//! The data folder: one program at a time, private to its user, and nothing of it lost where a file of it is.
#![allow(clippy::unwrap_used)]

use desk_core::attachment::Attachments;
use desk_model::{Changes, Clock, Problem, ProblemCode};
use desk_store::{OpenedStore, RESCUE_SETTING, RescueCause, RescueReport, Store, StoreError};
use std::{fs, path::Path};

async fn opened(dir: &Path) -> OpenedStore {
    Store::open(dir).await.unwrap()
}

async fn set(store: &Store, name: &str, value: String) -> Result<(), StoreError> {
    let name = name.to_owned();
    let put = move |tx: &rusqlite::Transaction<'_>| {
        tx.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)", [name, value])?;
        Ok(())
    };
    store.desk.write(put).await
}

/// What the start has noted of a rescue, for the window to tell.
async fn rescue_of(store: &Store) -> RescueReport {
    let select = "SELECT value FROM setting WHERE name = ?1";
    let read = |tx: &rusqlite::Connection| {
        Ok(tx.query_row(select, [RESCUE_SETTING], |row| row.get::<_, String>(0))?)
    };
    serde_json::from_str(&store.desk.read(read).await.unwrap()).unwrap()
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_folder_is_one_programs_until_it_closes_it() {
    let dir = tempfile::tempdir().unwrap();
    let first = opened(dir.path()).await.store;
    let second = Store::open(dir.path()).await;
    let problem = Problem::from(second.map(drop).expect_err("two programs would send each report twice"));
    assert_eq!(problem.code, ProblemCode::Storage);
    assert!(problem.message.contains("already running"), "{}", problem.message);
    assert!(problem.message.contains(&dir.path().display().to_string()), "{}", problem.message);
    // The first one goes on.
    set(&first, "a", "1".into()).await.unwrap();
    first.close().await;
    let third = opened(dir.path()).await;
    assert_eq!(third.notices, Vec::<String>::new());
    third.store.close().await;
}

#[tokio::test]
async fn a_folder_stays_locked_while_anything_of_it_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    let desk = store.desk.clone();
    drop(store);
    assert!(Store::open(dir.path()).await.is_err(), "desk.db can still be written");
    drop(desk);
    opened(dir.path()).await.store.close().await;
}

#[tokio::test]
async fn without_its_desk_db_a_folder_keeps_the_staged_files_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    opened(dir.path()).await.store.close().await;
    let staged = dir.path().join("staging").join("a".repeat(64));
    fs::write(&staged, b"a log that ECO waits for").unwrap();
    fs::write(dir.path().join("staging/.incoming-x"), b"a copy that was cut off").unwrap();
    fs::remove_file(dir.path().join("desk.db")).unwrap();

    let again = opened(dir.path()).await;
    assert_eq!(rescue_of(&again.store).await.cause, RescueCause::Missing);
    let sweep = async |store: &Store| {
        let attachments = Attachments::new(store.clone(), Changes::default(), Clock::System);
        attachments.sweep_unreferenced().await.unwrap()
    };
    assert_eq!(sweep(&again.store).await, 1, "what was cut off goes");
    assert!(staged.exists());
    again.store.close().await;
    // The next start says no more of it, and still keeps them.
    let later = opened(dir.path()).await;
    assert_eq!(later.notices, Vec::<String>::new());
    sweep(&later.store).await;
    assert!(staged.exists());
    later.store.close().await;
}

#[tokio::test]
async fn an_emptied_desk_db_and_its_log_are_set_aside() {
    for gone in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        opened(dir.path()).await.store.close().await;
        fs::remove_file(dir.path().join("cases.db")).unwrap();
        let (desk, log) = (dir.path().join("desk.db"), dir.path().join("desk.db-wal"));
        if gone {
            fs::remove_file(&desk).unwrap();
        } else {
            fs::write(&desk, b"").unwrap();
        }
        fs::write(&log, b"what was written last").unwrap();

        let again = opened(dir.path()).await;
        let kept = names(dir.path())
            .into_iter()
            .find(|name| name.starts_with("desk-lost-") && name.ends_with("-wal"));
        let kept = kept.unwrap_or_else(|| panic!("gone: {gone}, {:?}", names(dir.path())));
        assert_eq!(fs::read(dir.path().join(&kept)).unwrap(), b"what was written last");
        let rescue = rescue_of(&again.store).await;
        assert_eq!(rescue.cause, RescueCause::Missing);
        assert_eq!(rescue.kept.as_deref(), Some(kept.trim_end_matches("-wal")));
        set(&again.store, "a", "1".into()).await.unwrap();
        again.store.close().await;
    }
}

#[tokio::test]
async fn an_emptied_mirror_and_its_log_are_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    opened(dir.path()).await.store.close().await;
    fs::write(dir.path().join("cases.db"), b"").unwrap();
    fs::write(dir.path().join("cases.db-wal"), b"what was written last").unwrap();
    let again = opened(dir.path()).await;
    assert_eq!(again.notices.len(), 1, "{:?}", again.notices);
    assert!(names(dir.path()).iter().any(|name| name.starts_with("cases-damaged-")));
    again.store.close().await;
}

#[tokio::test]
async fn what_a_first_start_left_that_was_cut_off_is_no_reason_to_say_anything() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("staging")).unwrap();
    for (name, bytes) in
        [("desk.db", &b""[..]), ("desk.db-wal", b""), ("cases.db", b""), ("desk.new", b"half")]
    {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let again = opened(dir.path()).await;
    assert_eq!(again.notices, Vec::<String>::new());
    set(&again.store, "a", "1".into()).await.unwrap();
    again.store.close().await;
    assert_eq!(names(dir.path()), ["cases.db", "desk.db", "lock", "staging"]);
}

#[tokio::test]
async fn what_is_deleted_is_not_left_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path()).await.store;
    let has = |text: &str| {
        let file = fs::read(dir.path().join("desk.db")).unwrap();
        file.windows(text.len()).any(|window| window == text.as_bytes())
    };
    set(&store, "kept", "what stays".into()).await.unwrap();
    for number in 0..100 {
        set(&store, &format!("gone {number}"), format!("pasted by mistake {number}, ").repeat(40))
            .await
            .unwrap();
    }
    store.close().await;
    assert!(has("pasted by mistake 50, "));
    let store = opened(dir.path()).await.store;
    let delete = store.desk.write(|tx| Ok(tx.execute("DELETE FROM setting WHERE name LIKE 'gone %'", [])?));
    assert_eq!(delete.await.unwrap(), 100);
    store.close().await;
    assert!(has("what stays"));
    assert!(!has("pasted by mistake"), "it stands in free pages");
}

#[cfg(unix)]
mod permissions {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn open_up(path: &Path, bits: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(bits)).unwrap();
    }

    #[tokio::test]
    async fn nobody_else_can_read_a_new_folder() {
        let dir = tempfile::tempdir().unwrap();
        open_up(dir.path(), 0o755);
        let folder = dir.path().join("new");
        let store = opened(&folder).await.store;
        set(&store, "a", "1".into()).await.unwrap();
        for name in ["", "staging"] {
            assert_eq!(mode(&folder.join(name)), 0o700, "{name}");
        }
        for name in
            ["lock", "desk.db", "desk.db-wal", "desk.db-shm", "cases.db", "cases.db-wal", "cases.db-shm"]
        {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }
        store.close().await;
    }

    #[tokio::test]
    async fn a_folder_that_others_could_read_is_corrected_at_the_start() {
        let dir = tempfile::tempdir().unwrap();
        opened(dir.path()).await.store.close().await;
        let folders = ["staging", "certificates", "logs", "eco"];
        let files = ["desk.db", "cases.db", "lock", "cases-damaged-x.db", "desk-lost-x.db-wal"];
        for folder in folders {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
            fs::write(dir.path().join(folder).join("file"), b"x").unwrap();
            open_up(&dir.path().join(folder).join("file"), 0o644);
            open_up(&dir.path().join(folder), 0o755);
        }
        for file in files {
            fs::OpenOptions::new().create(true).append(true).open(dir.path().join(file)).unwrap();
            open_up(&dir.path().join(file), 0o664);
        }
        // The user's own: a folder named by hand may hold such, and links lead elsewhere.
        let (own, elsewhere) = (dir.path().join("notes.txt"), tempfile::NamedTempFile::new().unwrap());
        fs::write(&own, b"x").unwrap();
        for path in [own.as_path(), elsewhere.path()] {
            open_up(path, 0o644);
        }
        std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("logs/link")).unwrap();
        open_up(dir.path(), 0o755);

        let store = opened(dir.path()).await.store;
        assert_eq!(mode(dir.path()), 0o700);
        for folder in folders {
            assert_eq!(mode(&dir.path().join(folder)), 0o700, "{folder}");
            assert_eq!(mode(&dir.path().join(folder).join("file")), 0o600, "{folder}");
        }
        for file in files {
            assert_eq!(mode(&dir.path().join(file)), 0o600, "{file}");
        }
        for path in [own.as_path(), elsewhere.path()] {
            assert_eq!(mode(path), 0o644, "{}", path.display());
        }
        store.close().await;
    }
}

/// Nobody can write there, not even root.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named_with_what_to_do() {
    let refused = Store::open(Path::new("/proc/self")).await;
    let message = Problem::from(refused.map(drop).expect_err("nothing can be made there")).message;
    for word in ["cannot write /proc/self", "nothing is saved or sent", "Make the folder", "writable"] {
        assert!(message.contains(word), "no word of {word:?}: {message}");
    }
}
