//! Files dropped onto the window. Their paths stay on this side; the UI learns only that files are coming.
//!
//! The whole window takes a drop: into the draft that is on screen, or into a new report where none is. A hit
//! test against the drawn drop zone would only make a person in trouble miss it.

use crate::{contract::ShellEvent, state::App};
use std::path::PathBuf;
use tauri::{AppHandle, DragDropEvent, Manager as _, Window, WindowEvent};

/// Handles the drag and drop events of the window.
pub(crate) fn handle(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let app = window.state::<App>();
    match event {
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => {
            app.ui.tell(ShellEvent::DragOver { over: true });
        }
        DragDropEvent::Leave => app.ui.tell(ShellEvent::DragOver { over: false }),
        DragDropEvent::Drop { paths, .. } => {
            app.ui.tell(ShellEvent::DragOver { over: false });
            if !paths.is_empty() {
                tauri::async_runtime::spawn(take(window.app_handle().clone(), paths.clone()));
            }
        }
        _ => {}
    }
}

async fn take(handle: AppHandle, paths: Vec<PathBuf>) {
    let app = handle.state::<App>();
    let taken = async {
        let desk = app.desk().await?;
        let draft = match app.drop_target() {
            Some(draft) => draft,
            None => {
                let draft = desk.reports.begin().await?.id;
                app.ui.tell(ShellEvent::OpenDraft { draft: draft.clone() });
                draft
            }
        };
        app.ui.tell(ShellEvent::FilesComing {
            draft: draft.clone(),
            remaining: u32::try_from(paths.len()).unwrap_or(u32::MAX),
        });
        let added = desk.attachments.add(&draft, paths).await;
        app.ui.tell(ShellEvent::FilesComing { draft, remaining: 0 });
        added
    };
    if let Err(problem) = taken.await {
        tracing::warn!("dropped files were not taken: {problem}");
        app.ui.tell(ShellEvent::Trouble { problem });
    }
}
