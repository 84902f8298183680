//! What is kept in a folder, and what survives.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aws_sdk_support::primitives::Blob;
use aws_sdk_support::types::Attachment;
use support::{client_at, code, hours, in_process, manual_clock, report};
use support_sim::{CaseStatus, Clock, EcoPace, Sim, SimError};

fn open(folder: &Path) -> Result<Sim, SimError> {
    opened(|| Sim::builder().clock(manual_clock()).data_dir(folder).build())
}

/// Builds an emulator in a folder that nobody is to have open any more. A process that another test starts shares the
/// lock from its fork to its exec, so a folder that was let go may be in use for a moment still.
fn opened(build: impl Fn() -> Result<Sim, SimError>) -> Result<Sim, SimError> {
    let ends = Instant::now() + Duration::from_secs(60);
    loop {
        match build() {
            Err(SimError::InUse(_)) if Instant::now() < ends => std::thread::sleep(Duration::from_millis(10)),
            built => return built,
        }
    }
}

#[tokio::test]
async fn everything_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let clock = manual_clock();
    let again = || {
        let builder = || Sim::builder().clock(clock.clone()).pace(EcoPace::targets());
        opened(|| builder().data_dir(folder.path()).build()).unwrap()
    };
    let sim = again();
    let client = in_process(&sim);
    let set = client
        .add_attachments_to_set()
        .attachments(Attachment::builder().file_name("a.log").data(Blob::new(vec![9; 70_000])).build())
        .send()
        .await
        .unwrap();
    let id = report(&client, "kept", "b").await;
    let reply = client
        .add_communication_to_case()
        .case_id(&id)
        .communication_body("with a file")
        .attachment_set_id(set.attachment_set_id().unwrap());
    reply.clone().send().await.unwrap();
    let unused = client
        .add_attachments_to_set()
        .attachments(Attachment::builder().file_name("b.log").data(Blob::new([1])).build())
        .send()
        .await
        .unwrap();
    let before = sim.cases();
    drop((sim, client, reply));

    let sim = again();
    assert_eq!(sim.cases(), before);
    assert_eq!(sim.cases()[0].communications[1].files[0].data, vec![9; 70_000]);
    let client = in_process(&sim);
    let late = client
        .add_communication_to_case()
        .case_id(&id)
        .communication_body("from the waiting set")
        .set_attachment_set_id(unused.attachment_set_id);
    late.send().await.unwrap();
    clock.advance(hours(4));
    assert_eq!(sim.tick().unwrap(), 1, "ECO's plan is kept too");
    drop((sim, client));

    let sim = again();
    let client = in_process(&sim);
    assert_eq!(sim.case(&id).unwrap().status, CaseStatus::Opened);
    let expired = client
        .add_communication_to_case()
        .case_id(&id)
        .communication_body("b")
        .set_attachment_set_id(set.attachment_set_id);
    assert_eq!(code(expired.send().await), "AttachmentSetIdNotFound", "expired sets are forgotten");
    assert_eq!(sim.cases()[0].communications[1].files[0].data, vec![9; 70_000], "their sent files are not");
}

#[tokio::test]
async fn a_last_line_that_was_cut_off_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let sim = open(folder.path()).unwrap();
    report(&in_process(&sim), "whole", "b").await;
    let whole = sim.cases();
    let journal = folder.path().join("journal.jsonl");
    let length = fs::metadata(&journal).unwrap().len();
    report(&in_process(&sim), "cut", "b").await;
    drop(sim);
    let full = fs::metadata(&journal).unwrap().len();
    for cut in [length + 1, (length + full) / 2, full - 1] {
        let bytes = fs::read(&journal).unwrap();
        let copy = tempfile::tempdir().unwrap();
        fs::write(copy.path().join("journal.jsonl"), &bytes[..usize::try_from(cut).unwrap()]).unwrap();
        let sim = open(copy.path()).unwrap();
        assert_eq!(sim.cases(), whole, "cut at {cut}");
        report(&in_process(&sim), "after", "b").await;
        drop(sim);
        assert_eq!(open(copy.path()).unwrap().case_count(), 2, "cut at {cut}: the journal goes on");
    }
}

#[tokio::test]
async fn damage_in_the_middle_is_said_and_not_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let sim = open(folder.path()).unwrap();
    report(&in_process(&sim), "one", "b").await;
    report(&in_process(&sim), "two", "b").await;
    drop(sim);
    let journal = folder.path().join("journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("\"one\"", "one\"", 1)).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert!(matches!(error, SimError::Damaged { line: 2, .. }), "{error}");
}

