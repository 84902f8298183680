//! The main job: an incident goes from the window to ECO and back.

use crate::support::{
    App, Session, css, eventually,
    story::{self, Aws},
    with_text,
};
use sha2::{Digest as _, Sha256};
use support_sim::{CaseStatus, CaseView, INCIDENT_SERVICE_CODE, Severity};

const SUBJECT: &str = "Manifest ingestion stuck in RUNNING since 05:10";
const BODY: &str = "All manifest ingestion runs in partition opendes stay in RUNNING since 05:10 CET.\n\n\
    To reproduce: submit the attached manifest to Osdu_ingest.";
const FILE: &str = "Ærfugl kjøring ølogg 05-10.log";
const QUESTION: &str = "Which workflow run ids are affected? Please send two or three of them.";
const RUN_IDS: &str = "run ids.csv";
const ANSWER: &str = "5f1c9a70-41de-4c52-9f0e-2b7c61f5a0d3 and every run after it.";

/// What AWS holds of the one case that the story is about.
async fn created(aws: &Aws) -> CaseView {
    eventually("the case at AWS", async || aws.sim.cases().into_iter().find(|case| case.subject == SUBJECT))
        .await
}

async fn said(aws: &Aws, case: &CaseView, text: &str) -> CaseView {
    eventually("the message at AWS", async || {
        let case = aws.sim.case(&case.display_id)?;
        case.communications.iter().any(|said| said.body.contains(text)).then_some(case)
    })
    .await
}

async fn report(app: &App, session: &Session, log: &[u8]) {
    app.click(story::nav("report")).await;
    story::describe(app, SUBJECT, BODY).await;
    let path = story::file(session, FILE, log);
    app.drop_files("drop-zone", &[path.as_path()]).await;
    app.find(with_text(FILE)).await;
    story::next(app).await;
    story::next(app).await;
    story::add_contact(app, "tomas.rivera@norvik.example").await;
    app.click("report-submit").await;
    app.wait_text("case-subject", SUBJECT).await;
}

#[tokio::test]
async fn an_incident_goes_from_the_window_to_eco_and_back() {
    let session = Session::start().await;
    let bell = session.notifications().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;

    // Reported, with a log file dropped onto the window.
    let log: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    report(&app, &session, &log).await;
    let case = created(&aws).await;
    assert_eq!(case.service_code, INCIDENT_SERVICE_CODE);
    assert_eq!(case.category_code, support_sim::EDI_CATEGORY_CODE);
    assert_eq!(case.severity, Severity::Critical);
    assert_eq!(case.language, "en");
    assert_eq!(case.cc, ["tomas.rivera@norvik.example"]);
    let (description, reference) = case.description().rsplit_once('\n').expect("more than one line");
    assert_eq!(
        description,
        format!(
            "{BODY}\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n"
        )
    );
    assert!(reference.starts_with("Ref ED-") && reference.len() == "Ref ED-XXXX-XXXX".len(), "{reference}");
    let [file] = case.communications[0].files.as_slice() else {
        panic!("{:?}", case.communications[0].files)
    };
    assert_eq!(file.file_name, FILE);
    assert_eq!(Sha256::digest(&file.data), Sha256::digest(&log), "the bytes arrived as they were");

    // In the list, with its number.
    app.wait_text("case-number", case.display_id.as_str()).await;
    app.click(story::nav("")).await;
    app.wait_text("incidents", SUBJECT).await;

    // ECO asks; the notification's click opens the case.
    aws.sim.eco().ask(&case.display_id, QUESTION).expect("the case is there");
    let notification = bell.wait_for(SUBJECT).await;
    assert!(notification.summary.contains("ECO asks"), "{notification:?}");
    bell.click(&notification);
    app.wait_text("case-subject", SUBJECT).await;
    app.find(with_text(QUESTION)).await;

    // Answered, with a second file.
    app.fill("composer-text", ANSWER).await;
    let ids = story::file(&session, RUN_IDS, b"5f1c9a70-41de-4c52-9f0e-2b7c61f5a0d3\n");
    app.drop_files("composer", &[ids.as_path()]).await;
    app.wait_text("composer-file", RUN_IDS).await;
    app.click("composer-send").await;
    let case = said(&aws, &case, ANSWER).await;
    assert_eq!(case.communications.len(), 3, "nothing was sent twice");
    let answer = &case.communications[2];
    assert_eq!(answer.files.len(), 1);
    assert_eq!(answer.files[0].file_name, RUN_IDS);
    assert_eq!(answer.files[0].data.as_ref(), b"5f1c9a70-41de-4c52-9f0e-2b7c61f5a0d3\n");

    // Resolved, with stars.
    aws.sim
        .eco()
        .reply(&case.display_id, "The runs are through again. Please resolve the case.")
        .expect("there");
    app.find(with_text("The runs are through again. Please resolve the case.")).await;
    app.click("case-resolve").await;
    app.click(css("[data-testid='stars'] input[value='4']")).await;
    app.fill("rating-comment", "Clear questions.").await;
    app.click("resolve-confirm").await;
    let resolved = eventually("the resolved case", async || {
        aws.sim.case(&case.display_id).filter(|case| case.status == CaseStatus::Resolved)
    })
    .await;
    let rating = &resolved.communications.last().expect("messages").body;
    assert!(rating.contains("4 of 5") && rating.contains("Clear questions."), "{rating}");
    app.wait_text("case-status", "Resolved").await;
    app.screenshots("story-resolved").await;

    // Killed and started again: everything is still there, and nothing is sent again.
    let stopped = app.kill().await;
    let app = stopped.start().await;
    app.wait_text("incidents", SUBJECT).await;
    app.click(with_text(SUBJECT)).await;
    app.wait_text("case-status", "Resolved").await;
    app.find(with_text(ANSWER)).await;
    app.find(with_text(FILE)).await;
    app.find(with_text(RUN_IDS)).await;
    // At this width the facts lie over the case, and only when asked for.
    app.click(css("[data-testid='case-facts-toggle']")).await;
    app.wait_text("case-facts", "tomas.rivera@norvik.example").await;
    app.wait_text("case-facts", "Clear questions.").await;
    app.find(css("[data-testid='case-rating'] [aria-label*='4']")).await;
    let after = aws.sim.case(&case.display_id).expect("the case is there");
    assert_eq!(after.communications.len(), resolved.communications.len());
    assert_eq!(aws.sim.case_count(), 1);
}

