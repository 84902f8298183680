//! The app opens its window, and the window shows the app.

use crate::support::{App, Session};

#[tokio::test]
async fn the_window_opens_with_the_apps_name() {
    let session = Session::start().await;
    let app = App::start(&session, &["--demo"], &[]).await;
    app.find("app").await;
    // The page may be there before the window manager has put the window on the screen.
    let title = crate::support::eventually("a window with a title", async || app.window_title()).await;
    assert!(title.contains("ECO Desk"), "the title is {title:?}");
    app.screenshots("window").await;
}
