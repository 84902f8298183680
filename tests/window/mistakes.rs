//! Wrong input and a wrong world: each says what is wrong where it is, keeps what was entered, sends nothing.

use crate::support::{
    App, Session,
    story::{self, Aws},
};
use support_sim::{Fault, On, Plan};

async fn first_start(session: &std::sync::Arc<Session>, aws: &Aws) -> App {
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    App::start(session, &arguments, &[]).await
}

#[tokio::test]
async fn wrong_keys_no_plan_and_no_network_are_told_apart_when_connecting() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_keys(&session, "AKIAIOSFODNN7EXAMPLE", "not-the-secret-of-this-key");
    let app = first_start(&session, &aws).await;
    story::choose_profile(&app).await;
    app.wait_text("connect", "does not accept the credentials").await;
    app.screenshots("connect-wrong-keys").await;

    story::write_profile(&session);
    aws.sim.set_plan(Plan::None);
    app.click("connect-submit").await;
    app.wait_text("connect", "no support plan").await;
    assert_eq!(app.value("connect-name").await, "Production", "what was entered is kept");

    aws.sim.set_plan(Plan::Enterprise);
    aws.sim.faults().always(On::Any, Fault::Unreachable);
    app.click("connect-submit").await;
    app.wait_text("connect", "AWS was not reached").await;

    aws.sim.faults().clear();
    app.click("connect-submit").await;
    app.click("connect-done").await;
    app.find("incidents").await;
}

#[tokio::test]
async fn files_that_cannot_be_sent_say_why_and_hold_the_report_back() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.click(story::nav("report")).await;
    story::describe(&app, "A subject", "A description").await;
    let large = story::file(&session, "too large.har", &vec![b'x'; 5 * 1024 * 1024 + 1]);
    let empty = story::file(&session, "empty.log", b"");
    let folder = session.files().join("a folder");
    std::fs::create_dir_all(&folder).expect("the session's own folder");
    app.drop_files("drop-zone", &[large.as_path(), empty.as_path(), folder.as_path()]).await;
    app.wait_count("file-row", 3).await;
    let rows = app.texts("file-row").await.join("\n");
    for reason in ["5 MB", "empty", "folder"] {
        assert!(rows.contains(reason), "no word of {reason} in:\n{rows}");
    }
    app.screenshots("report-refused-files").await;
    story::next(&app).await;
    app.wait_text("report-field-files", "5 MB").await;
    assert_eq!(app.value("report-field-subject").await, "A subject");
    assert_eq!(aws.sim.case_count(), 0);
}

#[tokio::test]
async fn an_incomplete_report_says_at_each_field_what_is_missing() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.click(story::nav("report")).await;
    app.click("report-step-3").await;
    app.click("report-step-4").await;
    story::add_contact(&app, "not an address").await;
    app.wait_text("report-field-cc", "not an e-mail address").await;
    // What cannot be taken stays where it is until it is mended.
    app.click("report-submit").await;
    app.wait_text("report-field-cc", "not an e-mail address").await;
    app.fill("report-field-cc", "").await;
    app.click("report-submit").await;
    // The first thing that is missing is brought into view.
    app.find("report-field-kind").await;
    app.screenshots("report-incomplete").await;
    assert_eq!(aws.sim.case_count(), 0);
}

#[tokio::test]
async fn an_eleventh_contact_and_a_subject_too_long_are_said_at_their_fields() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.click(story::nav("report")).await;
    story::describe(&app, &"s".repeat(251), "A description").await;
    story::next(&app).await;
    app.wait_text("report-field-subject", "250").await;
    app.fill("report-field-subject", "A subject").await;
    story::next(&app).await;
    story::next(&app).await;
    let eleven: Vec<String> = (1..=11).map(|number| format!("person{number}@norvik.example")).collect();
    story::add_contact(&app, &eleven.join(", ")).await;
    app.wait_text("report-field-cc", "10 of 10").await;
    app.wait_text("report-field-cc", "takes 10 additional contacts").await;
    assert_eq!(app.value("report-field-cc").await, "person11@norvik.example", "what was entered is kept");
    assert_eq!(aws.sim.case_count(), 0);
}

#[tokio::test]
async fn keys_that_were_withdrawn_keep_a_report_in_the_outbox_and_say_so() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    aws.sim.faults().always(On::Any, Fault::refuse("UnrecognizedClientException"));
    app.click(story::nav("report")).await;
    story::describe(&app, "A subject", "A description").await;
    story::next(&app).await;
    story::next(&app).await;
    app.click("report-submit").await;
    app.wait_text("case-not-yet-sent", "does not accept the credentials").await;
    assert_eq!(aws.sim.case_count(), 0);
    // When the keys work again it goes out by itself.
    aws.sim.faults().clear();
    crate::support::eventually("the report at ECO", async || (aws.sim.case_count() == 1).then_some(())).await;
    app.wait_gone("case-not-yet-sent").await;
    assert_eq!(aws.sim.case_count(), 1);
}
