//! Files: each that cannot be sent says why, and the copies are the bytes that were dropped.

use crate::harness::Bench;
use desk_core::{
    attachment::{FileState, MAX_FILE_BYTES, OpenedFile},
    report::DraftId,
};
use desk_model::{Field, ProblemCode};
use sha2::{Digest as _, Sha256};

fn reason(state: &FileState) -> Option<&str> {
    match state {
        FileState::Ready => None,
        FileState::Refused { problem } => {
            assert_eq!(problem.field, Some(Field::Files));
            Some(&problem.message)
        }
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_says_why_and_keeps_the_draft_from_being_sent() {
    let bench = Bench::new().await;
    let limit = usize::try_from(MAX_FILE_BYTES).unwrap();
    let folder = bench.dir.path().join("a folder");
    std::fs::create_dir(&folder).unwrap();
    let table = [
        (bench.file("big.log", &vec![b'x'; limit + 1]), "larger than 5 MB"),
        (bench.file("empty.log", b""), "is empty"),
        (folder, "is a folder"),
        (bench.dir.path().join("vanished.log"), "no longer there"),
    ];
    for (path, expected) in table {
        let draft = bench.draft("Bad file").await;
        let added = bench
            .rooms
            .attachments
            .add(&draft, OpenedFile::open_all(std::slice::from_ref(&path)))
            .await
            .unwrap();
        let reason = reason(&added[0].state).unwrap_or_else(|| panic!("{} was taken", path.display()));
        assert!(reason.contains(expected), "{reason}");
        let problem = bench.rooms.reports.submit(&draft).await.unwrap_err();
        assert_eq!(problem.field, Some(Field::Files));
        bench.rooms.attachments.remove(&draft, &added[0].id).await.unwrap();
        bench.rooms.reports.submit(&draft).await.unwrap();
    }
    assert_eq!(bench.staged(), Vec::<String>::new());
}

// Windows has neither such pipes nor such permissions.
#[cfg(unix)]
#[tokio::test]
async fn a_pipe_and_a_file_without_permission_are_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new().await;
    let draft = bench.draft("Unreadable").await;
    let pipe = bench.dir.path().join("a pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let locked = bench.file("locked.log", b"secret");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads everything.
    let expected =
        std::fs::File::open(&locked).err().map(|_| "locked.log cannot be read: you have no permission.");
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&[pipe, locked])).await.unwrap();
    assert_eq!(reason(&added[0].state), Some("a pipe is not a file that can be copied."));
    assert_eq!(reason(&added[1].state), expected);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_is_refused_with_a_word_wherever_it_leads() {
    let bench = Bench::new().await;
    let draft = bench.draft("Links").await;
    let secret = bench.file("credentials", b"aws_secret_access_key = never");
    let folder = bench.dir.path().join("a folder");
    std::fs::create_dir(&folder).unwrap();
    let mut links = Vec::new();
    for (name, target) in
        [("app.log", &secret), ("a folder's", &folder), ("nowhere.log", &folder.join("gone"))]
    {
        let link = bench.dir.path().join(name);
        std::os::unix::fs::symlink(target, &link).unwrap();
        links.push(link);
    }
    // One that leads to itself.
    let ring = bench.dir.path().join("ring.log");
    std::os::unix::fs::symlink(&ring, &ring).unwrap();
    links.push(ring);
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&links)).await.unwrap();
    assert_eq!(added.len(), 4);
    for file in &added {
        let reason = reason(&file.state).unwrap_or_else(|| panic!("{} was taken", file.name));
        assert!(reason.contains("is a link to another file"), "{reason}");
    }
    assert_eq!(bench.staged(), Vec::<String>::new());
    // A folder on the way may be a link: homes and temporary folders often are.
    let real = bench.file("real.log", b"real");
    let by_link = bench.dir.path().join("by link");
    std::os::unix::fs::symlink(real.parent().unwrap(), &by_link).unwrap();
    let added =
        bench.rooms.attachments.add(&draft, OpenedFile::open_all(&[by_link.join("real.log")])).await.unwrap();
    assert_eq!(reason(&added[0].state), None);
}

#[cfg(unix)]
#[tokio::test]
async fn devices_and_sockets_are_refused_without_being_read() {
    let bench = Bench::new().await;
    let draft = bench.draft("Devices").await;
    let socket = bench.dir.path().join("a socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let paths = ["/dev/zero".into(), "/dev/tty".into(), "/dev".into(), socket];
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&paths)).await.unwrap();
    assert_eq!(reason(&added[0].state), Some("zero is not a file that can be copied."));
    // Where there is no terminal it cannot even be opened.
    assert!(reason(&added[1].state).is_some());
    assert!(reason(&added[2].state).unwrap().contains("is a folder"));
    assert_eq!(reason(&added[3].state), Some("a socket is not a file that can be copied."));
}

/// Adds files that can all be sent; answers what their copies hold.
async fn staged_of(bench: &Bench, draft: &DraftId, opened: Vec<OpenedFile>) -> Vec<Vec<u8>> {
    let added = bench.rooms.attachments.add(draft, opened).await.unwrap();
    assert!(added.iter().all(|file| reason(&file.state).is_none()), "{added:?}");
    let staging = bench.store.staging();
    bench.staged().iter().map(|name| std::fs::read(staging.join(name)).unwrap()).collect()
}

