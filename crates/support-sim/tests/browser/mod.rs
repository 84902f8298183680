//! A real browser: WebKit's own small one, driven by WebDriver in a private session. Both come with the packages that
//! the app is built and driven with (`cargo xtask test` installs them).

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use process::{Listener, descendants, free_port, listener_at};

#[path = "../../../../tests/support/process.rs"]
mod process;

/// How long anything may take; a loaded machine needs its time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Until an empty page is open.
const LONGEST_START: Duration = Duration::from_secs(30);
/// How often that is tried.
const STARTS: u32 = 4;

/// A browser window. Ended when dropped.
pub(crate) struct Browser {
    pub(crate) client: Client,
    // Ended with the window.
    _driver: Driver,
}

impl Browser {
    /// Opens a window of this size. WebKit's automation sometimes never answers to its first command, and the free
    /// port may be somebody else's by the time the driver listens; another start helps, so it is started anew.
    pub(crate) async fn open(width: u32, height: u32) -> Self {
        for _ in 0..STARTS {
            if let Some(browser) = Self::start(width, height).await {
                return browser;
            }
        }
        panic!("the browser did not answer in {STARTS} starts of {LONGEST_START:?}");
    }

    async fn start(width: u32, height: u32) -> Option<Self> {
        let port = free_port();
        let session = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/support/session.sh");
        let driver = Command::new(session)
            .args(["WebKitWebDriver", &format!("--port={port}")])
            .stdin(Stdio::null())
            .spawn()
            .expect("session.sh starts; `cargo xtask test` installs what it needs");
        let mut driver = Driver(driver);
        tokio::time::timeout(LONGEST_START, async {
            loop {
                match listener_at(port, driver.0.id()) {
                    Listener::Family => break,
                    Listener::Stranger => return None,
                    Listener::Nobody if driver.has_ended() => return None,
                    Listener::Nobody => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
            let capabilities: Capabilities = serde_json::from_value(json!({
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
            }))
            .expect("capabilities are an object");
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities);
            let address = format!("http://127.0.0.1:{port}");
            let client = builder.connect(&address).await.expect("the window is driven");
            client.set_window_size(width, height).await.expect("the window has a size");
            client.goto("about:blank").await.expect("an empty page opens");
            Some(Self { client, _driver: driver })
        })
        .await
        .ok()
        .flatten()
    }

    pub(crate) async fn go(&self, url: &str) {
        let opened = tokio::time::timeout(PATIENCE, self.client.goto(url)).await;
        opened.expect("the page opens in time").expect("the page opens");
    }

    /// The first shown element that fits, as soon as there is one.
    pub(crate) async fn find(&self, css: &str) -> Element {
        self.eventually(css, async || {
            for element in self.client.find_all(Locator::Css(css)).await.ok()? {
                if element.is_displayed().await.ok()? {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// A shown button or link with this text.
    pub(crate) async fn button(&self, text: &str) -> Element {
        let path = format!("//*[self::button or self::a][normalize-space(.)='{text}']");
        self.eventually(text, async || {
            // The last one: a dialog stands after the page that it covers.
            for element in self.client.find_all(Locator::XPath(&path)).await.ok()?.into_iter().rev() {
                if element.is_displayed().await.ok()? && element.is_enabled().await.ok()? {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    pub(crate) async fn press(&self, text: &str) {
        self.eventually(text, async || self.button(text).await.click().await.ok()).await;
    }

    pub(crate) async fn click(&self, css: &str) {
        self.eventually(css, async || self.find(css).await.click().await.ok()).await;
    }

    /// Presses the button of this text in the open dialog, and waits until the dialog has closed: only then is what
    /// it asked for done, and only then is its text no longer on the page.
    pub(crate) async fn confirm(&self, text: &str) {
        let path = format!("//dialog//button[normalize-space(.)='{text}']");
        self.eventually(text, async || {
            let button = self.client.find(Locator::XPath(&path)).await.ok()?;
            button.click().await.ok()
        })
        .await;
        self.eventually(&format!("the end of the dialog with {text}"), async || {
            self.client.find_all(Locator::Css("dialog")).await.ok()?.is_empty().then_some(())
        })
        .await;
    }

    /// Chooses one of a list.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        self.eventually(css, async || self.find(css).await.select_by_value(value).await.ok()).await;
    }

    pub(crate) async fn write(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("the field is emptied");
        field.send_keys(text).await.expect("the field takes keys");
    }

    /// Waits until this stands in a field.
    pub(crate) async fn holds(&self, css: &str, text: &str) {
        self.eventually(&format!("{text:?} in the field {css}"), async || {
            let value = self.find(css).await.prop("value").await.ok()?;
            (value.as_deref() == Some(text)).then_some(())
        })
        .await;
    }

    /// Waits until the page's text has this. For what stands nowhere else on the page: not in a list of choices, not
    /// on the page before.
    pub(crate) async fn reads(&self, text: &str) {
        self.eventually(text, async || {
            let all = self.client.find(Locator::Css("body")).await.ok()?.text().await.ok()?;
            all.contains(text).then_some(())
        })
        .await;
    }

    /// Waits until an element's text has this.
    pub(crate) async fn reads_in(&self, css: &str, text: &str) {
        self.eventually(&format!("{text} in {css}"), async || {
            self.find(css).await.text().await.ok()?.contains(text).then_some(())
        })
        .await;
    }

    /// Waits until an element's text is this.
    pub(crate) async fn says(&self, css: &str, text: &str) {
        self.eventually(&format!("{text} in {css}"), async || {
            (self.find(css).await.text().await.ok()?.trim() == text).then_some(())
        })
        .await;
    }

    pub(crate) async fn script(&self, code: &str) -> serde_json::Value {
        self.client.execute(code, Vec::new()).await.expect("the script runs")
    }

    async fn eventually<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if Instant::now() > deadline {
                let body = self.client.find(Locator::Css("body")).await.expect("there is a page");
                panic!("{what:?} did not come; the page reads:\n{}", body.text().await.unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// The session with the driver in it, which starts the browser.
struct Driver(Child);

impl Driver {
    fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

/// Asks the session to end, which ends all that runs in it.
fn end(session: &mut Child) {
    let family = descendants(session.id());
    for pid in family.iter().rev() {
        let _ = Command::new("kill").arg(pid.to_string()).stderr(Stdio::null()).status();
    }
    let _ = session.wait();
}

/// WebKit's small browser lies where its library's helpers do; that folder has the machine's kind in its name.
fn mini_browser() -> PathBuf {
    let folders =
        std::fs::read_dir("/usr/lib").expect("Linux has /usr/lib").flatten().map(|entry| entry.path());
    let there = ["/usr/libexec", "/usr/lib"].map(PathBuf::from);
    folders
        .chain(there)
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|path| path.exists())
        .expect("WebKitGTK's MiniBrowser is there; `cargo xtask test` installs it with the library")
}
