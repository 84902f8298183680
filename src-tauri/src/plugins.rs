//! Tauri's plugins, without the scripts that they would put into the page.
//!
//! The page calls the commands that are declared and nothing of a plugin's. The scripts of the plugins (one replaces
//! `window.Notification`, say) would only be ways for a text to reach what the page may not use.

use tauri::{
    AppHandle, RunEvent, Runtime, Url, Webview, Window, ipc::Invoke, plugin::Plugin, webview::PageLoadPayload,
};

/// A plugin that puts no script into the page.
pub(crate) struct Scriptless<P>(pub(crate) P);

impl<R: Runtime, P: Plugin<R>> Plugin<R> for Scriptless<P> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn initialize(
        &mut self,
        app: &AppHandle<R>,
        config: serde_json::Value,
    ) -> Result<(), Box<dyn std::error::Error>> {
        self.0.initialize(app, config)
    }

    fn initialization_script(&self) -> Option<String> {
        None
    }

    fn window_created(&mut self, window: Window<R>) {
        self.0.window_created(window);
    }

    fn webview_created(&mut self, webview: Webview<R>) {
        self.0.webview_created(webview);
    }

    fn on_navigation(&mut self, webview: &Webview<R>, url: &Url) -> bool {
        self.0.on_navigation(webview, url)
    }

    fn on_page_load(&mut self, webview: &Webview<R>, payload: &PageLoadPayload<'_>) {
        self.0.on_page_load(webview, payload);
    }

    fn on_event(&mut self, app: &AppHandle<R>, event: &RunEvent) {
        self.0.on_event(app, event);
    }

    /// The page calls nothing of a plugin's, whatever a capability may say.
    fn extend_api(&mut self, _invoke: Invoke<R>) -> bool {
        false
    }
}