#[tokio::test]
async fn a_file_that_is_deleted_after_the_drop_is_sent_as_it_was_dropped() {
    let bench = Bench::new().await;
    let draft = bench.draft("Archiver").await;
    let deleted = bench.file("deleted.log", b"from the archive");
    let opened = OpenedFile::open_all(std::slice::from_ref(&deleted));
    std::fs::remove_file(&deleted).unwrap();
    assert_eq!(staged_of(&bench, &draft, opened).await, [b"from the archive".to_vec()]);
}

// Wine gives no other file the name of one that is open, as Windows does.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_replaced_after_the_drop_is_sent_as_it_was_dropped() {
    let bench = Bench::new().await;
    let draft = bench.draft("Archiver").await;
    let replaced = bench.file("replaced.log", b"the log");
    let opened = OpenedFile::open_all(std::slice::from_ref(&replaced));
    std::fs::rename(bench.file("other.log", b"something else"), &replaced).unwrap();
    assert_eq!(staged_of(&bench, &draft, opened).await, [b"the log".to_vec()]);
}

#[tokio::test]
async fn a_file_that_is_cut_off_while_it_waits_is_judged_as_it_is_then() {
    let bench = Bench::new().await;
    let draft = bench.draft("Rotated").await;
    let path = bench.file("rotated.log", b"a line of the log");
    let opened = OpenedFile::open_all(std::slice::from_ref(&path));
    std::fs::File::options().write(true).truncate(true).open(&path).unwrap();
    let added = bench.rooms.attachments.add(&draft, opened).await.unwrap();
    assert_eq!(reason(&added[0].state), Some("rotated.log is empty. AWS takes no empty files."));
}

#[tokio::test]
async fn a_shortcut_is_said_to_be_one_and_never_sent_as_the_log() {
    let bench = Bench::new().await;
    let draft = bench.draft("Shortcut").await;
    let url =
        bench.file("Support Center.url", b"[InternetShortcut]\r\nURL=https://console.norvik.example/\r\n");
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&[url])).await.unwrap();
    assert_eq!(
        reason(&added[0].state),
        Some("Support Center.url is a shortcut, not the file that it leads to. Add that file itself.")
    );
    assert_eq!(bench.staged(), Vec::<String>::new());
}

#[tokio::test]
async fn names_that_read_the_same_are_sent_composed_the_second_with_a_number() {
    let bench = Bench::new().await;
    let draft = bench.draft("Names").await;
    let composed = bench.file("kj\u{f8}rsl\u{e5}.log", b"1");
    let decomposed = bench.file("kj\u{f8}rsla\u{30a}.log", b"2");
    let paths = [decomposed, composed];
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&paths)).await.unwrap();
    let names: Vec<&str> = added.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["kj\u{f8}rsl\u{e5}.log", "kj\u{f8}rsl\u{e5} (2).log"]);
}

#[tokio::test]
async fn a_file_of_just_the_limit_is_taken_and_staged_under_its_digest() {
    let bench = Bench::new().await;
    let bytes: Vec<u8> = (0..MAX_FILE_BYTES).map(|n| n.to_le_bytes()[0]).collect();
    let draft = bench.draft("Just").await;
    let added = bench
        .rooms
        .attachments
        .add(&draft, OpenedFile::open_all(&[bench.file("just.bin", &bytes)]))
        .await
        .unwrap();
    assert_eq!((added[0].size, reason(&added[0].state)), (MAX_FILE_BYTES, None));
    let name = hex::encode(Sha256::digest(&bytes));
    assert_eq!(std::fs::read(bench.store.staging().join(&name)).unwrap(), bytes);
    assert_eq!(bench.staged(), [name]);
}

#[tokio::test]
async fn the_fourth_file_is_refused_and_equal_names_are_told_apart() {
    let bench = Bench::new().await;
    let draft = bench.draft("Many").await;
    let path = bench.file("run.log", b"1");
    let paths =
        vec![path.clone(), path.clone(), bench.file("other.log", b"2"), bench.file("fourth.log", b"4")];
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&paths)).await.unwrap();
    let names: Vec<&str> = added.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["run.log", "run (2).log", "other.log", "fourth.log"]);
    assert!(reason(&added[3].state).unwrap().contains("at most 3 files"));
    assert_eq!(bench.staged().len(), 2, "two files have the same bytes, and the fourth has no copy");
    assert_eq!(bench.rooms.reports.get(&draft).await.unwrap().files, added);
}