#[test]
fn a_folder_has_one_sim_and_one_account() {
    let folder = tempfile::tempdir().unwrap();
    let sim = open(folder.path()).unwrap();
    let second = Sim::builder().clock(manual_clock()).data_dir(folder.path()).build();
    assert!(matches!(second, Err(SimError::InUse(_))));
    drop(sim);
    let other = opened(|| Sim::builder().account("210987654321").data_dir(folder.path()).build());
    assert!(matches!(other, Err(SimError::OtherAccount { .. })));
    assert!(matches!(Sim::builder().account("12").build(), Err(SimError::BadAccount(_))));
}

#[tokio::test]
async fn history_is_swept_away_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let sim = open(folder.path()).unwrap();
    let id = report(&in_process(&sim), "s", "b").await;
    for _ in 0..50 {
        sim.eco().set_status(&id, CaseStatus::WorkInProgress).unwrap();
        sim.eco().set_status(&id, CaseStatus::Opened).unwrap();
    }
    fs::write(folder.path().join("attachments/stray"), "nothing names it").unwrap();
    let before = sim.cases();
    drop(sim);
    let journal = folder.path().join("journal.jsonl");
    let long = fs::read_to_string(&journal).unwrap().lines().count();
    let sim = open(folder.path()).unwrap();
    assert_eq!(sim.cases(), before);
    assert!(long > 100);
    assert_eq!(fs::read_to_string(&journal).unwrap().lines().count(), 2);
    assert!(!folder.path().join("attachments/stray").exists());
    report(&in_process(&sim), "goes on", "b").await;
    drop(sim);
    assert_eq!(open(folder.path()).unwrap().case_count(), 2);
}

/// The program in a process of its own, ended with the test.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_support-sim"))
            .args(["--port", "0", "--pace", "off"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .map(Result::unwrap)
            .find_map(|line| line.strip_prefix("listening on ").map(str::to_owned))
            .unwrap();
        Self { child, url }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // SIGKILL on Unix: no chance to write anything more.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn what_was_answered_survives_a_kill_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let clock = Sim::builder().clock(Clock::system()).build().unwrap();
    let program = Program::start(&["--data", path]);
    let client = client_at(&clock, &program.url);
    let set = client
        .add_attachments_to_set()
        .attachments(Attachment::builder().file_name("a").data(Blob::new(b"bytes".to_vec())).build())
        .send()
        .await
        .unwrap();
    let id = report(&client, "survives", "b").await;
    client
        .add_communication_to_case()
        .case_id(&id)
        .communication_body("this too")
        .set_attachment_set_id(set.attachment_set_id)
        .send()
        .await
        .unwrap();
    drop(program);

    let program = Program::start(&["--data", path]);
    let client = client_at(&clock, &program.url);
    let cases = client.describe_cases().send().await.unwrap();
    let [case] = cases.cases() else { panic!("one case, not {cases:?}") };
    assert_eq!(case.subject(), Some("survives"));
    let said = case.recent_communications().unwrap().communications();
    assert_eq!(said.len(), 2);
    let file = said[0].attachments()[0].attachment_id().unwrap();
    let got = client.describe_attachment().attachment_id(file).send().await.unwrap();
    assert_eq!(got.attachment().unwrap().data().unwrap().as_ref(), b"bytes");
}

#[tokio::test]
async fn the_program_takes_other_keys_and_seeds() {
    let clock = Sim::new();
    let program = Program::start(&[
        "--access-key-id",
        "AKIAOTHER",
        "--secret-access-key",
        "other",
        "--seed-cases",
        "15",
    ]);
    let refused = client_at(&clock, &program.url).describe_cases().send().await;
    assert_eq!(code(refused), "UnrecognizedClientException");
    let keys = aws_credential_types::Credentials::new("AKIAOTHER", "other", None, None, "test");
    let config = client_at(&clock, &program.url).config().to_builder().credentials_provider(keys).build();
    let client = aws_sdk_support::Client::from_conf(config);
    let cases = client.describe_cases().include_resolved_cases(true).send().await.unwrap();
    assert_eq!(cases.cases().len(), 15);
}

#[test]
fn a_failed_write_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sim = open(folder.path()).unwrap();
    fs::remove_dir_all(folder.path().join("attachments")).unwrap();
    fs::File::create(folder.path().join("attachments")).unwrap().write_all(b"no folder").unwrap();
    let id = sim.eco().open_incident("s", "b", support_sim::Severity::Low).unwrap();
    let before = sim.cases();
    assert!(sim.eco().reply_with_files(&id, "b", &[("f", b"f")]).is_err());
    assert_eq!(sim.cases(), before);
}
