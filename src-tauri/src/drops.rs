//! Files dropped onto the window. Their paths stay on this side; the UI learns only that files are coming, and which of
//! them were taken.
//!
//! The whole window takes a drop: into the draft that is on screen, to the form that wants an access key, or into a
//! new report where neither is. A hit test against the drawn drop zone would only make a person in trouble miss it.
//!
//! What offers the files may delete them as soon as the drop is answered, and the toolkit answers it before it tells of
//! it. So they are opened while they are held over the window, where the system allows it, and else here, before
//! anything that could take its time.

use crate::{
    contract::{DropTarget, ShellEvent},
    file_opening::FileOpening,
    platform,
    state::App,
};
use desk_core::{attachment::OpenedFile, report::DraftId};
use desk_model::{Field, Problem};
use std::sync::PoisonError;
use tauri::{AppHandle, DragDropEvent, Manager as _, Window, WindowEvent};

/// Handles the drag and drop events of the window.
pub(crate) fn handle(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let app = window.state::<App>();
    let held = || app.held_files.lock().unwrap_or_else(PoisonError::into_inner);
    match event {
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => {
            if platform::OPENS_HELD_FILES {
                *held() = Some(FileOpening::of_held(paths.clone()));
            }
            app.ui.tell(ShellEvent::DragOver { over: true });
        }
        DragDropEvent::Leave => {
            *held() = None;
            app.ui.tell(ShellEvent::DragOver { over: false });
        }
        DragDropEvent::Drop { paths, .. } => {
            let held = held().take();
            app.ui.tell(ShellEvent::DragOver { over: false });
            if !paths.is_empty() {
                // What the screen took files for when they were dropped, whatever it shows when they are open.
                let target = app.drop_targets.current();
                let opening = FileOpening::of_dropped(paths.clone(), held);
                let count = opening.count();
                let opened = opening.wait();
                tauri::async_runtime::spawn(take(window.app_handle().clone(), target, count, opened));
            }
        }
        _ => {}
    }
}

async fn take(
    handle: AppHandle,
    target: DropTarget,
    count: usize,
    opened: Result<Vec<OpenedFile>, FileOpening>,
) {
    let app = handle.state::<App>();
    let taken = match target {
        DropTarget::AccessKey => {
            hold_key(&app, opened).await;
            return;
        }
        DropTarget::Draft { draft } => add(&app, Some(draft), count, opened).await,
        DropTarget::NewReport => add(&app, None, count, opened).await,
    };
    if let Err(problem) = taken {
        tracing::warn!(code = ?problem.code, "dropped files were not taken");
        app.ui.tell(ShellEvent::Trouble { problem });
    }
}

/// Adds files to a draft, or to a new report, and tells what became of each.
async fn add(
    app: &App,
    draft: Option<DraftId>,
    count: usize,
    opened: Result<Vec<OpenedFile>, FileOpening>,
) -> Result<(), Problem> {
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
        remaining: u32::try_from(count).unwrap_or(u32::MAX),
    });
    let added = desk.attachments.add(&draft, finished(opened).await).await;
    app.ui.tell(ShellEvent::FilesComing { draft: draft.clone(), remaining: 0 });
    app.ui.tell(ShellEvent::FilesAdded { draft, files: added? });
    Ok(())
}

/// Holds the access key of a file, which becomes no attachment.
async fn hold_key(app: &App, opened: Result<Vec<OpenedFile>, FileOpening>) {
    let held = async {
        let mut files = finished(opened).await.into_iter();
        match (files.next(), files.next()) {
            (Some(file), None) => app.desk().await?.accounts.key_files.hold(file).await,
            _ => Err(Problem::field(Field::KeyFile, "Drop one file: the one with the access key.")),
        }
    };
    app.ui.tell(match held.await {
        Ok(key) => ShellEvent::KeyHeld { key },
        Err(problem) => ShellEvent::KeyRefused { problem },
    });
}

/// The open files, which may have needed longer than the drop could wait.
async fn finished(opened: Result<Vec<OpenedFile>, FileOpening>) -> Vec<OpenedFile> {
    match opened {
        Ok(files) => files,
        Err(opening) => tokio::task::spawn_blocking(|| opening.finish()).await.unwrap_or_default(),
    }
}
