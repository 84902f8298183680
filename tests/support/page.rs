//! The page in the window: finding, reading, typing, clicking, screenshots. All of it waits as a person would.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::time::Duration;

use super::app::App;
use super::by::{By, css, option};
use super::{look_for, screenshots};

/// Fonts loaded, finite animations done, two frames painted: what a screenshot shows is final.
const SETTLE: &str = "const done = arguments[arguments.length - 1]; (async () => {
    await document.fonts.ready;
    const finite = document.getAnimations()
        .filter(a => Number.isFinite(a.effect?.getComputedTiming().endTime) && a.playState === 'running');
    await Promise.all(finite.map(a => a.finished.catch(() => {})));
    await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
    done(true);
})();";

/// For two seconds, a pixel that nobody sees changes from frame to frame. WebDriver takes a screenshot when the window
/// has been drawn the next time, and without its compositor the web view draws none that has not changed.
const STIR: &str = "const pixel = document.createElement('div');
    pixel.style.cssText = 'position:fixed;inset-block-start:0;inset-inline-start:0;inline-size:1px;block-size:1px;pointer-events:none';
    document.body.append(pixel);
    let change = 0;
    const timer = setInterval(() => {
        pixel.style.backgroundColor = `rgb(0 0 0 / ${change % 2 ? 0.004 : 0.002})`;
        if (++change > 50) { clearInterval(timer); pixel.remove(); }
    }, 40);";

/// Light or dark, as Cloudscape switches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Appearance {
    Light,
    Dark,
}

impl App {
    /// The element, once it is there and seen.
    pub(crate) async fn find(&self, by: impl Into<By>) -> Element {
        let by = by.into();
        self.wait(&format!("{by} on the page"), async || self.seen(&by).await).await
    }

    /// Whether the element is seen right now.
    pub(crate) async fn sees(&self, by: impl Into<By>) -> bool {
        self.seen(&by.into()).await.is_some()
    }

    /// Waits until the element is no longer seen.
    pub(crate) async fn wait_gone(&self, by: impl Into<By>) {
        let by = by.into();
        self.wait(&format!("{by} to go"), async || self.seen(&by).await.is_none().then_some(())).await;
    }

    /// How many such elements there are right now, seen or not.
    pub(crate) async fn count(&self, by: impl Into<By>) -> usize {
        self.all(&by.into()).await.len()
    }

    /// Waits until there are so many such elements.
    pub(crate) async fn wait_count(&self, by: impl Into<By>, want: usize) {
        let by = by.into();
        let what = format!("{want} times {by}");
        self.wait(&what, async || (self.all(&by).await.len() == want).then_some(())).await;
    }

    /// The text of the element, as it is read on the screen.
    pub(crate) async fn text(&self, by: impl Into<By>) -> String {
        let by = by.into();
        self.wait(&format!("the text of {by}"), async || words(&self.seen(&by).await?).await).await
    }

