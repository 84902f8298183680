//! Shows notifications by the operating system's own means and opens the case of the one that is clicked.

use crate::{
    contract::{Mode, ShellEvent},
    platform,
    state::App,
    window,
};
use desk_core::notify::Notification;
use desk_model::CaseKey;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::NotificationExt as _;

/// Where a notification carries its case.
const CASE: &str = "case";

/// Listens to clicks. Must run before anything is shown: without a listener no click is reported.
pub(crate) fn prepare(handle: &AppHandle) -> tauri_plugin_notification::Result<()> {
    let clicked = handle.clone();
    handle.notification().on_action(move |action| {
        let case = action.notification().and_then(|notification| notification.extra().get(CASE).cloned());
        let event = match case.and_then(|case| serde_json::from_value::<CaseKey>(case).ok()) {
            Some(case) => ShellEvent::OpenCase { case },
            None => ShellEvent::OpenIncidents,
        };
        clicked.state::<App>().ui.tell(event);
        window::show(&clicked);
    })
}

/// Hands one notification to the operating system; `false` where it does not take it.
pub(crate) async fn show(handle: &AppHandle, notification: &Notification) -> bool {
    let title = match handle.state::<App>().mode() {
        Mode::Real => notification.title.clone(),
        Mode::Demo => format!("DEMO: {}", notification.title),
    };
    let body = platform::notification_body(&notification.body).await;
    let mut builder = handle.notification().builder().title(title).body(body);
    if let Some(case) = &notification.case {
        builder = builder.extra(CASE, case);
    }
    match builder.show() {
        Ok(()) => true,
        Err(_) => {
            tracing::warn!("a notification is not shown");
            false
        }
    }
}