#[tokio::test]
async fn what_was_typed_and_dropped_survives_a_kill() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.click(story::nav("report")).await;
    story::describe(&app, SUBJECT, BODY).await;
    let path = story::file(&session, FILE, b"05:10:47 503 PUT /storage/v2/records\n");
    app.drop_files("drop-zone", &[path.as_path()]).await;
    app.find(with_text(FILE)).await;
    app.wait_text("saved-mark", "Draft saved").await;
    // Even the dropped file itself may go: its copy is here.
    std::fs::remove_file(&path).expect("it is the test's own");

    let app = app.kill().await.start().await;
    app.click(story::nav("report")).await;
    app.click("report-continue").await;
    assert_eq!(app.value("report-field-subject").await, SUBJECT);
    assert_eq!(app.value("report-field-body").await, BODY);
    app.find(with_text(FILE)).await;
    assert_eq!(aws.sim.case_count(), 0, "nothing leaves the computer before Submit");
}

#[tokio::test]
async fn a_report_written_without_a_network_goes_out_once_when_it_is_back() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    aws.sim.faults().always(support_sim::On::Any, support_sim::Fault::Unreachable);
    app.click(story::nav("report")).await;
    story::describe(&app, SUBJECT, BODY).await;
    story::next(&app).await;
    story::next(&app).await;
    app.click("report-submit").await;
    // Said loudly while it lasts, in the case, and elsewhere in the frame.
    app.wait_text("case-not-yet-sent", "NOT YET WITH ECO").await;
    app.screenshots("not-yet-with-eco").await;
    app.click(story::nav("outbox")).await;
    app.wait_text("outbox", SUBJECT).await;
    app.wait_text("alarm", "NOT YET WITH ECO").await;
    app.screenshots("outbox-waiting").await;
    // A kill in the middle changes nothing.
    let app = app.kill().await.start().await;
    app.find("alarm").await;
    aws.sim.faults().clear();
    // It goes out by itself.
    let case = created(&aws).await;
    app.wait_gone("alarm").await;
    assert_eq!(aws.sim.case_count(), 1);
    assert_eq!(case.communications.len(), 1);
}

#[tokio::test]
async fn a_call_is_handed_over_and_stays_an_open_task_until_it_is_done() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    story::write_profile(&session);
    let app = story::start_connected(&session, &aws).await;
    app.click(story::nav("report")).await;
    story::describe(&app, SUBJECT, BODY).await;
    story::next(&app).await;
    story::next(&app).await;
    app.click(story::tile("contact", "phone")).await;
    app.choose("report-field-phone.region", "eu-west-1").await;
    app.fill("report-field-phone.number", "+47 51 99 00 17").await;
    app.click("report-submit").await;
    let case = created(&aws).await;
    assert!(case.description().contains("+47 51 99 00 17"), "{}", case.description());
    // ECO does not call by itself, and the case says so until the user has done it.
    app.wait_text("case-hand-over", "Support Center").await;
    app.screenshots("hand-over").await;
    let app = app.kill().await.start().await;
    app.click(with_text(SUBJECT)).await;
    app.find("case-hand-over").await;
    app.click("hand-over-done").await;
    app.wait_gone("case-hand-over").await;
}

#[tokio::test]
async fn an_access_key_is_kept_by_the_keyring_over_a_restart() {
    let session = Session::start().await;
    let aws = Aws::start().await;
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let app = App::start(&session, &arguments, &[]).await;
    let customer = support_sim::Customer::example();
    app.find("connect").await;
    app.click(css("[data-testid='connect-ways'] input[value='access-key']")).await;
    app.fill("connect-key-id", customer.access_key_id()).await;
    app.fill("connect-secret", customer.secret_access_key()).await;
    app.fill("connect-name", "Production").await;
    app.click("connect-submit").await;
    app.wait_text("connect-result", "is connected").await;
    app.click("connect-done").await;
    app.find("incidents-empty").await;

    let app = app.kill().await.start().await;
    aws.sim.eco().open_incident("Nightly backup failed", "At 02:00.", Severity::High).expect("opened");
    app.wait_text("incidents", "Nightly backup failed").await;
    let found =
        session.command("grep").args(["-rlF", customer.secret_access_key()]).arg(session.home()).output();
    let found = String::from_utf8_lossy(&found.expect("grep runs").stdout).into_owned();
    assert_eq!(found, "", "the secret lies in no file but the keyring's, which is sealed");
}
