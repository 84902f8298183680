//! The real window by keyboard alone: the palette, the sheet of all keys, context menus, zoom, one Escape for one layer.

use crate::support::{App, Key, Session, css};
use serde_json::json;

const FOCUS: &str = "const at = document.activeElement; \
    return at.closest('[data-pane]')?.dataset.pane ?? at.dataset.testid ?? at.tagName";

async fn focus(app: &App) -> String {
    app.script(FOCUS, vec![]).await.as_str().unwrap_or_default().to_owned()
}

async fn wait_focus(app: &App, place: &str) {
    app.wait(&format!("the focus in {place}"), async || (focus(app).await == place).then_some(())).await;
}

/// The width of the page in its own pixels.
async fn width(app: &App) -> i64 {
    app.script("return window.innerWidth", vec![]).await.as_i64().expect("a width")
}

#[tokio::test]
async fn the_window_is_worked_by_keyboard_alone() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find(css("[data-testid='incident-row'][aria-posinset='5']")).await;

    // A few letters and Enter open a case; Escape leads back to its row.
    app.chord(Key::Control, 'k').await;
    wait_focus(&app, "palette-input").await;
    app.type_keys("re").await;
    app.find(css("[data-testid='palette'] mark")).await;
    app.screenshot("palette").await;
    app.press(Key::Escape).await;
    app.wait_gone("palette").await;

    // The sheet shows what works here, and closes alone.
    app.type_keys("j").await;
    app.find("case-message").await;
    app.type_keys("?").await;
    app.find("key-sheet").await;
    app.screenshot("all-keys").await;
    app.press(Key::Escape).await;
    app.wait_gone("key-sheet").await;

    // Round the panes and back.
    wait_focus(&app, "list").await;
    for pane in ["case", "navigation", "list"] {
        app.press(Key::F6).await;
        wait_focus(&app, pane).await;
    }

    // A dialog's Escape leaves the case below it where it is.
    app.press(Key::Enter).await;
    wait_focus(&app, "case").await;
    let case = app.address().await;
    app.type_keys("e").await;
    app.find("resolve-dialog").await;
    app.press(Key::Escape).await;
    app.wait_gone("resolve-dialog").await;
    wait_focus(&app, "case").await;
    assert_eq!(app.address().await, case, "the case is still the focused pane");
    app.press(Key::Escape).await;
    wait_focus(&app, "list").await;
    assert_ne!(app.address().await, case);

    // The menu of a row, by the menu's key.
    app.script(
        "const row = document.querySelector('[role=option][aria-selected=true]'); \
         row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 400, clientY: 300 }))",
        vec![],
    )
    .await;
    app.find("context-menu").await;
    app.screenshot("context-menu").await;
    app.press(Key::Escape).await;
    app.wait_gone("context-menu").await;
    wait_focus(&app, "list").await;

    // F5 asks for news and does not load the page anew.
    app.script("window.same = true", vec![]).await;
    app.press(Key::F5).await;
    app.chord(Key::Control, 'r').await;

    // Larger, and as large when the program is started again.
    let usual = width(&app).await;
    app.chord(Key::Control, '+').await;
    app.wait("a larger page", async || (width(&app).await < usual).then_some(())).await;
    let larger = width(&app).await;
    assert_eq!(app.script("return window.same", vec![]).await, json!(true), "the page is the same");
    app.kill().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("incidents").await;
    assert_eq!(width(&app).await, larger, "the size is kept");
    app.chord(Key::Control, '0').await;
    app.wait("the usual size", async || (width(&app).await == usual).then_some(())).await;
}