    /// The texts of all such elements right now, in the order of the page.
    pub(crate) async fn texts(&self, by: impl Into<By>) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.all(&by.into()).await {
            texts.extend(words(&element).await);
        }
        texts
    }

    /// Waits until the element's text contains what is wanted, and returns all of it.
    pub(crate) async fn wait_text(&self, by: impl Into<By>, want: &str) -> String {
        let by = by.into();
        self.wait(&format!("{want:?} in {by}"), async || {
            words(&self.seen(&by).await?).await.filter(|text| text.contains(want))
        })
        .await
    }

    /// The element's attribute; none when it has no such.
    pub(crate) async fn attribute(&self, by: impl Into<By>, name: &str) -> Option<String> {
        self.find(by).await.attr(name).await.expect("an element that is seen has attributes")
    }

    /// Whether the element can be used.
    pub(crate) async fn is_enabled(&self, by: impl Into<By>) -> bool {
        let element = self.find(by).await;
        let aria = element.attr("aria-disabled").await.ok().flatten();
        element.is_enabled().await.unwrap_or(false) && aria.as_deref() != Some("true")
    }

    /// Clicks the element, once it can be clicked.
    pub(crate) async fn click(&self, by: impl Into<By>) {
        let by = by.into();
        self.wait(&format!("a click on {by}"), async || self.clicked(&by).await).await;
    }

    /// The input or text area that is the element, or lies in it.
    pub(crate) async fn field(&self, by: impl Into<By>) -> Element {
        let by = by.into();
        self.wait(&format!("an input in {by}"), async || {
            let element = self.seen(&by).await?;
            let tag = element.tag_name().await.ok()?;
            if matches!(tag.as_str(), "input" | "textarea") {
                return Some(element);
            }
            element.find(css("input:not([type=hidden]), textarea").locator()).await.ok()
        })
        .await
    }

    /// Replaces what stands in an input or text area.
    pub(crate) async fn fill(&self, by: impl Into<By>, text: &str) {
        let field = self.field(by).await;
        field.click().await.expect("a field takes the focus");
        self.chord(Key::Control, 'a').await;
        field.send_keys(&char::from(Key::Backspace).to_string()).await.expect("a field takes keys");
        // A line end typed as a character is dropped; a person presses Enter.
        let keys = text.replace('\n', &char::from(Key::Enter).to_string());
        if !keys.is_empty() {
            field.send_keys(&keys).await.expect("a field takes keys");
        }
    }

    /// What stands in an input or text area.
    pub(crate) async fn value(&self, by: impl Into<By>) -> String {
        let value = self.field(by).await.prop("value").await;
        value.expect("a field is readable").unwrap_or_default()
    }

    /// Clicks the check box, toggle or radio button in the element.
    pub(crate) async fn check(&self, by: impl Into<By>) {
        let field = self.field(by).await;
        self.wait("a click on a check box", async || self.clicked_on(&field).await).await;
    }

    /// Opens the select in the element and chooses the entry that contains the text.
    pub(crate) async fn choose(&self, by: impl Into<By>, entry: &str) {
        let by = by.into();
        self.wait(&format!("a list in {by}"), async || {
            let element = self.seen(&by).await?;
            let trigger = match element.tag_name().await.ok()?.as_str() {
                "button" => element,
                _ => element.find(css("button, input").locator()).await.ok()?,
            };
            self.clicked_on(&trigger).await
        })
        .await;
        self.click(option(entry)).await;
    }

    /// Types into whatever has the focus.
    pub(crate) async fn type_keys(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("it takes keys");
    }

    /// Presses one key in whatever has the focus.
    pub(crate) async fn press(&self, key: Key) {
        self.type_keys(&char::from(key).to_string()).await;
    }

    /// Presses a letter while a key such as Control is held.
    pub(crate) async fn chord(&self, held: Key, letter: char) {
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held.into() })
            .then(KeyAction::Down { value: letter })
            .then(KeyAction::Up { value: letter })
            .then(KeyAction::Up { value: held.into() });
        self.client.perform_actions(keys).await.expect("the window takes keys");
    }

    /// Types into whatever has the focus, with a pause between two keys that varies a little, as a person types.
    pub(crate) async fn type_steadily(&self, text: &str, pause: Duration) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for (at, letter) in text.chars().enumerate() {
            let pause = pause.mul_f32([0.8, 1.0, 1.2][at % 3]);
            keys = keys
                .then(KeyAction::Down { value: letter })
                .then(KeyAction::Up { value: letter })
                .then(KeyAction::Pause { duration: pause });
        }
        self.client.perform_actions(keys).await.expect("the window takes keys");
    }

    /// Presses Ctrl+Enter and goes on typing at once.
    pub(crate) async fn send_and_type(&self, text: &str) {
        let (control, enter) = (Key::Control.into(), Key::Enter.into());
        let mut keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value: enter })
            .then(KeyAction::Up { value: enter })
            .then(KeyAction::Up { value: control });
        for letter in text.chars() {
            keys = keys.then(KeyAction::Down { value: letter }).then(KeyAction::Up { value: letter });
        }
        self.client.perform_actions(keys).await.expect("the window takes keys");
    }

    /// Runs a script in the page and returns what it returns.
    pub(crate) async fn script(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute(script, args).await.expect("the script runs")
    }

    /// Runs a script that calls back with its last argument, and returns what it is called back with.
    pub(crate) async fn script_later(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute_async(script, args).await.expect("the script calls back")
    }

    /// Whether the page answers no more.
    pub(crate) async fn is_hanging(&self) -> bool {
        let asked = self.client.execute("return true", vec![]);
        tokio::time::timeout(Duration::from_secs(3), asked).await.is_err()
    }

    /// The page's address.
    pub(crate) async fn address(&self) -> String {
        self.client.current_url().await.expect("the page has an address").to_string()
    }

    /// Waits until nothing on the page moves any more.
    pub(crate) async fn settle(&self) {
        self.client.execute_async(SETTLE, vec![]).await.expect("the page settles");
    }

    /// Leaves `NAME.png` among the screenshots.
    pub(crate) async fn screenshot(&self, name: &str) {
        self.settle().await;
        let picture = self.photograph().await.expect("the window can be photographed");
        std::fs::write(screenshots().join(format!("{name}.png")), picture).expect("a screenshot can be kept");
    }

    async fn photograph(&self) -> Result<Vec<u8>, CmdError> {
        self.client.execute(STIR, vec![]).await?;
        self.client.screenshot().await
    }

    /// Leaves `NAME-light.png` and `NAME-dark.png`, and the page as it was.
    pub(crate) async fn screenshots(&self, name: &str) {
        let before = self.appearance().await;
        for (appearance, suffix) in [(Appearance::Light, "light"), (Appearance::Dark, "dark")] {
            self.show_in(appearance).await;
            self.screenshot(&format!("{name}-{suffix}")).await;
        }
        self.show_in(before).await;
    }

    /// How the page looks now.
    pub(crate) async fn appearance(&self) -> Appearance {
        let dark = "return document.body.classList.contains('awsui-dark-mode')";
        if self.script(dark, vec![]).await == json!(true) { Appearance::Dark } else { Appearance::Light }
    }

    /// Switches the page alone, as Cloudscape's `applyMode` does; the app's setting stays.
    pub(crate) async fn show_in(&self, appearance: Appearance) {
        let dark = appearance == Appearance::Dark;
        self.script("document.body.classList.toggle('awsui-dark-mode', arguments[0])", vec![json!(dark)])
            .await;
    }

    /// The middle of an element, in pixels of the window.
    pub(super) async fn centre_of(&self, by: impl Into<By>) -> (i64, i64) {
        let element = self.find(by).await;
        let middle = "arguments[0].scrollIntoView({ block: 'center' });
            const r = arguments[0].getBoundingClientRect(), scale = window.devicePixelRatio;
            return [Math.round((r.x + r.width / 2) * scale), Math.round((r.y + r.height / 2) * scale)];";
        let at = self.script(middle, vec![element_of(&element)]).await;
        let side = |index: usize| at[index].as_i64().expect("pixels are whole numbers");
        (side(0), side(1))
    }

    /// Waits for something in the window; leaves a picture and the page's text when it never comes.
    pub(crate) async fn wait<T>(&self, what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
        if let Some(seen) = look_for(look).await {
            return seen;
        }
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let picture = screenshots().join(format!("failed-{test}.png"));
        if let Ok(bytes) = self.photograph().await {
            std::fs::write(&picture, bytes).expect("a screenshot can be kept");
        }
        let text = self.client.execute("return document.body.innerText", vec![]).await.unwrap_or_default();
        let text = text.as_str().unwrap_or("nothing that can be read");
        panic!("waited in vain for {what}\nscreenshot: {}\nthe page says:\n{text}", picture.display());
    }

    async fn all(&self, by: &By) -> Vec<Element> {
        self.client.find_all(by.locator()).await.unwrap_or_default()
    }

    /// The first such element that is displayed.
    async fn seen(&self, by: &By) -> Option<Element> {
        for element in self.all(by).await {
            if self.is_shown(&element).await || self.is_box(&element).await {
                return Some(element);
            }
        }
        None
    }

    /// Whether the page draws it. WebDriver's own way takes a heading with a cut line (`text-overflow`) for hidden.
    async fn is_shown(&self, element: &Element) -> bool {
        let is_shown = "const e = arguments[0], style = getComputedStyle(e), box = e.getBoundingClientRect();
            return style.visibility === 'visible' && box.width > 0 && box.height > 0;";
        self.client.execute(is_shown, vec![element_of(element)]).await.is_ok_and(|it| it == json!(true))
    }

    /// Whether it is the input of a check box, toggle or radio button that is on the page. It lies transparent
    /// under what is drawn for it, where WebDriver takes it for invisible and refuses to click.
    async fn is_box(&self, element: &Element) -> bool {
        let is_box = "const e = arguments[0];
            return e.matches('input[type=checkbox], input[type=radio]') && e.getClientRects().length > 0;";
        self.client.execute(is_box, vec![element_of(element)]).await.is_ok_and(|it| it == json!(true))
    }

    async fn clicked(&self, by: &By) -> Option<()> {
        let element = self.seen(by).await?;
        if !element.is_enabled().await.ok()? {
            return None;
        }
        self.clicked_on(&element).await
    }

    async fn clicked_on(&self, element: &Element) -> Option<()> {
        // Into the middle: at an edge it may lie under a bar that does not scroll.
        let scroll = "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' })";
        self.client.execute(scroll, vec![element_of(element)]).await.ok()?;
        if self.is_box(element).await {
            let click = "arguments[0].click()";
            return self.client.execute(click, vec![element_of(element)]).await.ok().map(|_| ());
        }
        element.click().await.ok()
    }
}

/// An element as an argument of a script.
fn element_of(element: &Element) -> Value {
    serde_json::to_value(element).expect("an element is a reference")
}

/// The element's text as it is rendered. WebDriver's own way finds none in a cut line (`text-overflow`).
async fn words(element: &Element) -> Option<String> {
    element.prop("innerText").await.ok().flatten()
}
