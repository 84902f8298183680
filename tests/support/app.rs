//! The app, started by WebDriver in a session: its processes, its end, its next start.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;

use super::process::{Listener, descendants, free_port, listener_at, state_and_parent};
use super::session::Session;
use super::{eventually, look_for};

/// Until the window answers; a debug build on a loaded machine takes its time.
const LONGEST_START: Duration = Duration::from_secs(40);
/// How often it is tried.
const STARTS: u32 = 4;

/// A running app with its window.
pub(crate) struct App {
    pub(super) client: Client,
    pub(super) session: Arc<Session>,
    pid: u32,
    launch: Launch,
    // Ended with the app.
    _driver: Driver,
}

/// How the app is started, now and again.
#[derive(Clone)]
struct Launch {
    args: Vec<String>,
    env: Vec<(String, String)>,
    /// Where all that it prints is added to, rather than to the test's own output.
    printed: Option<PathBuf>,
}

/// An app that has ended and can be started again on the same data.
pub(crate) struct Stopped {
    session: Arc<Session>,
    launch: Launch,
}

impl App {
    /// Starts the app in the session, with arguments and additional environment variables.
    pub(crate) async fn start(session: &Arc<Session>, args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::start_printing(session, args, env, None).await
    }

    /// As [`App::start`]; what the app and its driver print is added to a file.
    pub(crate) async fn start_printing(
        session: &Arc<Session>,
        args: &[&str],
        env: &[(&str, &str)],
        printed: Option<PathBuf>,
    ) -> Self {
        let launch = Launch {
            args: args.iter().map(ToString::to_string).collect(),
            env: env.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            printed,
        };
        Stopped { session: Arc::clone(session), launch }.start().await
    }

    /// The app's own process.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Ends the app as a power cut would: at once, without a word to it.
    pub(crate) async fn kill(self) -> Stopped {
        end(self.pid);
        self.ended().await
    }

    /// Waits until the app has ended by itself.
    pub(crate) async fn ended(self) -> Stopped {
        let pid = self.pid;
        eventually("the app's end", async || (!is_alive(pid)).then_some(())).await;
        Stopped { session: Arc::clone(&self.session), launch: self.launch.clone() }
    }

    /// Waits until no process of the web view is left, which has gone with the window.
    pub(crate) async fn wait_web_view_gone(&self) {
        eventually("the end of the web view", async || {
            let is_page = |pid: &u32| {
                let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
                let is_zombie = state_and_parent(*pid).is_none_or(|(state, _)| state == "Z");
                name.starts_with("WebKitWebProc") && !is_zombie
            };
            (!descendants(self.pid).iter().any(is_page)).then_some(())
        })
        .await;
    }

    /// Whether the process still runs.
    pub(crate) fn is_running(&self) -> bool {
        is_alive(self.pid)
    }

    /// The app's program once more in the same session with other arguments, not driven: a second instance.
    pub(crate) fn again(&self, args: &[&str]) -> Command {
        let mut command = self.session.command(binary());
        command.args(args).envs(self.launch.env.iter().map(|(key, value)| (key, value)));
        command
    }
}

impl Drop for App {
    fn drop(&mut self) {
        end(self.pid);
    }
}

impl Stopped {
    /// Starts the app again, as it was started before.
    pub(crate) async fn start(self) -> App {
        let Self { session, launch } = self;
        // On a loaded machine a session was twice never answered after a kill; why is not known. The program by
        // itself came up each time, so it is started anew instead of waited for. So it is, too, where another program
        // was faster to take a port.
        for _ in 0..STARTS {
            if let Some((driver, client)) = drive(&session, &launch).await {
                let pid = driver.app().expect("the driver has started the app");
                return App { client, session, pid, launch, _driver: driver };
            }
        }
        panic!("the window did not answer in {STARTS} starts of {LONGEST_START:?}");
    }

    /// Where the app's data lies meanwhile.
    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.session
    }
}

/// Starts the app under a driver; `None` where its window does not answer in time, or a driver has lost its port.
async fn drive(session: &Session, launch: &Launch) -> Option<(Driver, Client)> {
    let driver = Driver::start(session, launch).await?;
    let capabilities: Capabilities = serde_json::from_value(serde_json::json!({
        "browserName": "wry",
        "tauri:options": { "application": binary(), "args": launch.args },
    }))
    .expect("capabilities are a JSON object");
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let address = format!("http://127.0.0.1:{}", driver.port);
    let connected = tokio::time::timeout(LONGEST_START, builder.connect(&address)).await.ok()?;
    Some((driver, connected.expect("the window can be driven")))
}

/// tauri-driver with the web view's own driver below it, which starts the app.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    async fn start(session: &Session, launch: &Launch) -> Option<Self> {
        let (port, native) = (free_port(), free_port());
        let program = std::env::var("TAURI_DRIVER").unwrap_or_else(|_| "tauri-driver".to_owned());
        let mut command = session.command(&program);
        if let Some(printed) = &launch.printed {
            let added = || std::fs::File::options().create(true).append(true).open(printed);
            let (out, err) = added().and_then(|out| Ok((out, added()?))).expect("the test's own folder");
            command.stdout(out).stderr(err);
        }
        let child = command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .envs(launch.env.iter().map(|(key, value)| (key, value)))
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("cannot start {program}: {error}; `cargo xtask test` installs it")
            });
        let mut driver = Self { child, port };
        let ready = eventually("tauri-driver and WebKitWebDriver", async || {
            if driver.child.try_wait().expect("our own child").is_some() {
                return Some(false);
            }
            // tauri-driver goes on where the web view's driver has ended, so both ports are looked at.
            let who = [port, native].map(|port| listener_at(port, driver.child.id()));
            if who.contains(&Listener::Stranger) {
                return Some(false);
            }
            (who == [Listener::Family; 2]).then_some(true)
        })
        .await;
        ready.then_some(driver)
    }

    /// The app among the driver's descendants.
    fn app(&self) -> Option<u32> {
        let app = binary().canonicalize().ok()?;
        descendants(self.child.id())
            .into_iter()
            .find(|pid| std::fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|program| program == app))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The app may have been started and not have answered.
        let family = descendants(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
        for pid in family {
            end(pid);
        }
    }
}

/// The program under test; APP_BINARY names another build of it.
fn binary() -> PathBuf {
    std::env::var_os("APP_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_eco-desk").into(), PathBuf::from)
}

/// Ends a process that was started from here, if it is still there.
fn end(pid: u32) {
    if is_alive(pid) {
        let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status();
    }
}

/// A zombie waits only for its parent to look; but as long as it has threads, its files and its place on the bus
/// are not free yet.
fn is_alive(pid: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count);
    state_and_parent(pid).is_some_and(|(state, _)| state != "Z" || threads > 1)
}

/// Waits until a program has ended, and returns whether it was content.
pub(crate) async fn finished(child: &mut Child) -> Option<bool> {
    look_for(async || child.try_wait().ok().flatten().map(|status| status.success())).await
}
