//! The app opens its window, and the window shows the app.
#![cfg(target_os = "linux")]

mod support;

use support::{App, Session};

#[tokio::test]
async fn the_window_opens_with_the_apps_name() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("app").await;
    let title = app.window_title().expect("a window is seen");
    assert!(title.contains("ECO Desk"), "the title is {title:?}");
    app.screenshots("window").await;
}
