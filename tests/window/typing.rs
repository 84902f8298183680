//! What is typed is kept: while somebody types without a pause, right after a reply was sent, and whatever was pasted.

use crate::support::{
    App, Key, Session, css, eventually,
    story::{self, Aws},
    with_text,
};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use support_sim::Severity;

/// The pause between two keys, to which the driver adds its own on a busy machine.
const PAUSE: Duration = Duration::from_millis(60);
/// Typed without a pause in which it would be saved: some ten seconds.
const TEXT: &str = "Every run since 05:10 ends with 500 and nobody stops typing while the plant waits for its data, \
    so this line goes on and on until the power fails";
/// Keys that may be lost with the process: those of the last half second, and some that a busy machine had not saved.
const MAY_BE_LOST: usize = 20;

async fn started() -> (Arc<Session>, Aws, App) {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    (session, aws, app)
}

/// Opens a case of ECO's and waits for its composer.
async fn open_case(aws: &Aws, app: &App) {
    aws.sim.eco().open_incident("Nightly backup failed", "At 02:00.", Severity::High).expect("opened");
    app.click(with_text("Nightly backup failed")).await;
    app.find("composer-text").await;
}

/// Asserts that all of the text is there but its last keys.
fn assert_kept(kept: &str) {
    assert!(TEXT.starts_with(kept), "{kept:?} was never typed");
    assert!(kept.len() + MAY_BE_LOST >= TEXT.len(), "only {kept:?} is there of {TEXT:?}");
}

#[tokio::test]
async fn steady_typing_is_there_after_a_kill_in_a_report_and_in_a_reply() {
    let (_session, aws, app) = started().await;
    app.click(story::nav("report")).await;
    story::describe(&app, "Typed without a pause", "x").await;
    app.fill("report-field-body", "").await;
    app.type_steadily(TEXT, PAUSE).await;
    let app = app.kill().await.start().await;
    app.click(story::nav("report")).await;
    app.click("report-continue").await;
    app.find("report-field-body").await;
    let kept = app.value("report-field-body").await;
    assert_kept(&kept);

    app.click(story::nav("")).await;
    open_case(&aws, &app).await;
    app.click("composer-text").await;
    app.type_steadily(TEXT, PAUSE).await;
    let app = app.kill().await.start().await;
    app.click(with_text("Nightly backup failed")).await;
    app.find("composer-text").await;
    let kept = app.value("composer-text").await;
    assert_kept(&kept);
}

#[tokio::test]
async fn keys_right_after_send_are_the_next_reply() {
    let (_session, aws, app) = started().await;
    open_case(&aws, &app).await;
    app.fill("composer-text", "The first reply.").await;
    app.send_and_type("next").await;
    app.wait("the next reply in the composer", async || {
        (app.value("composer-text").await == "next").then_some(())
    })
    .await;
    let sent = eventually("the first reply at AWS", async || {
        let case = aws.sim.cases().into_iter().find(|case| case.subject == "Nightly backup failed")?;
        case.communications.iter().find(|said| said.body.starts_with("The first reply.")).cloned()
    })
    .await;
    assert!(!sent.body.contains("next"), "{}", sent.body);
    // It becomes a draft of its own, which is listed, and outlives the program.
    app.click(story::nav("outbox")).await;
    app.wait_text("drafts-table", "Nightly backup failed").await;
    app.click(story::nav("")).await;
    app.click(with_text("Nightly backup failed")).await;
    app.wait_text(css("[data-testid='composer'] [data-testid='saved-mark']"), "Draft saved").await;
    let app = app.kill().await.start().await;
    app.click(with_text("Nightly backup failed")).await;
    app.find("composer-text").await;
    assert_eq!(app.value("composer-text").await, "next");
}

#[tokio::test]
async fn half_a_surrogate_pair_does_not_stop_the_saving() {
    let (_session, _aws, app) = started().await;
    app.click(story::nav("report")).await;
    story::describe(&app, "Pasted on Windows", "x").await;
    // As a program that cuts text between the halves of a character puts it on the clipboard.
    let paste = "const field = document.querySelector('[data-testid=report-field-body] textarea');
        const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
        value.set.call(field, 'The log says ' + String.fromCharCode(0xd83d) + ' and stops.');
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.focus();";
    app.script(paste, vec![json!(null)]).await;
    app.press(Key::End).await;
    app.type_keys(" More.").await;
    // The form closes only when everything is saved.
    app.click("report-close").await;
    app.find("incidents").await;
    let app = app.kill().await.start().await;
    app.click(story::nav("report")).await;
    app.click("report-continue").await;
    app.find("report-field-body").await;
    assert_eq!(app.value("report-field-body").await, "The log says \u{FFFD} and stops. More.");
}
