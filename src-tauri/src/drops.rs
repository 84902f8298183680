//! Files dropped onto the window. Their paths stay on this side; the UI learns only that files are coming.
//!
//! The whole window takes a drop: into the draft that is on screen, to the form that wants an access key, or into a
//! new report where neither is. A hit test against the drawn drop zone would only make a person in trouble miss it.

use crate::{
    contract::{DropTarget, ShellEvent},
    state::App,
};
use desk_core::{Problem, report::DraftId};
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
    let taken = match app.drop_target() {
        DropTarget::AccessKey => {
            hold_key(&app, &paths).await;
            return;
        }
        DropTarget::Draft { draft } => add(&app, Some(draft), paths).await,
        DropTarget::NewReport => add(&app, None, paths).await,
    };
    if let Err(problem) = taken {
        tracing::warn!(code = ?problem.code, "dropped files were not taken");
        app.ui.tell(ShellEvent::Trouble { problem });
    }
}

/// Adds files to a draft, or to a new report.
async fn add(app: &App, draft: Option<DraftId>, paths: Vec<PathBuf>) -> Result<(), Problem> {
    let desk = app.desk().await?;
    let draft = match draft {
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
    added.map(drop)
}

/// Holds the access key of a file, which becomes no attachment.
async fn hold_key(app: &App, paths: &[PathBuf]) {
    let held = async {
        match paths {
            [file] => app.desk().await?.accounts.hold_key_of(file).await,
            _ => Err(Problem::field("keyFile", "Drop one file: the one with the access key.")),
        }
    };
    app.ui.tell(match held.await {
        Ok(key) => ShellEvent::KeyHeld { key },
        Err(problem) => ShellEvent::KeyRefused { problem },
    });
}
