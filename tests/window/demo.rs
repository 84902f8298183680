//! The demo does the main job by itself: a report with a dropped file, ECO's reply as a notification, an answer,
//! resolve, stars, and everything still there after a start. `cargo xtask demo --headless` runs this.

use crate::support::{App, Session, css, story, with_text};

const SUBJECT: &str = "Search in opendes answers 503 since 07:40";
const ANSWER: &str = "It began at 07:40 CET, partition opendes, about 200 people are affected.";

#[tokio::test]
async fn the_demo_plays_the_whole_story() {
    let session = Session::start().await;
    let bell = session.notifications().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("demo-banner").await;
    app.click(story::nav("report")).await;
    story::describe(&app, SUBJECT, "Every search in partition opendes answers 503 since 07:40 CET.").await;
    let log = story::file(&session, "search gateway ærlig.log", b"07:40:12 503 POST /api/search/v2/query\n");
    app.drop_files("drop-zone", &[log.as_path()]).await;
    app.find(with_text("search gateway ærlig.log")).await;
    app.screenshots("demo-1-report").await;
    story::next(&app).await;
    story::next(&app).await;
    app.click("report-submit").await;
    app.wait_text("case-subject", SUBJECT).await;

    // ECO acknowledges, then asks; the click on the notification opens the case.
    app.click(story::nav("")).await;
    let asked = bell.wait_for("ECO asks").await;
    assert!(asked.summary.contains("DEMO"), "{asked:?}");
    app.screenshots("demo-2-list").await;
    bell.click(&asked);
    app.wait_text("case-subject", SUBJECT).await;
    app.screenshots("demo-3-question").await;
    app.fill("composer-text", ANSWER).await;
    app.click("composer-send").await;
    app.find(with_text(ANSWER)).await;

    // ECO answers and says that it is mended.
    crate::support::eventually("ECO's word after ours", async || {
        let said = app.texts("case-message").await;
        let ours = said.iter().position(|text| text.contains(ANSWER))?;
        (said.len() > ours + 1).then_some(())
    })
    .await;
    app.click("case-resolve").await;
    app.click(css("[data-testid='stars'] input[value='5']")).await;
    app.click("resolve-confirm").await;
    app.wait_text("case-status", "Resolved").await;
    app.screenshots("demo-4-resolved").await;

    let app = app.kill().await.start().await;
    app.wait_text("incidents", SUBJECT).await;
    app.screenshots("demo-5-again").await;
}
