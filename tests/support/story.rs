//! What several stories need: a support-sim behind a socket, and a person with a profile for it.

use super::{App, By, Key, Session, css, eventually};
use std::{path::PathBuf, sync::Arc};
use support_sim::{Customer, Operation, Server, Sim};

/// The pretended AWS Support of one test, under the test's hand.
pub(crate) struct Aws {
    /// What it holds, and ECO's hand.
    pub(crate) sim: Sim,
    server: Server,
}

impl Aws {
    /// Opens it; ECO does nothing by itself.
    pub(crate) async fn start() -> Self {
        let sim = Sim::builder().customer(Customer::example()).build().expect("nothing is read from disk");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = sim.serve(listener).expect("the socket is open");
        Self { sim, server }
    }

    /// Waits until the program has surely finished its first sync: what comes after that is news.
    pub(crate) async fn first_sync(&self) {
        eventually("three polls of the cases", async || {
            let polls =
                self.sim.calls().into_iter().filter(|call| call.operation == Some(Operation::DescribeCases));
            (polls.count() >= 3).then_some(())
        })
        .await;
    }

    /// The program's arguments that lead here.
    pub(crate) fn arguments(&self) -> [String; 4] {
        ["--support-endpoint".into(), self.server.url(), "--poll-seconds".into(), "1".into()]
    }
}

/// Writes the AWS config files of a person whose profile `production` fits the pretended AWS.
pub(crate) fn write_profile(session: &Session) {
    let customer = Customer::example();
    write_keys(session, customer.access_key_id(), customer.secret_access_key());
}

/// Writes a profile `production` with these keys.
pub(crate) fn write_keys(session: &Session, id: &str, secret: &str) {
    let folder = session.home().join(".aws");
    std::fs::create_dir_all(&folder).expect("the session's own home");
    std::fs::write(folder.join("config"), "[profile production]\nregion = eu-west-1\n").expect("written");
    let keys = format!("[production]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
    std::fs::write(folder.join("credentials"), keys).expect("written");
}

/// Starts the program at its first start and connects the profile.
pub(crate) async fn start_connected(session: &Arc<Session>, aws: &Aws) -> App {
    start_connected_with(session, aws, &[]).await
}

/// The same with more arguments.
pub(crate) async fn start_connected_with(session: &Arc<Session>, aws: &Aws, more: &[&str]) -> App {
    let arguments = aws.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
    let app = App::start(session, &arguments, &[]).await;
    connect(&app).await;
    app.find("incidents").await;
    app
}

/// Chooses the profile `production` and names the account.
pub(crate) async fn choose_profile(app: &App) {
    app.click(css("[data-testid='connect-profiles'] input[value='production']")).await;
    app.fill("connect-name", "Production").await;
    app.click("connect-submit").await;
}

/// Goes through "Connect an account" with the profile `production`.
pub(crate) async fn connect(app: &App) {
    choose_profile(app).await;
    app.wait_text("connect-result", "is connected").await;
    app.click("connect-done").await;
}

/// An entry of the side navigation.
pub(crate) fn nav(address: &str) -> By {
    css(format!("[data-testid='navigation'] a[href='#/{address}']"))
}

/// The inner input of a field's tile with this value.
pub(crate) fn tile(field: &str, value: &str) -> By {
    css(format!("[data-testid='report-field-{field}'] input[value='{value}']"))
}

/// A step of the report form; `Next` until it is there is what a person does.
pub(crate) async fn next(app: &App) {
    app.click("report-next").await;
}

/// Fills the first two steps of a report.
pub(crate) async fn describe(app: &App, subject: &str, body: &str) {
    app.click(tile("kind", "data-in")).await;
    app.click(tile("priority", "high")).await;
    next(app).await;
    app.fill("report-field-subject", subject).await;
    app.fill("report-field-body", body).await;
}

/// Adds an additional contact.
pub(crate) async fn add_contact(app: &App, address: &str) {
    app.fill("report-field-cc", address).await;
    app.press(Key::Enter).await;
}

/// Writes a file of the test.
pub(crate) fn file(session: &Session, name: &str, bytes: &[u8]) -> PathBuf {
    let path = session.files().join(name);
    std::fs::write(&path, bytes).expect("the session's own folder");
    path
}
