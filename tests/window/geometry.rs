//! Every screen at every width, in light and dark, judged by what is really drawn: nothing runs out of its box or lies
//! on something else, nothing scrolls sideways, every control has a name, every text can be read. Pictures at two
//! widths are left in target/screenshots for people to judge the rest.

use crate::support::{App, Appearance, Key, Session, css, story};
use serde_json::{Value, json};

/// Widths and heights of the window's content: the smallest that it can have, the edges of the layouts, a large one.
const SIZES: [(u32, u32); 5] = [(760, 560), (1000, 720), (1280, 800), (1440, 900), (1920, 1000)];
/// At these widths pictures are left.
const PICTURED: [u32; 2] = [1000, 1440];
/// Contrast does not depend on the width; it is judged where the most is on screen.
const CONTRAST_AT: u32 = 1440;

/// What may scroll sideways or be cut, and why.
const EXCEPTIONS: [&str; 2] = [
    // A policy is JSON to be copied: its lines are not to be wrapped.
    ".eco-check-json",
    // Cloudscape lets a table scroll within itself where it does not fit.
    "[class*='awsui_wrapper'][class*='awsui_variant']",
];

/// Deque's rules for accessibility, as they are in the web view; contrast and geometry are judged here.
const AXE_RUN: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
        rules: { 'color-contrast': { enabled: false } },
    }).then(
        ({ violations, passes }) => done({
            passes: passes.length,
            wrong: violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`)),
        }),
        (error) => done({ passes: 0, wrong: [String(error)] }),
    );";

const GEOMETRY: &str = include_str!("../support/geometry.js");

/// A state of the window that can be looked at.
#[derive(Debug, Clone, Copy)]
enum Screen {
    List,
    Case,
    Resolve,
    Report1,
    Report2,
    Report3,
    Report4,
    Begin,
    Outbox,
    Settings,
    Check,
}

impl Screen {
    /// In the order in which they are gone through: each begins where the one before has ended.
    const ALL: [Self; 11] = [
        Self::List,
        Self::Case,
        Self::Resolve,
        Self::Report1,
        Self::Report2,
        Self::Report3,
        Self::Report4,
        Self::Begin,
        Self::Outbox,
        Self::Settings,
        Self::Check,
    ];

    async fn open(self, app: &App, session: &Session) {
        match self {
            Self::List => {
                app.find("incidents").await;
                app.wait_count_at_least("incident-row".into(), 5).await;
            }
            Self::Case => {
                app.type_keys("j").await;
                app.press(Key::Enter).await;
                app.find("case-message").await;
            }
            Self::Resolve => {
                app.click("case-resolve").await;
                app.find("resolve-dialog").await;
            }
            Self::Report1 => {
                app.press(Key::Escape).await;
                app.wait_gone("resolve-dialog").await;
                app.go("/report").await;
                app.find("report-field-kind").await;
                app.find("report-field-priority").await;
            }
            Self::Report2 => {
                let subject =
                    "Manifest ingestion stuck in RUNNING since 05:10, with a subject that is rather long";
                story::describe(
                    app,
                    subject,
                    "All runs in partition opendes stay in RUNNING since 05:10 CET.",
                )
                .await;
                let log = story::file(session, "workflow-run-5f1c9a70-41de-4c52.log", &[b'x'; 240_000]);
                app.drop_files("drop-zone", &[log.as_path()]).await;
                app.wait_count("file-row", 1).await;
            }
            Self::Report3 => {
                app.click("report-step-3").await;
                app.find("report-solved").await;
            }
            Self::Report4 => {
                app.click("report-next").await;
                app.find("report-review").await;
            }
            Self::Begin => {
                app.go("/report").await;
                app.find("report-begin").await;
            }
            Self::Outbox => {
                app.go("/outbox").await;
                app.find("draft-row").await;
            }
            Self::Settings => {
                app.go("/settings").await;
                app.find("settings").await;
            }
            Self::Check => {
                app.go("/check/demo").await;
                app.find("check-operations").await;
            }
        }
    }
}

impl App {
    /// Leads the page to one of its own addresses.
    async fn go(&self, place: &str) {
        self.script("location.hash = arguments[0]", vec![json!(place)]).await;
    }

    async fn wait_count_at_least(&self, by: crate::support::By, least: usize) {
        self.wait(&format!("{least} times {by}"), async || {
            (self.count(by.clone()).await >= least).then_some(())
        })
        .await;
    }

    /// What is wrong with what is on screen; `at` names it in each sentence.
    async fn wrong(&self, at: &str, contrast: bool) -> Vec<String> {
        let found = self.script(GEOMETRY, vec![json!(EXCEPTIONS), json!(contrast)]).await;
        assert!(found["texts"].as_u64() > Some(5), "{at}: next to nothing is on screen: {found}");
        let sentences = found["wrong"].as_array().cloned().unwrap_or_default();
        sentences.iter().filter_map(Value::as_str).map(|what| format!("{at}: {what}")).collect()
    }

    /// What axe finds on the screen; the page keeps it from one screen to the next.
    async fn inaccessible(&self, at: &str) -> Vec<String> {
        if self.script("return typeof axe", vec![]).await == json!("undefined") {
            let source = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/node_modules/axe-core/axe.min.js");
            let axe = std::fs::read_to_string(source).expect("`npm ci` has been run in ui");
            self.script(&format!("{axe}; window.axe = axe;"), vec![]).await;
        }
        let found = self.script_later(AXE_RUN, vec![]).await;
        let sentences = found["wrong"].as_array().cloned().unwrap_or_default();
        assert!(found["passes"].as_u64() > Some(3), "{at}: axe has judged next to nothing: {found}");
        sentences.iter().filter_map(Value::as_str).map(|what| format!("{at}: {what}")).collect()
    }

    async fn wrong_at_every_size(&self, name: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for (width, height) in SIZES {
            self.resize(width, height).await;
            self.settle().await;
            let at = format!("{name} at {width}");
            if width == CONTRAST_AT {
                for appearance in [Appearance::Light, Appearance::Dark] {
                    self.show_in(appearance).await;
                    self.settle().await;
                    wrong.extend(self.wrong(&format!("{at}, {appearance:?}"), true).await);
                }
                self.show_in(Appearance::Light).await;
                wrong.extend(self.inaccessible(&at).await);
            } else {
                wrong.extend(self.wrong(&at, false).await);
            }
            if PICTURED.contains(&width) {
                self.screenshots(&format!("{}-{width}", name.to_lowercase())).await;
            }
        }
        wrong
    }
}

/// Fails with everything that was found, each thing in a line.
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn every_screen_fits_at_every_size_and_can_be_read() {
    let session = Session::start_on(1980, 1120).await;
    let app = App::start(&session, &["--demo"], &[]).await;
    let mut wrong = Vec::new();
    for screen in Screen::ALL {
        screen.open(&app, &session).await;
        wrong.extend(app.wrong_at_every_size(&format!("{screen:?}")).await);
    }
    assert_none(&wrong);
}

#[tokio::test]
async fn the_first_start_fits_at_every_size_and_can_be_read() {
    let session = Session::start_on(1980, 1120).await;
    story::write_profile(&session);
    let app = App::start(&session, &[], &[]).await;
    app.find("connect-profiles").await;
    let mut wrong = app.wrong_at_every_size("Connect").await;
    app.click(css("[data-testid='connect-ways'] input[value='portal']")).await;
    app.click("portal-submit").await;
    wrong.extend(app.wrong_at_every_size("Connect-portal").await);
    assert_none(&wrong);
}

/// The check itself: what it must find is put into the page, and found.
#[tokio::test]
async fn the_check_finds_what_is_wrong() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    Screen::List.open(&app, &session).await;
    let spoil = "const spoilt = document.createElement('div');
        spoilt.dataset.testid = 'spoilt';
        spoilt.style.cssText = 'position:fixed;inset:40px auto auto 40px;z-index:9999;inline-size:400px;block-size:300px;background:white;color:black';
        // The page's policy takes no style attributes from markup.
        const put = (text, style, tag = 'div', into = spoilt) => {
            const one = into.appendChild(document.createElement(tag));
            one.style.cssText = style;
            one.textContent = text;
            return one;
        };
        put('runs out of its box on the right', 'inline-size:60px;white-space:nowrap');
        put('is cut without an ellipsis', '', 'b', put('', 'overflow:hidden;inline-size:60px;white-space:nowrap'));
        put('scrolls', 'inline-size:200px', 'div', put('', 'overflow-x:auto;inline-size:60px'));
        put('one text here', 'position:absolute;top:200px');
        put('another text there', 'position:absolute;top:204px');
        put('pale on white', 'color:rgb(200,200,200)');
        put('', '', 'button');
        document.body.append(spoilt);";
    app.script(spoil, vec![]).await;
    app.settle().await;
    let wrong = app.wrong("spoilt", true).await;
    for expected in [
        "“runs out of its box on the right”",
        "“is cut without an ellipsis”",
        "scrolls sideways: 200 in 60",
        "lie on each other",
        "“pale on white” (div in spoilt) has a contrast of",
        "is a control without a name",
    ] {
        assert!(wrong.iter().any(|one| one.contains(expected)), "{expected:?} is missing in {wrong:#?}");
    }
}
