//! Files: each that cannot be sent says why, and the copies are the bytes that were dropped.

use crate::harness::Bench;
use desk_core::{
    ProblemCode,
    attachment::{FileState, MAX_FILE_BYTES},
};
use sha2::{Digest as _, Sha256};

fn reason(state: &FileState) -> Option<&str> {
    match state {
        FileState::Ready => None,
        FileState::Refused { problem } => {
            assert_eq!(problem.field.as_deref(), Some("files"));
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
        let added = bench.rooms.attachments.add(&draft, vec![path.clone()]).await.unwrap();
        let reason = reason(&added[0].state).unwrap_or_else(|| panic!("{} was taken", path.display()));
        assert!(reason.contains(expected), "{reason}");
        let problem = bench.rooms.reports.submit(&draft).await.unwrap_err();
        assert_eq!(problem.field.as_deref(), Some("files"));
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
    let added = bench.rooms.attachments.add(&draft, vec![pipe, locked]).await.unwrap();
    assert_eq!(reason(&added[0].state), Some("a pipe is not a file that can be copied."));
    assert_eq!(reason(&added[1].state), expected);
}

#[tokio::test]
async fn a_file_of_just_the_limit_is_taken_and_staged_under_its_digest() {
    let bench = Bench::new().await;
    let bytes: Vec<u8> = (0..MAX_FILE_BYTES).map(|n| n.to_le_bytes()[0]).collect();
    let draft = bench.draft("Just").await;
    let added = bench.rooms.attachments.add(&draft, vec![bench.file("just.bin", &bytes)]).await.unwrap();
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
    let added = bench.rooms.attachments.add(&draft, paths).await.unwrap();
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
    let added = bench.rooms.attachments.add(&first, vec![path.clone()]).await.unwrap();
    bench.rooms.attachments.add(&second, vec![path]).await.unwrap();
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
    bench.rooms.attachments.add(&draft, vec![bench.file("kept.log", b"kept")]).await.unwrap();
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
async fn a_disk_that_fails_leaves_no_half_of_anything() {
    let bench = Bench::new().await;
    let draft = bench.draft("Disk").await;
    let staging = bench.store.staging().to_owned();
    std::fs::remove_dir_all(&staging).unwrap();
    let problem = bench.rooms.attachments.add(&draft, vec![bench.file("a.log", b"a")]).await.unwrap_err();
    assert_eq!((problem.code, problem.retryable), (ProblemCode::Storage, true));
    assert_eq!(bench.rooms.reports.get(&draft).await.unwrap().files, Vec::new());
    std::fs::create_dir(&staging).unwrap();
    bench.rooms.attachments.add(&draft, vec![bench.file("a.log", b"a")]).await.unwrap();
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