#[tokio::test]
async fn a_copy_stays_as_long_as_anything_needs_it() {
    let bench = Bench::new().await;
    let path = bench.file("shared.log", b"shared");
    let first = bench.draft("First").await;
    let second = bench.draft("Second").await;
    let added =
        bench.rooms.attachments.add(&first, OpenedFile::open_all(std::slice::from_ref(&path))).await.unwrap();
    bench.rooms.attachments.add(&second, OpenedFile::open_all(&[path])).await.unwrap();
    bench.rooms.attachments.remove(&first, &added[0].id).await.unwrap();
    assert_eq!(bench.staged().len(), 1);
    bench.rooms.reports.submit(&second).await.unwrap();
    assert_eq!(bench.rooms.attachments.sweep_unreferenced().await.unwrap(), 0, "the outbox needs it");
    bench.deliver_all().await;
    assert_eq!(bench.staged(), Vec::<String>::new());
    assert_eq!(bench.sim.cases()[0].communications[0].files[0].data, b"shared"[..]);
}

#[tokio::test]
async fn what_a_cut_left_in_staging_goes_at_the_next_start() {
    let mut bench = Bench::new().await;
    let draft = bench.draft("Kept").await;
    bench
        .rooms
        .attachments
        .add(&draft, OpenedFile::open_all(&[bench.file("kept.log", b"kept")]))
        .await
        .unwrap();
    std::fs::write(bench.store.staging().join(".incoming-abc"), b"half").unwrap();
    std::fs::write(bench.store.staging().join("0".repeat(64)), b"orphan").unwrap();
    bench.restart().await;
    assert_eq!(bench.rooms.attachments.sweep_unreferenced().await.unwrap(), 2);
    assert_eq!(bench.staged().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_swept_does_not_keep_the_rest() {
    let bench = Bench::new().await;
    let staging = bench.store.staging();
    for letter in "abcdefgh".chars() {
        std::fs::write(staging.join(letter.to_string().repeat(64)), b"orphan").unwrap();
    }
    // Not deleted as a file is.
    std::fs::create_dir(staging.join("folder")).unwrap();
    let problem = bench.rooms.attachments.sweep_unreferenced().await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::Storage);
    assert_eq!(bench.staged(), ["folder"]);
}

#[tokio::test]
async fn a_file_that_the_disk_does_not_take_leaves_no_half_and_does_not_keep_the_next() {
    let bench = Bench::new().await;
    let draft = bench.draft("Disk").await;
    let staging = bench.store.staging().to_owned();
    // A folder in the place of the first one's copy: it cannot be written, the second one's can.
    let first = hex::encode(Sha256::digest(b"first"));
    std::fs::create_dir_all(staging.join(&first).join("in the way")).unwrap();
    let paths = [bench.file("first.log", b"first"), bench.file("second.log", b"second")];
    let added = bench.rooms.attachments.add(&draft, OpenedFile::open_all(&paths)).await.unwrap();
    let reason = reason(&added[0].state).expect("it has no copy");
    assert!(reason.starts_with("first.log was not added."), "{reason}");
    assert_eq!(added[1].state, FileState::Ready);
    assert_eq!(bench.rooms.reports.get(&draft).await.unwrap().files, added);
    let mut staged = bench.staged();
    staged.retain(|name| *name != first);
    assert_eq!(staged, [hex::encode(Sha256::digest(b"second"))], "nothing half is left");
}

// Only Windows lets a program keep all others from a file that it has open.
#[cfg(windows)]
#[tokio::test]
async fn a_staged_copy_that_a_virus_scanner_holds_for_a_moment_costs_nothing() {
    use std::os::windows::fs::OpenOptionsExt as _;
    let bench = Bench::new().await;
    let draft = bench.draft("Scanned").await;
    let first = OpenedFile::open_all(&[bench.file("first.log", b"scanned")]);
    bench.rooms.attachments.add(&draft, first).await.unwrap();
    let copy = bench.store.staging().join(hex::encode(Sha256::digest(b"scanned")));
    let held = std::fs::File::options().read(true).share_mode(0).open(&copy).unwrap();
    let scanner = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        drop(held);
    });
    // The same bytes once more: their copy takes the place of the one that is held.
    let again = OpenedFile::open_all(&[bench.file("again.log", b"scanned")]);
    let added = bench.rooms.attachments.add(&draft, again).await.unwrap();
    assert_eq!(reason(&added[0].state), None);
    scanner.join().unwrap();
}

#[tokio::test]
async fn a_file_of_a_case_is_saved_whole() {
    let bench = Bench::new().await;
    let key = bench.report("Download").await;
    bench.deliver_all().await;
    let id = bench.sim.cases()[0].display_id.clone();
    bench.sim.eco().reply_with_files(&id, "See this.", &[("report.txt", b"from ECO")]).unwrap();
    let file = bench.sim.cases()[0].communications[1].files[0].clone();
    let support = bench.rooms.accounts.support(&crate::harness::account()).await.unwrap();
    let to = bench.dir.path().join("saved.txt");
    std::fs::write(&to, b"old").unwrap();
    let unknown = bench.rooms.attachments.fetch(&support, "attachment-unknown", &to).await;
    assert_eq!(unknown.unwrap_err().code, ProblemCode::NotFound);
    assert_eq!(std::fs::read(&to).unwrap(), b"old");
    bench.rooms.attachments.fetch(&support, &file.attachment_id, &to).await.unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), b"from ECO");
    assert!(bench.mirrored(&key).await.is_some());
}
