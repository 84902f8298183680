//! Files by the system's own dialogs: chosen for a report, saved from a case.

use crate::support::{
    Session, css,
    story::{self, Aws},
    with_text,
};
use support_sim::Severity;

#[tokio::test]
async fn a_file_chosen_in_the_systems_dialog_goes_into_the_report() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.click(story::nav("report")).await;
    story::describe(&app, "A subject", "A description").await;
    let path = story::file(&session, "chosen run.log", b"05:10:47 503\n");
    app.click("file-choose").await;
    app.answer_dialog("Choose files for ECO", &path).await;
    app.wait_text("file-row", "chosen run.log").await;
    app.wait_text("file-row", "Ready").await;
}

#[tokio::test]
async fn a_file_of_ecos_is_saved_where_the_user_says() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.find("incidents-empty").await;
    let eco = aws.sim.eco();
    let case = eco.open_incident("Nightly backup failed", "At 02:00.", Severity::High).expect("opened");
    let report: Vec<u8> = (0..50_000_u32).flat_map(u32::to_le_bytes).collect();
    eco.reply_with_files(&case, "The report is attached.", &[("backup report.bin", &report)]).expect("there");
    app.click(with_text("Nightly backup failed")).await;
    app.find(with_text("The report is attached.")).await;
    app.click(css("[data-testid='case-message'] [data-testid='case-file-save']")).await;
    let place = session.files().join("saved.bin");
    app.answer_dialog("Save file", &place).await;
    crate::support::eventually("the saved file", async || {
        std::fs::read(&place).ok().filter(|saved| *saved == report).map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn files_that_vanish_after_the_drop_are_taken_and_a_link_is_refused() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.find("incidents").await;
    let log = story::file(&session, "unpacked run.log", b"05:10:47 503\n");
    let secret = story::file(&session, "credentials", b"aws_secret_access_key = never");
    let link = session.files().join("app.log");
    std::os::unix::fs::symlink(&secret, &link).expect("the session's own folder");
    // Dropped outside any draft: the page that comes up says what became of them.
    app.drop_passing_files("incidents", &[log.as_path(), link.as_path()]).await;
    app.wait_text("files-added", "1 of 2 files added").await;
    let told = app.wait_text("files-added", "app.log is a link to another file").await;
    assert!(told.contains("Added: unpacked run.log"), "{told}");
    assert!(!log.exists() && !link.exists(), "the source has deleted what it offered");
    app.screenshots("report-files-added").await;
}
